"""What is done about the handbook: its versions are kept, the operator adds words of its own, and who read what is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.hand import HEADS, INSIDE, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.people import facts as people
from mamori.rooms.disclosure.actions.record import record
from mamori.rooms.disclosure.handbook.queries import (
    NoSuchProcedure,
    ProcedureShown,
    declared,
    every_procedure,
    newest_digests,
    procedure_of,
)
from mamori.rooms.disclosure.models import ProcedureReading, ProcedureVersion, ProcedureWords


class ProcedureChanged(Refusal, code="procedure-changed", status=409):
    """Given when a procedure has come to say something else than what somebody read."""

    text = Text(
        "読んでいるあいだに、この手順が変わりました。手順のページを開き直してください。",
        "This procedure changed while you read it. Please open its page again.",
    )


def note_procedures(hand: Hand) -> int:
    """Keep what each procedure says that says something else than the newest version kept; return how many."""
    if hand.role is not Role.MACHINE:
        raise NoSuchProcedure
    with memory.act():
        known = newest_digests()
        return _note(hand, [one for one in every_procedure(hand.at) if known.get(one.code) != one.digest])


def add_words(hand: Hand, *, procedure: str, ja: str, en: str) -> None:
    """Add the operator's own words to a procedure, or take them back with none."""
    if hand.role not in HEADS:
        raise NoSuchProcedure
    with memory.act():
        code = declared(procedure).code
        ProcedureWords.objects.create(code=code, ja=ja.strip(), en=en.strip(), by=hand.by, at=hand.at)
        record(hand, "handbook_words", about_procedure(code))
        _note(hand, [procedure_of(procedure, hand.at)])


def read_procedure(hand: Hand, *, procedure: str, digest: str) -> None:
    """Say that one has read a procedure; `digest` is of what was read."""
    if hand.role not in INSIDE:
        raise NoSuchProcedure
    with memory.act():
        shown = procedure_of(procedure, hand.at)
        if shown.digest != digest:
            raise ProcedureChanged
        ProcedureReading.objects.create(
            code=shown.code, digest=digest, by=people.subject_of(hand), at=hand.at
        )
        record(hand, "handbook_read", about_procedure(shown.code), digest=digest)


def _note(hand: Hand, changed: Sequence[ProcedureShown]) -> int:
    ProcedureVersion.objects.bulk_create(
        ProcedureVersion(
            code=one.code, digest=one.digest, said=[[line.ja, line.en] for line in one.lines], at=hand.at
        )
        for one in changed
    )
    if changed:
        record(hand, "handbook_note", about_procedure("all"), said={one.code: one.digest for one in changed})
    return len(changed)


def about_procedure(code: str) -> str:
    """Return the name under which acts know a procedure."""
    return f"disclosure.procedure:{code}"
