"""The addresses of this door: its own pages, and those of the rooms that stand in it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mamori.doors.public import views
from mamori.rooms.enforcement import urls as enforcement

OWN: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("element.js", views.element, name="element"),
    path("receipts/", views.begin, name="receipts"),
    path("receipts/<str:number>/", views.shown, name="receipt"),
    path("receipts/<str:number>/receipt.json", views.file, name="receipt-file"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((OWN, "public"))),
    path("", include("mamori.rooms.contact.urls.buyer")),
    path("", include((enforcement.of_public, enforcement.PUBLIC))),
    path("", include((enforcement.outside, enforcement.OUTSIDE))),
    path("", include("mamori.rooms.display.urls.public")),
    path("", include("mamori.rooms.disclosure.urls.public")),
    path("", include("mamori.rooms.outreach.urls.public")),
    path("", include("mamori.rooms.complaints.urls.public")),
    path("", include("mamori.rooms.complaints.urls.centres")),
    path("", include("mamori.rooms.insight.urls.public")),
    path("", include("mamori.rooms.safety.urls.public")),
]
