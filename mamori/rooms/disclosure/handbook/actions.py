"""What is done about the handbook: its versions are kept, the operator adds words of its own, and who read what is recorded."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.actor import HEADS, INSIDE, Actor, Role
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


def note_procedures(actor: Actor) -> int:
    """Keep what each procedure says that says something else than the newest version kept; return how many."""
    if actor.role is not Role.MACHINE:
        raise NoSuchProcedure
    with memory.act():
        known = newest_digests()
        return _note(actor, [one for one in every_procedure(actor.at) if known.get(one.code) != one.digest])


def add_words(actor: Actor, *, procedure: str, ja: str, en: str) -> None:
    """Add the operator's own words to a procedure, or take them back with none."""
    if actor.role not in HEADS:
        raise NoSuchProcedure
    with memory.act():
        code = declared(procedure).code
        ProcedureWords.objects.create(code=code, ja=ja.strip(), en=en.strip(), by=actor.by, at=actor.at)
        record(actor, "handbook_words", about_procedure(code))
        _note(actor, [procedure_of(procedure, actor.at)])


def read_procedure(actor: Actor, *, procedure: str, digest: str) -> None:
    """Say that one has read a procedure; `digest` is of what was read."""
    if actor.role not in INSIDE:
        raise NoSuchProcedure
    with memory.act():
        shown = procedure_of(procedure, actor.at)
        if shown.digest != digest:
            raise ProcedureChanged
        ProcedureReading.objects.create(
            code=shown.code, digest=digest, by=people.subject_of(actor), at=actor.at
        )
        record(actor, "handbook_read", about_procedure(shown.code), digest=digest)


def _note(actor: Actor, changed: Sequence[ProcedureShown]) -> int:
    ProcedureVersion.objects.bulk_create(
        ProcedureVersion(
            code=one.code, digest=one.digest, said=[[line.ja, line.en] for line in one.lines], at=actor.at
        )
        for one in changed
    )
    if changed:
        record(actor, "handbook_note", about_procedure("all"), said={one.code: one.digest for one in changed})
    return len(changed)


def about_procedure(code: str) -> str:
    """Return the name under which acts know a procedure."""
    return f"disclosure.procedure:{code}"
