"""The help that everybody reads: pages made from what runs, the operator's own articles, and a search over both."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.text import Text
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import language
from mamori.law.help import FROM_THE_HOUSE, FROM_THE_OPERATOR
from mamori.law.helprights import ART10_ASKS, REPORT_TO_THE_STATE
from mamori.law.roads import HOTLINE
from mamori.rooms.outreach.actions import NoSuchAnnouncement
from mamori.rooms.outreach.queries import announcements as announced
from mamori.rooms.outreach.queries import help as queries
from mamori.rooms.outreach.rules.finding import MOST

TOO_LONG = Text(
    "探す言葉は{most}文字までです。短い言葉で探してください。",
    "Please look for {most} characters at most: a word or two.",
)


@open_to(*EVERYONE)
def index(request: Visit) -> HttpResponse:
    """Show what there is, or what is found by the words that the address asks for."""
    query = request.GET.get("q", "").strip()
    is_long = len(query) > MOST
    page = {
        "query": query[:MOST],
        "too_long": TOO_LONG.fill(most=MOST) if is_long else None,
        "hits": queries.search(query, at=request.received_at, language=language())
        if query and not is_long
        else (),
        "groups": queries.index(at=request.received_at),
        "house": FROM_THE_HOUSE,
        "own": FROM_THE_OPERATOR,
        "hotline": HOTLINE,
    }
    return render(request, "outreach/public/help.html", page)


@open_to(*EVERYONE)
def page(request: Visit, slug: str) -> HttpResponse:
    """Show a page that is made from what runs.

    :raises NoSuchAnnouncement: when there is none of that name.
    """
    shown = queries.page(slug, at=request.received_at)
    if shown is None:
        raise NoSuchAnnouncement
    return render(request, "outreach/public/help_page.html", {"one": shown, "made": FROM_THE_HOUSE})


@open_to(*EVERYONE)
def sheet(request: Visit) -> HttpResponse:
    """Show the four contents of a report to the State, to be filled in and printed: what is typed goes nowhere."""
    page = {
        "asks": ART10_ASKS,
        "platform": operator(request.received_at).name,
        "hotline": HOTLINE,
        "about": REPORT_TO_THE_STATE,
    }
    return render(request, "outreach/public/help_sheet.html", page)


@open_to(*EVERYONE)
def article(request: Visit, series: int) -> HttpResponse:
    """Show an article of the operator as it stands, or that it was withdrawn and why.

    :raises NoSuchAnnouncement: when there is none that was ever published.
    """
    return _article(request, series, None)


@open_to(*EVERYONE)
def article_version(request: Visit, series: int, edition: int) -> HttpResponse:
    """Show an earlier version, marked as replaced.

    :raises NoSuchAnnouncement: when there is none, or the article was withdrawn.
    """
    return _article(request, series, edition)


def _article(request: Visit, series: int, edition: int | None) -> HttpResponse:
    versions = announced.versions_of(series, public=True)
    found = next((each for each in versions if edition in (None, each.edition)), None)
    if found is None or not found.is_help or (edition is not None and versions[0].is_withdrawn):
        raise NoSuchAnnouncement
    page = {"one": found, "versions": versions, "is_newest": found is versions[0], "made": FROM_THE_OPERATOR}
    return render(request, "outreach/public/help_article.html", page)
