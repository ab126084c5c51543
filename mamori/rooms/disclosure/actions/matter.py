"""The kind of matter of this room: a request found locked, recorded, told of, and settled with its case."""

from __future__ import annotations

from typing import Any

import msgspec

from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand
from mamori.ground.cases import actions as cases
from mamori.ground.cases import facts as case_facts
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing
from mamori.ground.vault import actions as vault
from mamori.law.grounds import DISCLOSURE_PENDING
from mamori.rooms.disclosure.acts import ACTS, TITLE
from mamori.rooms.disclosure.lifecycle import OPEN, REQUEST
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import sealed
from mamori.rooms.disclosure.queries.access import CASE, NoSuchInfoRequest, about, may_see
from mamori.rooms.disclosure.rules.facts import Signal
from mamori.rooms.disclosure.rules.standing import of_seller_request


def of_seller(row: SellerRequest) -> str:
    """Return whose key an act is sealed with whose words are about the seller; while none is known, as any other."""
    return f"seller:{row.seller_ref}" if row.seller_ref else row.sealed_for


def enter(row: SellerRequest) -> None:
    """Enter it into the case index."""
    shop = market.seller(row.seller_ref) if row.seller_ref else None
    cases.open(
        kind=CASE,
        about=about(row.pk),
        title=TITLE.ja,
        buyer_ref=row.buyer_ref,
        seller_ref=row.seller_ref,
        order_ref=row.order_refs[0] if row.order_refs else "",
        at=row.received_at,
        subject=row.sealed_for if row.buyer_ref else "",
        called=f"{TITLE.en} {shop.name if shop else ''}" if row.buyer_ref else "",
    )


def hold(hand: Hand, row: SellerRequest) -> None:
    """Let nothing be destroyed that it touches, for as long as it goes on."""
    covers = [f"{side}:{ref}" for side, ref in (("buyer", row.buyer_ref), ("seller", row.seller_ref)) if ref]
    vault.hold_open(hand, what=about(row.pk), covers=covers, ground=DISCLOSURE_PENDING)


def tell(act: Performance[SellerRequest], to: str, template: Template, **values: Any) -> None:
    """Write a notice; the case number is always in it."""
    number = case_facts.case_of(about(act.matter.pk)).number
    outbox.tell(
        to=to,
        template=template,
        values={"number": number, **values},
        about=about(act.matter.pk),
        at=act.hand.at,
    )


def tell_buyer(act: Performance[SellerRequest], template: Template, **values: Any) -> None:
    """Tell who asks; who has no account here is written to by a letter."""
    if act.matter.buyer_ref:
        tell(act, f"buyer:{act.matter.buyer_ref}", template, **values)


def tell_seller(act: Performance[SellerRequest], template: Template, **values: Any) -> None:
    """Tell the seller."""
    tell(act, f"seller:{act.matter.seller_ref}", template, **values)


def keep(act: Performance[SellerRequest], column: str, value: object, *, subject: str = "") -> None:
    """Seal a value of a request into its column, for whoever asks, or for `subject`."""
    row = act.matter
    place = sealed.place_of(row.pk, column)
    plain = msgspec.json.encode(value, order="sorted")
    setattr(row, column, sealing.seal(subject=subject or row.sealed_for, place=place, plain=plain))
    act.save(column)


def sign(act: Performance[SellerRequest], *found: Signal) -> None:
    """Note signs beside those that were there."""
    row = act.matter
    row.signals = [one.value for one in Signal if one in found or one in row.signals]
    act.save("signals")


def turn(act: Performance[SellerRequest], step: str) -> None:
    """Take a step that begins a new state."""
    act.step(step)
    act.matter.turn_at = act.hand.at
    act.save("turn_at")


def end(act: Performance[SellerRequest], step: str) -> None:
    """Take a step that ends it; what it touches is held for its sake no longer."""
    act.step(step)
    act.matter.closed_at = act.hand.at
    act.save("closed_at")
    vault.let_go(act.hand, what=about(act.matter.pk), ground=DISCLOSURE_PENDING)


def _find(hand: Hand, number: int, version: int | None) -> SellerRequest:
    row = SellerRequest.objects.select_for_update().filter(pk=number).first()
    if row is None or not may_see(hand, row):
        raise NoSuchInfoRequest
    if version is not None and version != row.version:
        raise changed(about(number), ACTS)
    return row


def _record(
    act: Performance[SellerRequest],
    verb: str,
    *,
    reason: str = "",
    subject: str = "",
    **told: Any,
) -> int:
    row = act.matter
    row.version += 1
    act.save("version")
    return ledger.record(
        act.hand,
        kind=f"disclosure.{verb}",
        subject=subject or row.sealed_for,
        about=about(row.pk),
        reason=reason,
        payload={"state": row.state, **told},
    )


def _settle(act: Performance[SellerRequest]) -> None:
    row, name = act.matter, about(act.matter.pk)
    settled = settlement.settle({name: of_seller_request(row)}, at=act.hand.at, why=act.verb)
    asks = tuple(one.what for one in settled.asked[name])
    news = act.news
    if news is None and not act.hand.is_staff and row.state in OPEN:
        news = case_facts.case_of(name).attention
    cases.update(
        about=name,
        state=row.state,
        lead=settled.lead([name]),
        closed_at=row.closed_at,
        attention=news or next(iter(asks), None),
        asks=asks,
    )


REQUESTS: Kind[SellerRequest, int] = Kind(
    chart=REQUEST,
    find=_find,
    case=lambda row: about(row.pk),
    record=_record,
    settle=_settle,
)
