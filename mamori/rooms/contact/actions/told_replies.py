"""Answers to proposals by telephone or letter: read out, checked, read back to the letter, and taken down as the party's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.text import Lang, Text
from mamori.ground.declared import memory
from mamori.ground.seal import facts as seals
from mamori.japan.spoken import spoken
from mamori.rooms.contact import calling, keeping, proposing, replied, toldnotices, words
from mamori.rooms.contact.actions.caller_matter import TAKERS
from mamori.rooms.contact.actions.callers import NotReadBack, the_check
from mamori.rooms.contact.actions.offering import (
    TAKEN_FOR,
    Offered,
    Voice,
    amount_of,
    hear_danger,
    parties,
    worded,
)
from mamori.rooms.contact.actions.replies import agree_to, answer_with, turn_down
from mamori.rooms.contact.finding import NothingHere, the_proposal
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.models import Check, Proposal, ToldReply
from mamori.rooms.contact.rules.callers import CHANNELS, Channel, Through
from mamori.rooms.contact.rules.proposals import REPLIES, Reply, Side
from mamori.rooms.contact.rules.told import ReadOut, Said, read_back
from mamori.rooms.contact.toldrefusals import NotTheSeller, NotThisMatter

MOST_SAID = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who answers: a buyer by a passed check, or a seller under the registered `line` that was called."""

    check: str = ""
    line: int = 0
    in_charge: bool = False

    @property
    def side(self) -> Side:
        """Return which side it is."""
        return Side.BUYER if self.check else Side.SELLER


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was answered, in the very words; with another proposal, what it is."""

    reply: Reply
    said: str
    counter: Offered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was checked of a speaker."""

    side: Side
    channel: Channel
    check: Check | None
    line: int

    @property
    def how(self) -> dict[str, Any]:
        """Return what the record says of it."""
        known: dict[str, Any] = {TAKEN_FOR: self.side.value}
        if self.check is None:  # a seller: the wait for the buyer's word goes on
            return known | {"line": self.line}
        return known | {"through": self.channel.value, "check": str(self.check.pk)}


def heard(hand: Hand, proposal: Proposal, speaker: Speaker) -> Heard:
    """Return what is known of who speaks about this proposal."""
    if hand.role not in TAKERS:
        raise NothingHere()
    thread = proposal.trouble.thread
    if speaker.side is Side.BUYER:
        check = the_check(hand, speaker.check)
        if check.thread is None or check.thread.pk != thread.pk:
            raise NotThisMatter()
        return Heard(side=Side.BUYER, channel=Channel(check.channel), check=check, line=0)
    lines = {line.place for line in calling.lines(thread.seller_ref) if not line.is_wrong}
    if speaker.line not in lines or not speaker.in_charge:
        raise NotTheSeller()
    return Heard(side=Side.SELLER, channel=Channel.PHONE, check=None, line=speaker.line)


def read_out(proposal: Proposal) -> ReadOut:
    """Return what a script says of the proposal now."""
    clock = proposing.clock_of(proposal)
    still = clock is not None and clock.paused_since is not None
    return ReadOut(
        number=keeping.case_number(keeping.about(proposal.trouble)),
        proposal=proposal.number,
        by=Side(proposal.by_side),
        what=proposing.what(proposal),
        due=None if still else spoken(clock.due_at if clock else proposal.due_at),
        words=proposing.words_of(proposal, seals.Opener()) or "",
    )


def text_to_read_back(hand: Hand, *, speaker: Speaker, proposal: int, told: Told, lang: Lang) -> str:
    """Return the exact text that is read back, or compared with the letter, before the answer is taken down."""
    with memory.act():
        found = the_proposal(hand, proposal)
        return _text(found, heard(hand, found, speaker), _ready(told), lang)


def take_reply(
    hand: Hand, *, speaker: Speaker, proposal: int, told: Told, lang: Lang, confirmed: str
) -> None:
    """Take down what a party answers to a proposal; `confirmed` is the SHA-256 of the text that was read back.

    It counts as the party's own answer, by a step that only staff take; the party is told in writing how to correct it.

    :raises NotReadBack: when what was confirmed is not, to the letter, what would be taken down.
    """
    told = _ready(told)
    with memory.act():
        found = the_proposal(hand, proposal)
        who = heard(hand, found, speaker)
        if confirmed != words.digest(_text(found, who, told, lang)):
            raise NotReadBack()
        stands = _do(hand, found, who, told, confirmed)
        ToldReply.objects.create(
            proposal=found,
            side=who.side,
            reply=told.reply,
            through=who.channel,
            check_passed=who.check,
            line=who.line,
            agent=hand.by,
            said=replied.sealed(found, who.side, "said", told.said),
            read_back=confirmed,
            at=hand.at,
        )
        _confirm(hand, found, stands, who, told)


def _ready(told: Told) -> Told:
    assert told.reply is not Reply.COUNTER or told.counter is not None
    counter = worded(told.counter) if told.reply is Reply.COUNTER and told.counter else None
    said = words.checked(words.optional(told.said, most=MOST_SAID))
    return Told(reply=told.reply, said=said, counter=counter)


def _text(proposal: Proposal, who: Heard, told: Told, lang: Lang) -> str:
    counter, instead = told.counter, None
    if counter is not None:
        amount = amount_of(proposal.trouble, counter.kind, counter.amount)
        instead = proposing.what(Proposal(kind=counter.kind, amount=amount))
    said = Said(reply=told.reply, words=told.said, counter=instead, beside=counter.said if counter else "")
    return read_back(read_out(proposal), said, by=who.side, channel=who.channel).in_(lang)


def _do(hand: Hand, proposal: Proposal, who: Heard, told: Told, confirmed: str) -> Proposal:
    """Take the step, record how the answer came, and return the proposal that the party stands by now."""
    voice = Voice(side=who.side, through=Through(who.channel.value))
    how = who.how | {"said_sha256": words.digest(told.said), "read_back_sha256": confirmed}
    hear_danger(hand, proposal.trouble, who.side, told.said, **how)
    if told.counter is not None:
        return Proposal.objects.get(pk=answer_with(hand, proposal, voice, told.counter, **how))
    (agree_to if told.reply is Reply.ACCEPT else turn_down)(hand, proposal, voice, **how)
    return proposal


def _confirm(hand: Hand, proposal: Proposal, stands: Proposal, who: Heard, told: Told) -> None:
    """Tell the party in writing what was taken down, what follows, and how to correct it."""
    about = {
        "channel": CHANNELS[who.channel],
        "what": proposing.what(proposal),
        "reply": REPLIES[told.reply],
        "follows": _follows(stands),
    }
    party = parties(proposal.trouble)[who.side]
    keeping.tell(party, toldnotices.REPLY_TAKEN, proposal.trouble, hand.at, **about)


def _follows(proposal: Proposal) -> Text:
    due = spoken(proposal.due_at)
    match proposal.state:
        case ProposalState.ACCEPTED:
            return toldnotices.AGREED_BY.fill(due=due)
        case ProposalState.OFFERED:
            return toldnotices.OTHER_AWAITED.fill(due=due)
        case _:
            return toldnotices.IS_OVER
