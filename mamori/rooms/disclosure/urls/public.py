"""The addresses for everybody and for buyers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.disclosure import views as public
from mamori.rooms.disclosure.editions import views as measures

app_name = "disclosure_public"

_EDITION = "measures/editions/<str:half>/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("measures/", measures.page, name="measures"),
    path("measures/<str:name>", measures.file, name="file"),
    path(_EDITION, measures.edition, name="edition"),
    path(f"{_EDITION}<str:name>", measures.edition_file, name="edition-file"),
    path("measures/reports/<int:year>/report.<str:lang>.pdf", measures.of_year, name="year-report"),
    path("disclosure/", public.explain, name="help"),
    path("disclosure/sellers/", public.explain_to_sellers, name="sellers"),
    path("disclosure/road/", public.road, name="road"),
    path("disclosure/ask/", public.ask, name="ask"),
    path("disclosure/ask/<slug:step>/", public.ask, name="ask-step"),
    path("disclosure/requests/", public.requests, name="requests"),
    path("disclosure/requests/<int:number>/", public.one, name="one"),
    path("disclosure/requests/<int:number>/opened/", public.opened, name="opened"),
    path("disclosure/requests/<int:number>/paper/", public.paper, name="paper"),
    path("disclosure/requests/<int:number>/<slug:slug>/", public.act, name="act"),
]
