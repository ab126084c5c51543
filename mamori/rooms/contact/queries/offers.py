"""Proposals as each side sees them: what, by whom, how it stands, and the words; and who mediates, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import proposing
from mamori.rooms.contact.lifecycle import PROPOSAL, ProposalState
from mamori.rooms.contact.mediating import CAUSES, Cause
from mamori.rooms.contact.mediators import mediator
from mamori.rooms.contact.models import Mediation, Proposal, Trouble
from mamori.rooms.contact.queries.matter import proposals_of
from mamori.rooms.contact.rules.proposals import SIDES, Side

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferShown:
    """A proposal; `words` is None when its writer's key has been destroyed, `still` while its clock stands still."""

    id: int
    number: int
    who: Text
    what: Text
    words: str | None
    state: Text
    agreed: tuple[Text, ...]
    at: datetime
    due_at: datetime | None
    still: bool
    is_open: bool
    is_agreed: bool
    is_counter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MediatorShown:
    """Who mediates, and why the centre has stepped in."""

    who: Text
    why: Text


def offers_of(trouble: Trouble | None) -> tuple[OfferShown, ...]:
    """Return what was proposed, the newest first."""
    opener = seals.Opener()
    return tuple(_shown(proposal, opener) for proposal in proposals_of(trouble)[:SHOWN])


def mediator_of(mediation: Mediation | None, at: datetime) -> MediatorShown | None:
    """Return who mediates as the parties are told it."""
    if mediation is None:
        return None
    return MediatorShown(who=mediator(mediation.agent, at), why=CAUSES[Cause(mediation.cause)])


def _shown(proposal: Proposal, opener: seals.Opener) -> OfferShown:
    moments = {Side.BUYER: proposal.buyer_agreed_at, Side.SELLER: proposal.seller_agreed_at}
    clock = proposing.clock_of(proposal)
    return OfferShown(
        id=proposal.pk,
        number=proposal.number,
        who=SIDES[Side(proposal.by_side)],
        what=proposing.what(proposal),
        words=proposing.words_of(proposal, opener),
        state=PROPOSAL.states[ProposalState(proposal.state)],
        agreed=tuple(SIDES[side] for side, at in moments.items() if at is not None),
        at=proposal.opened_at,
        due_at=clock.due_at if clock else None,
        still=clock is not None and clock.paused_since is not None,
        is_open=proposal.closed_at is None,
        is_agreed=proposal.state == ProposalState.ACCEPTED,
        is_counter=proposal.counters_id is not None,
    )
