"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.payouts.accounts import views as accounts
from mamori.rooms.payouts.holds import views as holds

app_name = "payouts_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("payouts/", holds.overview, name="overview"),
    path("payouts/account/", accounts.enter_account, name="account"),
    path("payouts/account/<slug:step>/", accounts.enter_account, name="account-step"),
]
