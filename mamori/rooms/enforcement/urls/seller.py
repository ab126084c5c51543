"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.enforcement.views import seller

app_name = "enforcement_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("measures/", seller.record, name="record"),
    path("measures/<str:number>/", seller.matter, name="matter"),
]
