"""The words of a thread: sealed with the writer's key, so that they can be shredded person by person."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as sealed_facts
from mamori.ground.seal.facts import Place
from mamori.japan.seen import has_letters, is_visible
from mamori.rooms.contact import opened, scanning
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


class NoAnswer(Refusal):
    """Given when an answer holds signs alone: it would stop a clock and say nothing."""

    code = "no-answer"
    status = 422
    text = Text(
        "記号だけでは回答になりません。どうするのかを、言葉で書いてください。",
        "Signs alone are no answer. Please say in words what you will do.",
    )


class TooManyWords(Refusal):
    """Given when a message is longer than can be read with care."""

    code = "too-many-words"
    status = 422
    text = Text(
        "本文は{most}文字までです（今は{length}文字）。分けてお送りください。",
        "A message holds at most {most} characters (this one has {length}). Please send it in parts.",
    )


class ReasonNeeded(Refusal):
    """Given when a decision is recorded without its reason."""

    code = "reason-needed"
    status = 422
    text = Text(
        "理由を書いてください。記録に残ります。",
        "Please write the reason; it is kept in the record.",
    )


def reasoned(reason: str) -> str:
    """Return the reason without outer blanks.

    :raises ReasonNeeded: when nothing is left.
    """
    reason = _encodable(reason).strip()
    if not reason:
        raise ReasonNeeded()
    return reason


def named(name: str) -> str:
    """Return a name without outer blanks, on one line, empty when nothing of it can be seen."""
    return " ".join(_encodable(name).split())


def _encodable(words: str) -> str:
    """Return the words with “?” for half characters, which JSON can carry and no file can, and without NUL.

    Words of which nothing can be seen are no words: they would stop a clock and tell nobody anything.
    """
    words = words.encode(errors="replace").decode().replace("\0", "")
    return words if is_visible(words) else ""


def checked(words: str) -> str:
    """Return the words without outer blanks.

    :raises NoWords: when nothing is left.
    :raises TooManyWords: above 10,000 characters.
    """
    words = optional(words)
    if not words:
        raise NoWords()
    return words


def answering(words: str) -> str:
    """Return the words of an answer without outer blanks: it needs letters or figures, of any script.

    :raises NoWords, NoAnswer, TooManyWords: as their sentences say.
    """
    words = checked(words)
    if not has_letters(words):
        raise NoAnswer()
    return words


def optional(words: str, *, most: int = MOST) -> str:
    """Return the words without outer blanks; there may be none.

    :raises TooManyWords: above so many characters.
    """
    words = _encodable(words).strip()
    if len(words) > most:
        raise TooManyWords(most=f"{most:,}", length=f"{len(words):,}")
    return words


def add(
    hand: Hand, thread: Thread, words: str, *, substantive: bool = True, through: str = ""
) -> dict[str, Any]:
    """Seal the words into the thread, which the caller holds locked; return what the record says of them.

    The record holds their SHA-256, so that a party can prove what was written.
    """
    by_seller = hand.role in (Role.SELLER, Role.DELEGATE)
    writer = f"seller:{thread.seller_ref}" if by_seller else f"buyer:{thread.buyer_ref}"
    key, number = uuid.uuid4(), thread.messages.count() + 1
    shown = scanning.hidden(hand, words, buyer_ref=thread.buyer_ref, seller_ref=thread.seller_ref)
    message = Message.objects.create(
        id=key,
        thread=thread,
        number=number,
        by_seller=by_seller,
        substantive=substantive,
        through=through or ("helper" if hand.role is Role.HELPER else ""),
        at=hand.at,
        sealed=sealing.seal(subject=writer, place=_place(key), plain=words.encode()),
        shown=shown and sealing.seal(subject=writer, place=_place(key, "shown"), plain=shown.encode()),
        formal=scanning.reads_like(hand, words, seller_ref=thread.seller_ref),
    )
    if opened.is_open(thread):
        opened.enter(thread, message, words)
    return {"message": number, "words_sha256": digest(words)} | ({"hidden": True} if shown else {})


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

    :raises Shredded: when the writer's key has been destroyed.
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
