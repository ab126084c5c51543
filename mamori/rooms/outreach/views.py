"""Help: the pages that everybody reads, made from what runs and the operator's own articles, and whether they helped."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import language
from mamori.law.help import FROM_THE_HOUSE, FROM_THE_OPERATOR
from mamori.law.helprights import ART10_ASKS, REPORT_TO_THE_STATE
from mamori.law.roads import HOTLINE
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.actions import HelpVersion, say_helpful
from mamori.rooms.outreach.announcements.actions import NoSuchAnnouncement
from mamori.rooms.outreach.queries import AnnouncementShown
from mamori.rooms.outreach.rules import MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked:
    """A page of help of which somebody is asked, and whether this visit has said it before."""

    title: Text
    was_said: bool


SAY_HELPFUL: Decision[HelpAsked] = Decision(
    slug="helpful",
    title=Text("このページは役に立ちましたか", "Did this page help?"),
    lead=Text(
        "その日に何人が何を選んだかだけを数えます。だれが選んだかは残しません。同じ訪問では、同じページを一度だけ数えます"
        "（別のブラウザーから選ぶと、もう一度数えられます）。",
        "Only how many chose what on a day is counted, never who. Within one visit a page is counted once; from another browser "
        "it would be counted again.",
    ),
    button=Text("送る", "Send"),
    done={"say_helpful": Text("ありがとうございます。数に入れました。", "Thank you. It was counted.")},
    verb=say_helpful,
    roles=tuple(Role),
    is_there=lambda page: not page.was_said,
)


# The help that everybody reads: pages made from what runs, the operator's own articles, and a search over both.


SAID, MOST_SAID = "help_said", 99
"""Of which versions a visit has said whether they helped, and how many of them it remembers beside the newest."""

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
        "hits": queries.search_help(query, at=request.received_at, language=language())
        if query and not is_long
        else (),
        "groups": queries.help_index(at=request.received_at),
        "house": FROM_THE_HOUSE,
        "own": FROM_THE_OPERATOR,
        "hotline": HOTLINE,
    }
    return render(request, "outreach/public/help.html", page)


@open_to(*EVERYONE)
def page(request: Visit, slug: str) -> HttpResponse:
    """Show a page that is made from what runs."""
    shown = queries.help_page(slug, at=request.received_at)
    if shown is None:
        raise NoSuchAnnouncement
    of = HelpVersion(shown.slug, shown.version)
    page = {
        "one": shown,
        "made": FROM_THE_HOUSE,
        "was_said": _was_said(request, of),
        "ask": reverse("outreach_public:help-page-helpful", args=(slug,)),
    }
    return render(request, "outreach/public/help_page.html", page)


@open_to(*EVERYONE)
def page_helpful(request: Visit, slug: str) -> HttpResponse:
    """Ask a reader whether a page helped, and count it once for a visit."""
    shown = queries.help_page(slug, at=request.received_at)
    if shown is None:
        raise NoSuchAnnouncement
    return _ask(request, HelpVersion(slug, shown.version), shown.title, shown.address)


@open_to(*EVERYONE)
def article_helpful(request: Visit, series: int) -> HttpResponse:
    """Ask the same of the newest version of an article of the operator."""
    newest = next(iter(queries.versions_of(series, public=True)), None)
    if newest is None or not newest.is_help or not newest.is_public:
        raise NoSuchAnnouncement
    back = reverse("outreach_public:help-article", args=(series,))
    return _ask(request, _of_article(newest), newest.title, back)


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
    """Show an article of the operator as it stands, or that it was withdrawn and why."""
    return _article(request, series, None)


@open_to(*EVERYONE)
def article_version(request: Visit, series: int, edition: int) -> HttpResponse:
    """Show an earlier version, marked as replaced."""
    return _article(request, series, edition)


def _article(request: Visit, series: int, edition: int | None) -> HttpResponse:
    versions = queries.versions_of(series, public=True)
    found = next((each for each in versions if edition in (None, each.edition)), None)
    if found is None or not found.is_help or (edition is not None and versions[0].is_withdrawn):
        raise NoSuchAnnouncement
    page = {
        "one": found,
        "versions": versions,
        "is_newest": found is versions[0],
        "made": FROM_THE_OPERATOR,
        "was_said": _was_said(request, _of_article(found)),
        "ask": reverse("outreach_public:help-article-helpful", args=(series,)) if found.is_public else "",
    }
    return render(request, "outreach/public/help_article.html", page)


def _of_article(one: AnnouncementShown) -> HelpVersion:
    return HelpVersion(f"{queries.ARTICLES}{one.series}", str(one.edition))


def _ask(request: Visit, of: HelpVersion, title: Text, back: str) -> HttpResponse:
    """Ask, and remember in the visit alone that it was said of this version."""
    was_said = _was_said(request, of)
    asked = HelpAsked(title=title, was_said=was_said)
    if was_said:
        return HttpResponseRedirect(back)
    answer = decide(
        request,
        SAY_HELPFUL,
        asked,
        again=lambda: asked,
        key=of,
        back=back,
        template="outreach/public/help_asked.html",
        flash=True,
    )
    if isinstance(answer, HttpResponseRedirect):
        request.session[SAID] = [*request.session.get(SAID, [])[-MOST_SAID:], [of.page, of.version]]
    return answer


def _was_said(request: Visit, of: HelpVersion) -> bool:
    return [of.page, of.version] in request.session.get(SAID, [])
