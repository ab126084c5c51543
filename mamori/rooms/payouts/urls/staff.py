"""The addresses for staff; the door that mounts them says where it shows a case (`case_page`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.payouts.views.staff import accounts, decisions, names, runs

app_name = "payouts_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("payouts/names/", names.listed, name="names"),
    path("payouts/names/<int:account>/", names.one, name="name"),
    path("payouts/accounts/<int:account>/number/", accounts.number, name="number"),
    path("payouts/accounts/<int:account>/stop/", accounts.stop, name="stop"),
    path("payouts/sellers/<str:ref>/", accounts.seller, name="seller"),
    path("payouts/runs/", runs.listed, name="runs"),
    path("payouts/runs/<int:run>/", runs.report, name="run"),
    path("payouts/runs/<int:run>/call-off/", runs.call_off, name="call-off"),
    path("cases/<str:number>/payouts/review/", decisions.review, name="review"),
    path("cases/<str:number>/payouts/answer/", decisions.answer, name="answer"),
    path("cases/<str:number>/payouts/release/", decisions.release, name="release"),
    path("cases/<str:number>/payouts/settle/", decisions.settle, name="settle"),
]
