"""The addresses for buyers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.grammar.actor import Role
from mamori.rooms.contact.alerts.views import WARNING_PAGES
from mamori.rooms.contact.formal.views import parties as formal
from mamori.rooms.contact.views import buyer, files, helping, remedy, reporting, scanning, visiting

app_name = "contact_buyer"

urlpatterns: list[URLPattern | URLResolver] = [
    path("report/", reporting.report, name="report"),
    path("report/<slug:step>/", reporting.report),
    path("report/sent/<str:number>/", reporting.sent, name="sent"),
    path("ask/", reporting.ask, name="ask"),
    path("ask/code/<str:ticket>/", visiting.code, name="ask-code"),
    path("ask/mine/<str:secret>/", visiting.mine, name="ask-mine"),
    path("ask/<slug:step>/", reporting.ask_step),
    path("scanning/", scanning.of_buyer, name="scanning"),
    path("notices/", formal.all_of_buyer, name="formals"),
    path("notices/new/", formal.begin, name="formal-new"),
    path("notices/new/<slug:step>/", formal.begin),
    path("notices/<str:number>/", formal.of_buyer, name="formal"),
    path("notices/<str:number>/files/<str:file>/<str:page>/", files.of_notice(Role.BUYER)),
    path("notices/<str:number>/<slug:slug>/", formal.buyers_deed, name="formal-deed"),
    *WARNING_PAGES.urls(),
    path("threads/", buyer.listed, name="threads"),
    path("threads/<str:number>/", buyer.shown, name="thread"),
    path("threads/<str:number>/record.pdf", buyer.saved, name="record"),
    path("threads/<str:number>/files/<str:file>/<str:page>/", files.of_thread(*buyer.READERS)),
    path("help/", helping.door, name="help-door"),
    path("help/<str:code>/", helping.door, name="help"),
    path("threads/<str:number>/helpers/", helping.helpers, name="helpers"),
    path("threads/<str:number>/reach/", helping.reach, name="reach"),
    path("threads/<str:number>/remedy/", remedy.remedy, name="remedy"),
    path("threads/<str:number>/<slug:slug>/", buyer.deed, name="deed"),
]
