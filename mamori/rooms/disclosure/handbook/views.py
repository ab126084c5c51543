"""The handbook: every procedure as it runs, for whoever works for the operator to read, search and print."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import HEADS, INSIDE
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.once import new_token
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import Tone, said
from mamori.japan import written
from mamori.rooms.disclosure.handbook import actions, queries
from mamori.rooms.disclosure.handbook.queries import ProcedureShown, pdf_of
from mamori.rooms.disclosure.handbook.rules import ROOM_TITLES

READ = Decision[ProcedureShown](
    slug="read",
    title=Text("読んだと記録する", "Record that I have read it"),
    lead=Text(
        "読んだ日時が記録に残り、責任者と法務担当が見ます。手順が変わると、もう一度です。",
        "When you have read it is kept, and leads and counsel see it. Once the procedure changes, it is to be read again.",
    ),
    button=Text("読みました", "I have read it"),
    done={"handbook_read": Text("記録しました。", "It was recorded.")},
    verb=actions.read_procedure,
    roles=INSIDE,
)
ADD = Decision[ProcedureShown](
    slug="words",
    title=Text("運営者の書き足し", "The operator's own words"),
    lead=Text(
        "この会社での進め方などを書き足します。運営者が書いたものと分かるように載ります。仕組みの動きは変わりません。空にすると消えます。"
        "案件や個人のことは書かないでください。",
        "How it is done in your company, marked as written by you; it changes nothing of what the system does. Leave it empty to "
        "take it back. Please write nothing about cases or people.",
    ),
    button=Text("載せる", "Add it"),
    done={"handbook_words": Text("載せました。", "It was added.")},
    verb=actions.add_words,
    roles=HEADS,
)
DECISIONS = (READ, ADD)


class ReadForm(HouseForm):
    """The digest of what was read."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ProcedureWordsForm(HouseForm):
    """What the operator adds to a procedure, in one language or both."""

    ja = WordsField(
        label=said("日本語（Markdown）", "Japanese (Markdown)"), check=written.optional, most=5_000, rows=10
    )
    en = WordsField(
        label=said("英語（Markdown）", "English (Markdown)"), check=written.optional, most=5_000, rows=8
    )


SEARCHED_MOST = 100
"""At most so many letters of a search are looked for."""


@open_to(*INSIDE)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every procedure, with what this reader has read of it, or where the words of a search stand; or print all of them."""
    del case_page
    if request.GET.get("format") == "pdf":
        return _paper(request)
    actor, asked = actor_of(request), request.GET.get("q", "")[:SEARCHED_MOST]
    every = queries.every_procedure(request.received_at)
    own = queries.own_readings(actor, every)
    counts = queries.read_counts(every) if actor.role in HEADS else {}
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
    return Text("読みました", "read"), Tone.GOOD


@open_to(*INSIDE)
def one(request: Visit, code: str, case_page: str) -> HttpResponse:
    """Show a procedure: who does what, what the operator adds, its tables, what changed, and who read it."""
    del case_page
    actor = actor_of(request)
    shown = queries.procedure_of(code, request.received_at)
    page = {
        "page": shown,
        "since": queries.since(shown),
        "versions": queries.versions(shown),
        "reading": queries.own_readings(actor, [shown]).get(code),
        "heads": actor.role in HEADS,
        "readers": queries.readers(shown) if actor.role in HEADS else (),
        "token": new_token(),
    }
    return render(request, "disclosure/staff/procedure.html", page)


@open_to(*INSIDE)
def duty(request: Visit, code: str, slug: str, case_page: str) -> HttpResponse:
    """Record that a procedure was read, or add the operator's own words to it, or take them back."""
    del case_page
    decision = next((one for one in DECISIONS if one.slug == slug), None)
    if decision is None or request.presence.role not in decision.roles:
        raise queries.NoSuchProcedure
    shown = partial(queries.procedure_of, code, request.received_at)
    return decide(
        request,
        decision,
        shown(),
        again=shown,
        key=code,
        back=reverse("disclosure_staff:handbook-one", args=(code,)),
        template="disclosure/staff/handbook_duty.html",
        form=ReadForm if decision is READ else ProcedureWordsForm,
        initial=_initial,
        refused=(queries.NoSuchProcedure,),
        flash=True,
    )


def _initial(shown: ProcedureShown) -> dict[str, str]:
    return {"digest": shown.digest} | ({"ja": shown.own.ja, "en": shown.own.en} if shown.own else {})


def _paper(request: Visit) -> HttpResponse:
    """Return the whole handbook as one accessible PDF, in the reader's language."""
    at = request.received_at
    made = pdf_of(at, lang="en" if request.LANGUAGE_CODE == "en" else "ja", operator=operator(at).name)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="handbook.pdf"'
    return answer
