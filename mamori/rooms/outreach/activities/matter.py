"""The kind of matter that an activity is: found locked and as it was seen, recorded, its clocks and its case settled."""

from __future__ import annotations

from typing import Any

import msgspec

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance
from mamori.ground.matters.seen import changed
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.rooms.outreach.activities.rules import of_activity
from mamori.rooms.outreach.acts import ACTIVITY_ACTS, ACTIVITY_CASE
from mamori.rooms.outreach.lifecycle import ACTIVITY
from mamori.rooms.outreach.models import Activity

HOUSE = "market"
"""Whose key seals what staff write of an activity."""


class NoSuchActivity(Refusal, code="no-such-activity", status=404):
    """Given when there is no such activity for this actor."""

    text = Text(
        "この活動は見つかりません。番号をご確認ください。",
        "There is no such activity. Please check its number.",
    )


class ActivitySaid(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed of an activity: with whom, the agenda, the minutes, who was invited, who came, and what came of it."""

    bodies: str = ""
    agenda: str = ""
    minutes: str = ""
    guests: str = ""
    present: tuple[str, ...] = ()
    result: str = ""


def about(number: int) -> str:
    """Return the name under which cases, clocks, acts and files know an activity."""
    return f"{ACTIVITY_CASE.code}:{number}"


def _place(number: int) -> seals.Place:
    return seals.Place("outreach_activity", str(number), "said")


def said_of(row: Activity) -> ActivitySaid:
    """Return what lies sealed in it, nothing once its time was over."""
    if row.said is None:
        return ActivitySaid()
    plain = seals.unseal(subject=HOUSE, place=_place(row.pk), sealed=bytes(row.said))
    return msgspec.json.decode(plain, type=ActivitySaid)


def named_in(guests: str) -> tuple[str, ...]:
    """Return who is named, one a line, each once."""
    return tuple(dict.fromkeys(one for line in guests.splitlines() if (one := line.strip())))


def keep_said(act: Performance[Activity], **words: object) -> None:
    """Keep these of its words, sealed, beside those that it has."""
    said = msgspec.structs.replace(said_of(act.matter), **words)
    plain = msgspec.json.encode(said)
    act.matter.said = sealing.seal(subject=HOUSE, place=_place(act.matter.pk), plain=plain)
    act.save("said")


def enter_case(row: Activity) -> None:
    """Let a new activity be found among cases, by its kind; no words of it stand there."""
    cases.open(
        kind=ACTIVITY_CASE.code,
        about=about(row.pk),
        title=row.kind_text.ja,
        buyer_ref="",
        seller_ref="",
        order_ref="",
        at=row.dated_at,
    )


def _find(actor: Actor, number: int, version: int | None) -> Activity:
    if not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchActivity
    row = Activity.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None:
        raise NoSuchActivity
    if version is not None and version != row.version:
        raise changed(about(number), ACTIVITY_ACTS)
    return row


def _record(act: Performance[Activity], verb: str, *, reason: str = "", **told: Any) -> int:
    if f"outreach.{verb}" in ACTIVITY_ACTS:
        act.matter.version += 1
        act.save("version")
    return ledger.record(
        act.actor,
        kind=f"outreach.{verb}",
        subject=ledger.MARKET,
        about=about(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def _settle(act: Performance[Activity]) -> None:
    row, name = act.matter, about(act.matter.pk)
    should = of_activity(row, row.actions.order_by("on", "pk"), has_next=row.next.exists())
    settled = settlement.settle({name: should}, at=act.actor.at, why=act.verb)
    asked = list(dict.fromkeys(one.what for one in settled.asked[name]))
    cases.update(
        about=name,
        state=row.state,
        lead=settled.lead(),
        closed_at=None if asked else row.closed_at,
        attention=next(iter(asked), None),
        asks=asked,
    )


ACTIVITIES: MatterKind[Activity, int] = MatterKind(
    chart=ACTIVITY, find=_find, case=lambda row: about(row.pk), record=_record, settle=_settle
)
