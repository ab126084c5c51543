"""The addresses for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.complaints.counselling import views as consents
from mamori.rooms.complaints.reports.views import public

app_name = "complaints_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("complaints/", public.report, name="report"),
    path("complaints/mine/<str:secret>/", public.mine, name="mine"),
    path("complaints/mine/<str:secret>/<slug:slug>/", public.act, name="act"),
    path("consents/", consents.consents, name="consents"),
    path("consents/<int:number>/<slug:slug>/", consents.consent, name="consent"),
]
