"""Answers to proposals that came by telephone, by letter or from a helper: kept as evidence, opened for who may read them."""

from __future__ import annotations

from collections.abc import Iterable

from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.rooms.contact.models import Proposal, Thread, ToldReply
from mamori.rooms.contact.rules.callers import Through
from mamori.rooms.contact.rules.proposals import Side

TAKEN_DOWN = (Through.PHONE.value, Through.LETTER.value)


def party(thread: Thread, side: Side | str) -> str:
    """Return under whose key a side's words lie."""
    return f"buyer:{thread.buyer_ref}" if side == Side.BUYER else f"seller:{thread.seller_ref}"


def sealed(proposal: Proposal, side: Side | str, column: str, plain: str) -> bytes:
    """Seal what a side said about a proposal with that side's key."""
    thread = proposal.trouble.thread
    return sealing.seal(
        subject=party(thread, side), place=_place(proposal, side, column), plain=plain.encode()
    )


def opened(reply: ToldReply, column: str, opener: seals.Opener) -> str | None:
    """Open what was said; empty where there is nothing, None when the key was destroyed."""
    value, proposal = getattr(reply, column), reply.proposal
    if value is None:
        return ""
    place = _place(proposal, reply.side, column)
    try:
        plain = opener.unseal(
            subject=party(proposal.trouble.thread, reply.side), place=place, sealed=bytes(value)
        )
    except seals.Shredded:
        return None
    return plain.decode()


def replies_to(proposals: Iterable[Proposal]) -> dict[int, list[ToldReply]]:
    """Return these proposals' answers by proposal, the first first, in one look."""
    known = {proposal.pk: proposal for proposal in proposals}
    found: dict[int, list[ToldReply]] = {}
    for row in ToldReply.objects.filter(proposal__in=list(known)).order_by("pk") if known else ():
        row.proposal = known[row.proposal_id]
        found.setdefault(row.proposal_id, []).append(row)
    return found


def _place(proposal: Proposal, side: Side | str, column: str) -> Place:
    return Place("contact_toldreply", f"{proposal.pk}/{side}", column)
