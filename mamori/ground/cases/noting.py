"""Notes of staff on a case: in a table of their own, sealed, never changed, and never on the way to anybody else."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.ground.cases.models import Case, Note
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFact:
    """A note: by whom and when, and its act; `text` is None when its key was destroyed."""

    act: int
    by: str
    at: datetime
    text: str | None


def owner_of(case: Case) -> str:
    """Return whose key seals what is said about the case: the buyer's, or the seller's where there is none."""
    return f"buyer:{case.buyer_ref}" if case.buyer_ref else f"seller:{case.seller_ref}"


def keep(hand: Hand, case: Case, *, act: int, text: str) -> None:
    """Keep the note beside its act, which holds none of its words."""
    key = uuid.uuid4()
    sealed = sealing.seal(subject=owner_of(case), place=_place(key), plain=text.encode())
    Note.objects.create(id=key, case=case, act=act, by=hand.by, at=hand.at, sealed=sealed)


def notes(about: str) -> tuple[NoteFact, ...]:
    """Return the notes on the matter, the newest first; for pages of staff alone."""
    opener = seals.Opener()
    found = Note.objects.filter(case__about=about).select_related("case").order_by("-at", "-act")[:SHOWN]
    return tuple(NoteFact(act=note.act, by=note.by, at=note.at, text=_read(note, opener)) for note in found)


def _read(note: Note, opener: seals.Opener) -> str | None:
    try:
        plain = opener.unseal(subject=owner_of(note.case), place=_place(note.id), sealed=bytes(note.sealed))
    except seals.Shredded:
        return None
    return plain.decode()


def _place(key: uuid.UUID) -> Place:
    return Place("cases_note", str(key), "sealed")
