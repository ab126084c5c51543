"""Notes of staff on a case: in a table of their own, sealed, never changed, and never on the way to anybody else."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from mamori.grammar.hand import Hand
from mamori.ground.cases.models import Case, Note
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place

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


def erase(hand: Hand, over: datetime, limit: int, held_by: HeldBy) -> int:
    """Erase the notes on so many cases of no party that ended, and were noted on last, before `over`; return how many cases.

    What is held stays: `held_by` says of a matter by which names a hold means it.
    """
    gone = 0
    for subjects in batched(seals.living_of(OWN), AT_ONCE):
        rows = Case.objects.filter(
            pk__in=[int(one.removeprefix(OWN)) for one in subjects], closed_at__lt=over
        )
        gone += ledger.shred_each(
            hand,
            rows.exclude(notes__at__gte=over).order_by("pk"),
            limit=limit - gone,
            reason=NOTES_ENDED,
            whose=lambda case: (owner_of(case), *held_by(case.about)),
            wipe=lambda case: None,
        )
    return gone


def erase_on(hand: Hand, about: str) -> None:
    """Erase the notes on one case of no party, as whom it was about is erased; what is held stays."""
    owner = owner_of(Case.objects.get(about=about))
    if owner.startswith(OWN) and seals.living([owner]) and not seals.held((owner, about)):
        ledger.shred(hand, subject=owner, reason=NOTES_ENDED)


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
