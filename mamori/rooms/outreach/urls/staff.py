"""The addresses for staff."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.outreach.announcements import views as announcements
from mamori.rooms.outreach.campaigns import views as campaigns

app_name = "outreach_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    path("announcements/", announcements.listed, name="announcements"),
    path("announcements/write/", announcements.write, name="write"),
    path("announcements/<int:number>/", announcements.one, name="announcement"),
    path("announcements/<int:number>/publish/", announcements.publish, name="announcement-publish"),
    path("announcements/<int:number>/<slug:slug>/", announcements.act, name="announcement-act"),
    path("help/", announcements.articles, name="articles"),
    path("help/answers/", announcements.helpful, name="helpful"),
    path("help/write/", announcements.write_article, name="write-article"),
    path("campaigns/", campaigns.listed, name="campaigns"),
    path("campaigns/draft/", campaigns.draft, name="draft"),
    path("campaigns/<int:number>/", campaigns.one, name="campaign"),
    path("campaigns/<int:number>/waiting/", campaigns.waiting, name="waiting"),
    path("campaigns/<int:number>/<slug:slug>/", campaigns.act, name="act"),
]
