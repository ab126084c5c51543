"""The addresses for people of the operator."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.complaints import views as care
from mamori.rooms.complaints.counselling import views as counselling
from mamori.rooms.complaints.reports.views import calls

app_name = "complaints_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("complaints/all/", care.every, name="every"),
    path("complaints/calls/", calls.calls, name="calls"),
    path("complaints/calls/<int:sheet>/", calls.sheet, name="sheet"),
    path("complaints/taken/<int:report>/", calls.taken, name="taken"),
    path("complaints/taken/<int:report>/<slug:slug>/", calls.add, name="add"),
    *calls.CALLS_BACK.urls(),
    path("complaints/care/", care.cares, name="cares"),
    path("complaints/care/<int:number>/", care.care, name="care"),
    path("complaints/reports/<int:report>/<int:file>/<int:page>/", care.picture, name="picture"),
    *care.COMPLAINTS.urls(),
    *counselling.CONSULTATIONS.urls(),
    path("counsellors/", counselling.counsellors, name="counsellors"),
    path("counsellors/<int:number>/", counselling.counsellor, name="counsellor"),
]
