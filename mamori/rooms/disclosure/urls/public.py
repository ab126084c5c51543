"""The addresses for everybody and for buyers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.disclosure import views as public
from mamori.rooms.disclosure.editions import views as measures

app_name = "disclosure_public"

_EDITION = "measures/editions/<str:half>/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("measures/", measures.page, name="measures"),
    path("measures/figures.json", measures.figures, name="figures"),
    path("measures/figures.csv", measures.figures_table, name="figures-table"),
    path("measures/editions.atom", measures.feed, name="feed"),
    path("measures/edition.schema.json", measures.schema, name="schema"),
    path(_EDITION, measures.edition, name="edition"),
    path(f"{_EDITION}edition.json", measures.edition_file, name="edition-file"),
    path(f"{_EDITION}edition.csv", measures.edition_table, name="edition-table"),
    path(f"{_EDITION}receipt.json", measures.edition_receipt, name="edition-receipt"),
    path(f"{_EDITION}report.<str:lang>.pdf", measures.of_half, name="half-report"),
    path("measures/reports/<int:year>/report.<str:lang>.pdf", measures.of_year, name="year-report"),
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
