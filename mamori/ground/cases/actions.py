"""Writes of the index: a room opens a case and keeps it up to date, inside its own recorded action."""

from __future__ import annotations

from datetime import datetime

from mamori.ground.cases.models import Case


def open(  # noqa: A001
    *, kind: str, about: str, title: str, buyer_ref: str, seller_ref: str, order_ref: str, at: datetime
) -> int:
    """Enter a matter into the index and return its case id; `title` is a topic, never anybody's words."""
    return Case.objects.create(
        kind=kind,
        about=about,
        title=title,
        buyer_ref=buyer_ref,
        seller_ref=seller_ref,
        order_ref=order_ref,
        opened_at=at,
    ).pk


def update(
    *,
    about: str,
    state: str,
    next_due_at: datetime | None,
    closed_at: datetime | None = None,
    attention: str | None = None,
) -> None:
    """Bring the case up to date: all four values are replaced, so what is left out is cleared.

    :raises LookupError: when no case is about that matter (a bug of the room, not a refusal).
    """
    found = Case.objects.filter(about=about).update(
        state=state, next_due_at=next_due_at, closed_at=closed_at, attention=attention or ""
    )
    if not found:
        raise LookupError(about)
