"""The addresses of this door: the pages of the rooms that stand in it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("mamori.rooms.contact.urls.seller"))]
