"""Appeals at the desk: the list, the part of the case page, and what a reviewer does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.actions import Part
from mamori.rooms.enforcement.appealforms import (
    ENDED_OUTCOMES,
    MoneyOutcomeForm,
    NoteForm,
    OutcomeForm,
    ReplyForm,
)
from mamori.rooms.enforcement.finding import NotThere
from mamori.rooms.enforcement.forms import VersionForm, choose, refuse
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.queries.appeal import AppealShown, appeal_of
from mamori.rooms.enforcement.queries.done import Done

HEADS = (Role.LEAD, Role.COUNSEL)
TITLES = {
    "take": Text("見直しを受け持つ", "Take the review"),
    "reply": Text("出品者に書く", "Write to the seller"),
    "note": Text("見直しのメモ（出品者には見えません）", "A note for the reviewers (not for the seller)"),
    "decide": Text("結論を出す", "Decide"),
}
TAKE_OVER = Text("見直しを引き継ぐ", "Take the review over")
FORMS = {"take": VersionForm, "reply": ReplyForm, "note": NoteForm, "decide": OutcomeForm}
SENT = Text("出品者に送りました。", "It was sent to the seller.")
DONE: dict[str, Done] = {
    "take": {"take_appeal": Text("見直しを受け持ちました。", "The review is yours.")},
    "reply": {"reply_appeal": SENT, "ask_more": SENT},
    "note": {"note_appeal": Text("メモを残しました。", "The note was kept.")},
    "decide": {
        "decide_appeal": Text(
            "結論を出し、出品者に知らせました。", "It was decided, and the seller was told."
        )
    },
}


def _take(hand: Hand, page: AppealShown, given: dict[str, Any]) -> None:
    actions.take_appeal(hand, appeal=page.id, version=given["version"])


def _reply(hand: Hand, page: AppealShown, given: dict[str, Any]) -> None:
    actions.reply_appeal(
        hand, appeal=page.id, said=given["said"], asks=given["asks"], version=given["version"]
    )


def _note(hand: Hand, page: AppealShown, given: dict[str, Any]) -> None:
    actions.note_appeal(hand, appeal=page.id, said=given["said"], version=given["version"])


def _decide(hand: Hand, page: AppealShown, given: dict[str, Any]) -> None:
    outcome, _, part = given["outcome"].partition("/")
    actions.decide_appeal(
        hand,
        appeal=page.id,
        outcome=AppealState(outcome),
        said=given["said"],
        part=Part(part) if part else None,
        amount=given.get("amount") or 0,
        version=given["version"],
    )


DEEDS: dict[str, Callable[[Hand, AppealShown, dict[str, Any]], None]] = {
    "take": _take,
    "reply": _reply,
    "note": _note,
    "decide": _decide,
}
STEPS = {"take": "take", "reply": "reply", "note": "reply", "decide": "keep"}
"""The step of the lifecycle by which each is there."""


def deeds_of(page: AppealShown) -> list[tuple[str, Text]]:
    """Return what can be done with an appeal just now; one that somebody reviews is taken over from them."""
    titles = TITLES | {"take": TAKE_OVER} if page.reviewer else TITLES
    return [(slug, text) for slug, text in titles.items() if STEPS[slug] in page.steps]


@open_to(*HEADS)
def deed(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or do one of the things that a reviewer does.

    :raises NotThere: when there is no such thing, or no such appeal.
    """
    if slug not in DEEDS:
        raise NotThere()
    hand, back = hand_of(request), case_page.format(number=number)
    page = appeal_of(hand, number)
    if request.method != "POST" and slug not in dict(deeds_of(page)):
        return HttpResponseRedirect(back)
    kind = MoneyOutcomeForm if slug == "decide" and page.is_of_money else FORMS[slug]
    data = request.POST if request.method == "POST" else None
    form, status = kind(data, initial={"version": page.version}), 200
    if kind is OutcomeForm and not page.stands:
        choose(form, "outcome", list(ENDED_OUTCOMES))
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                DEEDS[slug](hand, page, form.cleaned_data)
                return HttpResponseRedirect(f"{back}?done={slug}")
            except NotThere:
                raise
            except Refusal as refusal:
                page = appeal_of(hand, number)
                status = refuse(form, refusal, page.version)
    title = TAKE_OVER if slug == "take" and page.reviewer else TITLES[slug]
    shown = {"page": page, "title": title, "form": form, "back": back}
    return render(request, "enforcement/staff/appeal_deed.html", shown, status=status)
