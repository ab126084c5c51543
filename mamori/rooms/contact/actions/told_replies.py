"""A buyer without a computer answers a proposal by telephone or letter: read out, read back, and corrected until it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.declared import memory
from mamori.ground.seal import facts as seals
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.rooms.contact import keeping, offernotices, proposing, words
from mamori.rooms.contact.actions.callers import NotReadBack, the_check
from mamori.rooms.contact.actions.offering import TAKEN_FOR, Voice, hear_danger, keep, parties, wait_again
from mamori.rooms.contact.actions.replies import agree_to, turn_down
from mamori.rooms.contact.finding import NothingHere, the_proposal
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.models import Check, Proposal, ToldReply
from mamori.rooms.contact.rules.callers import CHANNELS, Channel, Through
from mamori.rooms.contact.rules.proposals import SIDES, Side
from mamori.rooms.contact.rules.told import ANSWERS, SAID, WHICH, Spoken, read_back, script, undoes

MOST_SAID = 2_000
ASKED = "reply-corrected"
"""What the case asks of somebody once an answer was misheard."""


class NothingToCorrect(Refusal, code="nothing-to-correct", status=409):
    """Given when nothing was taken down, it was corrected already, or it is over."""

    text = Text(
        "電話や手紙で伺った返事で、これから訂正できるものはありません。お困りのことは、このやり取りに書くか、窓口にお電話ください。",
        "There is no answer by telephone or letter that could be corrected. If something is wrong, please write in this "
        "conversation or call the centre.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was answered, in the very words."""

    answer: Spoken
    said: str


def read_out(proposal: Proposal, answers: tuple[Spoken, ...]) -> tuple[Text, ...]:
    """Return what is read out of the proposal now; by when it is answered only where an answer is awaited."""
    clock, number = proposing.clock_of(proposal), keeping.case_number(keeping.about(proposal.trouble))
    due = spoken(clock.due_at if clock else proposal.due_at)
    said, by = proposing.words_of(proposal, seals.Opener()) or "", SIDES[Side(proposal.by_side)]
    return script(number, by, proposing.what(proposal), said, due, is_asked=Spoken.ACCEPT in answers)


def text_to_read_back(actor: Actor, *, check: str, proposal: int, told: Told, lang: Lang) -> str:
    """Return the exact text that is read back, or compared with the letter, before the answer is taken down."""
    said = _worded(told.said)
    with memory.act():
        found, passed = _heard(actor, proposal, check)
        return _text(found, passed, told.answer, said, lang)


def take_reply(actor: Actor, *, check: str, proposal: int, told: Told, lang: Lang, confirmed: str) -> None:
    """Take down what a buyer says of a proposal; `confirmed` is the SHA-256 of the text that was read back.

    It counts as the buyer's own answer, by a step that only staff take; the buyer is told in writing how to correct it.
    """
    said = _worded(told.said)
    with memory.act():
        found, passed = _heard(actor, proposal, check)
        if confirmed != words.digest(_text(found, passed, told.answer, said, lang)):
            raise NotReadBack()
        how = {TAKEN_FOR: Side.BUYER.value, "through": passed.channel, "check": str(passed.pk)}
        how |= {"said_sha256": words.digest(said), "read_back_sha256": confirmed}
        voice = Voice(side=Side.BUYER, through=Through(passed.channel))
        if told.answer is Spoken.CORRECT:
            _correct(actor, found, voice, said, **how)
            return
        hear_danger(actor, found.trouble, Side.BUYER, said, **how)
        (agree_to if told.answer is Spoken.ACCEPT else turn_down)(actor, found, voice, **how)
        ToldReply.objects.create(
            proposal=found,
            reply=told.answer,
            through=passed.channel,
            check_passed=passed,
            agent=actor.by,
            said=proposing.sealed(found, "said", said),
            read_back=confirmed,
            at=actor.at,
        )
        about = {
            "channel": CHANNELS[Channel(passed.channel)],
            "what": proposing.what(found),
            "reply": ANSWERS[told.answer],
            "follows": offernotices.FOLLOWS[ProposalState(found.state)].fill(due=spoken(found.due_at)),
        }
        buyer = parties(found.trouble)[Side.BUYER]
        keeping.notify(buyer, offernotices.REPLY_TAKEN, found.trouble, actor.at, **about)


def correct_reply(actor: Actor, *, proposal: int, said: str) -> None:
    """Say that one's own answer, which staff took down, was misheard, and what is right."""
    said = _worded(said)
    with memory.act():
        found = the_proposal(actor, proposal)
        if actor.role is not Role.BUYER:
            raise NothingHere()
        _correct(actor, found, Voice(side=Side.BUYER), said)


def _worded(said: str) -> str:
    return written.checked(written.optional(said, most=MOST_SAID))


def _heard(actor: Actor, proposal: int, check: str) -> tuple[Proposal, Check]:
    """Return the proposal, locked, and the check of the buyer who speaks about it."""
    found, passed = the_proposal(actor, proposal), the_check(actor, check)
    if passed.thread_id != found.trouble.thread_id:
        raise NothingHere()
    return found, passed


def _text(proposal: Proposal, passed: Check, answer: Spoken, said: str, lang: Lang) -> str:
    which = WHICH.fill(number=keeping.case_number(keeping.about(proposal.trouble)), proposal=proposal.number)
    by, heard = SIDES[Side(proposal.by_side)], SAID[Channel(passed.channel)].fill(words=said)
    return read_back(which, by, proposing.what(proposal), answer, heard).in_(lang)


def _correct(actor: Actor, proposal: Proposal, voice: Voice, said: str, **how: Any) -> None:
    """End what was agreed, or half agreed; the seller who had answered by it is awaited again."""
    rows = ToldReply.objects.filter(proposal=proposal, through__in=proposing.TAKEN_DOWN)
    reply, trouble = rows.filter(corrected_at__isnull=True).first(), proposal.trouble
    if reply is None or trouble.closed_at is not None or not undoes(ProposalState(proposal.state)):
        raise NothingToCorrect()
    reply.corrected_at = actor.at
    reply.correction = proposing.sealed(proposal, "correction", said)
    reply.save(update_fields=("corrected_at", "correction"))
    events = [proposing.end(actor, proposal, voice.step("correct")), *wait_again(actor, trouble, voice)]
    about = {"what": proposing.what(proposal), "who": SIDES[Side.BUYER]}
    for party in parties(trouble).values():
        keeping.notify(party, offernotices.MISHEARD, trouble, actor.at, **about)
    hear_danger(actor, trouble, Side.BUYER, said, **how)
    keep(actor, proposal, "correct_reply", *events, said=said, attention=ASKED, **how)
