"""The addresses for staff."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.outreach.views import newsroom, staff

app_name = "outreach_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("announcements/", newsroom.listed, name="announcements"),
    path("announcements/write/", newsroom.write, name="write"),
    path("announcements/<int:number>/", newsroom.one, name="announcement"),
    path("announcements/<int:number>/publish/", newsroom.publish, name="announcement-publish"),
    path("announcements/<int:number>/<slug:slug>/", newsroom.act, name="announcement-act"),
    path("help/", newsroom.articles, name="articles"),
    path("help/answers/", newsroom.helpful, name="helpful"),
    path("help/write/", newsroom.write_article, name="write-article"),
    path("campaigns/", staff.listed, name="campaigns"),
    path("campaigns/draft/", staff.draft, name="draft"),
    path("campaigns/<int:number>/", staff.one, name="campaign"),
    path("campaigns/<int:number>/waiting/", staff.waiting, name="waiting"),
    path("campaigns/<int:number>/<slug:slug>/", staff.act, name="act"),
]
