"""What should stand about a proposed solution: by when it is replied to, and once both agreed by when it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Runs
from mamori.law.deadlines import AGREEMENT, PROPOSAL
from mamori.rooms.contact.lifecycle.proposal import ProposalState
from mamori.rooms.contact.rules.clocks.partly import Partly, Standing
from mamori.rooms.contact.rules.proposals import Side


class OfferNow(Protocol):
    """What of a proposal its clocks rest on."""

    @property
    def pk(self) -> int: ...

    by_side: str
    state: str
    opened_at: datetime
    due_at: datetime
    buyer_agreed_at: datetime | None
    seller_agreed_at: datetime | None


def of_offer(offer: OfferNow) -> Iterator[Standing]:
    """Yield what should stand about a proposal; who did not propose it is who agreed last."""
    key = str(offer.pk)
    if offer.state == ProposalState.OFFERED:
        yield Runs(PROPOSAL, since=offer.opened_at, key=key)
    if offer.state != ProposalState.ACCEPTED:
        return
    last = {Side.BUYER: offer.seller_agreed_at, Side.SELLER: offer.buyer_agreed_at}.get(Side(offer.by_side))
    if last is None:
        yield Partly(AGREEMENT, lacks="proposal.agreed_at", key=key, due=offer.due_at)
    else:
        yield Runs(AGREEMENT, since=last, key=key)
