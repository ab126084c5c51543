"""The addresses for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.outreach import views
from mamori.rooms.outreach.announcements import views as announcements

app_name = "outreach_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide/", views.index, name="help"),
    path("guide/report-to-the-state/sheet/", views.sheet, name="help-sheet"),
    path("guide/articles/<int:series>/", views.article, name="help-article"),
    path("guide/articles/<int:series>/<int:edition>/", views.article_version, name="help-article-version"),
    path("guide/articles/<int:series>/helpful/", views.article_helpful, name="help-article-helpful"),
    path("guide/<slug:slug>/", views.page, name="help-page"),
    path("guide/<slug:slug>/helpful/", views.page_helpful, name="help-page-helpful"),
    path("news/", announcements.news, name="news"),
    path("news/feed.ja.xml", announcements.feed, {"language": "ja"}, name="feed-ja"),
    path("news/feed.en.xml", announcements.feed, {"language": "en"}, name="feed-en"),
    path("news/<int:series>/", announcements.read_one, name="one"),
    path("news/<int:series>/<int:edition>/", announcements.version, name="version"),
]
