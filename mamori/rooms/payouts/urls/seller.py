"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.payouts.views import entering, seller

app_name = "payouts_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("payouts/", seller.overview, name="overview"),
    path("payouts/object/<str:ref>/", seller.objecting, name="object"),
    path("payouts/account/", entering.account, name="account"),
    path("payouts/account/<slug:step>/", entering.account, name="account-step"),
    path("payouts/accounts/<int:account>/stop/", seller.stop, name="stop"),
    path("payouts/accounts/<int:account>/test/", seller.test, name="test"),
]
