"""What was written with the centre, for whoever may read it: every page, paper, answer and search asks here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.cases.facts import Hit
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.seal import facts as seals
from mamori.law.deadlines import CENTRE_ANSWER
from mamori.rooms.contact.centre.rules import Readers, unanswered
from mamori.rooms.contact.models import CentreMessage, Thread
from mamori.rooms.contact.rules.callers import THROUGH, Through
from mamori.rooms.contact.rules.proposals import Side

KEY = "contact.centre:"
"""Before the id of a message, where cases are found by its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreShown:
    """A message as its reader sees it; `words` is None once its reader's key was destroyed.

    `due_at` is by when the centre answers it, while it waits for that.
    """

    number: int
    by: Side
    agent: str
    readers: Readers
    at: datetime
    words: str | None
    mine: bool
    through: Text | None
    due_at: datetime | None


def centre_messages(
    thread: Thread, reader: Side | None, running: Iterable[ClockFact] = ()
) -> tuple[CentreShown, ...]:
    """Return what this side may read, counted from 1, the oldest first; the clocks `running` say what is still to be answered."""
    sent = rows_of(thread)
    rows = [row for row in sent if reader is not None and Readers(row.readers).reach(reader)]
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows)
    due = {clock.key: clock.due_at for clock in running if clock.kind == CENTRE_ANSWER.code}
    waits = {row.pk: due.get(side) for side, row in unanswered(sent).items()}
    return tuple(
        CentreShown(
            number=number,
            by=Side(row.by_side),
            agent=row.agent,
            readers=Readers(row.readers),
            at=row.at,
            words=_opened(row, thread, opener),
            mine=row.by_side == reader,
            through=THROUGH.get(Through(row.through)),
            due_at=waits.get(row.pk),
        )
        for number, row in enumerate(rows, start=1)
    )


def rows_of(thread: Thread) -> list[CentreMessage]:
    """Return the rows of all messages, the oldest first: for rules, never for a reader."""
    return list(thread.centre_messages.order_by("number"))


def read(hits: Sequence[Hit]) -> dict[str, str | None]:
    """Open for staff what a search has found, by its key."""
    keys = [hit.key.removeprefix(KEY) for hit in hits if hit.key.startswith(KEY)]
    rows = CentreMessage.objects.select_related("thread").filter(pk__in=keys) if keys else ()
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows)
    return {f"{KEY}{row.pk}": _opened(row, row.thread, opener) for row in rows}


def subject_of(thread: Thread, readers: Readers) -> str:
    """Return whose key seals a message for these readers."""
    return f"seller:{thread.seller_ref}" if readers is Readers.SELLER else f"buyer:{thread.buyer_ref}"


def place_of(key: uuid.UUID) -> seals.Place:
    """Return where the words of a message lie."""
    return seals.Place("contact_centremessage", str(key), "sealed")


def _opened(row: CentreMessage, thread: Thread, opener: seals.Opener) -> str | None:
    subject = subject_of(thread, Readers(row.readers))
    try:
        return opener.unseal(subject=subject, place=place_of(row.pk), sealed=bytes(row.sealed)).decode()
    except seals.Shredded:
        return None
