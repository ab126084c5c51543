"""What a party can do with a matter just now: the buttons, read from the lifecycles."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.actor import Role
from mamori.rooms.contact.centre.rules import reader_of
from mamori.rooms.contact.lifecycle.mediation import MEDIATION
from mamori.rooms.contact.lifecycle.proposal import PROPOSAL
from mamori.rooms.contact.lifecycle.remedy import FIXED, UNDER_WAY, RemedyState
from mamori.rooms.contact.lifecycle.thread import THREAD, ThreadState
from mamori.rooms.contact.lifecycle.trouble import TROUBLE
from mamori.rooms.contact.rules.proposals import PARTIES, side_of
from mamori.rooms.contact.rules.standing import Matter


class Deed(StrEnum):
    """Something that a party can do, named as the action is."""

    WRITE = "write"
    SAY_UNSOLVED = "say_unsolved"
    RAISE_HARM = "raise_harm"
    SOLVE = "solve"
    REQUEST_MEDIATION = "request_mediation"
    WITHDRAW = "withdraw"
    CLOSE_THREAD = "close_thread"
    LET_READ = "let_read"
    ANSWER = "answer"
    ACKNOWLEDGE = "acknowledge"
    SHARE = "share"
    NOTE_SENT = "note_sent"
    PROPOSE = "propose"
    ACCEPT = "accept"
    DECLINE = "decline"
    COUNTER = "counter"
    TAKE_BACK = "withdraw_proposal"
    CORRECT = "correct_reply"
    TO_CENTRE = "write_to_centre"


_OF_THREAD = {"write": Deed.WRITE, "acknowledge": Deed.ACKNOWLEDGE, "answer": Deed.ANSWER}
_OF_TROUBLE = {
    "mediate": Deed.REQUEST_MEDIATION,
    "raise_harm": Deed.RAISE_HARM,
    "solve": Deed.SOLVE,
    "withdraw": Deed.WITHDRAW,
}
REPLIES = frozenset({Deed.ACCEPT, Deed.DECLINE, Deed.COUNTER})
"""What a helper may do only with a consent to just that."""
_OVERTAKING = frozenset({Deed.SOLVE, Deed.WITHDRAW, Deed.SAY_UNSOLVED})


def deeds(matter: Matter, role: Role, *, shared: bool = False, corrects: bool = False) -> frozenset[Deed]:
    """Return what `role` can do; a refund under way is overtaken by no end, and by nothing that asks the seller anew.

    With `corrects` an answer of that side was taken down by staff and may be corrected.
    """
    steps = {step.name for step in THREAD.allowed(matter.thread, role)}
    found = {deed for step, deed in _OF_THREAD.items() if step in steps}
    if matter.trouble is None:
        return frozenset(found | ({Deed.CLOSE_THREAD} if "close" in steps else set()))
    found |= {
        deed
        for step, deed in _OF_TROUBLE.items()
        if step in {step.name for step in TROUBLE.allowed(matter.trouble, role)}
    }
    if matter.harm is None or matter.in_danger:
        found.discard(Deed.RAISE_HARM)
    if Deed.WRITE in found and matter.thread is ThreadState.ANSWERED:
        found.add(Deed.SAY_UNSOLVED)
    if matter.thread is not ThreadState.CLOSED:
        if reader_of(role) in PARTIES:
            found.add(Deed.TO_CENTRE)
        if role is Role.BUYER:
            found.add(Deed.LET_READ)
        if role in (Role.SELLER, Role.DELEGATE) and not shared:
            found.add(Deed.SHARE)
    if matter.remedy is RemedyState.LABELLED and role is Role.BUYER:
        found.add(Deed.NOTE_SENT)
    found |= _of_offers(matter, role)
    if corrects and matter.thread is not ThreadState.CLOSED and role in PROPOSAL.step("correct").roles:
        found.add(Deed.CORRECT)
    if matter.remedy in UNDER_WAY:
        found -= _OVERTAKING if matter.remedy in FIXED else {Deed.SAY_UNSOLVED}
    return frozenset(found)


def _of_offers(matter: Matter, role: Role) -> frozenset[Deed]:
    """Return what can be done about solutions: propose one, reply to the open one, or take it back."""
    if matter.trouble is None or matter.remedy in UNDER_WAY:
        return frozenset()
    if matter.offer is None:
        if matter.mediation is None:
            may = TROUBLE.allows("offer_refund", matter.trouble, role)
        else:
            may = MEDIATION.allows("propose", matter.mediation, role)
        return frozenset({Deed.PROPOSE}) if may else frozenset()
    side = side_of(role)
    if side in matter.offer.awaits:
        replies = REPLIES if matter.mediation else REPLIES - {Deed.COUNTER}
        return replies if role in PROPOSAL.step("accept").roles else frozenset()
    may = role in PROPOSAL.step("withdraw").roles and bool(matter.offer.awaits) and matter.offer.by is side
    return frozenset({Deed.TAKE_BACK}) if may else frozenset()
