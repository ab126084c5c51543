"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.outreach.campaigns import views as campaigns

app_name = "outreach_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", campaigns.told, name="campaigns"),
    *campaigns.TOLD_PAGES.urls(),
]
