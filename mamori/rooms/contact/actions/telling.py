"""Telling the parties of an emergency look: afterwards, by a clock, and not while that would endanger somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mamori.grammar.declaration import Deadline
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared import memory
from mamori.ground.ledger.facts import ActFact
from mamori.ground.people import facts as people
from mamori.ground.people.facts import Size
from mamori.ground.web.signing import choices, seconds
from mamori.japan.spoken import spoken
from mamori.law.deadlines import LOOK_HELD, LOOK_TOLD
from mamori.rooms.contact import keeping, latenotices, words
from mamori.rooms.contact.actions.second_reader import acts_on, decided, waiting
from mamori.rooms.contact.finding import the_thread
from mamori.rooms.contact.models import Thread

MAY_HOLD = frozenset({Role.LEAD, Role.COUNSEL})
SECOND = {
    "contact.confirm_look": Text(
        "別の担当者が、危険があったことを確かめています。",
        "Another person has confirmed that there was danger. ",
    ),
    "contact.object_to_look": Text(
        "別の担当者は、差し迫った危険があったとは認めませんでした。",
        "Another person did not find that there was imminent danger. ",
    ),
}

LATELY = Text("先日", "lately")


class TellingNotYours(Refusal):
    """Given when somebody else than a lead or counsel decides whether the parties are told."""

    code = "telling-not-yours"
    status = 403
    text = Text(
        "緊急時の閲覧を知らせる時期を決められるのは、相談窓口の責任者と法務担当だけです。どちらかにお伝えください。",
        "Only a lead or counsel decides when the parties are told of an emergency look. Please ask one of them.",
    )


class OwnTelling(Refusal):
    """Given when somebody would decide on the telling of what they read themselves, or of whom they are no second person to."""

    code = "own-telling"
    status = 403
    text = Text(
        "ご自分の閲覧か、ご自分が加えた人などの閲覧です。いつ知らせるかは、ほかの責任者か法務担当が決めます。危険があれば、すぐにお伝えください。",
        "The look was yours, or of somebody whom you brought in or who brought you in: another lead or counsel decides when the "
        "parties are told. If there is danger, please tell one of them at once.",
    )


def awaited(thread: Thread) -> str:
    """Name what the clocks of the telling are about: like the look, it outlives the matter and its pauses."""
    return f"contact.telling:{thread.pk}"


def untold(thread: Thread) -> tuple[ClockFact, ...]:
    """Return the clocks of the looks of which the parties have not been told; each one's key is its look."""
    return clock_facts.open_clocks(awaited(thread))


def await_telling(hand: Hand, thread: Thread, look: str) -> None:
    """Let a clock see to it that the parties are told of the look that is taken now, in the caller's transaction."""
    keeping.start(LOOK_TOLD, awaited(thread), hand.at, key=look)


def tell_look(hand: Hand, *, thread: int, look: str, seen: int | None = None) -> None:
    """Tell both parties of an emergency look; the machine waits for the second reader first.

    `seen` is the version of the telling that a form showed.

    :raises OwnTelling: when it is the reader's own, or somebody's to whom the hand is no second person.
    """
    if hand.role is not Role.MACHINE and hand.role not in MAY_HOLD:
        raise TellingNotYours()
    with memory.act():
        found = the_thread(hand, thread)
        if hand.role is Role.MACHINE:
            if waiting(keeping.about(found), look):
                _start(hand, found, look, LOOK_TOLD)
                keeping.keep(hand, found, "wait_to_tell_look", look=look)
                return
        else:
            _must_be_anothers(hand, found, look)
            _stop(hand, found, look, why="told", seen=seen)
        values = _values(found, look)
        for party in (f"buyer:{found.buyer_ref}", f"seller:{found.seller_ref}"):
            keeping.tell(party, latenotices.LOOK_TOLD, found, hand.at, **values)
        keeping.keep(hand, found, "tell_look", look=look)


def hold_back_look(hand: Hand, *, thread: int, look: str, reason: str, seen: int | None = None) -> None:
    """Put the telling off because it would endanger somebody; from now on only a person tells, and a clock asks.

    `seen` is the version of the telling that a form showed.
    """
    if hand.role not in MAY_HOLD:
        raise TellingNotYours()
    reason = words.reasoned(reason)
    with memory.act():
        found = the_thread(hand, thread)
        _must_be_anothers(hand, found, look)
        _stop(hand, found, look, why="held back", seen=seen)
        _start(hand, found, look, LOOK_HELD)
        keeping.keep(hand, found, "hold_back_look", reason=reason, look=look)


def for_another(hand: Hand, acts: Iterable[ActFact]) -> bool:
    """Say whether somebody else decides on the telling of a look, by its acts: its reader never does, and of those who are no
    second person beside the reader nobody while there is one; in a house of one person, who is there does.
    """
    if choices.profile(hand.at).size is Size.ONE:
        return False
    own = people.subject_of(hand)
    for act in acts:
        if act.kind != "contact.look" or not act.content:
            continue
        reader = f"staff:{act.content['by'].partition(':')[2]}"
        if reader == own:
            return True
        if not seconds.is_second(hand, than=reader) and seconds.somebody_else(
            (reader, own), roles=MAY_HOLD, at=hand.at
        ):
            return True
    return False


def _must_be_anothers(hand: Hand, thread: Thread, look: str) -> None:
    if for_another(hand, acts_on(keeping.about(thread), look)):
        raise OwnTelling()


def ask_held_look(hand: Hand, *, thread: int, look: str) -> None:
    """Ask a lead again whether the parties can be told by now; no clock tells what a person held back."""
    with memory.act():
        found = the_thread(hand, thread)
        _start(hand, found, look, LOOK_HELD)
        keeping.tell("lead", latenotices.LOOK_HELD, found, hand.at)
        keeping.keep(hand, found, "ask_held_look", look=look)


def _start(hand: Hand, thread: Thread, look: str, deadline: Deadline) -> None:
    keeping.start(deadline, awaited(thread), hand.at, key=look)


def version(telling: ClockFact) -> int:
    """Return which telling of a look it is: another one after it was held back, or looked at again."""
    return round(telling.started_at.timestamp() * 1_000_000)


def _stop(hand: Hand, thread: Thread, look: str, *, why: str, seen: int | None) -> None:
    telling = next((one for one in untold(thread) if look and one.key == look), None)
    if telling is None or seen not in (None, version(telling)):
        raise decided(keeping.about(thread), look)
    clocks.stop(about=awaited(thread), at=hand.at, why=why, key=look)


def _values(thread: Thread, look: str) -> dict[str, Text | str]:
    """Say when it was read and what the second reader found; no more than what is still on record."""
    acts = {act.kind: act for act in acts_on(keeping.about(thread), look)}
    read = acts.get("contact.look")
    found: Iterator[Text] = (text for kind, text in SECOND.items() if kind in acts)
    return {"day": spoken(read.at) if read else LATELY, "second": next(found, "")}
