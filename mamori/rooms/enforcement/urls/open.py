"""The address for whoever outside is asked something; it is known by its secret alone."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.enforcement.views import clarifying

app_name = "enforcement_open"

urlpatterns: list[URLPattern | URLResolver] = [
    path("clarifications/<str:secret>/", clarifying.answer_outside, name="clarification"),
]
