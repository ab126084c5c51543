"""Staff reading a thread: only on a ground, and each look is recorded before the words are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.declaration import Ground
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases.facts import case_of
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.law.grounds import EMERGENCY
from mamori.rooms.contact import attached, finding_words, keeping, words
from mamori.rooms.contact.actions import second_reader
from mamori.rooms.contact.attached import AttachmentFact
from mamori.rooms.contact.finding import NothingHere, the_thread
from mamori.rooms.contact.models import Mediation, Thread
from mamori.rooms.contact.rules.reading import LOOK_WAITS, READERS, may_read


class WordsNotShared(Refusal, code="words-not-shared", status=403):
    """Given when staff would read a thread without a ground that holds."""

    text = Text(
        "このやり取りの本文は共有されていません（{ground}）。当事者に共有をお願いするか、別の根拠を記録してください。",
        "The words of this thread have not been shared ({ground}). Ask a party to share them, or record another ground.",
    )


class AlreadyShared(Refusal, code="already-shared", status=409):
    """Given when the seller has already shared the thread."""

    text = Text(
        "すでに共有されています。このままお待ちください。",
        "This thread has already been shared. Nothing more is needed.",
    )


class ConsentNotYours(Refusal, code="consent-not-yours", status=403):
    """Given when somebody else than the buyer would say whether the centre may read."""

    text = Text(
        "窓口が本文を読んでよいかどうかは、購入者本人だけが決められます。購入者にお尋ねください。",
        "Only the buyer can say whether the centre may read this thread. Please ask the buyer.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMessage:
    """One message as it is shown: `words` is None when its writer's key has been destroyed.

    `files` came with it; staff find in each the ticket by which they may see it for ten minutes.
    """

    number: int
    by_seller: bool
    at: datetime
    words: str | None
    files: tuple[AttachmentFact, ...] = ()


HOLDS = timedelta(minutes=30)
"""For so long after a recorded look its ground holds for who read, on every page of the case."""
ENDING = frozenset({"contact.let_read", "contact.object_to_look"})
"""What ends a ground before its time: the buyer answers anew whether the centre may read, or somebody objects to a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsHeld:
    """The words as they are shown on a ground that holds, and until when it does."""

    ground: Ground
    until: datetime
    said: tuple[ReadMessage, ...]


def read_on(actor: Actor, *, thread: int, since: datetime) -> WordsHeld | None:
    """Show the words on the ground of this person's last recorded look, while that holds; that look is the record.

    It holds for 30 minutes, in the sign-in that began at `since`, and no longer than what it rests on.
    """
    found = Thread.objects.filter(pk=thread).first()
    if found is None or not actor.is_staff:
        raise NothingHere()
    acts = ledger.acts_about(keeping.about(found))
    after = max(since, actor.at - HOLDS)
    looks = [act for act in acts if act.kind == "contact.look" and act.at >= after and _is_by(actor, act)]
    if not looks or any(act.kind in ENDING and act.number > looks[-1].number for act in acts):
        return None
    content = looks[-1].content or {}
    ground = next(one for one in READERS if one.code == content["ground"])
    if not _may_read(actor, found, ground, content["reason"]):
        return None
    return WordsHeld(ground=ground, until=looks[-1].at + HOLDS, said=_shown(actor, found))


def _is_by(actor: Actor, act: ActFact) -> bool:
    return act.content is not None and act.content["by"] == actor.by


def look(
    actor: Actor, *, thread: int, ground: Ground | None = None, reason: str = ""
) -> tuple[ReadMessage, ...]:
    """Show the words: to the parties always, to staff on a ground that holds and with the look recorded first.

    An emergency waits for a second person afterwards.
    """
    with memory.act():
        found = the_thread(actor, thread)
        if actor.role is Role.MACHINE:
            raise NothingHere()
        if actor.is_staff:
            _record(actor, found, ground, reason)
        return _shown(actor, found)


def _shown(actor: Actor, thread: Thread) -> tuple[ReadMessage, ...]:
    files = attached.named(actor, thread)
    return tuple(
        ReadMessage(
            number=message.number,
            by_seller=message.by_seller,
            at=message.at,
            words=said,
            files=tuple(file for file in files if file.message == message.number),
        )
        for message, said in words.read_all(thread, as_shown=not actor.is_staff)
    )


def _may_read(actor: Actor, thread: Thread, ground: Ground, reason: str) -> bool:
    return may_read(
        ground,
        actor.role,
        consented=thread.centre_may_read,
        shared=thread.shared_at is not None,
        mediated=Mediation.objects.filter(trouble__thread=thread).exists(),
        reason=reason,
    )


def _record(actor: Actor, thread: Thread, ground: Ground | None, reason: str) -> None:
    """Record the look, before the words are shown."""
    if ground is None or not _may_read(actor, thread, ground, reason):
        raise WordsNotShared(ground=ground.title if ground else Text("根拠なし", "no ground"))
    asked: dict[str, Any] = {"attention": case_of(keeping.about(thread)).attention or ""}
    if ground is EMERGENCY:
        asked = {"attention": LOOK_WAITS, "look": second_reader.ask(actor, thread)}
    keeping.keep(actor, thread, "look", ground=ground.code, reason=reason, **asked)


def share(actor: Actor, *, thread: int) -> None:
    """Let the seller show this thread to the centre; the share is that party's own act."""
    with memory.act():
        found = the_thread(actor, thread)
        if actor.role not in SELLERS:
            raise NothingHere()
        if found.shared_at is not None:
            raise AlreadyShared()
        found.shared_at = actor.at
        found.save(update_fields=("shared_at",))
        finding_words.follow(found)
        keeping.keep(actor, found, "share")


def let_read(actor: Actor, *, thread: int, centre_may_read: bool) -> None:
    """Take the buyer's word whether the centre may read when it helps; it may be changed at any time."""
    with memory.act():
        found = the_thread(actor, thread)
        set_consent(actor, found, centre_may_read)
        keeping.keep(actor, found, "let_read", centre_may_read=centre_may_read)


def set_consent(actor: Actor, thread: Thread, centre_may_read: bool) -> None:
    """Note the buyer's consent, or that it was taken back, on the thread, which the caller holds locked."""
    if actor.role is not Role.BUYER:
        raise ConsentNotYours()
    note_consent(thread, centre_may_read)


def note_consent(thread: Thread, centre_may_read: bool) -> None:
    """Write the buyer's consent on the thread, which the caller holds locked and knows to be the buyer's own word."""
    thread.centre_may_read = centre_may_read
    thread.save(update_fields=("centre_may_read",))
    finding_words.follow(thread)
