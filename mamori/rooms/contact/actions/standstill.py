"""Closing days declared by a seller; regions in which clocks stand still, declared and lifted by those who answer for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.japan.prefectures import PREFECTURES
from mamori.japan.spoken import spoken
from mamori.law.deadlines import SUSPENSION_REVIEW
from mamori.rooms.contact import keeping, notices, standstill, words
from mamori.rooms.contact.actions.calendar import TOLD, follow
from mamori.rooms.contact.actions.formal_standstill import hold_formal, let_formal_run
from mamori.rooms.contact.events import SuspensionDeclared, SuspensionLifted, SuspensionSpread
from mamori.rooms.contact.finding import NothingHere, seller_of, the_recovery, the_thread
from mamori.rooms.contact.models import Formal, Recovery, SellerClosing, Suspension, Thread
from mamori.rooms.contact.rules.standstill import Cause, Side

AT_ONCE = 5
"""So many matters are stopped or set going in one transaction, for others wait for it."""
MAY_SUSPEND = frozenset({Role.LEAD, Role.COUNSEL})


class ClosingUnreadable(Refusal):
    """Given when closing days run backwards, lie behind us, or far ahead."""

    code = "closing-unreadable"
    status = 422
    text = Text(
        "休業日は、今日から1年以内の日付を、始まりの日から順に、31日間までで入力してください。",
        "Please give closing days within a year from today, the first day first, at most 31 days.",
    )


class SuspensionUnreadable(Refusal):
    """Given when a suspension names no region, or began later than now or more than a week ago."""

    code = "suspension-unreadable"
    status = 422
    text = Text(
        "都道府県を1つ以上選び、始まりは今から7日前までの日時にしてください。",
        "Please choose at least one prefecture, and a beginning that is not later than now nor more than 7 days ago.",
    )


class SuspensionNotYours(Refusal):
    """Given when somebody else than a lead or counsel stops clocks."""

    code = "suspension-not-yours"
    status = 403
    text = Text(
        "期限を止められるのは、相談窓口の責任者と法務担当だけです。どちらかにお伝えください。",
        "Only a lead or counsel can stop clocks. Please ask one of them.",
    )


def declare_closing(hand: Hand, *, first: date, last: date) -> int:
    """Let a seller say on which days, both included, it is closed; return the entry's id.

    :raises ClosingUnreadable, NothingHere: as their sentences say.
    """
    seller_ref, today = seller_of(hand), hand.at.astimezone(JAPAN).date()
    if not today <= first <= last <= today + timedelta(days=365) or (last - first).days > 30:
        raise ClosingUnreadable()
    with transaction.atomic():
        row = SellerClosing.objects.create(seller_ref=seller_ref, first=first, last=last, declared_at=hand.at)
        _record_closing(hand, row, "declare_closing")
    return row.pk


def withdraw_closing(hand: Hand, *, closing: int) -> None:
    """Take closing days back: clocks that already leave them out keep their moments.

    :raises NothingHere: when there are none of this seller's.
    """
    with transaction.atomic():
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


def suspend(
    hand: Hand,
    *,
    areas: Collection[str],
    cause: Cause,
    began_at: datetime,
    with_resolution: bool,
    reason: str,
) -> int:
    """Let the clocks of sellers in these prefectures stand still from `began_at`; return the suspension's id.

    Buyers there are not taken to have given up.  The solution's clock stands still only when asked for.

    :raises SuspensionNotYours, SuspensionUnreadable, ReasonNeeded: as their sentences say.
    """
    _may(hand)
    reason = words.reasoned(reason)
    if not areas or not set(areas) <= PREFECTURES.keys():
        raise SuspensionUnreadable()
    if not hand.at - timedelta(days=7) <= began_at <= hand.at:
        raise SuspensionUnreadable()
    with transaction.atomic():
        one = Suspension.objects.create(
            areas=",".join(sorted(set(areas))),
            cause=cause,
            with_resolution=with_resolution,
            began_at=began_at,
            review_on=hand.at.astimezone(JAPAN).date(),
        )
        name = _name(one)
        one.review_on = keeping.start(SUSPENSION_REVIEW, name, hand.at).astimezone(JAPAN).date()
        one.save(update_fields=("review_on",))
        declared = SuspensionDeclared(
            subject=name,
            suspension=one.pk,
            areas=one.areas,
            cause=cause.value,
            with_resolution=with_resolution,
        )
        _record(hand, one, "suspend", reason, **declared.payload(), began_at=began_at.isoformat())
        outbox.publish(declared, at=hand.at)
        _spread(hand, one, lifting=False)
    return one.pk


def lift_suspension(hand: Hand, *, suspension: int, reason: str) -> None:
    """Let the clocks run on; each is due later by the business time that it stood still.

    :raises SuspensionNotYours, NothingHere, ReasonNeeded: as their sentences say.
    """
    _may(hand)
    reason = words.reasoned(reason)
    with transaction.atomic():
        one = Suspension.objects.select_for_update().filter(pk=suspension, ended_at__isnull=True).first()
        if one is None:
            raise NothingHere()
        one.ended_at = max(hand.at, one.began_at)
        one.save(update_fields=("ended_at",))
        clocks.stop(about=_name(one), at=hand.at, why="lifted")
        _record(hand, one, "lift_suspension", reason)
        outbox.publish(SuspensionLifted(subject=_name(one), suspension=one.pk, areas=one.areas), at=hand.at)
        _spread(hand, one, lifting=True)


def review_suspension(hand: Hand, *, suspension: int) -> None:
    """Put a suspension that is still in force before a lead again, so that nothing stands still for ever."""
    with transaction.atomic():
        one = Suspension.objects.select_for_update().get(pk=suspension)
        due = keeping.start(SUSPENSION_REVIEW, _name(one), hand.at)
        one.review_on = due.astimezone(JAPAN).date()
        one.save(update_fields=("review_on",))
        outbox.notify(
            to="lead",
            template=notices.SUSPENSION_STANDS,
            values={"why": standstill.reason_of(one), "since": spoken(one.began_at)},
            about=_name(one),
            at=hand.at,
        )
        _record(hand, one, "review_suspension", "")


def spread_suspension(
    hand: Hand, *, suspension: int, area: str, side: Side, after: int, lifting: bool
) -> None:
    """Stop, or set going again, the next few matters of one prefecture, and go on until none is left."""
    with transaction.atomic():
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
    why = standstill.reason_of(one)
    for party in _parties(thing):
        keeping.tell(party, notices.STANDS_STILL, thing, hand.at, why=why)
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
                keeping.tell(party, notices.RUNS_ON, thing, hand.at, due=spoken(due))
    keeping.keep(hand, thing, "let_run", **standstill.recorded(moved))


def _thread(thing: Thread | Recovery) -> Thread:
    return thing.remedy.trouble.thread if isinstance(thing, Recovery) else thing


def _parties(thing: Thread | Recovery) -> list[str]:
    seller = f"seller:{thing.seller_ref}"
    return [seller] if isinstance(thing, Recovery) else [f"buyer:{thing.buyer_ref}", seller]


def _spread(hand: Hand, one: Suspension, *, lifting: bool) -> None:
    for area in one.areas.split(","):
        for side in Side:
            _publish_spread(hand, one, area, side, after=0, lifting=lifting)


def _publish_spread(hand: Hand, one: Suspension, area: str, side: Side, *, after: int, lifting: bool) -> None:
    outbox.publish(
        SuspensionSpread(
            subject=_name(one),
            suspension=one.pk,
            area=area,
            side=side.value,
            after=after,
            lifting=lifting,
        ),
        at=hand.at,
    )


def _record(hand: Hand, one: Suspension, verb: str, reason: str, **payload: object) -> None:
    ledger.record(
        hand, kind=f"contact.{verb}", subject="market", about=_name(one), reason=reason, payload=payload
    )


def _name(one: Suspension) -> str:
    return f"contact.suspension:{one.pk}"


def _may(hand: Hand) -> None:
    if hand.role not in MAY_SUSPEND:
        raise SuspensionNotYours()
