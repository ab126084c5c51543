"""The addresses for staff; the door that mounts them says where it shows a case (`case_page`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.safety.accidents import views as accidents
from mamori.rooms.safety.agencies import views as agencies
from mamori.rooms.safety.hits import views as hits
from mamori.rooms.safety.recalls import views as recalls
from mamori.rooms.safety.requests import views as requests
from mamori.rooms.safety.screening import views as screening

app_name = "safety_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    *agencies.AGENCIES.urls(),
    path("requests/<int:number>/hits/table/", hits.table, name="request-table"),
    *hits.HITS.urls(),
    path("requests/<int:number>/answer/", requests.answer, name="request-answer"),
    path("requests/<int:number>/files/<int:file>/original/", requests.file),
    path("requests/<int:number>/files/<int:file>/<int:page>/", requests.file, name="request-file"),
    *requests.REQUESTS.urls(),
    path("accidents/<int:number>/papers/<slug:whom>/", accidents.paper, name="accident-paper"),
    *accidents.ACCIDENTS.urls(),
    *recalls.RECALLS.urls(),
    *screening.SCREENINGS.urls(),
]
