"""Finding out who asked for a code: order or shop and mail address must belong together in the marketplace's records."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Role
from mamori.ground.market import facts as market
from mamori.ground.people import actions as people
from mamori.ground.people import facts as known
from mamori.ground.people.events import CodeAsked
from mamori.ground.people.facts import CodeAskedFact, Presence


def code_asked(event: CodeAsked, at: datetime) -> None:
    """Send a code where what was claimed is so; otherwise do nothing, which nobody can tell from outside."""
    asked = known.code_asked(event.number)
    if asked is None or asked.expires_at <= at:
        return
    presence = _buyer(asked) if asked.role is Role.BUYER else _seller(asked)
    if presence is not None:
        people.send_code(number=asked.number, presence=presence, at=at)


def _buyer(asked: CodeAskedFact) -> Presence | None:
    order = market.order(asked.ref)
    buyer = market.buyer(order.buyer_ref) if order else None
    if buyer is None or not known.is_claimed(buyer.contact.mail, claim=asked.claim):
        return None
    return Presence(who=f"buyer:{buyer.ref}", role=Role.BUYER)


def _seller(asked: CodeAskedFact) -> Presence | None:
    seller = market.seller(asked.ref)
    if seller is None:
        return None
    if known.is_claimed(seller.contact.mail, claim=asked.claim):
        return Presence(who=f"seller:{seller.ref}", role=Role.SELLER)
    name = known.delegate_by_mail(seller_ref=seller.ref, claim=asked.claim)
    return Presence(who=f"seller:{seller.ref}/{name}", role=Role.DELEGATE) if name else None
