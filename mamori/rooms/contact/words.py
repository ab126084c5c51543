"""The words of a thread: sealed with the writer's key, so that they can be shredded person by person."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import actions as cases
from mamori.ground.declared import memory
from mamori.ground.seal import actions as sealing, facts as sealed_facts
from mamori.ground.seal.facts import Place
from mamori.rooms.contact import keeping, scanning
from mamori.rooms.contact.models import Mediation, Message, Thread
from mamori.rooms.contact.models.beside import is_fresh

KEY = "contact.message:"


def is_open(thread: Thread, *, mediated: bool | None = None) -> bool:
    """Say whether the centre may read: the seller shared it, or the buyer agreed and mediation has begun.

    Who knows already whether it has begun says so.
    """
    if thread.shared_at is not None:
        return True
    if mediated is not None:
        return thread.centre_may_read and mediated
    if is_fresh(thread.pk):
        return False
    return thread.centre_may_read and Mediation.objects.filter(trouble__thread=thread).exists()


def enter(thread: Thread, message: Message, said: str) -> None:
    """Let the case be found by one message; the entry goes when its writer is erased."""
    writer = f"seller:{thread.seller_ref}" if message.by_seller else f"buyer:{thread.buyer_ref}"
    cases.enter_words(about=keeping.about(thread), key=f"{KEY}{message.pk}", subject=writer, text=said)


def withdraw(thread: Thread) -> None:
    """Let nothing be found by this thread's words any more."""
    cases.withdraw_words(keys=[f"{KEY}{key}" for key in thread.messages.values_list("pk", flat=True)])


_READS_LIKE = "contact.reads-like"


def add(
    actor: Actor, thread: Thread, words: str, *, substantive: bool = True, through: str = ""
) -> dict[str, Any]:
    """Seal the words into the thread, which the caller holds locked; return what the record says of them.

    The record holds their SHA-256, so that a party can prove what was written.
    """
    first = is_fresh(thread.pk)
    by_seller = actor.role in (Role.SELLER, Role.DELEGATE)
    writer = f"seller:{thread.seller_ref}" if by_seller else f"buyer:{thread.buyer_ref}"
    key, number = uuid.uuid4(), 1 if first else thread.messages.count() + 1
    shown = scanning.hidden(actor, words, buyer_ref=thread.buyer_ref, seller_ref=thread.seller_ref)
    message = Message.objects.create(
        id=key,
        thread=thread,
        number=number,
        by_seller=by_seller,
        substantive=substantive,
        through=through or ("helper" if actor.role is Role.HELPER else ""),
        at=actor.at,
        sealed=sealing.seal(subject=writer, place=_place(key), plain=words.encode()),
        shown=shown and sealing.seal(subject=writer, place=_place(key, "shown"), plain=shown.encode()),
        formal=scanning.reads_like(actor, words, seller_ref=thread.seller_ref),
    )
    memory.put(_READS_LIKE, thread.pk, message.formal)
    if not by_seller and (trouble := keeping.trouble_of(thread)) is not None:
        keeping.note_told(actor, trouble)
    if is_open(thread):
        enter(thread, message, words)
    return {"message": number, "words_sha256": digest(words)} | ({"hidden": True} if shown else {})


def last_reads_like(thread: Thread) -> str:
    """Return as what kind of formal notice the newest message plainly reads, "" for none."""
    return memory.of(
        _READS_LIKE, thread.pk, lambda: str(thread.messages.values_list("formal", flat=True).latest("number"))
    )


def digest(words: str) -> str:
    """Return the SHA-256 of the words."""
    return hashlib.sha256(words.encode()).hexdigest()


def read(
    thread: Thread,
    message: Message,
    opener: sealed_facts.Opener | None = None,
    *,
    as_shown: bool = False,
) -> str:
    """Open the words of a message, or with `as_shown` what both sides see of them.

    An `opener` fetches each writer's key once for many messages.
    """
    writer = f"seller:{thread.seller_ref}" if message.by_seller else f"buyer:{thread.buyer_ref}"
    value, column = message.sealed, "sealed"
    if as_shown and message.shown is not None:
        value, column = message.shown, "shown"
    return (
        (opener or sealed_facts.Opener())
        .unseal(subject=writer, place=_place(message.pk, column), sealed=bytes(value))
        .decode()
    )


def read_all(thread: Thread, *, as_shown: bool = False) -> list[tuple[Message, str | None]]:
    """Open every message of a thread in its order; None stands for words whose writer's key was destroyed."""
    opener = sealed_facts.Opener()
    return [
        (message, _readable(thread, message, opener, as_shown=as_shown))
        for message in thread.messages.order_by("number")
    ]


def _readable(thread: Thread, message: Message, opener: sealed_facts.Opener, *, as_shown: bool) -> str | None:
    try:
        return read(thread, message, opener, as_shown=as_shown)
    except sealed_facts.Shredded:
        return None


def _place(key: uuid.UUID, column: str = "sealed") -> Place:
    return Place("contact_message", str(key), column)
