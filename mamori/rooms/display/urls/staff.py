"""The addresses for staff."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.display import views as seen
from mamori.rooms.display.hidden import views as hidden
from mamori.rooms.display.proofs import views as proofs
from mamori.rooms.display.requests import views as requests

app_name = "display_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("displays/", proofs.listed, name="listed"),
    path("displays/orders/<path:order>/", seen.of_any, name="seen"),
    *requests.REFERRED.urls(),
    path("displays/<str:ref>/", proofs.seller, name="seller"),
    path("displays/<str:ref>/<slug:channel>/<slug:slug>/", proofs.duty, name="proof"),
    *hidden.DOUBTS.urls(),
    path("calls/displays/", proofs.calls, name="calls"),
]
