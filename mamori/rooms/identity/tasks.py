"""The same verbs on a clock or upon news from below: each is done by the machine."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.ground.market.events import SellerRegistered
from mamori.rooms.identity import actions
from mamori.rooms.identity.actions import EXPIRY, REMINDER


def seller_registered(event: SellerRegistered, at: datetime) -> None:
    """Take in what the marketplace told of a seller's registered name."""
    actor = Actor(by="machine:identity/told", role=Role.MACHINE, at=at, via="outbox")
    actions.take_in(actor, seller_ref=event.seller_ref)


def ends_soon(fired: Fired) -> None:
    """Ring for a check that ends soon."""
    actions.remind(fired.actor, seller_ref=_seller(fired))


def ended(fired: Fired) -> None:
    """Ring for a check that has ended."""
    actions.expire(fired.actor, seller_ref=_seller(fired))


def _seller(fired: Fired) -> str:
    return fired.about.partition(":")[2]


RINGS = {REMINDER: ends_soon, EXPIRY: ended}
