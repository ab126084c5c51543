"""The permission table of announcements, written by hand."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.law.news import NewsTopic
from mamori.rooms.outreach.announcements import actions as outreach
from tests.permissions.lines import EVERYBODY, HEADS, STAFF, Line

OF_NEWS = {"number": "<news>"}
NEWS = (
    Line("/news/", EVERYBODY, opens=True),
    Line("/news/feed.<slug:language>.xml", EVERYBODY, values={"language": "ja"}, opens=True),
    Line("/news/<int:series>/", EVERYBODY, values={"series": "<news>"}),
    Line("/desk/announcements/", STAFF, opens=True),
    Line("/desk/announcements/write/", STAFF, opens=True),
    Line("/desk/announcements/<int:number>/", STAFF, values=OF_NEWS, opens=True),
    Line("/desk/announcements/<int:number>/publish/", HEADS, values=OF_NEWS, step_up=True),
    Line(
        "/desk/announcements/<int:number>/<slug:slug>/",
        STAFF,
        values=OF_NEWS | {"slug": "rewrite"},
        opens=True,
    ),
)


def written(agent: Actor) -> int:
    """Write an announcement that nobody has published; return its number."""
    words = outreach.AnnouncementWords(
        topic=NewsTopic.SERVICE, title="窓口の時間", title_en="", body="平日に開いています。", body_en=""
    )
    return outreach.write_announcement(agent, announcement=0, words=words)
