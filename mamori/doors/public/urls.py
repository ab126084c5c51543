"""The addresses of this door: its own pages, and those of the rooms that stand in it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mamori.doors.public.views import element, home, receipts

OWN: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("find/", home.find, name="find"),
    path("element.js", element.element, name="element"),
    path("receipts/", receipts.begin, name="receipts"),
    path("receipts/<str:number>/", receipts.shown, name="receipt"),
    path("receipts/<str:number>/receipt.json", receipts.file, name="receipt-file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((OWN, "public"))),
    path("", include("mamori.rooms.contact.urls.buyer")),
    path("", include("mamori.rooms.enforcement.urls.policy_public")),
    path("", include("mamori.rooms.enforcement.urls.open")),
    path("", include("mamori.rooms.display.urls.public")),
    path("", include("mamori.rooms.disclosure.urls.public")),
    path("", include("mamori.rooms.outreach.urls.public")),
    path("", include("mamori.rooms.complaints.urls.public")),
    path("", include("mamori.rooms.complaints.urls.centres")),
    path("", include("mamori.rooms.insight.urls.public")),
]
