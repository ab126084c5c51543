"""The same verbs on a clock or upon news from below: each is done by the machine."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.ground.market import facts as market
from mamori.ground.market.events import OrderPaidBack
from mamori.ground.people.events import ReleaseAgreed
from mamori.ground.terms.events import SettingSet
from mamori.law.deadlines import (
    PAYOUT_COOLING,
    PAYOUT_COUNSEL,
    PAYOUT_END,
    PAYOUT_LOOK,
    PAYOUT_OBJECTION,
    PAYOUT_REVIEW,
)
from mamori.law.measures import PAYOUT_HELD
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.contact import facts as contact
from mamori.rooms.enforcement.events import MeasureEvent
from mamori.rooms.payouts import actions as payouts
from mamori.rooms.payouts.accounts import actions as accounts, details
from mamori.rooms.payouts.holds import actions as holds


class _OfSeller(Protocol):
    @property
    def seller_ref(self) -> str:
        """Return whose."""


class _OfTrouble(Protocol):
    @property
    def trouble(self) -> int:
        """Return which."""


def look_due(fired: Fired) -> None:
    """Ring for a name or a payout that nobody has looked at."""
    kind, _, rest = fired.about.partition(":")
    if kind == "payouts.account":
        accounts.remind_name(fired.actor, account=int(rest))
    else:
        holds.remind_look(fired.actor, payout=rest)


def review_due(fired: Fired) -> None:
    """Ring for a hold that is to be looked at."""
    holds.remind_review(fired.actor, payout=_rest(fired))


def end_due(fired: Fired) -> None:
    """Ring for a hold whose last day has come."""
    holds.end_hold(fired.actor, payout=_rest(fired))


def counsel_due(fired: Fired) -> None:
    """Ring for counsel."""
    holds.remind_counsel(fired.actor, payout=_rest(fired))


def objection_due(fired: Fired) -> None:
    """Ring for an objection that waits for its answer."""
    holds.remind_objection(fired.actor, payout=_rest(fired))


def cooled(fired: Fired) -> None:
    """Ring for an account whose wait is over."""
    accounts.adopt(fired.actor, account=int(_rest(fired)))


def seller_moved(event: _OfSeller, at: datetime) -> None:
    """Hear of something that this seller's money rests on."""
    payouts.reconsider(_heard(at), seller_ref=event.seller_ref)


def measure_moved(event: MeasureEvent, at: datetime) -> None:
    """Hear of a measure that began or ended, where it is one that holds money."""
    if event.what == PAYOUT_HELD.code:
        seller_moved(event, at)


def trouble_moved(event: _OfTrouble, at: datetime) -> None:
    """Hear of a refund that began, moved or ended."""
    found = contact.trouble(event.trouble)
    if found is not None:
        payouts.reconsider(_heard(at), seller_ref=found.seller_ref)


def order_paid_back(event: OrderPaidBack, at: datetime) -> None:
    """Hear that money of an order went back on another way: less is left that a refund could come to."""
    order = market.order(event.order_ref)
    if order is not None:
        payouts.reconsider(_heard(at), seller_ref=order.seller_ref)


def release_agreed(event: ReleaseAgreed, at: datetime) -> None:
    """Hear that two people let money go."""
    holds.release_agreed(event, at)


def setting_set(event: SettingSet, at: datetime) -> None:
    """Hear that it was set how accounts are proven: of every payee it has to be said anew whether it may be paid."""
    del at
    if event.setting == PAYOUT_PROOF.code:
        payouts.say_clearances_anew()


def say_clearances(at: datetime) -> int:
    """Say of some payees what hinders them, where that was not said yet; return of how many."""
    return payouts.say_clearances(at)


def forget_places(subject: str, at: datetime, limit: int) -> int:
    """Hear that somebody's key is destroyed; return of how many accounts the index was emptied, so many at most."""
    side, _, ref = subject.partition(":")
    return details.forget_places(ref, limit) if side == "seller" else 0


def _heard(at: datetime) -> Actor:
    return Actor(by="machine:payouts/heard", role=Role.MACHINE, at=at, via="outbox")


def _rest(fired: Fired) -> str:
    return fired.about.partition(":")[2]


RINGS = {
    PAYOUT_LOOK.code: look_due,
    PAYOUT_REVIEW.code: review_due,
    PAYOUT_END.code: end_due,
    PAYOUT_COUNSEL.code: counsel_due,
    PAYOUT_COOLING.code: cooled,
    PAYOUT_OBJECTION.code: objection_due,
}
