"""An answer that staff took down is corrected: undone while nothing was done upon it, and looked into by a person afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand, Role
from mamori.ground.declared import memory
from mamori.rooms.contact import danger, keeping, proposing, replied, toldnotices, words
from mamori.rooms.contact.actions.callers import NotReadBack
from mamori.rooms.contact.actions.offering import Voice, hear_danger, keep, parties
from mamori.rooms.contact.actions.talk import back_to_seller, unsay
from mamori.rooms.contact.actions.told_replies import MOST_SAID, Speaker, heard
from mamori.rooms.contact.finding import NothingHere, the_proposal
from mamori.rooms.contact.lifecycle import ProposalState, ThreadState
from mamori.rooms.contact.models import Proposal, ToldReply
from mamori.rooms.contact.rules.callers import Through
from mamori.rooms.contact.rules.danger import tells_danger
from mamori.rooms.contact.rules.proposals import PARTIES, SIDES, Reply, Side, side_of
from mamori.rooms.contact.rules.told import undoes
from mamori.rooms.contact.toldrefusals import NothingToCorrect
from mamori.rooms.contact.topics import Progress

ASKED = "reply-corrected"
"""What the case asks of somebody afterwards."""


def correct_reply(hand: Hand, *, proposal: int, said: str) -> None:
    """Say that one's own answer, which staff took down, was misheard, and what is right."""
    said = _worded(said)
    with memory.act():
        found, side = the_proposal(hand, proposal), side_of(hand.role)
        if side not in PARTIES or hand.role is Role.HELPER:
            raise NothingHere()
        _correct(hand, found, Voice(side=side), said)


def correct_reply_for(hand: Hand, *, speaker: Speaker, proposal: int, said: str, read_back: bool) -> None:
    """Take down by telephone or letter that an answer was misheard, and what is right."""
    said = _worded(said)
    with memory.act():
        found = the_proposal(hand, proposal)
        who = heard(hand, found, speaker)
        if not read_back:
            raise NotReadBack()
        voice = Voice(side=who.side, through=Through(who.channel.value))
        _correct(hand, found, voice, said, **who.how)


def _worded(said: str) -> str:
    return words.checked(words.optional(said, most=MOST_SAID))


def _correct(hand: Hand, proposal: Proposal, voice: Voice, said: str, **how: Any) -> None:
    rows = ToldReply.objects.filter(proposal=proposal, side=voice.side, through__in=replied.TAKEN_DOWN)
    reply = rows.filter(corrected_at__isnull=True).first()
    if reply is None or proposal.trouble.closed_at is not None:
        raise NothingToCorrect()
    reply.corrected_at = hand.at
    reply.correction = replied.sealed(proposal, voice.side, "correction", said)
    reply.save(update_fields=("corrected_at", "correction"))
    stands = _stands_by(proposal, reply)
    undone = undoes(ProposalState(stands.state))
    events = _undo(hand, stands, voice, reply.at) if undone else []
    _tell(hand, stands, voice.side, undone=undone)
    if voice.side is Side.SELLER and tells_danger(said):
        danger.tell_staff(proposal.trouble, hand.at)
        keeping.note_told(hand, proposal.trouble)
    hear_danger(hand, proposal.trouble, voice.side, said, **how)
    keep(hand, stands, "correct_reply", *events, said=said, attention=ASKED, undone=undone, **how)


def _stands_by(proposal: Proposal, reply: ToldReply) -> Proposal:
    """Return what the party stands by since that answer: the proposal itself, or the one that it answered with."""
    if reply.reply != Reply.COUNTER:
        return proposal
    made = Proposal.objects.get(counters=proposal)
    made.trouble = proposal.trouble
    return made


def _undo(hand: Hand, proposal: Proposal, voice: Voice, given_at: datetime) -> list[Event]:
    """End what was agreed or half agreed; whoever had answered by it is awaited again."""
    ended: list[Event] = [proposing.end(hand, proposal, voice.step("correct"))]
    thread = proposal.trouble.thread
    if voice.side is Side.SELLER:
        unsay(proposal.trouble, given_at, hand.at)
    if thread.state == ThreadState.ANSWERED:
        step = "take_down" if voice.is_taken_down else "give_back" if voice.side is Side.SELLER else "write"
        ended += back_to_seller(hand, thread, Progress.UNSOLVED, step=step)
    return ended


def _tell(hand: Hand, proposal: Proposal, side: Side, *, undone: bool) -> None:
    about = {"what": proposing.what(proposal)}
    named = parties(proposal.trouble)
    if not undone:
        keeping.tell(named[side], toldnotices.MISHEARD_LATE, proposal.trouble, hand.at, **about)
        return
    for party in named.values():
        who = SIDES[side]
        keeping.tell(party, toldnotices.MISHEARD, proposal.trouble, hand.at, who=who, **about)
