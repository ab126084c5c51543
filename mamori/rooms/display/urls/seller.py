"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.display.views import seller

app_name = "display_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("display/", seller.overview, name="overview"),
    path("display/write/", seller.write, name="write"),
    path("display/write/<slug:step>/", seller.write, name="write-step"),
]
