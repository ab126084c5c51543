"""The kind of matter that an accident is: found locked and as it was seen, recorded, its clock and its case settled."""

from __future__ import annotations

from typing import Any

import msgspec

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance
from mamori.ground.matters.seen import changed
from mamori.ground.matters.standing import asks
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.rooms.safety.accidents.acts import SEEN, TITLE
from mamori.rooms.safety.accidents.rules import AccidentSaid, of_accident
from mamori.rooms.safety.lifecycle import ACCIDENT
from mamori.rooms.safety.models import Accident

HOUSE = "market"
"""Whose key seals what staff write of an accident."""


class NoSuchAccident(Refusal, code="no-such-accident", status=404):
    """Given when there is no such accident for this actor."""

    text = Text(
        "この事故は見つかりません。番号をご確認ください。",
        "There is no such accident. Please check its number.",
    )


def about(accident: int) -> str:
    """Return the name under which acts, clocks and notices know an accident."""
    return f"safety.accident:{accident}"


def said_of(row: Accident) -> AccidentSaid:
    """Return what lies sealed in it, nothing once its time was over."""
    if row.said is None:
        return AccidentSaid()
    plain = seals.unseal(subject=HOUSE, place=_place(row.pk), sealed=bytes(row.said))
    return msgspec.json.decode(plain, type=AccidentSaid)


def keep_said(act: Performance[Accident], said: AccidentSaid) -> None:
    """Seal it anew."""
    plain = msgspec.json.encode(said, order="sorted")
    act.matter.said = sealing.seal(subject=HOUSE, place=_place(act.matter.pk), plain=plain)
    act.save("said")


def enter(row: Accident) -> None:
    """Let it be found among cases; no shop is named there, so that nothing that lists a shop's cases shows it."""
    cases.open(
        kind="safety.accident",
        about=about(row.pk),
        title=TITLE.ja,
        buyer_ref="",
        seller_ref="",
        order_ref="",
        at=row.known_at,
    )


def _place(number: int) -> seals.Place:
    return seals.Place("safety_accident", number, "said")


def _find(actor: Actor, number: int, version: int | None) -> Accident:
    row = Accident.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None or not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchAccident
    if version is not None and version != row.version:
        raise changed(about(number), SEEN)
    return row


def _record(act: Performance[Accident], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    if f"safety.{verb}" in SEEN:
        act.matter.version += 1
        act.save("version")
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return ledger.record(
        act.actor,
        kind=f"safety.{verb}",
        subject=ledger.MARKET,
        about=about(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def _settle(act: Performance[Accident]) -> None:
    row, name, should = act.matter, about(act.matter.pk), tuple(of_accident(act.matter))
    settled = settlement.settle({name: should}, at=act.actor.at, why=act.verb)
    owed = [one.what for one in asks(should)]
    cases.update(
        about=name,
        state=row.state,
        lead=settled.lead(),
        closed_at=row.closed_at,
        urgent_since=row.unread_at if row.closed_at is None else None,
        attention=next(iter(owed), None),
        asks=owed,
    )


ACCIDENTS: MatterKind[Accident, int] = MatterKind(
    chart=ACCIDENT, find=_find, case=lambda row: about(row.pk), record=_record, settle=_settle
)
