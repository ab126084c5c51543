"""What may be given in the seller's place, as buyer, agent and lead alike are told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.rooms.contact.claiming import claim_of, in_words
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.queries.goods import cancelled_text
from mamori.rooms.contact.queries.matter import remedy_of
from mamori.rooms.contact.rules import eligibility
from mamori.rooms.contact.rules.eligibility import KINDS, Against, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What may be given, the most in yen, what stands against it and until when, and what the buyer asked for."""

    kinds: tuple[Kind, ...]
    most: int
    price: int
    refunded: int
    ceiling: int
    cancelled: Text | None
    against: tuple[Against, ...]
    hindrances: tuple[Text, ...]
    wish: Text | None
    wished_amount: int
    asked_at: datetime | None

    @property
    def kind_texts(self) -> tuple[Text, ...]:
        """Return what may be given, in words."""
        return tuple(KINDS[kind] for kind in self.kinds)


def outlook_of(trouble: Trouble, at: datetime, order: OrderFact | None = None) -> Outlook:
    """Return the outlook of an open trouble at that moment."""
    order = order or market.order(trouble.thread.order_ref)
    claim, remedy = claim_of(trouble, at, order), remedy_of(trouble)
    against = eligibility.against(claim)
    return Outlook(
        kinds=eligibility.kinds(claim),
        most=eligibility.most(claim),
        price=claim.amount,
        refunded=claim.refunded,
        ceiling=claim.ceiling,
        cancelled=cancelled_text(order),
        against=against,
        hindrances=tuple(in_words(found, claim) for found in against),
        wish=KINDS[Kind(remedy.wish)] if remedy and remedy.wish else None,
        wished_amount=remedy.wished_amount if remedy else 0,
        asked_at=remedy.asked_at if remedy else None,
    )
