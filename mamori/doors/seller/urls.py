"""The addresses of this door: the pages of the rooms that stand in it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mamori.doors.seller import delegates, health, language, objections, terms

urlpatterns: list[URLPattern | URLResolver] = [
    path("delegates/", delegates.delegates, name="delegates"),
    path("health/", health.health, name="health"),
    path("language/", language.language, name="language"),
    path("objections/", objections.objections, name="objections"),
    path("terms/", terms.terms, name="terms"),
    path("", include("mamori.rooms.contact.urls.seller")),
    path("", include("mamori.rooms.enforcement.urls.seller")),
    path("", include("mamori.rooms.display.urls.seller")),
    path("", include("mamori.rooms.outreach.urls.seller")),
    path("", include("mamori.rooms.payouts.urls.seller")),
    path("", include("mamori.rooms.disclosure.urls.seller")),
]
