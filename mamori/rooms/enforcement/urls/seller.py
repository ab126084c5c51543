"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.grammar.hand import SELLERS
from mamori.rooms.enforcement.views import appeals, clarifying, files, seller

app_name = "enforcement_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("measures/", seller.record, name="record"),
    path("measures/<str:number>/", seller.matter, name="matter"),
    path("measures/<str:number>/files/<int:file>/original/", files.original(*SELLERS)),
    path("measures/<str:number>/files/<int:file>/<int:page>/", files.picture(*SELLERS)),
    path("measures/<str:number>/appeal/<int:measure>/", appeals.make, name="appealing"),
    path("clarifications/", clarifying.asked_of_seller, name="clarifications"),
    path("clarifications/<int:number>/", clarifying.answer, name="clarification"),
    path("appeals/against/<str:number>/", appeals.make_of_money, name="appealing-money"),
    path("appeals/<str:number>/", appeals.shown, name="appeal"),
    path("appeals/<str:number>/files/<int:file>/original/", files.original(*SELLERS)),
    path("appeals/<str:number>/files/<int:file>/<int:page>/", files.picture(*SELLERS)),
]
