"""The addresses for staff."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mamori.rooms.outreach.activities import views as activities
from mamori.rooms.outreach.announcements import views as announcements
from mamori.rooms.outreach.campaigns import views as campaigns

app_name = "outreach_staff"

urlpatterns: list[URLPattern | URLResolver] = [
    *announcements.ANNOUNCED.urls(),
    *announcements.WRITTEN_HELP.urls(),
    path("help/answers/", announcements.helpful, name="helpful"),
    path("campaigns/<int:number>/waiting/", campaigns.waiting, name="waiting"),
    *campaigns.CAMPAIGN_PAGES.urls(),
    path("activities/<int:number>/files/<int:file>/original/", activities.original),
    path("activities/<int:number>/files/<int:file>/<int:page>/", activities.picture),
    *activities.ACTIVITY_PAGES.urls(),
]
