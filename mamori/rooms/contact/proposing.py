"""Proposals in motion: what is open, in words, and how it ends when something overtakes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.law.deadlines import AGREEMENT, PROPOSAL
from mamori.rooms.contact import keeping, offernotices
from mamori.rooms.contact.events import ProposalEnded
from mamori.rooms.contact.keeping import open_proposal
from mamori.rooms.contact.lifecycle import PROPOSAL as CHART, ProposalState
from mamori.rooms.contact.models import Proposal, ToldReply, Trouble
from mamori.rooms.contact.rules.callers import Through
from mamori.rooms.contact.rules.proposals import KINDS, Kind, Side

CLOCKS = (PROPOSAL.code, AGREEMENT.code)


def agreed(trouble: Trouble) -> Proposal | None:
    """Return what both sides have agreed on and what is still to be kept."""
    found = open_proposal(trouble)
    return found if found is not None and found.state == ProposalState.ACCEPTED else None


def end(actor: Actor, proposal: Proposal, step: str) -> ProposalEnded:
    """Take the proposal's last step and stop its clocks; return the news."""
    proposal.state = CHART.take(step, ProposalState(proposal.state), actor.role)
    proposal.closed_at = actor.at
    proposal.save(update_fields=("state", "closed_at"))
    stop(actor.at, proposal, why=step)
    return keeping.news(ProposalEnded, proposal.trouble, proposal=proposal.pk, state=proposal.state)


def give_way(actor: Actor, trouble: Trouble) -> list[ProposalEnded]:
    """End what is open because the operator refunds, and tell both sides, so that nobody is refunded twice."""
    found, thread = open_proposal(trouble), trouble.thread
    if found is not None:
        found.trouble = trouble
        for party in (f"buyer:{thread.buyer_ref}", f"seller:{thread.seller_ref}"):
            keeping.notify(party, offernotices.OVERTAKEN, trouble, actor.at, what=what(found))
    return [] if found is None else [end(actor, found, "replace")]


def overtake(actor: Actor, trouble: Trouble, *, solved: bool = False) -> list[ProposalEnded]:
    """End what is open because the trouble ends; what was agreed and is `solved` was kept."""
    found = open_proposal(trouble)
    if found is None:
        return []
    found.trouble = trouble
    kept = solved and found.state == ProposalState.ACCEPTED
    return [end(actor, found, "keep" if kept else "overtake")]


def stop(at: datetime, proposal: Proposal, *, why: str) -> None:
    """Stop the proposal's clocks."""
    name = keeping.about(proposal.trouble)
    for kind in CLOCKS:
        clocks.stop(about=name, at=at, why=f"proposal:{why}", kind=kind, key=str(proposal.pk))


def clock_of(proposal: Proposal) -> ClockFact | None:
    """Return the clock of a proposal that is open: it alone says until when, and `due_at` is its copy for lists."""
    if proposal.closed_at is not None:
        return None
    running = clock_facts.open_clocks(keeping.about(proposal.trouble))
    return next((one for one in running if one.kind in CLOCKS and one.key == str(proposal.pk)), None)


def what(proposal: Proposal) -> Text:
    """Say what is proposed, with its yen."""
    text = KINDS[Kind(proposal.kind)].text
    if not proposal.amount:
        return text
    return Text(f"{text.ja}（{proposal.amount:,}円）", f"{text.en} ({proposal.amount:,} yen)")


def seal(proposal: Proposal, said: str) -> bytes:
    """Seal the words with the key of who proposes, the centre's with the buyer's."""
    return sealing.seal(subject=_owner(proposal), place=_place(proposal), plain=said.encode())


def words_of(proposal: Proposal, opener: seals.Opener) -> str | None:
    """Open the words; empty where there are none, None when their key was destroyed."""
    if proposal.said is None:
        return ""
    try:
        plain = opener.unseal(subject=_owner(proposal), place=_place(proposal), sealed=bytes(proposal.said))
    except seals.Shredded:
        return None
    return plain.decode()


def _owner(proposal: Proposal) -> str:
    thread = proposal.trouble.thread
    if proposal.by_side == Side.SELLER:
        return f"seller:{thread.seller_ref}"
    return f"buyer:{thread.buyer_ref}"


def _place(proposal: Proposal) -> Place:
    return Place("contact_proposal", str(proposal.pk), "said")


TAKEN_DOWN = (Through.PHONE.value, Through.LETTER.value)


def sealed(proposal: Proposal, column: str, plain: str) -> bytes:
    """Seal what the buyer said about a proposal with the buyer's key."""
    subject = f"buyer:{proposal.trouble.thread.buyer_ref}"
    return sealing.seal(subject=subject, place=_place_of_reply(proposal, column), plain=plain.encode())


def opened(reply: ToldReply, column: str, opener: seals.Opener) -> str | None:
    """Open what was said; empty where there is nothing, None when the key was destroyed."""
    value, proposal = getattr(reply, column), reply.proposal
    if value is None:
        return ""
    subject = f"buyer:{proposal.trouble.thread.buyer_ref}"
    try:
        plain = opener.unseal(subject=subject, place=_place_of_reply(proposal, column), sealed=bytes(value))
    except seals.Shredded:
        return None
    return plain.decode()


def replies_to(proposals: Iterable[Proposal]) -> dict[int, ToldReply]:
    """Return these proposals' answers by proposal, in one look."""
    known = {proposal.pk: proposal for proposal in proposals}
    found = (
        {row.proposal_id: row for row in ToldReply.objects.filter(proposal__in=list(known))} if known else {}
    )
    for row in found.values():
        row.proposal = known[row.proposal_id]
    return found


def _place_of_reply(proposal: Proposal, column: str) -> Place:
    return Place("contact_toldreply", str(proposal.pk), column)
