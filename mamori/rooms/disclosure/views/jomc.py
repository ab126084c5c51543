"""Pages on which leads and counsel read the text for the page of JOMC, and record where it stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.ground.matters.page import PagePart, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.jomc import JOMC, JOMC_TITLE
from mamori.rooms.disclosure.decisions import jomc as decisions
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.queries import jomc
from mamori.rooms.disclosure.queries.jomc import JomcShown, NoSuchJomcEntry
from mamori.rooms.disclosure.views.measureforms import JomcListForm, JomcSendForm

TEMPLATE = "disclosure/staff/jomc_duty.html"


@open_to(*DECIDERS)
def page(request: Visit, case_page: str) -> HttpResponse:
    """Show the text of now, what was sent of it and stands there, and in what it differs."""
    del case_page
    now, every = jomc.text_now(request.received_at), jomc.entries()
    stands = next((one for one in every if one.is_listed), None)
    waits = next((one for one in every if one.is_sent), None)
    gone, new = stands.changes(now) if stands else ((), ())
    shown = {
        "jomc": JOMC,
        "title": JOMC_TITLE,
        "now": now,
        "every": every,
        "stands": stands,
        "waits": waits,
        "is_same": stands is not None and stands.digest == now.digest,
        "gone": gone,
        "new": new,
    }
    return render(request, "disclosure/staff/jomc.html", shown)


@open_to(*DECIDERS)
def text(request: Visit, lang: str, case_page: str) -> HttpResponse:
    """Give the text of now as a file."""
    del case_page
    now = jomc.text_now(request.received_at)
    words = {"ja": now.ja, "en": now.en}.get(lang)
    if words is None:
        raise NoSuchJomcEntry
    headers = {
        "Content-Disposition": f'attachment; filename="jomc-{lang}.txt"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(words, content_type="text/plain; charset=utf-8", headers=headers)


@open_to(*DECIDERS)
def send(request: Visit, case_page: str) -> HttpResponse:
    """Record that the text was sent."""
    del case_page
    now = jomc.text_now(request.received_at)
    return decide(
        request,
        decisions.SEND,
        None,
        again=lambda: None,
        key="",
        back=reverse("disclosure_staff:jomc"),
        template=TEMPLATE,
        form=JomcSendForm,
        initial=lambda shown: {"digest": now.digest},
        beside=lambda shown: sections("disclosure/staff/jomc", (PagePart.FACTS,), {"now": now}),
        flash=True,
    )


@open_to(*DECIDERS)
def duty(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Record where a text stands, or that it does not."""
    del case_page
    hand, decision = hand_of(request), decisions.BY_SLUG.get(slug)
    if decision is None:
        raise NoSuchJomcEntry
    return decide(
        request,
        decision,
        jomc.entry_of(hand, number),
        again=lambda: jomc.entry_of(hand, number),
        key=number,
        back=reverse("disclosure_staff:jomc"),
        template=TEMPLATE,
        form=JomcListForm if decision is decisions.LIST else by_verb(decision),
        initial=_seen,
        refused=(NoSuchJomcEntry,),
        flash=True,
    )


def _seen(shown: JomcShown) -> dict[str, Any]:
    """Return which state of an entry a form shows, and what is recorded of it."""
    return {"version": shown.version, "address": shown.address, "changed_on": shown.changed_on}
