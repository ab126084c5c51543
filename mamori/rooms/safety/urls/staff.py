"""The addresses for staff; the door that mounts them says where it shows a case (`case_page`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.safety.accidents import views as accidents
from mamori.rooms.safety.hits import views as hits

app_name = "safety_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/<int:number>/hits/table/", hits.table, name="request-table"),
    *hits.HITS.urls(),
    path("accidents/<int:number>/papers/<slug:whom>/", accidents.paper, name="accident-paper"),
    *accidents.ACCIDENTS.urls(),
]
