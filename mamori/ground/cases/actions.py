"""Writes of the index: a room opens a case and keeps it up to date, inside its own recorded action; staff take it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from mamori.ground.cases import queue, searching
from mamori.ground.cases.assigning import (
    HandOverNeedsReason as HandOverNeedsReason,
    NoSuchCase as NoSuchCase,
    assign as assign,
    erase_notes as erase_notes,
    erase_notes_on as erase_notes_on,
    give_back as give_back,
    hand_over as hand_over,
    note as note,
    take as take,
)
from mamori.ground.cases.models import Case
from mamori.ground.cases.queue import row_of
from mamori.ground.declared import memory
from mamori.ground.declared.casekinds import Lead


def open(  # noqa: A001
    *,
    kind: str,
    about: str,
    title: str,
    buyer_ref: str,
    seller_ref: str,
    order_ref: str,
    at: datetime,
    subject: str = "",
    called: str = "",
) -> int:
    """Enter a matter into the index and return its case id; `title` is a topic, never anybody's words.

    `called` is by what else it can be found, such as the shop's name; it goes with the erasure of `subject`.
    """
    case = Case.objects.create(
        kind=kind,
        about=about,
        title=title,
        buyer_ref=buyer_ref,
        seller_ref=seller_ref,
        order_ref=order_ref,
        opened_at=at,
    )
    memory.put("cases.case", about, case)
    memory.put("cases.asks", about, [])
    searching.enter_case(case, subject=subject, called=called)
    return case.pk


def update(
    *,
    about: str,
    state: str,
    lead: Lead | None,
    closed_at: datetime | None = None,
    urgent_since: datetime | None = None,
    attention: str | None = None,
    asks: Collection[str] = (),
) -> None:
    """Bring the case up to date: all values are replaced, so what is left out is cleared.

    `lead` is what it leads with: what was missed and is not kept yet, or is owed next.

    `attention` is what it asks for first; it is one of what it `asks` for in all, which a case that is closed does not.
    With `urgent_since` it stands before all that is not urgent.
    """
    case = row_of(about)
    case.state, case.closed_at = state, closed_at
    case.attention, case.urgent_since = attention or None, urgent_since
    _lead(case, lead)
    case.save(update_fields=("state", "next_due_at", "due_kind", "closed_at", "attention", "urgent_since"))
    queue.replace_asks(case, {*asks, attention} - {None, ""} if closed_at is None else set())


def put_due(*, about: str, lead: Lead | None) -> None:
    """Say what the case leads with and when that is due, and leave all else as it is."""
    case = row_of(about)
    _lead(case, lead)
    case.save(update_fields=("next_due_at", "due_kind"))
    queue.put_asks_due(case)


def _lead(case: Case, lead: Lead | None) -> None:
    case.next_due_at, case.due_kind = (lead.due_at, lead.kind) if lead else (None, "")


def enter_anew(*, about: str, subject: str, called: str) -> None:
    """Let the case be found by what it is called now, which goes with the erasure of `subject`."""
    searching.enter_anew(row_of(about), subject=subject, called=called)


def enter_missing(*, called: Mapping[int, tuple[str, str]]) -> int:
    """Let those of these cases be found that cannot be yet: of before there was a search; return how many.

    `called` says of each id under whose key, and by what beside topic and references, it is to be found.
    """
    with memory.act():
        return searching.enter_missing(called)


def enter_words(*, about: str, key: str, subject: str, text: str) -> None:
    """Let the case be found by words that were shared with the centre; only their keyed tokens are kept."""
    searching.enter_words(row_of(about), key=key, subject=subject, text=text)


def withdraw_words(*, keys: Sequence[str]) -> None:
    """Let nothing be found by these words any more: the share was taken back."""
    searching.withdraw_words(keys)


def forget(*, subject: str, limit: int) -> int:
    """Take away so many at most of the entries of `subject`, whose key is destroyed; return how many that were."""
    return searching.forget(subject, limit)
