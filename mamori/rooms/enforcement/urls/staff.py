"""The addresses for staff; the door that mounts them says where it shows a case (`case_page`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.grammar.hand import STAFF
from mamori.rooms.enforcement.views import clarifying, files
from mamori.rooms.enforcement.views.staff import (
    appeals,
    deciding,
    decisions,
    finding,
    lists,
    promptness,
    statement,
)

app_name = "enforcement_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("findings/new/", finding.find, name="find"),
    path("findings/new/<slug:step>/", finding.find),
    path("clarifications/", clarifying.clarifications, name="clarifications"),
    path("clarifications/<int:number>/", clarifying.clarification, name="clarification"),
    path("clarifications/<int:number>/files/<int:file>/original/", clarifying.clarification_original),
    path(
        "clarifications/<int:number>/files/<int:file>/<int:page>/",
        clarifying.clarification_picture,
        name="clarification-picture",
    ),
    path("clarifications/<int:number>/<slug:slug>/", clarifying.clarification_act, name="clarification-act"),
    path("appeals/", lists.appeals, name="appeals"),
    path("measures/", lists.waiting, name="waiting"),
    path("measures/hidden/", lists.hidden, name="hidden"),
    path("measures/promptness/", promptness.page, name="promptness"),
    path("sellers/<str:ref>/", lists.seller, name="seller"),
    path("cases/<str:number>/appeal/<slug:slug>/", appeals.decision, name="appeal-deed"),
    path("cases/<str:number>/enforcement/files/<int:file>/original/", files.original(*STAFF)),
    path("cases/<str:number>/enforcement/files/<int:file>/<int:page>/", files.picture(*STAFF)),
    path(
        "cases/<str:number>/enforcement/<int:measure>/statement.json",
        statement.statement,
        name="statement",
    ),
    path("cases/<str:number>/enforcement/decide/", deciding.decide, name="decide"),
    path("cases/<str:number>/enforcement/decide/<slug:step>/", deciding.decide),
    path("cases/<str:number>/enforcement/<slug:slug>/", decisions.decision, name="duty"),
    path(
        "cases/<str:number>/enforcement/<int:measure>/<slug:slug>/", decisions.decision, name="measure-duty"
    ),
]
