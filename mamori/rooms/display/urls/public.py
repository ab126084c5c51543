"""The addresses for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.display import views as public
from mamori.rooms.display.requests import views as requests

app_name = "display_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("displays/orders/<path:order>/", public.of_own, name="seen"),
    path("displays/requests/", requests.asked, name="requests"),
    path("sellers/<str:ref>/display/", public.page, name="page"),
    path("sellers/<str:ref>/display/ask/", requests.ask, name="ask"),
    path("sellers/<str:ref>/display/<str:name>", public.file, name="file"),
]
