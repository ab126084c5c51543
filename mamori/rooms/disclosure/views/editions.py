"""Pages on which leads and counsel draft editions, and release them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse

from mamori.grammar.text import Text
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.disclosure.decisions import editions as decisions
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.lists import EDITION_LIST
from mamori.rooms.disclosure.queries import editions
from mamori.rooms.disclosure.queries.editions import EditionShown, NoSuchEdition
from mamori.rooms.disclosure.queries.exporting import exported
from mamori.rooms.disclosure.queries.publicpage import edition_lines, request_lines
from mamori.rooms.disclosure.views.measureforms import DraftForm


@open_to(*DECIDERS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every edition."""
    template = "disclosure/staff/editions.html"
    return show(request, EDITION_LIST, case_page=case_page, template=template)


@open_to(*DECIDERS)
def draft(request: Visit, case_page: str) -> HttpResponse:
    """Draft an edition."""
    del case_page
    halves = editions.halves(request.received_at)
    return decide(
        request,
        decisions.DRAFT,
        None,
        again=lambda: None,
        key="",
        back=reverse("disclosure_staff:editions"),
        template="disclosure/staff/edition_duty.html",
        form=partial(DraftForm, halves=halves),
        flash=True,
    )


@open_to(*DECIDERS)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show an edition as it would be read, what has moved in it, and what can be decided."""
    del case_page
    hand = hand_of(request)
    shown = editions.edition_of(hand, number)
    asked = decisions.BY_SLUG.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown),
        offers=offers(
            decisions.DECISIONS,
            shown,
            hand.role,
            partial(_address, number),
            form=by_verb,
            initial=_seen(shown),
        ),
        others=others(decisions.DECISIONS, shown, hand.role),
        done=just_done(hand, editions.about_edition(number), asked.done if asked else None),
    )
    frame = MatterFrame(
        title=Text(f"公表版：{shown.title.ja}", f"Edition: {shown.title.en}"),
        named="",
        ref="",
        back=reverse("disclosure_staff:editions"),
        back_text=Text("公表の一覧", "All editions"),
    )
    return show_matter(request, page, frame)


def _seen(shown: EditionShown) -> dict[str, Any]:
    """Return which state of an edition a form shows."""
    return {"version": shown.version}


def _sections(shown: EditionShown) -> tuple[Section, ...]:
    told: dict[str, Any] = {
        "page": shown,
        "body": shown.told,
        "lines": list(edition_lines(shown.told)),
        "requests": list(request_lines(shown.told)),
    }
    return sections("disclosure/staff/edition", (PagePart.FACTS,), told)


def _address(number: int, slug: str) -> str:
    if slug == decisions.RELEASE.slug:
        return reverse("disclosure_staff:edition-release", args=(number,))
    return reverse("disclosure_staff:edition-duty", args=(number, slug))


@open_to(*DECIDERS)
def export(request: Visit, number: int, case_page: str) -> StreamingHttpResponse:
    """Give the rows behind an edition's half-year, line by line: the bytes that `mamori edition export` writes."""
    del case_page
    shown = editions.edition_of(hand_of(request), number)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="mamori-export-{shown.half}.jsonl"',
    }
    return StreamingHttpResponse(
        exported(shown.half), content_type="application/jsonl; charset=utf-8", headers=headers
    )


@open_to(*DECIDERS)
def duty(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or make a decision on an edition, but for the one that needs a fresh proof."""
    del case_page
    if slug == decisions.RELEASE.slug:
        raise NoSuchEdition
    return _decide(request, number, slug)


@open_to(*DECIDERS, step_up=decisions.RELEASE.step_up)
def release(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Release an edition; whoever does has proven itself just before."""
    del case_page
    return _decide(request, number, decisions.RELEASE.slug)


def _decide(request: Visit, number: int, slug: str) -> HttpResponse:
    decision, hand = decisions.BY_SLUG.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchEdition
    return decide(
        request,
        decision,
        editions.edition_of(hand, number),
        again=lambda: editions.edition_of(hand, number),
        key=number,
        back=reverse("disclosure_staff:edition", args=(number,)),
        template="disclosure/staff/edition_duty.html",
        beside=_sections,
        initial=_seen,
        refused=(NoSuchEdition,),
    )
