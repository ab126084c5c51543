"""The addresses for everybody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.outreach.views import helping, news

app_name = "outreach_public"

urlpatterns: list[URLPattern | URLResolver] = [
    path("guide/", helping.index, name="help"),
    path("guide/report-to-the-state/sheet/", helping.sheet, name="help-sheet"),
    path("guide/articles/<int:series>/", helping.article, name="help-article"),
    path("guide/articles/<int:series>/<int:edition>/", helping.article_version, name="help-article-version"),
    path("guide/articles/<int:series>/helpful/", helping.article_helpful, name="help-article-helpful"),
    path("guide/<slug:slug>/", helping.page, name="help-page"),
    path("guide/<slug:slug>/helpful/", helping.page_helpful, name="help-page-helpful"),
    path("news/", news.news, name="news"),
    path("news/feed.ja.xml", news.feed, {"language": "ja"}, name="feed-ja"),
    path("news/feed.en.xml", news.feed, {"language": "en"}, name="feed-en"),
    path("news/<int:series>/", news.one, name="one"),
    path("news/<int:series>/<int:edition>/", news.version, name="version"),
]
