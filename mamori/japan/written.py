"""What people wrote, as others see it, and what of it may be taken."""

from __future__ import annotations

from unicodedata import category, normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

# What of a text can be seen: fillers that show nothing, and signs that break a line or turn its direction.


TURNING = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
"""Inside a class of a regular expression: what breaks a line, controls a terminal or turns the direction of writing."""
FILLERS = (
    r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0"
)
"""The same for what shows nothing, though Unicode counts some of it as letters or symbols."""
_FILLER = regex(
    f"[{FILLERS}\ufff0-\ufffb\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_BREAK = regex(rf"[\s{TURNING}]+")
_TURN = regex(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_visible(text: str) -> bool:
    """Say whether anything of the text can be seen; a mark that only joins another sign cannot."""
    return any(category(sign)[0] not in "CZM" for sign in _FILLER.sub("", text))


_VARIANT = regex("(?<=[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]")
_BLANKS = regex(r"\s+")


def plain_name(text: str, *, glyphs: bool = False) -> str:
    """Return a name as it is kept: composed, without outer blanks and without anything that cannot be seen.

    No two names that are kept so look alike for signs that show nothing; of several blanks in a row one is left.  With
    `glyphs` a registered name keeps which glyph of a kanji it is written with.
    """
    kept = _TURN.sub("", text)
    if glyphs:
        parts = _VARIANT.split(kept)
        signs = [*_VARIANT.findall(kept), ""]
        kept = "".join(_FILLER.sub("", part) + sign for part, sign in zip(parts, signs, strict=True))
    else:
        kept = _FILLER.sub("", kept)
    kept = normalize("NFC", kept)  # now that nothing unseen stands between a letter and its mark
    return _BLANKS.sub(lambda run: "\u3000" if "\u3000" in run[0] else " ", kept).strip()


LONGEST = 1_000
"""More signs than anybody writes on one line."""


def spelt_out(text: str) -> str:
    """Return a line with every sign in its plain form (NFKC); of what is longer than any line the beginning alone.

    One sign may stand for eighteen (ﷺ): what is not bounded before is not bounded after.
    """
    return normalize("NFKC", text[:LONGEST])


def length_of(text: str, *, most: int) -> int:
    """Return how many characters a text counts as: as written or spelt out, whichever is more.

    What is longer than `most` as written is not spelt out any more.
    """
    return len(text) if len(text) > most else max(len(text), len(normalize("NFKC", text)))


def has_letters(text: str) -> bool:
    """Say whether there are letters or figures in it, of any script: without them it says nothing."""
    return any(category(sign)[0] in "LN" for sign in _FILLER.sub("", text))


def on_one_line(text: str) -> str:
    """Return the text on one line, without outer blanks and without what turns its direction."""
    return _BREAK.sub(" ", _TURN.sub("", text)).strip()


# What people write, before it is kept: not empty, not endless, and nothing that only looks like words.


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
