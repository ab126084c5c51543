"""Who works on a case: taken, handed over, given back; and the notes of staff, sealed and never changed."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases.events import CaseAssigned
from mamori.ground.cases.models import Case, Note
from mamori.ground.cases.notices import HANDED_OVER
from mamori.ground.cases.queue import number_of
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place

# Notes of staff on a case: in a table of their own, sealed, never changed, and never on the way to anybody else.


SHOWN, AT_ONCE = 200, 500
type HeldBy = Callable[[str], Sequence[str]]
OWN = "case:"
FORMER = "seller:"
"""Whose key sealed notes on cases of no party before each had one of its own: such notes are still read."""
NOTES_ENDED = "retention.cases.notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFact:
    """A note: by whom and when, and its act; `text` is None when its key was destroyed."""

    act: int
    by: str
    at: datetime
    text: str | None


def owner_of(case: Case) -> str:
    """Return whose key seals what is noted on the case: the buyer's, else the seller's, its own where it is no party's."""
    if case.buyer_ref:
        return f"buyer:{case.buyer_ref}"
    return f"seller:{case.seller_ref}" if case.seller_ref else f"{OWN}{case.pk}"


def keep(actor: Actor, case: Case, *, act: int, text: str) -> None:
    """Keep the note beside its act, which holds none of its words."""
    key = uuid.uuid4()
    sealed = sealing.seal(subject=owner_of(case), place=_place(key), plain=text.encode())
    Note.objects.create(id=key, case=case, act=act, by=actor.by, at=actor.at, sealed=sealed)


def notes(about: str) -> tuple[NoteFact, ...]:
    """Return the notes on the matter, the newest first; for pages of staff alone."""
    opener = seals.Opener()
    found = Note.objects.filter(case__about=about).select_related("case").order_by("-at", "-act")[:SHOWN]
    return tuple(NoteFact(act=note.act, by=note.by, at=note.at, text=_read(note, opener)) for note in found)


def erase_notes(actor: Actor, over: datetime, limit: int, held_by: HeldBy) -> int:
    """Erase the notes on so many cases of no party that ended, and were noted on last, before `over`; return how many cases.

    What is held stays: `held_by` says of a matter by which names a hold means it.
    """
    gone = 0
    for subjects in batched(seals.living_of(OWN), AT_ONCE):
        rows = Case.objects.filter(
            pk__in=[int(one.removeprefix(OWN)) for one in subjects], closed_at__lt=over
        )
        gone += ledger.shred_each(
            actor,
            rows.exclude(notes__at__gte=over).order_by("pk"),
            limit=limit - gone,
            reason=NOTES_ENDED,
            whose=lambda case: (owner_of(case), *held_by(case.about)),
            wipe=lambda case: None,
        )
    return gone


def erase_notes_on(actor: Actor, about: str) -> None:
    """Erase the notes on one case of no party, as whom it was about is erased; what is held stays."""
    owner = owner_of(Case.objects.get(about=about))
    if owner.startswith(OWN) and seals.living([owner]) and not seals.held((owner, about)):
        ledger.shred(actor, subject=owner, reason=NOTES_ENDED)


def _read(note: Note, opener: seals.Opener) -> str | None:
    owner, place = owner_of(note.case), _place(note.id)
    try:
        plain = seals.opened(subject=owner, place=place, sealed=note.sealed, opener=opener)
    except seals.SealBroken:
        if not owner.startswith(OWN):
            raise
        plain = seals.opened(subject=FORMER, place=place, sealed=note.sealed, opener=opener)
    return plain.decode() if plain is not None else None


def _place(key: uuid.UUID) -> Place:
    return Place("cases_note", str(key), "sealed")


# Who works on a case: taken, handed over, given back; each of them is an act of its own.


MOST_NOTED = 4_000


class NoSuchCase(Refusal, code="no-such-case", status=404):
    """Given when there is no such case for this actor."""

    text = Text(
        "その番号の案件は見つかりません。番号をもう一度ご確認ください。",
        "There is no case with that number. Please check it once more.",
    )


class CaseClosed(Refusal, code="case-closed", status=409):
    """Given when a case that has ended is to be taken or handed over."""

    text = Text(
        "この案件はすでに終わっているため、担当を変えられません。",
        "This case has already ended, so nobody can take it over.",
    )


class NotYourCase(Refusal, code="not-your-case", status=409):
    """Given when a case is to be given back by somebody whose it is not."""

    text = Text(
        "この案件は、今あなたの担当ではありません。最新の状態をご確認ください。",
        "The case is not yours now. Please look at it again.",
    )


