"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.outreach.views import seller

app_name = "outreach_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", seller.told, name="told"),
    path("campaigns/<int:number>/acknowledge/", seller.acknowledge, name="acknowledge"),
]
