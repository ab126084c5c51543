"""Payouts in a list: how each stands, without its reasons."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema, Status

from mamori.grammar.hand import Hand, Role
from mamori.ground.declared.pages import CursorNotGood, Number, Paged, cut, place_of
from mamori.ground.declared.records import Flag, PersonRef, says
from mamori.rooms.payouts.lifecycle.payout import PayoutState
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.rules.gate import Verdict
from mamori.rooms.payouts.step import verdict_of

LISTING = (CursorNotGood,)


class PayoutsAsked(Paged, frozen=True, kw_only=True):
    """Which payouts."""

    seller: Annotated[PersonRef | None, says("出品者の ref", "the ref of the seller")] = None
    waiting: Annotated[
        Flag | None,
        says("true なら、待っている分があるものだけ", "true: only those of which something waits"),
    ] = None


class PayoutListed(Schema):
    """A payout and how it stands; why it waits is told by `GET /payouts/{ref}`.  Yen."""

    ref: str
    seller_ref: str
    amount: int
    waits: int
    verdict: Verdict
    state: PayoutState
    asked_at: datetime
    decided_at: datetime
    waiting_since: datetime | None
    review_at: datetime | None
    ends_at: datetime | None
    closed_at: datetime | None


class Payouts(Schema):
    """A page of payouts, the newest first; `next` is null on the last."""

    items: list[PayoutListed]
    next: str | None


def list_payouts(hand: Hand, query: PayoutsAsked) -> Status[Payouts]:
    """List payouts, the newest first; with a seller's token its own only."""
    rows = Payout.objects.order_by("-id")
    if hand.role is not Role.MACHINE:
        rows = rows.filter(payee=hand.whose.removeprefix("seller:"))
    if query.seller is not None:
        rows = rows.filter(payee=query.seller)
    if query.waiting is not None:
        rows = rows.filter(waiting_since__isnull=not query.waiting)
    if before := place_of(query.cursor, Number):
        rows = rows.filter(pk__lt=before)
    page, more = cut(list(rows[: query.limit + 1]), query, lambda one: one.pk)
    return Status(200, Payouts(items=[_listed(row) for row in page], next=more))


def _listed(row: Payout) -> PayoutListed:
    return PayoutListed(
        ref=row.ref,
        seller_ref=row.payee_id,
        amount=row.amount,
        waits=row.waits,
        verdict=verdict_of(row),
        state=PayoutState(row.state),
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        waiting_since=row.waiting_since,
        review_at=row.review_at,
        ends_at=row.ends_at,
        closed_at=row.closed_at,
    )
