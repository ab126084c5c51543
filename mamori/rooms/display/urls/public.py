"""The addresses for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.display import views as public
from mamori.rooms.display.bundle import views as bundle
from mamori.rooms.display.requests import views as requests

app_name = "display_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("displays/orders/<path:order>/bundle.pdf", bundle.of_own, name="bundle"),
    path("displays/orders/<path:order>/", public.of_own, name="seen"),
    path("displays/requests/", requests.asked, name="requests"),
    path("sellers/<str:ref>/display/", public.page, name="page"),
    path("sellers/<str:ref>/display/ask/", requests.ask, name="ask"),
    path("sellers/<str:ref>/display/fragment.html", public.fragment, name="fragment"),
    path("sellers/<str:ref>/display/display.json", public.machine, name="machine"),
    path("sellers/<str:ref>/display/display.jsonld", public.linked, name="linked"),
]
