"""The addresses for people of the operator."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.insight import views

app_name = "insight_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("insight/", views.figures, name="figures"),
    path("insight/table.csv", views.table, name="table"),
    path("insight/improvements/", views.listed, name="improvements"),
    path("insight/improvements/note/", views.note, name="note"),
    path("insight/improvements/<int:number>/", views.one, name="one"),
    path("insight/improvements/<int:number>/publish/", views.publish, name="publish"),
    path("insight/improvements/<int:number>/<slug:slug>/", views.act, name="act"),
]
