"""What everybody reads: the news, one announcement with the ground of what it promises and its versions, and the feeds."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed

from mamori.grammar.text import Text
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit
from mamori.law.news import NewsTopic
from mamori.rooms.outreach.actions import NoSuchAnnouncement
from mamori.rooms.outreach.queries import announcements as queries

TITLE = Text("消費者を守る取組みのニュース", "News on the protection of consumers")
LEAD = Text(
    "購入者を守るために何をしているかを、そのつど知らせます。",
    "What we do to protect those who buy, told as it happens.",
)
WITHDRAWN = Text("取り下げました：{why}", "Withdrawn: {why}")


@open_to(*EVERYONE)
def news(request: Visit) -> HttpResponse:
    """List what was announced, the newest first; narrowed to a topic where the address says so."""
    topic = request.GET.get("topic", "")
    page = {
        "news": queries.news(topic=topic),
        "topics": list(NewsTopic),
        "topic": topic,
        "title": TITLE,
        "lead": LEAD,
    }
    return render(request, "outreach/public/news.html", page)


@open_to(*EVERYONE)
def one(request: Visit, series: int) -> HttpResponse:
    """Show an announcement as it stands: its words, the grounds, what was corrected, or that it was withdrawn and why."""
    return _page(request, series, None)


@open_to(*EVERYONE)
def version(request: Visit, series: int, edition: int) -> HttpResponse:
    """Show an earlier version, marked as replaced."""
    return _page(request, series, edition)


@open_to(*EVERYONE)
def feed(request: Visit, language: str) -> HttpResponse:
    """Give the news as RSS in one of the languages."""
    made = Rss201rev2Feed(
        title=f"{operator(request.received_at).name or 'Mamori'} {getattr(TITLE, language)}",
        link=request.build_absolute_uri(reverse("outreach_public:news")),
        description=getattr(LEAD, language),
        language=language,
        feed_url=request.build_absolute_uri(),
    )
    for each in queries.news():
        address = request.build_absolute_uri(reverse("outreach_public:one", args=(each.series,)))
        why = WITHDRAWN.fill(why=each.withdrawn_because)
        words = each.html_en if language == "en" and each.has_english else each.html_ja
        made.add_item(
            title=getattr(each.title, language),
            link=address,
            unique_id=f"{address}#{each.edition}",
            description=getattr(why, language) if each.is_withdrawn else words,
            pubdate=each.published_at,
            updateddate=each.closed_at or each.published_at,
            categories=(getattr(each.topic_text, language),),
        )
    answer = HttpResponse(made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    patch_cache_control(answer, public=True, max_age=300)
    return answer


def _page(request: Visit, series: int, edition: int | None) -> HttpResponse:
    """Show the newest version, or the one asked for; nothing of what was withdrawn but its title and why."""
    versions = queries.versions_of(series, public=True)
    found = next((each for each in versions if edition in (None, each.edition)), None)
    if found is None or found.is_help or (edition is not None and versions[0].is_withdrawn):
        raise NoSuchAnnouncement
    page = {"one": found, "versions": versions, "is_newest": found is versions[0]}
    return render(request, "outreach/public/announcement.html", page)
