"""The addresses of this room's pages, by whom they are for; a door mounts them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.ground.vault import facts as stored, views as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.enforcement import views
from mamori.rooms.enforcement.appeals import views as appeals
from mamori.rooms.enforcement.clarifications import views as clarifications
from mamori.rooms.enforcement.clarifications.queries import file_of
from mamori.rooms.enforcement.findings import views as findings
from mamori.rooms.enforcement.findings.queries import file_behind
from mamori.rooms.enforcement.measures import views as measures
from mamori.rooms.enforcement.policy import public, views as policy

OUTSIDE = "enforcement_open"

outside: list[URLPattern | URLResolver] = [
    path("clarifications/<str:secret>/", clarifications.answer_outside, name="clarification")
]


POLICY = "enforcement_policy"

of_policy: list[URLPattern | URLResolver] = [
    path("policy/", policy.overview, name="overview"),
    *policy.POLICIES.urls(),
]


PUBLIC = "enforcement_public"

of_public: list[URLPattern | URLResolver] = [
    path("policy/", public.policy, name="policy"),
    path("policy/<int:number>/", public.version, name="version"),
    path("policy.json", public.machine, name="machine"),
]


type Behind = Callable[[Actor, Any, int], UUID]


def _files(at: str, roles: Collection[Role], behind: Behind, name: str = "") -> list[URLPattern]:
    """Return the addresses of the files of what stands `at`, whole and page by page, to those roles, each what it may see."""

    @open_to(*roles)
    def original(request: Visit, number: Any, file: int, case_page: str = "") -> HttpResponse:
        return vault.saved(stored.original(behind(actor_of(request), number, file)))

    @open_to(*roles)
    def picture(request: Visit, number: Any, file: int, page: int, case_page: str = "") -> HttpResponse:
        return vault.shown(stored.picture(behind(actor_of(request), number, file), page))

    at = f"{at}files/<int:file>/"
    return [path(f"{at}original/", original), path(f"{at}<int:page>/", picture, name=name or None)]


OF_SELLERS = "enforcement_seller"

of_sellers: list[URLPattern | URLResolver] = [
    path("measures/", views.record, name="record"),
    path("measures/<str:number>/", views.matter, name="matter"),
    *_files("measures/<str:number>/", SELLERS, file_behind),
    path("measures/<str:number>/appeal/<int:measure>/", appeals.make, name="appealing"),
    path("clarifications/", clarifications.asked_of_seller, name="clarifications"),
    path("clarifications/<int:number>/", clarifications.answer, name="clarification"),
    path("appeals/against/<str:number>/", appeals.make_of_money, name="appealing-money"),
    path("appeals/<str:number>/", appeals.shown, name="appeal"),
    *_files("appeals/<str:number>/", SELLERS, file_behind),
]


OF_STAFF = "enforcement_staff"
CASE = "cases/<str:number>/enforcement/"

of_staff: list[URLPattern | URLResolver] = [
    path("findings/new/", findings.find, name="find"),
    path("findings/new/<slug:step>/", findings.find),
    *_files("clarifications/<int:number>/", STAFF, file_of, "clarification-picture"),
    *clarifications.CLARIFICATIONS.urls(),
    *appeals.REVIEWS.urls(),
    path("measures/hidden/", views.hidden_page, name="hidden"),
    path("measures/promptness/", views.page, name="promptness"),
    path("sellers/<str:ref>/", views.seller, name="seller"),
    *_files(CASE, STAFF, file_behind),
    path(f"{CASE}<int:measure>/statement.json", measures.statement, name="statement"),
    path(f"{CASE}decide/", measures.decide, name="decide"),
    path(f"{CASE}decide/<slug:step>/", measures.decide),
    *findings.FINDINGS.urls(),
    *findings.MEASURES.urls(),
]
