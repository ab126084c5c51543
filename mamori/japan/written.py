"""What people write, before it is kept: not empty, not endless, and nothing that only looks like words."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.seen import has_letters, is_visible, length_of, plain_name

MOST = 10_000


class NoWords(Refusal, code="no-words", status=422):
    """Given when a message is empty."""

    text = Text(
        "何も書かれていません。内容を書いてからお送りください。",
        "Nothing is written there. Please write something and send it again.",
    )


class NoAnswer(Refusal, code="no-answer", status=422):
    """Given when an answer holds signs alone: it would stop a clock and say nothing."""

    text = Text(
        "記号だけでは回答になりません。どうするのかを、言葉で書いてください。",
        "Signs alone are no answer. Please say in words what you will do.",
    )


class TooManyWords(Refusal, code="too-many-words", status=422):
    """Given when a message is longer than can be read with care."""

    text = Text(
        "書けるのは{most}文字までです（今は{length}文字）。分けてお送りください。",
        "At most {most} characters can be written there (these are {length}). Please send it in parts.",
    )


class NulInside(Refusal, code="nul-inside", status=422):
    """Given when words hold NUL, which nobody writes, no database keeps, and nobody would see us leave out."""

    text = Text(
        "文章に、目に見えない制御文字（NUL）が入っています。別の所から貼り付けたときに混ざることがあります。取り除いてからお送りください。",
        "Your words hold an unseen control character (NUL), as may happen when text is pasted. Please take it out and send them "
        "again.",
    )


class ReasonNeeded(Refusal, code="reason-needed", status=422):
    """Given when a decision is recorded without its reason."""

    text = Text(
        "理由を書いてください。記録に残ります。",
        "Please write the reason; it is kept in the record.",
    )


def reasoned(reason: str) -> str:
    """Return the reason without outer blanks."""
    reason = optional(reason)
    if not reason:
        raise ReasonNeeded()
    return reason


def named(name: str) -> str:
    """Return a name as it is kept: on one line, nothing in it that cannot be seen, empty where nothing of it can be."""
    return plain_name(" ".join(_encodable(name).split()))


def _encodable(words: str) -> str:
    """Return the words with “?” for half characters, which JSON can carry and no file can.

    Words of which nothing can be seen are no words: they would stop a clock and tell nobody anything.
    """
    if "\0" in words:
        raise NulInside
    words = words.encode(errors="replace").decode()
    return words if is_visible(words) else ""


def checked(words: str) -> str:
    """Return the words without outer blanks."""
    words = optional(words)
    if not words:
        raise NoWords()
    return words


def answering(words: str) -> str:
    """Return the words of an answer without outer blanks: it needs letters or figures, of any script."""
    words = checked(words)
    if not has_letters(words):
        raise NoAnswer()
    return words


def optional(words: str, *, most: int = MOST) -> str:
    """Return the words without outer blanks; there may be none."""
    words = _encodable(words).strip()
    must_fit(words, most=most)
    return words


def must_fit(words: str, *, most: int = MOST) -> None:
    """Refuse words that are too long, as written or spelt out."""
    if (length := length_of(words, most=most)) > most:
        raise TooManyWords(most=f"{most:,}", length=f"{length:,}")
