"""Telling every seller of a change of terms, a few in each turn, so that nobody waits long for the writer's place."""

from __future__ import annotations

from datetime import datetime

from mamori.ground.market.models import Seller
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import facts as seals
from mamori.ground.terms import actions as terms
from mamori.ground.terms.events import TellingGoesOn, TermsAnnounced

AT_A_TIME = 20


def terms_announced(event: TermsAnnounced, at: datetime) -> None:
    """Begin to tell the sellers."""
    _tell(event.change, "", at)


def telling_goes_on(event: TellingGoesOn, at: datetime) -> None:
    """Tell the next ones."""
    _tell(event.change, event.after, at)


def _tell(change: int, after: str, at: datetime) -> None:
    refs = list(
        Seller.objects.filter(ref__gt=after).order_by("ref").values_list("ref", flat=True)[:AT_A_TIME]
    )
    living = set(seals.living([f"seller:{ref}" for ref in refs]))
    terms.tell(change=change, sellers=[ref for ref in refs if f"seller:{ref}" in living], at=at)
    if len(refs) == AT_A_TIME:
        news = TellingGoesOn(subject=f"terms.change:{change}", change=change, after=refs[-1])
        outbox.publish(news, at=at)
