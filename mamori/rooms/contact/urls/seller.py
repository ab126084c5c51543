"""The addresses for sellers and their delegates."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.grammar.actor import SELLERS
from mamori.rooms.contact.formal.views import parties as formal
from mamori.rooms.contact.views import files, scanning, seller, statement

app_name = "contact_seller"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", seller.inbox, name="inbox"),
    path("scanning/", scanning.of_seller, name="scanning"),
    path("notices/", formal.all_of_seller, name="formals"),
    path("notices/<str:number>/", formal.of_seller, name="formal"),
    path("notices/<str:number>/files/<str:file>/<str:page>/", files.of_notice(*SELLERS)),
    path("notices/<str:number>/<slug:slug>/", formal.sellers_deed, name="formal-deed"),
    path("threads/<str:number>/", seller.shown, name="thread"),
    path("threads/<str:number>/files/<str:file>/<str:page>/", files.of_thread(*SELLERS)),
    path("threads/<str:number>/<slug:slug>/", seller.deed, name="deed"),
    path("phrases/", seller.phrases, name="phrases"),
    path("closing/", seller.closing, name="closing"),
    path("statement/", statement.page, name="statement"),
    path("recoveries/<str:number>/", seller.recovery, name="recovery"),
]
