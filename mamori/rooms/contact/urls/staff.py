"""The addresses for staff; the door that mounts them says where it shows a case (`case_page`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.contact.alerts import views as alerts
from mamori.rooms.contact.formal.views import staff as formal
from mamori.rooms.contact.views.staff import board, callers, cases, duties, figures

app_name = "contact_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("alerts/<int:number>/unreached/", alerts.unreached, name="unreached"),
    *alerts.ALERTED_PAGES.urls(),
    *alerts.ALERT_PAGES.urls(),
    path("callers/", callers.ask, name="callers"),
    path("callers/<str:check>/", callers.take, name="caller"),
    path("callers/<str:check>/<slug:slug>/", formal.heard, name="heard"),
    path("money/", figures.money_page, name="money"),
    path("figures/", figures.page, name="figures"),
    path("lists/<slug:which>/", board.listed, name="list"),
    path("suspensions/", board.suspensions, name="suspensions"),
    path("cases/<str:number>/contact/words/", duties.words, name="words"),
    path("cases/<str:number>/contact/write/", duties.write, name="write"),
    path("cases/<str:number>/contact/formal/", formal.read, name="formal"),
    path("cases/<str:number>/contact/warrant/", duties.warrant, name="warrant"),
    path("cases/<str:number>/contact/look/<slug:look>/<slug:slug>/", duties.second_reader, name="look"),
    path("cases/<str:number>/contact/details/<slug:whose>/", duties.contact, name="details"),
    path("cases/<str:number>/contact/call/<int:call>/", duties.call, name="call"),
    path("cases/<str:number>/contact/files/<str:file>/<str:page>/", cases.file, name="file"),
    path("cases/<str:number>/contact/<slug:slug>/", duties.duty, name="duty"),
]
