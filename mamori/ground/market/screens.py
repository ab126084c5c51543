"""Final confirmation screens as the marketplace tells them: each kept once, sealed with the key of the buyer who saw it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from mamori.grammar.hand import Hand
from mamori.ground.market import words
from mamori.ground.market.lines import OrderLine, ScreenLine
from mamori.ground.market.models import Order, Screen
from mamori.ground.market.outcomes import Change, Outcome, PersonErased, ReferenceUnknown, ScreenKept
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place


def write_screens(hand: Hand, lines: Sequence[ScreenLine]) -> list[Outcome]:
    """Keep screens of known orders; the same again changes nothing, and another is refused."""
    rows = Order.objects.select_for_update().order_by("ref").filter(pk__in=[line.ref for line in lines])
    orders = {row.ref: row for row in rows}
    kept = dict(Screen.objects.filter(pk__in=orders).values_list("pk", "sha256"))
    living = words.writers({row.buyer_id for row in orders.values()})
    return [_write(hand, line, orders.get(line.ref), kept.get(line.ref), living) for line in lines]


def _write(hand: Hand, line: ScreenLine, order: Order | None, kept: str | None, living: set[str]) -> Outcome:
    if order is None:
        return ReferenceUnknown(what=OrderLine.title, ref=line.ref)
    plain = line.text.encode()
    digest = hashlib.sha256(plain).hexdigest()
    if kept is not None:
        return Change.UNCHANGED if kept == digest else ScreenKept(ref=line.ref)
    if order.buyer_id not in living:
        return PersonErased(ref=order.buyer_id)
    sealed = sealing.seal(subject=f"buyer:{order.buyer_id}", place=_place(line.ref), plain=plain)
    Screen.objects.create(order=order, buyer_id=order.buyer_id, sha256=digest, sealed=sealed, told_at=hand.at)
    return Change.ADDED


def opened(row: Screen) -> str | None:
    """Return what the screen showed, None once its buyer's key is destroyed."""
    subject = f"buyer:{row.buyer_id}"
    try:
        return seals.unseal(subject=subject, place=_place(row.order_id), sealed=bytes(row.sealed)).decode()
    except seals.Shredded:
        return None


def _place(ref: str) -> Place:
    return Place("market_screen", ref, "sealed")
