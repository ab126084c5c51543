"""The addresses for everybody and for buyers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.disclosure.views import public

app_name = "disclosure_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("disclosure/", public.explain, name="help"),
    path("disclosure/sellers/", public.explain_to_sellers, name="sellers"),
    path("disclosure/road/", public.road, name="road"),
    path("disclosure/ask/", public.ask, name="ask"),
    path("disclosure/requests/", public.requests, name="requests"),
    path("disclosure/requests/<int:number>/", public.one, name="one"),
    path("disclosure/requests/<int:number>/opened/", public.opened, name="opened"),
    path("disclosure/requests/<int:number>/decision.pdf", public.paper, name="paper"),
    path("disclosure/requests/<int:number>/<slug:slug>/", public.act, name="act"),
]
