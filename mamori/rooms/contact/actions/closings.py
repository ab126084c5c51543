"""Closing days: declared by a seller beforehand, and taken back."""

from __future__ import annotations

from datetime import date, timedelta

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact.finding import NothingHere, seller_of
from mamori.rooms.contact.models import SellerClosing

CLOSED_AT_ONCE = 31
"""For so many days in a row a shop may say that it is closed."""


class ClosingUnreadable(Refusal, code="closing-unreadable", status=422):
    """Given when closing days run backwards, lie behind us, or far ahead."""

    text = Text(
        "休業日は、今日から1年以内の日付を、始まりの日から順に、{most}日間までで入力してください。",
        "Please give closing days within a year from today, the first day first, at most {most} days.",
    ).fill(most=CLOSED_AT_ONCE)


def declare_closing(hand: Hand, *, first: date, last: date) -> int:
    """Let a seller say on which days, both included, it is closed; return the entry's id."""
    seller_ref, today = seller_of(hand), hand.at.astimezone(JAPAN).date()
    if not today <= first <= last <= today + timedelta(days=365) or (last - first).days >= CLOSED_AT_ONCE:
        raise ClosingUnreadable()
    with memory.act():
        row = SellerClosing.objects.create(seller_ref=seller_ref, first=first, last=last, declared_at=hand.at)
        _record_closing(hand, row, "declare_closing")
    return row.pk


def withdraw_closing(hand: Hand, *, closing: int) -> None:
    """Take closing days back: clocks that already leave them out keep their moments."""
    with memory.act():
        row = (
            SellerClosing.objects.select_for_update()
            .filter(pk=closing, seller_ref=seller_of(hand), withdrawn_at__isnull=True)
            .first()
        )
        if row is None:
            raise NothingHere()
        row.withdrawn_at = hand.at
        row.save(update_fields=("withdrawn_at",))
        _record_closing(hand, row, "withdraw_closing")


def _record_closing(hand: Hand, row: SellerClosing, verb: str) -> None:
    ledger.record(
        hand,
        kind=f"contact.{verb}",
        subject=f"seller:{row.seller_ref}",
        about=f"contact.closing:{row.pk}",
        payload={"first": row.first.isoformat(), "last": row.last.isoformat()},
    )
