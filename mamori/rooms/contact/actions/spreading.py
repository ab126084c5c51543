"""How a suspension reaches what runs in its prefectures: a few matters at a time, stopped or set going."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from mamori.grammar.hand import Hand
from mamori.ground.declared import memory
from mamori.ground.outbox import actions as outbox
from mamori.japan.spoken import spoken
from mamori.rooms.contact import keeping, standstill, stillnotices
from mamori.rooms.contact.actions.calendar import TOLD, follow
from mamori.rooms.contact.actions.formal_standstill import hold_formal, let_formal_run
from mamori.rooms.contact.events import SuspensionSpread
from mamori.rooms.contact.finding import the_recovery, the_thread
from mamori.rooms.contact.models import Formal, Recovery, Suspension, Thread
from mamori.rooms.contact.rules.standstill import Side

AT_ONCE = 5
"""So many matters are stopped or set going in one transaction, for others wait for it."""


def name_of(one: Suspension) -> str:
    """Return the name under which clocks and acts know the suspension."""
    return f"contact.suspension:{one.pk}"


def spread_suspension(
    hand: Hand, *, suspension: int, area: str, side: Side, after: int, lifting: bool
) -> None:
    """Stop, or set going again, the next few matters of one prefecture, and go on until none is left."""
    with memory.act():
        one = Suspension.objects.get(pk=suspension)
        if one.ended_at is not None and not lifting:
            return
        found = list(
            _struck(area, side).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
        )
        for number in found:
            _reach(hand, one, side, number, lifting=lifting)
        if len(found) == AT_ONCE:
            _publish_spread(hand, one, area, side, after=found[-1], lifting=lifting)


def _reach(hand: Hand, one: Suspension, side: Side, number: int, *, lifting: bool) -> None:
    if side in (Side.NOTICE_OF_SELLER, Side.NOTICE_OF_BUYER):
        if lifting:
            let_formal_run(hand, formal=number)
        else:
            hold_formal(hand, formal=number, one=one)
        return
    thing = the_recovery(hand, number) if side is Side.RECOVERY else the_thread(hand, number)
    if lifting:
        _set_going(hand, thing)
    else:
        _hold(hand, one, thing)


def _struck(area: str, side: Side) -> QuerySet[Any]:
    match side:
        case Side.NOTICE_OF_SELLER:
            return Formal.objects.filter(closed_at__isnull=True, seller_area=area)
        case Side.NOTICE_OF_BUYER:
            return Formal.objects.filter(closed_at__isnull=True, buyer_area=area)
        case Side.SELLER:
            return Thread.objects.filter(closed_at__isnull=True, seller_area=area)
        case Side.BUYER:
            return Thread.objects.filter(closed_at__isnull=True, buyer_area=area)
        case _:
            return Recovery.objects.filter(closed_at__isnull=True, remedy__trouble__thread__seller_area=area)


def _hold(hand: Hand, one: Suspension, thing: Thread | Recovery) -> None:
    thread = _thread(thing)
    if not standstill.hold_still(thread, keeping.about(thing)):
        return
    for party in _parties(thing):
        why = standstill.reason_for(party, one, thread)
        keeping.tell(party, stillnotices.STANDS_STILL, thing, hand.at, why=why)
    keeping.keep(hand, thing, "hold_still", suspension=one.pk)


def _set_going(hand: Hand, thing: Thread | Recovery) -> None:
    moved = standstill.let_run(_thread(thing), keeping.about(thing), hand.at)
    if not moved:
        return
    for clock, (_, due) in moved.items():
        follow(
            thing if isinstance(thing, Recovery) else keeping.trouble_of(thing) or thing, clock, due, hand.at
        )
        if clock in TOLD:
            for party in _parties(thing):
                keeping.tell(party, stillnotices.RUNS_ON, thing, hand.at, due=spoken(due))
    keeping.keep(hand, thing, "let_run", **standstill.recorded(moved))


def _thread(thing: Thread | Recovery) -> Thread:
    return thing.remedy.trouble.thread if isinstance(thing, Recovery) else thing


def _parties(thing: Thread | Recovery) -> list[str]:
    seller = f"seller:{thing.seller_ref}"
    return [seller] if isinstance(thing, Recovery) else [f"buyer:{thing.buyer_ref}", seller]


def spread(hand: Hand, one: Suspension, *, lifting: bool) -> None:
    """Let a suspension, or its end, reach the matters of its prefectures, a few at a time."""
    for area in one.areas.split(","):
        for side in Side:
            _publish_spread(hand, one, area, side, after=0, lifting=lifting)


def _publish_spread(hand: Hand, one: Suspension, area: str, side: Side, *, after: int, lifting: bool) -> None:
    outbox.publish(
        SuspensionSpread(
            subject=name_of(one),
            suspension=one.pk,
            area=area,
            side=side.value,
            after=after,
            lifting=lifting,
        ),
        at=hand.at,
    )
