"""Proposals as each side sees them: what, by whom, how it stands, and the words; and who mediates, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.market.facts import OrderFact
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import proposing
from mamori.rooms.contact.lifecycle import PROPOSAL, ProposalState
from mamori.rooms.contact.mediating import CAUSES, Cause, mediator
from mamori.rooms.contact.models import Mediation, Proposal, ToldReply, Trouble
from mamori.rooms.contact.queries.matter import proposals_of
from mamori.rooms.contact.rules.callers import Through
from mamori.rooms.contact.rules.proposals import REFUNDS, REPLIES, SIDES, Kind, Reply, Side, proposable
from mamori.rooms.contact.rules.told import THROUGH_HEARD, undoes

SHOWN = 20


def proposable_about(order: OrderFact | None, *, mediated: bool = True) -> tuple[Kind, ...]:
    """Return what can be agreed on about an order as it stands: of one that is not there no money goes back."""
    if order is None:
        return proposable(0, mediated=mediated)
    return proposable(order.left, charged_back=order.charged_back, unsent=order.unsent, mediated=mediated)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyShown:
    """An answer that did not come by the buyer's own hand; `words` are for the buyer and staff alone."""

    who: Text
    reply: Text
    through: Text
    at: datetime
    words: str | None
    correction: str | None
    corrected_at: datetime | None
    may_correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferShown:
    """A proposal; `words` is None when its writer's key has been destroyed.

    `at_once`: it is a refund of the seller's, and the buyer's word alone makes it an agreement.
    """

    id: int
    number: int
    who: Text
    what: Text
    words: str | None
    state: Text
    agreed: tuple[Text, ...]
    at: datetime
    due_at: datetime | None
    is_open: bool
    is_agreed: bool
    at_once: bool = False
    is_counter: bool = False
    reply: ReplyShown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediatorShown:
    """Who mediates, why the centre has stepped in, and when."""

    who: Text
    why: Text
    since: datetime


def offers_of(trouble: Trouble | None, *, viewer: Side | None = None) -> tuple[OfferShown, ...]:
    """Return what was proposed, the newest first; the `viewer` sees the very words of its own answers, the centre all."""
    opener, shown = seals.Opener(), proposals_of(trouble)[:SHOWN]
    told = proposing.replies_to(shown)
    return tuple(
        _shown(
            proposal,
            opener,
            _reply(told[proposal.pk], opener, viewer) if proposal.pk in told else None,
        )
        for proposal in shown
    )


def _reply(row: ToldReply, opener: seals.Opener, viewer: Side | None) -> ReplyShown:
    may_read, trouble = viewer in (Side.CENTRE, Side.BUYER), row.proposal.trouble
    open_still = row.corrected_at is None and trouble.closed_at is None
    return ReplyShown(
        who=SIDES[Side.BUYER],
        reply=REPLIES[Reply(row.reply)],
        through=THROUGH_HEARD[Through(row.through)],
        at=row.at,
        words=proposing.opened(row, "said", opener) if may_read else "",
        correction=proposing.opened(row, "correction", opener) if may_read else "",
        corrected_at=row.corrected_at,
        may_correct=open_still
        and row.through in proposing.TAKEN_DOWN
        and undoes(ProposalState(row.proposal.state)),
    )


def mediator_of(mediation: Mediation | None, at: datetime) -> MediatorShown | None:
    """Return who mediates as the parties are told it."""
    if mediation is None:
        return None
    who, why = mediator(mediation.agent, at), CAUSES[Cause(mediation.cause)]
    return MediatorShown(who=who, why=why, since=mediation.opened_at)


def _shown(proposal: Proposal, opener: seals.Opener, reply: ReplyShown | None) -> OfferShown:
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
        is_open=proposal.closed_at is None,
        is_agreed=proposal.state == ProposalState.ACCEPTED,
        at_once=proposal.state == ProposalState.OFFERED
        and proposal.by_side == Side.SELLER
        and Kind(proposal.kind) in REFUNDS,
        is_counter=proposal.counters_id is not None,
        reply=reply,
    )
