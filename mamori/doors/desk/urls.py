"""The addresses of this door: its own pages, and those of the rooms that stand in it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mamori.doors.desk.panels import CASE_PAGE
from mamori.doors.desk.views import (
    case,
    held,
    holds,
    logo,
    outbox,
    places,
    queue,
    search,
    settings,
    tables,
    terms,
    today,
)
from mamori.rooms.enforcement import urls as enforcement

OWN: list[URLPattern | URLResolver] = [
    path("", queue.queue, name="queue"),
    path("today/", today.today, name="today"),
    path("places/", places.places, name="places"),
    path("search/", search.search, name="search"),
    path("news/", queue.news, name="news"),
    path("next/", case.following, name="next"),
    path("cases/<str:number>/", case.shown, name="case"),
    path("cases/<str:number>/<slug:slug>/", case.act, name="act"),
    path("outbox/", outbox.stuck, name="outbox"),
    path("notices/", outbox.notices, name="notices"),
    path("settings/", settings.listed, name="settings"),
    path("settings/logo/", logo.shown, name="logo"),
    path("settings/<str:code>/", settings.setting, name="setting"),
    path("import/", tables.tables_in, name="import"),
    path("held/", held.held, name="held"),
    path("holds/", holds.listed, name="holds"),
    path("erasing/", holds.erasures, name="erasing"),
    path("terms/", terms.listed, name="terms"),
    path("terms/patterns/", terms.patterns, name="terms-patterns"),
    path("terms/changes/<int:number>/", terms.change, name="terms-change"),
    path("terms/<slug:code>/", terms.clause, name="terms-clause"),
    path("people/", include("mamori.doors.desk.accounts.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((OWN, "desk"))),
    path("", include("mamori.rooms.contact.urls.staff"), {"case_page": CASE_PAGE}),
    path("", include((enforcement.of_policy, enforcement.POLICY))),
    path("", include((enforcement.of_staff, enforcement.OF_STAFF)), {"case_page": CASE_PAGE}),
    path("", include("mamori.rooms.display.urls.staff"), {"case_page": CASE_PAGE}),
    path("", include("mamori.rooms.outreach.urls.staff"), {"case_page": CASE_PAGE}),
    path("", include("mamori.rooms.complaints.urls.staff"), {"case_page": CASE_PAGE}),
    path("", include("mamori.rooms.safety.urls.staff"), {"case_page": CASE_PAGE}),
    path("", include("mamori.rooms.insight.urls.staff"), {"case_page": CASE_PAGE}),
    path("", include("mamori.rooms.payouts.urls.staff"), {"case_page": CASE_PAGE}),
    path("", include("mamori.rooms.disclosure.urls.staff"), {"case_page": CASE_PAGE}),
]
