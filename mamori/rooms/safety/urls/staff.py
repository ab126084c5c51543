"""The addresses for people of the operator."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.safety.hits import views as hits

app_name = "safety_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/<int:number>/hits/table/", hits.table, name="request-table"),
    *hits.HITS.urls(),
]
