"""After an emergency look somebody else has to look at it: asked at once, reminded by a clock, confirmed or objected to."""

from __future__ import annotations

import secrets

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.people import actions as people
from mamori.ground.people import facts as people_facts
from mamori.ground.web.signing import choices
from mamori.japan.spoken import spoken
from mamori.law.deadlines import SECOND_READER
from mamori.rooms.contact import keeping, latenotices, words
from mamori.rooms.contact.finding import NothingHere, the_thread
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.rules.asks import LOOK_WAITS

WAITS = LOOK_WAITS
OBJECTED = "look-objected"
SAID = {
    "contact.confirm_look": Text("危険があったと確かめられた", "the look was confirmed"),
    "contact.object_to_look": Text("閲覧に異議が述べられた", "somebody objected to the look"),
    "contact.tell_look": Text("購入者と出品者に知らせた", "buyer and seller were told"),
    "contact.hold_back_look": Text("知らせるのを控えた", "the telling was held back"),
}
"""What somebody may have decided on a look before another did."""


def ask(hand: Hand, thread: Thread) -> str:
    """Ask others to look at the look that `hand` takes now, in the caller's transaction; return the look's name."""
    look, name = secrets.token_hex(4), keeping.about(thread)
    people.propose_reading(
        hand,
        about=_subject(name, look),
        profile=choices.profile(hand.at),
        reason=keeping.case_number(
            name
        ),  # what the reader wrote may be personal: it lies sealed in the record
    )
    keeping.start(SECOND_READER, awaited(thread), hand.at, key=look)
    return look


def awaited(thread: Thread) -> str:
    """Name what the clocks of second readers are about: the looks, whose review outlives the matter and its pauses."""
    return f"contact.look:{thread.pk}"


def confirm_look(hand: Hand, *, thread: int, look: str) -> None:
    """Let another person say that the emergency was one.

    :raises NotYoursToAgree, AlreadyAgreed: when the hand is the reader's own, or of a role that does not count.
    """
    with memory.act():
        found = the_thread(hand, thread)
        name = keeping.about(found)
        people.agree(hand, proposal=_proposal(name, look), profile=choices.profile(hand.at))
        clocks.stop(about=awaited(found), at=hand.at, why="confirmed", kind=SECOND_READER.code, key=look)
        keeping.keep(hand, found, "confirm_look", attention="", settles=_settled(name), look=look)


def object_to_look(hand: Hand, *, thread: int, look: str, reason: str) -> None:
    """Let another person say that it was no emergency: a lead is told, and the case says so.

    :raises NotYoursToAgree: when the hand is the reader's own, or of a role that does not count.
    """
    reason = words.reasoned(reason)
    with memory.act():
        found = the_thread(hand, thread)
        name, profile = keeping.about(found), choices.profile(hand.at)
        number = keeping.case_number(name)
        people.decline(hand, proposal=_proposal(name, look), profile=profile, reason=number)
        clocks.stop(about=awaited(found), at=hand.at, why="objected", kind=SECOND_READER.code, key=look)
        keeping.tell("lead", latenotices.LOOK_OBJECTED, found, hand.at)
        keeping.keep(hand, found, "object_to_look", attention=OBJECTED, reason=reason, look=look)


def remind_second_reader(hand: Hand, *, thread: int, look: str) -> None:
    """Put a look that nobody has looked at before a lead again; one that was decided on elsewhere rests."""
    with memory.act():
        found = the_thread(hand, thread)
        name = keeping.about(found)
        if not waiting(name, look):
            keeping.keep(hand, found, "see_second_reader", attention="", settles=_settled(name), look=look)
            return
        keeping.start(SECOND_READER, awaited(found), hand.at, key=look)
        keeping.tell("lead", latenotices.LOOK_UNCONFIRMED, found, hand.at)
        keeping.keep(hand, found, "remind_second_reader", attention=WAITS, look=look)


def waiting(name: str, look: str = "", *, number: str = "") -> tuple[people_facts.ProposalFact, ...]:
    """Return the looks at a matter, or the one, that wait for a second reader; `number` is its case's, where known."""
    subject = f"{number}#{look}" if number else _subject(name, look)
    return tuple(
        proposal
        for proposal in people_facts.open_proposals(about=subject)
        if not look or proposal.about == subject
    )


def was_objected_to(name: str, look: str) -> bool:
    """Say whether somebody has said that this look was no emergency."""
    return any(act.kind == "contact.object_to_look" for act in acts_on(name, look))


def acts_on(about: str, look: str) -> tuple[ActFact, ...]:
    """Return what was done about that look, as far as it is still on record."""
    return tuple(
        act
        for act in ledger.acts_about(about)
        if act.content is not None and act.content["payload"].get("look") == look
    )


def decided(about: str, look: str) -> Refusal:
    """Return the refusal that says what was decided on a look meanwhile; of a look that nobody took nothing is known."""
    found = (act for act in acts_on(about, look) if act.kind in SAID)
    last = max(found, key=lambda act: act.at, default=None)
    return ChangedMeanwhile(what=SAID[last.kind], when=spoken(last.at)) if last else NothingHere()


def _proposal(name: str, look: str) -> int:
    for proposal in waiting(name, look) if look else ():
        return proposal.number
    raise decided(name, look)


def _settled(name: str) -> frozenset[str]:
    """Return what a case asks no more once no look of it waits."""
    return frozenset() if waiting(name) else frozenset({WAITS})


def _subject(name: str, look: str) -> str:
    """Name the look by the number of its case, which people know it by."""
    return f"{keeping.case_number(name)}#{look}"
