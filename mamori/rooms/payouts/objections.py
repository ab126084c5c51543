"""What sellers say against money that waits, and the answers: sealed, and opened for the seller and for staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mamori.ground.declared import memory
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.rooms.payouts.models import Objection, Payout

type Part = Literal["said", "answer"]

_OPEN = "payouts.objected"
"""Since when an objection to a payout has waited for its answer, None where there is none, by the payout's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFact:
    """An objection and its answer in words; empty where it was erased, `answer` also while nobody answered."""

    said: str
    at: datetime
    answer: str
    answered_at: datetime | None


def seal(seller_ref: str, number: int, part: Part, words: str) -> bytes:
    """Return words sealed with the seller's key."""
    return sealing.seal(
        subject=f"seller:{seller_ref}", place=Place("payouts_objection", number, part), plain=words.encode()
    )


def open_since(payouts: Sequence[Payout]) -> dict[int, datetime]:
    """Return, of payouts whose payees are locked, those to which an objection waits for its answer, with since when."""
    known: dict[int, datetime | None] = {one.pk: memory.all_of(_OPEN).get(one.pk) for one in payouts}
    if unread := known.keys() - memory.all_of(_OPEN).keys():
        rows = Objection.objects.filter(payout__in=unread, answered_at__isnull=True)
        known |= dict(rows.values_list("payout_id", "at"))
    for number in unread:
        memory.put(_OPEN, number, known[number])
    return {number: at for number, at in known.items() if at is not None}


def note_open(payout: Payout, since: datetime | None) -> None:
    """Carry on in this act that an objection to a payout was made, or with None that it was answered."""
    memory.put(_OPEN, payout.pk, since)


def objections_of(payout: Payout) -> tuple[ObjectionFact, ...]:
    """Return what was said against a payout's waiting, the newest first."""
    rows = payout.objections.order_by("-id")
    return tuple(
        ObjectionFact(
            said=_opened(payout.payee_id, row, "said"),
            at=row.at,
            answer=_opened(payout.payee_id, row, "answer"),
            answered_at=row.answered_at,
        )
        for row in rows
    )


def _opened(seller_ref: str, row: Objection, part: Part) -> str:
    place = Place("payouts_objection", row.pk, part)
    plain = seals.opened(subject=f"seller:{seller_ref}", place=place, sealed=getattr(row, part))
    return (plain or b"").decode()
