"""The handbook: every procedure as it runs, for whoever works for the operator to read, search, print and be asked about."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import HEADS, INSIDE
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.operator import operator
from mamori.ground.web.parts import Tone
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.disclosure.decisions.handbook import ADD, READ
from mamori.rooms.disclosure.queries import handbook as queries
from mamori.rooms.disclosure.queries.handbookpaper import pdf_of
from mamori.rooms.disclosure.queries.lanepictures import drawn_of
from mamori.rooms.disclosure.rules.handbook import ROOM_TITLES
from mamori.rooms.disclosure.views.handbookforms import ProcedureWordsForm, quiz_form

SEARCHED_MOST = 100
"""At most so many letters of a search are looked for."""


@open_to(*INSIDE)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every procedure, with what this reader has read of it, or where the words of a search stand."""
    del case_page
    hand, asked = hand_of(request), request.GET.get("q", "")[:SEARCHED_MOST]
    every = queries.every_procedure(request.received_at)
    own = queries.own_readings(hand, every)
    counts = queries.read_counts(every) if hand.role in HEADS else {}
    page = {
        "asked": asked,
        "found": queries.found(every, asked),
        "groups": [
            (
                title,
                [
                    (one, *_how_read(own.get(one.code)), counts.get(one.code))
                    for one in every
                    if one.procedure.room == room
                ],
            )
            for room, title in ROOM_TITLES.items()
        ],
    }
    return render(request, "disclosure/staff/handbook.html", page)


def _how_read(reading: queries.ReadingShown | None) -> tuple[Text, Tone]:
    if reading is None:
        return Text("まだ読んでいません", "not read yet"), Tone.QUIET
    if not reading.is_current:
        return Text("読んだあとで変わりました", "changed since you read it"), Tone.WARN
    if reading.has_passed:
        return Text("読みました", "read"), Tone.GOOD
    return Text("もう一度お答えください", "please answer again"), Tone.WARN


@open_to(*INSIDE)
def one(request: Visit, code: str, case_page: str) -> HttpResponse:
    """Show a procedure: its drawings and tables, what the operator adds, what changed, and how this reader answered."""
    del case_page
    hand = hand_of(request)
    shown = queries.procedure_of(code, request.received_at)
    page = {
        "page": shown,
        "drawn": drawn_of(shown),
        "since": queries.since(shown),
        "versions": queries.versions(shown),
        "reading": queries.own_readings(hand, [shown]).get(code),
        "answers": queries.last_answers(hand, shown),
        "heads": hand.role in HEADS,
    }
    return render(request, "disclosure/staff/procedure.html", page)


@open_to(*INSIDE)
def quiz(request: Visit, code: str, case_page: str) -> HttpResponse:
    """Ask about a procedure, and record that it was read."""
    del case_page
    hand = hand_of(request)
    shown = queries.procedure_of(code, request.received_at)
    turn = queries.times_read(hand, code)

    def seen(page: queries.ProcedureShown) -> dict[str, Any]:
        return {"digest": page.digest, "turn": turn}

    return decide(
        request,
        READ,
        shown,
        again=lambda: queries.procedure_of(code, request.received_at),
        key=code,
        back=reverse("disclosure_staff:handbook-one", args=(code,)),
        template="disclosure/staff/handbook_duty.html",
        form=quiz_form(queries.quiz_of(hand, shown, turn)),
        initial=seen,
        refused=(queries.NoSuchProcedure,),
        flash=True,
    )


@open_to(*HEADS)
def add(request: Visit, code: str, case_page: str) -> HttpResponse:
    """Add the operator's own words to a procedure, or take them back."""
    del case_page
    shown = queries.procedure_of(code, request.received_at)
    return decide(
        request,
        ADD,
        shown,
        again=lambda: queries.procedure_of(code, request.received_at),
        key=code,
        back=reverse("disclosure_staff:handbook-one", args=(code,)),
        template="disclosure/staff/handbook_duty.html",
        form=ProcedureWordsForm,
        initial=lambda page: {"ja": page.own.ja, "en": page.own.en} if page.own else {},
        refused=(queries.NoSuchProcedure,),
        flash=True,
    )


@open_to(*HEADS)
def readers(request: Visit, code: str, case_page: str) -> HttpResponse:
    """List who read a procedure, and whether it still says what they read."""
    del case_page
    shown = queries.procedure_of(code, request.received_at)
    page = {"page": shown, "readers": queries.readers(shown), "since": queries.since(shown)}
    return render(request, "disclosure/staff/handbook_readers.html", page)


@open_to(*INSIDE)
def paper(request: Visit, case_page: str) -> HttpResponse:
    """Return the whole handbook as one accessible PDF, in the reader's language."""
    del case_page
    at = request.received_at
    made = pdf_of(at, lang="en" if request.LANGUAGE_CODE == "en" else "ja", operator=operator(at).name)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="handbook.pdf"'
    return answer
