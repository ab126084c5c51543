"""The addresses for people of the operator."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.insight.views import figures, staff

app_name = "insight_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("insight/", figures.figures, name="figures"),
    path("insight/table.csv", figures.table, name="table"),
    path("insight/improvements/", staff.listed, name="improvements"),
    path("insight/improvements/note/", staff.note, name="note"),
    path("insight/improvements/<int:number>/", staff.one, name="one"),
    path("insight/improvements/<int:number>/publish/", staff.publish, name="publish"),
    path("insight/improvements/<int:number>/<slug:slug>/", staff.act, name="act"),
]
