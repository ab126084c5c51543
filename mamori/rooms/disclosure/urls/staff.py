"""The addresses for staff."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.disclosure.views import staff

app_name = "disclosure_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("disclosure/", staff.listed, name="listed"),
    path("disclosure/enter/", staff.enter, name="enter"),
    path("disclosure/procedure/", staff.procedure, name="procedure"),
    path("cases/<str:number>/disclosure/decision.pdf", staff.paper, name="paper"),
    path("cases/<str:number>/disclosure/agree/", staff.agree, name="agree"),
    path("cases/<str:number>/disclosure/<slug:slug>/", staff.duty, name="duty"),
]
