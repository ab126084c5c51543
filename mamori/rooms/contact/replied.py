"""Answers to proposals that came by telephone, by letter or from a helper: kept as evidence, opened for who may read them."""

from __future__ import annotations

from collections.abc import Iterable

from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.rooms.contact.models import Proposal, ToldReply
from mamori.rooms.contact.rules.callers import Through

TAKEN_DOWN = (Through.PHONE.value, Through.LETTER.value)


def sealed(proposal: Proposal, column: str, plain: str) -> bytes:
    """Seal what the buyer said about a proposal with the buyer's key."""
    subject = f"buyer:{proposal.trouble.thread.buyer_ref}"
    return sealing.seal(subject=subject, place=_place(proposal, column), plain=plain.encode())


def opened(reply: ToldReply, column: str, opener: seals.Opener) -> str | None:
    """Open what was said; empty where there is nothing, None when the key was destroyed."""
    value, proposal = getattr(reply, column), reply.proposal
    if value is None:
        return ""
    subject = f"buyer:{proposal.trouble.thread.buyer_ref}"
    try:
        plain = opener.unseal(subject=subject, place=_place(proposal, column), sealed=bytes(value))
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


def _place(proposal: Proposal, column: str) -> Place:
    return Place("contact_toldreply", str(proposal.pk), column)
