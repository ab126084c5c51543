"""The addresses of this room's pages, by whom they are for; a door mounts them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.grammar.actor import SELLERS, STAFF
from mamori.rooms.enforcement import views
from mamori.rooms.enforcement.appeals import views as appeals
from mamori.rooms.enforcement.clarifications import views as clarifications
from mamori.rooms.enforcement.findings import views as findings
from mamori.rooms.enforcement.measures import views as measures
from mamori.rooms.enforcement.policy import public, views as policy

OUTSIDE = "enforcement_open"

outside: list[URLPattern | URLResolver] = [
    path("clarifications/<str:secret>/", clarifications.answer_outside, name="clarification"),
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


OF_SELLERS = "enforcement_seller"

of_sellers: list[URLPattern | URLResolver] = [
    path("measures/", views.record, name="record"),
    path("measures/<str:number>/", views.matter, name="matter"),
    path("measures/<str:number>/files/<int:file>/original/", findings.original(*SELLERS)),
    path("measures/<str:number>/files/<int:file>/<int:page>/", findings.picture(*SELLERS)),
    path("measures/<str:number>/appeal/<int:measure>/", appeals.make, name="appealing"),
    path("clarifications/", clarifications.asked_of_seller, name="clarifications"),
    path("clarifications/<int:number>/", clarifications.answer, name="clarification"),
    path("appeals/against/<str:number>/", appeals.make_of_money, name="appealing-money"),
    path("appeals/<str:number>/", appeals.shown, name="appeal"),
    path("appeals/<str:number>/files/<int:file>/original/", findings.original(*SELLERS)),
    path("appeals/<str:number>/files/<int:file>/<int:page>/", findings.picture(*SELLERS)),
]


OF_STAFF = "enforcement_staff"

of_staff: list[URLPattern | URLResolver] = [
    path("findings/new/", findings.find, name="find"),
    path("findings/new/<slug:step>/", findings.find),
    path("clarifications/", clarifications.clarifications, name="clarifications"),
    path("clarifications/<int:number>/", clarifications.clarification, name="clarification"),
    path("clarifications/<int:number>/files/<int:file>/original/", clarifications.clarification_original),
    path(
        "clarifications/<int:number>/files/<int:file>/<int:page>/",
        clarifications.clarification_picture,
        name="clarification-picture",
    ),
    path(
        "clarifications/<int:number>/<slug:slug>/", clarifications.clarification_act, name="clarification-act"
    ),
    path("appeals/", views.appeals, name="appeals"),
    path("measures/", views.waiting, name="waiting"),
    path("measures/hidden/", views.hidden_page, name="hidden"),
    path("measures/promptness/", views.page, name="promptness"),
    path("sellers/<str:ref>/", views.seller, name="seller"),
    path("cases/<str:number>/appeal/<slug:slug>/", appeals.decision, name="appeal-deed"),
    path("cases/<str:number>/enforcement/files/<int:file>/original/", findings.original(*STAFF)),
    path("cases/<str:number>/enforcement/files/<int:file>/<int:page>/", findings.picture(*STAFF)),
    path(
        "cases/<str:number>/enforcement/<int:measure>/statement.json",
        measures.statement,
        name="statement",
    ),
    path("cases/<str:number>/enforcement/decide/", measures.decide, name="decide"),
    path("cases/<str:number>/enforcement/decide/<slug:step>/", measures.decide),
    path("cases/<str:number>/enforcement/<slug:slug>/", findings.decision, name="duty"),
    path("cases/<str:number>/enforcement/<int:measure>/<slug:slug>/", findings.decision, name="measure-duty"),
]
