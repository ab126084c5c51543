"""The remedy and the proposals of a trouble, as an act reads them once."""

from __future__ import annotations

from collections.abc import Iterable

from mamori.ground.declared import memory
from mamori.rooms.contact.lifecycle import UNDER_WAY
from mamori.rooms.contact.models import Proposal, Remedy, Trouble
from mamori.rooms.contact.models.beside import READ, is_fresh
from mamori.rooms.contact.rules.owed import AGREED


def remedy_of(trouble: Trouble) -> Remedy | None:
    """Return the remedy as it stands in its table, to be looked at only."""
    if is_fresh(trouble.thread_id):
        return None
    return memory.of(READ, ("remedy", trouble.pk), lambda: Remedy.objects.filter(trouble=trouble).first())


def is_under_way(trouble: Trouble) -> bool:
    """Say whether a refund or return in the seller's place was granted and is not done."""
    remedy = remedy_of(trouble)
    return remedy is not None and remedy.state in UNDER_WAY


def proposals_of(trouble: Trouble) -> list[Proposal]:
    """Return the proposals as they stand in their table, the newest first."""
    if is_fresh(trouble.thread_id):
        return []
    rows = memory.of(READ, ("proposals", trouble.pk), lambda: list(trouble.proposals.order_by("-number")))
    for row in rows:
        row.trouble = trouble
    return rows


def open_proposal(trouble: Trouble) -> Proposal | None:
    """Return the one that waits for an answer or for what was agreed."""
    return next((one for one in proposals_of(trouble) if one.closed_at is None), None)


def agreement_of(trouble: Trouble) -> Proposal | None:
    """Return the newest solution that both sides had agreed to."""
    return agreement_among(proposals_of(trouble))


def agreement_among(proposals: Iterable[Proposal]) -> Proposal | None:
    """Return the agreement that counts among proposals that stand newest first."""
    return next((one for one in proposals if one.state in AGREED and _is_agreed(one)), None)


def _is_agreed(proposal: Proposal) -> bool:
    return proposal.buyer_agreed_at is not None and proposal.seller_agreed_at is not None
