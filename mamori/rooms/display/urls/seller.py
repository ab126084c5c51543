"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.display import views as seller
from mamori.rooms.display.hidden import views as hidden
from mamori.rooms.display.proofs import views as proofs
from mamori.rooms.display.requests import views as requests

app_name = "display_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("display/", seller.overview, name="overview"),
    path("display/contacts/", proofs.own_contacts, name="contacts"),
    path("display/contacts/<slug:channel>/<slug:slug>/", proofs.act, name="proof"),
    path("display/standing/", hidden.standing, name="standing"),
    path("display/requests/", requests.owed, name="requests"),
    *requests.OWED.urls(),
    path("display/write/", seller.write, name="write"),
    path("display/write/<slug:step>/", seller.write, name="write-step"),
]
