"""Answers to proposals by telephone, as a random walk and the races take them down: checked, read back, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mamori.grammar.actor import Actor
from mamori.rooms.contact import actions as contact, keeping, words
from mamori.rooms.contact.actions import Told
from mamori.rooms.contact.actions.told_replies import NothingToCorrect
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Proposal, ToldReply
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.told import Spoken

if TYPE_CHECKING:
    from tests.journeys.wanderer import Walk

PRICE, NAME = "8,000円", "店"


def called(actor: Actor, proposal: Proposal) -> str:
    """Return the buyer as one who was checked."""
    number = keeping.case_number(keeping.about(proposal.trouble))
    answers = {"amount": PRICE, "shop": NAME}
    return contact.check_caller(actor, number=number, channel=Channel.PHONE, answers=answers)


def take(actor: Actor, proposal: int, check: str, told: Told) -> None:
    """Read it back and take it down."""
    given: dict[str, Any] = {"check": check, "proposal": proposal, "told": told, "lang": "ja"}
    text = contact.text_to_read_back(actor, **given)
    contact.take_reply(actor, confirmed=words.digest(text), **given)


def take_reply(walk: Walk) -> None:
    found, actor = walk.proposal(), walk.staff()
    if not found.pk:
        raise NothingHere()
    answer = walk.dice.choice((Spoken.ACCEPT, Spoken.ACCEPT, Spoken.DECLINE, Spoken.CORRECT))
    take(actor, found.pk, called(actor, found), Told(answer=answer, said="そうします"))


def correct_reply(walk: Walk) -> None:
    rows = ToldReply.objects.filter(corrected_at__isnull=True, proposal__trouble__closed_at__isnull=True)
    reply = walk.one_of(rows.select_related("proposal__trouble__thread"))
    if reply is None:
        raise NothingToCorrect()
    contact.correct_reply(
        walk.buyer(reply.proposal.trouble.thread), proposal=reply.proposal_id, said="違います"
    )
