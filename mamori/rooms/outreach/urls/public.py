"""The addresses for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.outreach import views
from mamori.rooms.outreach.activities import views as activities
from mamori.rooms.outreach.announcements import views as announcements

app_name = "outreach_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide/", views.index, name="help"),
    path("guide/report-to-the-state/sheet/", views.sheet, name="help-sheet"),
    path("guide/articles/<int:series>/", views.article, name="help-article"),
    path("guide/<slug:slug>/", views.page, name="help-page"),
    path("guide/<path:page>/helpful/", views.helpful, name="help-helpful"),
    path("activities/", activities.public, name="activities"),
    path("news/", announcements.news, name="news"),
    path("news/feed.<slug:language>.xml", announcements.feed, name="feed"),
    path("news/<int:series>/", announcements.read_one, name="one"),
]
