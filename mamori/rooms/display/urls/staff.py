"""The addresses for staff."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.display import views as seen
from mamori.rooms.display.bundle import views as bundle
from mamori.rooms.display.hidden import views as hidden
from mamori.rooms.display.proofs import views as proofs
from mamori.rooms.display.requests import views as requests

app_name = "display_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("displays/", proofs.listed, name="listed"),
    path("displays/orders/<path:order>/bundle.pdf", bundle.of_any, name="bundle"),
    path("displays/orders/<path:order>/", seen.of_any, name="seen"),
    path("displays/requests/", requests.unanswered, name="requests"),
    path("displays/requests/<int:number>/", requests.one, name="request"),
    path("displays/requests/<int:number>/<slug:slug>/", requests.decide_one, name="request-act"),
    path("displays/<str:ref>/", proofs.seller, name="seller"),
    path("displays/<str:ref>/ask/<slug:channel>/", proofs.ask, name="ask"),
    path("hidden/", hidden.listed, name="hidden"),
    path("hidden/seen/", hidden.seen, name="hidden-seen"),
    path("hidden/accounts/<str:ref>/", hidden.account, name="hidden-seller"),
    path("hidden/accounts/<str:ref>/<slug:slug>/", hidden.act, name="hidden-act"),
    path("calls/displays/", proofs.calls, name="calls"),
    path("calls/displays/<str:ref>/", proofs.call, name="call"),
    path("calls/displays/<str:ref>/form/", proofs.try_form, name="try-form"),
]
