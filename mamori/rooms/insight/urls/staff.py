"""The addresses for people of the operator."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.insight import views

app_name = "insight_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("insight/", views.figures, name="figures"),
    *views.IMPROVEMENTS.urls(),
]