class NobodyOfThatName(Refusal, code="not-staff", status=422):
    """Given when a case is to be handed to somebody who is not staff."""

    text = Text(
        "「{to}」は相談窓口の担当者として登録されていません。一覧から選んでください。",
        "“{to}” is not one of the centre's staff. Please choose from the list.",
    )


class AlreadyTheirs(Refusal, code="already-theirs", status=409):
    """Given when a case is to be handed to whoever has it, or back to all when nobody has it."""

    text = Text(
        "この案件は、もうその担当になっています。ほかの人を選んでください。",
        "The case is assigned like that already. Please choose somebody else.",
    )


class HandOverNeedsReason(Refusal, code="hand-over-needs-reason", status=422):
    """Given when a case is handed over without a word."""

    text = Text(
        "引き継ぐ相手に伝えることを書いてください。記録に残ります。",
        "Please write what whoever takes over should know. It stays in the record.",
    )


class NoteEmpty(Refusal, code="note-empty", status=422):
    """Given when a note holds nothing, or more than can be read at a glance."""

    text = Text(
        "メモは1文字から{most}文字までで書いてください。記録に残り、書き直せません。",
        "Please write a note of 1 to {most} characters. It stays in the record and cannot be changed.",
    )


def take(actor: Actor, *, about: str) -> None:
    """Take the case, also from somebody else."""
    with memory.act():
        case = _open_case(actor, about)
        before = _assign(actor, case, actor.by)
        record(actor, case, "taken", before=before)


def give_back(actor: Actor, *, about: str) -> None:
    """Give one's own case back to all: it waits for somebody again, and no party is told of that."""
    with memory.act():
        case = _open_case(actor, about)
        if case.assignee != actor.by:
            raise NotYourCase()
        record(actor, case, "given_back", before=_assign(actor, case, ""))


def hand_over(actor: Actor, *, about: str, to: str, reason: str = "") -> None:
    """Hand the case to another member of staff (`agent:7`), or with an empty `to` back to all.

    The record holds what was running at that moment; whoever takes over is told.

    :raises AlreadyTheirs: when nothing would change.
    """
    reason = reason.replace("\0", "").strip()
    role, _, who = to.partition(":")
    if to and (role not in STAFF or not who):
        raise NobodyOfThatName(to=to)
    if to and not reason:
        raise HandOverNeedsReason()
    with memory.act():
        case = _open_case(actor, about)
        if case.assignee == to:
            raise AlreadyTheirs()
        before = _assign(actor, case, to)
        running = [clock.kind for clock in clocks.open_clocks(about)]
        record(actor, case, "handed_over", reason=reason, before=before, to=to, running=running)
        if to and to != actor.by:
            number = number_of(case.pk)
            outbox.notify(to=to, template=HANDED_OVER, values={"number": number}, about=about, at=actor.at)


def note(actor: Actor, *, about: str, text: str) -> None:
    """Add a note to the record of the case: for staff, never for a party."""
    text = text.replace("\0", "").strip()
    if not 1 <= len(text) <= MOST_NOTED:
        raise NoteEmpty(most=f"{MOST_NOTED:,}")
    with memory.act():
        case = _case(actor, about)
        digest = hashlib.sha256(text.encode()).hexdigest()
        keep(actor, case, act=record(actor, case, "noted", words_sha256=digest), text=text)


def assign(*, about: str, to: str) -> None:
    """Note that the matter is somebody's, inside the room's own recorded action."""
    memory.forget("cases.case")
    Case.objects.filter(about=about).update(assignee=to)


def record(actor: Actor, case: Case, verb: str, *, reason: str = "", **payload: Any) -> int:
    """Record an act about the case; its content belongs to whom its notes belong to."""
    owner = owner_of(case)
    return ledger.record(
        actor, kind=f"cases.{verb}", subject=owner, about=case.about, reason=reason, payload=payload
    )


def _assign(actor: Actor, case: Case, to: str) -> str:
    before, case.assignee = case.assignee, to
    memory.forget("cases.case")
    case.save(update_fields=["assignee"])
    if before != to:
        outbox.publish(CaseAssigned(subject=case.about, about=case.about, to=to), at=actor.at)
    return before


def _case(actor: Actor, about: str) -> Case:
    if actor.role not in (Role.AGENT, Role.LEAD, Role.COUNSEL):
        raise NoSuchCase()
    case = Case.objects.select_for_update().filter(about=about).first()
    if case is None:
        raise NoSuchCase()
    return case


def _open_case(actor: Actor, about: str) -> Case:
    case = _case(actor, about)
    if case.closed_at is not None:
        raise CaseClosed()
    return case
