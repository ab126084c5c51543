"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.disclosure import views as seller

app_name = "disclosure_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("disclosure/", seller.asked, name="requests"),
    path("disclosure/<int:number>/<slug:slug>/", seller.answer, name="answer"),
]
