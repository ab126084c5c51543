"""Answers to proposals by telephone, as a random walk and the races take them down: checked, read back, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mamori.grammar.hand import Hand
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import keeping, words
from mamori.rooms.contact.actions import Speaker, Told
from mamori.rooms.contact.actions.offering import Offered
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Proposal, ToldReply
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.proposals import Kind, Reply, Side
from mamori.rooms.contact.toldrefusals import NothingToCorrect

if TYPE_CHECKING:
    from tests.journeys.wanderer import Walk

SHOP = Speaker(line=1, in_charge=True)
PRICE, NAME = "8,000円", "店"


def called(hand: Hand, proposal: Proposal) -> Speaker:
    """Return the buyer as one who was checked."""
    number = keeping.case_number(keeping.about(proposal.trouble))
    answers = {"amount": PRICE, "shop": NAME}
    return Speaker(check=contact.check_caller(hand, number=number, channel=Channel.PHONE, answers=answers))


def take(hand: Hand, proposal: int, speaker: Speaker, told: Told) -> None:
    """Read it back and take it down."""
    given: dict[str, Any] = {"speaker": speaker, "proposal": proposal, "told": told, "lang": "ja"}
    text = contact.text_to_read_back(hand, **given)
    contact.take_reply(hand, confirmed=words.digest(text), **given)


def take_reply(walk: Walk) -> None:
    found, hand = walk.proposal(), walk.staff()
    if not found.pk:
        raise NothingHere()
    speaker = called(hand, found) if walk.dice.random() < 0.6 else SHOP
    reply = walk.dice.choice((Reply.ACCEPT, Reply.ACCEPT, Reply.DECLINE, Reply.COUNTER))
    take(hand, found.pk, speaker, Told(reply=reply, said="そうします", counter=Offered(kind=Kind.REPAIR)))


def correct_reply(walk: Walk) -> None:
    rows = ToldReply.objects.filter(corrected_at__isnull=True, proposal__trouble__closed_at__isnull=True)
    reply = walk.one_of(rows.select_related("proposal__trouble__thread"))
    if reply is None:
        raise NothingToCorrect()
    thread = reply.proposal.trouble.thread
    by = walk.buyer(thread) if reply.side == Side.BUYER else walk.seller(thread.seller_ref)
    contact.correct_reply(by, proposal=reply.proposal_id, said="違います")
