"""The addresses for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.insight import views

app_name = "insight_public"

urlpatterns: list[URLPattern | URLResolver] = [path("improvements/", views.improvements, name="improvements")]
