"""The addresses for people of the operator."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.complaints.views import staff

app_name = "complaints_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("complaints/", staff.listed, name="listed"),
    path("complaints/<int:number>/", staff.one, name="one"),
    path("complaints/reports/<int:report>/<int:file>/<int:page>/", staff.picture, name="picture"),
    path("complaints/<int:number>/<slug:slug>/", staff.duty, name="duty"),
]
