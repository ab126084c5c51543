"""The words of a thread: sealed with the writer's key, so that they can be shredded person by person."""

from __future__ import annotations

import hashlib
import uuid

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as sealed_facts
from mamori.ground.seal.facts import Place
from mamori.rooms.contact.models import Message, Thread

MOST = 10_000


class NoWords(Refusal):
    """Given when a message is empty."""

    code = "no-words"
    status = 422
    text = Text(
        "本文が空です。内容を書いてからお送りください。",
        "The message is empty. Please write something and send it again.",
    )


class TooManyWords(Refusal):
    """Given when a message is longer than can be read with care."""

    code = "too-many-words"
    status = 422
    text = Text(
        "本文は{most}文字までです（今は{length}文字）。分けてお送りください。",
        "A message holds at most {most} characters (this one has {length}). Please send it in parts.",
    )


def checked(words: str) -> str:
    """Return the words without outer blanks.

    :raises NoWords: when nothing is left.
    :raises TooManyWords: above 10,000 characters.
    """
    words = words.strip()
    if not words:
        raise NoWords()
    if len(words) > MOST:
        raise TooManyWords(most=f"{MOST:,}", length=f"{len(words):,}")
    return words


def digest(words: str) -> str:
    """Return the SHA-256 of the words: the log holds this, so that a party can prove what was written."""
    return hashlib.sha256(words.encode()).hexdigest()


def add(hand: Hand, thread: Thread, words: str, *, substantive: bool = True) -> Message:
    """Seal the words into the thread, which the caller holds locked."""
    by_seller = hand.role in (Role.SELLER, Role.DELEGATE)
    writer = f"seller:{thread.seller_ref}" if by_seller else f"buyer:{thread.buyer_ref}"
    key = uuid.uuid4()
    return Message.objects.create(
        id=key,
        thread=thread,
        number=thread.messages.count() + 1,
        by_seller=by_seller,
        substantive=substantive,
        at=hand.at,
        sealed=sealing.seal(subject=writer, place=_place(key), plain=words.encode()),
    )


def read(thread: Thread, message: Message) -> str:
    """Open the words of a message.

    :raises Shredded: when the writer's key has been destroyed.
    """
    writer = f"seller:{thread.seller_ref}" if message.by_seller else f"buyer:{thread.buyer_ref}"
    return sealed_facts.unseal(
        subject=writer, place=_place(message.pk), sealed=bytes(message.sealed)
    ).decode()


def _place(key: uuid.UUID) -> Place:
    return Place("contact_message", str(key), "sealed")
