"""Regions in which clocks stand still after a disaster: declared, looked at again and lifted by those who answer for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.japan.prefectures import PREFECTURES
from mamori.japan.spoken import spoken
from mamori.law.deadlines import SUSPENSION_REVIEW
from mamori.rooms.contact import keeping, standstill, stillnotices, words
from mamori.rooms.contact.actions.spreading import name_of, spread
from mamori.rooms.contact.events import SuspensionDeclared, SuspensionLifted
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.inputs import Reason
from mamori.rooms.contact.models import Suspension
from mamori.rooms.contact.rules.standstill import Cause

LIFTED = Text("停止は解除されました", "the suspension was lifted")
BEFORE = timedelta(days=7)
"""So long ago a suspension may have begun."""
MAY_SUSPEND = frozenset({Role.LEAD, Role.COUNSEL})


class SuspensionUnreadable(Refusal):
    """Given when a suspension names no region, or began later than now or more than a week ago."""

    code = "suspension-unreadable"
    status = 422
    text = Text(
        "都道府県を1つ以上選び、始まりは今から{days}日前までの日時にしてください。",
        "Please choose at least one prefecture, and a beginning that is not later than now nor more than {days} days ago.",
    ).fill(days=BEFORE.days)


class StandsStillAlready(Refusal):
    """Given when just such a suspension is in force: of two alike, lifting one would let nothing run on."""

    code = "stands-still-already"
    status = 409
    text = Text(
        "同じ地域の期限は、同じ理由ですでに止まっています（{since}から）。条件を変えるときは、先に今の停止を解除してください。",
        "Clocks stand still in just these regions, for the same reason, since {since}. To change the terms, lift that first.",
    )


class SuspensionNotYours(Refusal):
    """Given when somebody else than a lead or counsel stops clocks."""

    code = "suspension-not-yours"
    status = 403
    text = Text(
        "期限を止められるのは、相談窓口の責任者と法務担当だけです。どちらかにお伝えください。",
        "Only a lead or counsel can stop clocks. Please ask one of them.",
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
    """
    _may(hand)
    reason = words.reasoned(reason)
    if not areas or not set(areas) <= PREFECTURES.keys():
        raise SuspensionUnreadable()
    if not hand.at - BEFORE <= began_at <= hand.at:
        raise SuspensionUnreadable()
    with memory.act():
        where = ",".join(sorted(set(areas)))
        for alike in standstill.in_force():
            if (alike.areas, alike.cause, alike.with_resolution) == (where, cause, with_resolution):
                raise StandsStillAlready(since=spoken(alike.began_at))
        one = Suspension.objects.create(
            areas=where,
            cause=cause,
            with_resolution=with_resolution,
            began_at=began_at,
            review_on=hand.at.astimezone(JAPAN).date(),
        )
        name = name_of(one)
        one.review_on = keeping.start(SUSPENSION_REVIEW, name, hand.at).astimezone(JAPAN).date()
        one.save(update_fields=("review_on",))
        declared = SuspensionDeclared(
            subject=name,
            suspension=one.pk,
            areas=tuple(one.areas.split(",")),
            cause=cause.value,
            with_resolution=with_resolution,
        )
        _record(hand, one, "suspend", reason, **declared.payload(), began_at=began_at.isoformat())
        outbox.publish(declared, at=hand.at)
        spread(hand, one, lifting=False)
    return one.pk


def lift_suspension(hand: Hand, *, suspension: int, reason: Reason) -> None:
    """Let the clocks run on; each is due later by the business time that it stood still."""
    _may(hand)
    reason = words.reasoned(reason)
    with memory.act():
        one = Suspension.objects.select_for_update().filter(pk=suspension).first()
        if one is None:
            raise NothingHere()
        if one.ended_at is not None:
            raise ChangedMeanwhile(what=LIFTED, when=spoken(one.ended_at))
        one.ended_at = max(hand.at, one.began_at)
        one.save(update_fields=("ended_at",))
        clocks.stop(about=name_of(one), at=hand.at, why="lifted")
        _record(hand, one, "lift_suspension", reason)
        outbox.publish(
            SuspensionLifted(subject=name_of(one), suspension=one.pk, areas=tuple(one.areas.split(","))),
            at=hand.at,
        )
        spread(hand, one, lifting=True)


def review_suspension(hand: Hand, *, suspension: int) -> None:
    """Put a suspension that is still in force before a lead again, so that nothing stands still for ever."""
    with memory.act():
        one = Suspension.objects.select_for_update().get(pk=suspension)
        due = keeping.start(SUSPENSION_REVIEW, name_of(one), hand.at)
        one.review_on = due.astimezone(JAPAN).date()
        one.save(update_fields=("review_on",))
        outbox.tell(
            to="lead",
            template=stillnotices.SUSPENSION_STANDS,
            values={"why": standstill.reason_of(one), "since": spoken(one.began_at)},
            about=name_of(one),
            at=hand.at,
        )
        _record(hand, one, "review_suspension", "")


def _record(hand: Hand, one: Suspension, verb: str, reason: str, **payload: object) -> None:
    ledger.record(
        hand, kind=f"contact.{verb}", subject="market", about=name_of(one), reason=reason, payload=payload
    )


def _may(hand: Hand) -> None:
    if hand.role not in MAY_SUSPEND:
        raise SuspensionNotYours()
