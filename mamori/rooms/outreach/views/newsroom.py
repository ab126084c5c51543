"""Pages on which staff write announcements and articles of the help, ground their promises, publish, correct, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.people import facts as people
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.lessons import LESSONS
from mamori.rooms.outreach.actions import NoSuchAnnouncement
from mamori.rooms.outreach.actions.announcement import about_news
from mamori.rooms.outreach.decisions import announcements as decisions
from mamori.rooms.outreach.lists import ANNOUNCEMENTS, ARTICLES, HELPFUL
from mamori.rooms.outreach.queries import announcements as queries
from mamori.rooms.outreach.queries.announcements import AnnouncementShown
from mamori.rooms.outreach.views.newsforms import (
    AnnouncementForm,
    ArticleForm,
    ClaimForm,
    RewriteForm,
    lesson_words,
    words_of,
)

BY_SLUG = {one.slug: one for one in decisions.OF_ANNOUNCEMENT}


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every version of every announcement, the newest first."""
    return show(request, ANNOUNCEMENTS, case_page=case_page, template="outreach/staff/announcements.html")


@open_to(*STAFF)
def write(request: Visit, case_page: str) -> HttpResponse:
    """Let staff write an announcement."""
    del case_page
    return decide(
        request,
        decisions.WRITE,
        None,
        again=lambda: None,
        back=reverse("outreach_staff:announcements"),
        template="outreach/staff/write.html",
        form=AnnouncementForm,
        flash=True,
    )


@open_to(*STAFF)
def articles(request: Visit, case_page: str) -> HttpResponse:
    """List every version of every article of the help, the newest first."""
    return show(
        request,
        ARTICLES,
        case_page=case_page,
        template="outreach/staff/articles.html",
        more={"lessons": LESSONS},
    )


@open_to(*STAFF)
def helpful(request: Visit, case_page: str) -> HttpResponse:
    """List what readers said of the help, day by day."""
    return show(request, HELPFUL, case_page=case_page, template="outreach/staff/helpful.html")


@open_to(*STAFF)
def write_article(request: Visit, case_page: str) -> HttpResponse:
    """Let staff write an article of the help, from a text that is ready to be adapted where the address names one."""
    del case_page
    begun = next((one for one in LESSONS if one.slug == request.GET.get("from")), None)
    return decide(
        request,
        decisions.WRITE_ARTICLE,
        None,
        again=lambda: None,
        back=reverse("outreach_staff:articles"),
        template="outreach/staff/write.html",
        form=ArticleForm,
        initial=lambda shown: lesson_words(begun) if begun else {},
        flash=True,
    )


@open_to(*STAFF)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show a version as everybody would read it, which words have no ground, its versions, and what can be done."""
    del case_page
    hand, shown = hand_of(request), _shown(number)
    done = BY_SLUG.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown),
        offers=offers(
            decisions.OF_ANNOUNCEMENT,
            shown,
            hand.role,
            partial(_address, number),
            form=partial(_panel, shown),
            initial=words_of(shown),
        ),
        others=others(decisions.OF_ANNOUNCEMENT, shown, hand.role),
        done=just_done(hand, about_news(number), done.done if done else None),
    )
    frame = MatterFrame(
        title=shown.title,
        named="",
        ref="",
        back=reverse(f"outreach_staff:{'articles' if shown.is_help else 'announcements'}"),
        back_text=Text("一覧に戻る", "Back to the list"),
    )
    answer = show_matter(request, page, frame)
    add_never_cache_headers(answer)
    return answer


@open_to(*STAFF)
def act(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show a decision on an announcement and take it, but for the one that needs a fresh proof."""
    del case_page
    if slug == decisions.PUBLISH.slug:
        raise NoSuchAnnouncement
    return _decide(request, number, slug)


@open_to(*decisions.PUBLISH.roles, step_up=decisions.PUBLISH.step_up)
def publish(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Publish it; whoever does has proven itself just before."""
    del case_page
    return _decide(request, number, decisions.PUBLISH.slug)


def _decide(request: Visit, number: int, slug: str) -> HttpResponse:
    decision, shown = BY_SLUG.get(slug), _shown(number)
    if decision is None:
        raise NoSuchAnnouncement
    answer = decide(
        request,
        decision,
        shown,
        again=lambda: _shown(number),
        key=number,
        back=reverse("outreach_staff:announcement", args=(number,)),
        template="outreach/staff/announcement_act.html",
        beside=_sections,
        form=_form(shown, decision),
        initial=words_of,
        refused=(NoSuchAnnouncement,),
    )
    add_never_cache_headers(answer)
    return answer


def _form(shown: AnnouncementShown, decision: Decision[AnnouncementShown]) -> Callable[..., HouseForm]:
    if decision is decisions.REWRITE:
        return partial(RewriteForm, is_correction=shown.edition > 1, is_help=shown.is_help)
    return ClaimForm if decision is decisions.GROUND else by_verb(decision)


def _panel(
    shown: AnnouncementShown, decision: Decision[AnnouncementShown]
) -> Callable[..., HouseForm] | None:
    """Return what is asked on the page of the announcement itself: all but the whole text, which needs room."""
    return None if decision is decisions.REWRITE else _form(shown, decision)


def _address(number: int, slug: str) -> str:
    if slug == decisions.PUBLISH.slug:
        return reverse("outreach_staff:announcement-publish", args=(number,))
    return reverse("outreach_staff:announcement-act", args=(number, slug))


def _sections(shown: AnnouncementShown) -> tuple[Section, ...]:
    """Return what is shown of an announcement, on its page and beside each decision on it."""
    names = people.names()
    given = {
        "one": shown,
        "writers": [name for who in shown.writers if (name := people.called(who, names))],
        "versions": queries.versions_of(shown.series),
    }
    return sections("outreach/staff/announcement", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY), given)


def _shown(number: int) -> AnnouncementShown:
    found = queries.announcement(number)
    if found is None:
        raise NoSuchAnnouncement
    return found
