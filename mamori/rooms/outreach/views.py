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
    """A page of help of which somebody is asked."""

    title: Text


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
    of = HelpVersion(shown.slug, shown.version)
    page = {"one": shown, "made": FROM_THE_HOUSE, "was_said": _was_said(request, of), "asks": True}
    return render(request, "outreach/public/help_page.html", page)


@open_to(*EVERYONE)
def article(request: Visit, series: int) -> HttpResponse:
    """Show an article of the operator as it stands or stood, or that it was withdrawn and why."""
    found, versions = queries.edition_of(series, request.GET.get("edition", ""))
    if not found.is_help:
        raise NoSuchAnnouncement
    page = {
        "one": found,
        "versions": versions,
        "is_newest": found is versions[0],
        "made": FROM_THE_OPERATOR,
        "was_said": _was_said(request, _of_article(found)),
        "asks": found.is_public,
    }
    return render(request, "outreach/public/help_article.html", page)


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
def helpful(request: Visit, page: str) -> HttpResponse:
    """Ask a reader whether a page, or the newest version of an article, helped; count it once for a visit, which remembers."""
    series = page.removeprefix(queries.ARTICLES)
    if series != page:
        article, _ = queries.edition_of(int(series) if series.isdecimal() and len(series) < 9 else 0, "")
        if not (article.is_help and article.is_public):
            raise NoSuchAnnouncement
        of, title = _of_article(article), article.title
    else:
        shown = queries.help_page(page, at=request.received_at)
        of, title = HelpVersion(page, shown.version), shown.title
    back = f"{reverse('outreach_public:help')}{page}/"
    if _was_said(request, of):
        return HttpResponseRedirect(back)
    asked = HelpAsked(title=title)
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


def _of_article(one: AnnouncementShown) -> HelpVersion:
    return HelpVersion(f"{queries.ARTICLES}{one.row.series}", str(one.row.edition))


def _was_said(request: Visit, of: HelpVersion) -> bool:
    return [of.page, of.version] in request.session.get(SAID, [])
