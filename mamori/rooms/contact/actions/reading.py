"""Staff reading a thread: only on a ground, and each look is recorded before the words are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.grammar.declaration import Ground
from mamori.grammar.hand import SELLERS, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases.facts import case_of
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger
from mamori.rooms.contact import attached, finding_words, keeping, words
from mamori.rooms.contact.actions import second_reader, telling
from mamori.rooms.contact.attached import AttachmentFact
from mamori.rooms.contact.finding import NothingHere, the_thread
from mamori.rooms.contact.models import Mediation, Thread
from mamori.rooms.contact.rules.looking import READERS, may_use, needs_second_reader
from mamori.rooms.contact.rules.reading import SITTING, may_read


class WordsNotShared(Refusal):
    """Given when staff would read a thread without a ground that holds."""

    code = "words-not-shared"
    status = 403
    text = Text(
        "このやり取りの本文は共有されていません（{ground}）。当事者に共有をお願いするか、別の根拠を記録してください。",
        "The words of this thread have not been shared ({ground}). Ask a party to share them, or record another ground.",
    )


class GroundRunOut(Refusal):
    """Given when words are to be read once more on a ground that was given too long ago, or never."""

    code = "ground-run-out"
    status = 409
    text = Text(
        "先ほどの根拠で読める時間が過ぎました。もう一度、根拠を記録してください。",
        "The time of the ground that you gave is over. Please record the ground once more.",
    )


class AlreadyShared(Refusal):
    """Given when the seller has already shared the thread."""

    code = "already-shared"
    status = 409
    text = Text(
        "すでに共有されています。このままお待ちください。",
        "This thread has already been shared. Nothing more is needed.",
    )


class ConsentNotYours(Refusal):
    """Given when somebody else than the buyer would say whether the centre may read."""

    code = "consent-not-yours"
    status = 403
    text = Text(
        "窓口が本文を読んでよいかどうかは、購入者本人だけが決められます。購入者にお尋ねください。",
        "Only the buyer can say whether the centre may read this thread. Please ask the buyer.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message as it is shown: `words` is None when its writer's key has been destroyed.

    `files` came with it; staff find in each the ticket by which they may see it for ten minutes.
    """

    number: int
    by_seller: bool
    at: datetime
    words: str | None
    files: tuple[AttachmentFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenGround:
    """A ground that somebody gave for a matter in this sitting, with the reason; `look` names an emergency's second reader."""

    ground: Ground
    reason: str
    look: str
    at: datetime


def ground_given(hand: Hand, about: str) -> GivenGround | None:
    """Return the ground that this hand gave for a matter within the hour, by the record; None where there is none.

    Somebody else's objection to an emergency ends its hour.
    """
    looks = ledger.acts_about(about, kind="contact.look") if hand.is_staff else ()
    for act in reversed(looks):
        said = act.content or {}
        payload = said.get("payload") or {}
        if act.at < hand.at - SITTING:
            break
        if said.get("by") == hand.by and not payload.get("again"):
            look, ground = payload.get("look", ""), next(g for g in READERS if g.code == said["ground"])
            if look and second_reader.was_objected_to(about, look):
                return None
            return GivenGround(ground=ground, reason=said["reason"], look=look, at=act.at)
    return None


def look_again(hand: Hand, *, thread: int) -> tuple[Said, ...]:
    """Show the words once more on the ground that this hand gave for the matter in this sitting; the look is recorded, too.

    An emergency asks for no second reader anew: who looks at the first look looks at the sitting.
    """
    with memory.act():
        found = the_thread(hand, thread)
        given = ground_given(hand, keeping.about(found))
        if given is None:
            raise GroundRunOut()
        return look(hand, thread=thread, ground=given.ground, reason=given.reason, again=given.look)


def look(
    hand: Hand,
    *,
    thread: int,
    ground: Ground | None = None,
    reason: str = "",
    again: str | None = None,
) -> tuple[Said, ...]:
    """Show the words: to the parties always, to staff on a ground that holds and with the look recorded.

    `again` is given within a sitting: the name of its first look where that waits for a second reader, else "".
    """
    with memory.act():
        found = the_thread(hand, thread)
        if hand.role is Role.MACHINE:
            raise NothingHere()
        if hand.is_staff:
            if ground is None or not may_use(ground, hand.role) or not _may_read(found, ground, reason):
                raise WordsNotShared(ground=ground.title if ground else Text("根拠なし", "no ground"))
            if again is None and needs_second_reader(ground):
                again = _emergency_at_hand(hand, found)
            keeping.keep(
                hand,
                found,
                "look",
                ground=ground.code,
                reason=reason,
                **(_first(hand, found, ground) if again is None else _again(found, again)),
            )
        files = attached.named(hand, found)
        return tuple(
            Said(
                number=message.number,
                by_seller=message.by_seller,
                at=message.at,
                words=said,
                files=tuple(file for file in files if file.message == message.number),
            )
            for message, said in words.read_all(found, as_shown=not hand.is_staff)
        )


def _first(hand: Hand, thread: Thread, ground: Ground) -> dict[str, Any]:
    """Return what the record and the case say of a look on a ground just given; an emergency waits for a second reader."""
    if not needs_second_reader(ground):
        return {"attention": _asked(thread)}
    look = second_reader.ask(hand, thread)
    telling.await_telling(hand, thread, look)
    return {"attention": second_reader.WAITS, "look": look}


def _emergency_at_hand(hand: Hand, thread: Thread) -> str | None:
    """Return the emergency that this hand is in already: a second press asks for no second reader of its own."""
    given = ground_given(hand, keeping.about(thread))
    return given.look if given is not None and needs_second_reader(given.ground) else None


def _again(thread: Thread, look: str) -> dict[str, Any]:
    """Return what the record says of a look within a sitting; the case asks what it asked before."""
    return {"attention": _asked(thread), "again": True} | ({"look": look} if look else {})


def _asked(thread: Thread) -> str:
    return case_of(keeping.about(thread)).attention or ""


def _may_read(thread: Thread, ground: Ground, reason: str) -> bool:
    return may_read(
        ground,
        consented=thread.centre_may_read,
        shared=thread.shared_at is not None,
        mediated=Mediation.objects.filter(trouble__thread=thread).exists(),
        reason=reason,
    )


def share(hand: Hand, *, thread: int) -> None:
    """Let the seller show this thread to the centre; the share is that party's own act."""
    with memory.act():
        found = the_thread(hand, thread)
        if hand.role not in SELLERS:
            raise NothingHere()
        if found.shared_at is not None:
            raise AlreadyShared()
        found.shared_at = hand.at
        found.save(update_fields=("shared_at",))
        finding_words.follow(found)
        keeping.keep(hand, found, "share")


def let_read(hand: Hand, *, thread: int, centre_may_read: bool) -> None:
    """Take the buyer's word whether the centre may read when it helps; it may be changed at any time."""
    with memory.act():
        found = the_thread(hand, thread)
        set_consent(hand, found, centre_may_read)
        keeping.keep(hand, found, "let_read", centre_may_read=centre_may_read)


def set_consent(hand: Hand, thread: Thread, centre_may_read: bool) -> None:
    """Note the buyer's consent, or that it was taken back, on the thread, which the caller holds locked."""
    if hand.role is not Role.BUYER:
        raise ConsentNotYours()
    note_consent(thread, centre_may_read)


def note_consent(thread: Thread, centre_may_read: bool) -> None:
    """Write the buyer's consent on the thread, which the caller holds locked and knows to be the buyer's own word."""
    thread.centre_may_read = centre_may_read
    thread.save(update_fields=("centre_may_read",))
    finding_words.follow(thread)
