"""A refund in the seller's place comes under consideration: by itself at the missed resolution, or by an agent."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.rooms.contact import keeping
from mamori.rooms.contact.events import RemedyConsidered
from mamori.rooms.contact.models import Remedy, Trouble


def consider(hand: Hand, trouble: Trouble) -> tuple[Remedy, list[RemedyConsidered]]:
    """Return the trouble's remedy and, when it is new, the event that tells of it."""
    remedy, is_new = Remedy.objects.get_or_create(
        trouble=trouble, defaults={"buyer_ref": trouble.thread.buyer_ref, "opened_at": hand.at}
    )
    if not is_new:
        return remedy, []
    return remedy, [keeping.news(RemedyConsidered, trouble, remedy=remedy.pk)]
