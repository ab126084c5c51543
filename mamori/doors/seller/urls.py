"""The addresses of this door: the pages of the rooms that stand in it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mamori.doors.seller import health, pages
from mamori.rooms.enforcement import urls as enforcement

urlpatterns: list[URLPattern | URLResolver] = [
    path("delegates/", pages.delegates, name="delegates"),
    path("health/", health.health, name="health"),
    path("objections/", pages.objections, name="objections"),
    path("terms/", pages.terms, name="terms"),
    path("", include("mamori.rooms.contact.urls.seller")),
    path("", include((enforcement.of_sellers, enforcement.OF_SELLERS))),
    path("", include("mamori.rooms.display.urls.seller")),
    path("", include("mamori.rooms.outreach.urls.seller")),
    path("", include("mamori.rooms.payouts.urls.seller")),
    path("", include("mamori.rooms.disclosure.urls.seller")),
]
