"""The addresses for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.insight.views import public

app_name = "insight_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("improvements/", public.improvements, name="improvements")
]
