"""The addresses for staff; the door that mounts them says where it shows a case (`case_page`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.payouts import views
from mamori.rooms.payouts.accounts import views as accounts

app_name = "payouts_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("payouts/names/", accounts.listed_names, name="names"),
    path("payouts/names/<int:account>/", accounts.one_name, name="name"),
    path("payouts/accounts/<int:account>/number/", accounts.number, name="number"),
    path("payouts/sellers/<str:ref>/", accounts.seller, name="seller"),
    path("payouts/runs/", views.listed_runs, name="runs"),
    path("payouts/runs/<int:run>/", views.run_report, name="run"),
    *views.PAYOUTS.urls(),
]
