"""The addresses for counsellors of consumer centres."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.complaints.counselling import views as centres

app_name = "complaints_centres"

urlpatterns: list[URLPattern | URLResolver] = [
    path("centres/", centres.door, name="door"),
    path("centres/in/<str:token>/", centres.enter, name="enter"),
    path("centres/consultations/", centres.mine, name="mine"),
    path("centres/consultations/<int:number>/", centres.one, name="one"),
    path("centres/consultations/<int:number>/papers/<str:paper>.pdf", centres.papers, name="papers"),
    path("centres/consultations/<int:number>/<slug:slug>/", centres.act, name="act"),
]
