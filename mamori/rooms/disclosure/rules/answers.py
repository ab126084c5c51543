"""What the operator says of a practice: done here, elsewhere in words of its own, or not done; and what such an answer owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from mamori.grammar.regex import regex
from mamori.grammar.text import Text

ALONE_AFTER = timedelta(days=1)
"""After how long an answer is published by who proposed it, where nobody else is there who could."""


class AnswerSays(StrEnum):
    """Where a practice is done."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    NOT_DONE = "not-done"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _SAYS[self]


_SAYS = {
    AnswerSays.HERE: Text("この仕組みで行っている", "done here"),
    AnswerSays.ELSEWHERE: Text("この仕組みの外で行っている", "done elsewhere"),
    AnswerSays.NOT_DONE: Text("行っていない", "not done"),
}


class AnswerFault(StrEnum):
    """What an answer owes, or may not say."""

    NOT_HERE = "not-here"
    NO_WORDS = "no-words"
    NO_DAY = "no-day"
    DAY_TO_COME = "day-to-come"
    NO_PROOF = "no-proof"
    NOT_HTTPS = "not-https"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSaid:
    """An answer: of a practice, or under a title of its own of something else; since when it is done, and what shows it."""

    practice: str
    says: AnswerSays
    title_ja: str = ""
    title_en: str = ""
    words_ja: str = ""
    words_en: str = ""
    since_on: date | None = None
    shown: str = ""
    link: str = ""


def faults(said: AnswerSaid, *, runs: bool, today: date) -> Iterator[tuple[str, AnswerFault]]:
    """Yield what is wrong with an answer, each beside the field that it is in; `runs` says whether the house does it at all."""
    if said.says is AnswerSays.HERE and not runs:
        yield "says", AnswerFault.NOT_HERE
    if said.says is AnswerSays.ELSEWHERE:
        owed = ("words_ja", "words_en") if said.practice else ("title_ja", "title_en", "words_ja", "words_en")
        yield from ((name, AnswerFault.NO_WORDS) for name in owed if not getattr(said, name).strip())
        if said.since_on is None:
            yield "since_on", AnswerFault.NO_DAY
        if not said.shown.strip():
            yield "shown", AnswerFault.NO_PROOF
    if said.since_on is not None and said.since_on > today:
        yield "since_on", AnswerFault.DAY_TO_COME
    if said.link and not host_of(said.link):
        yield "link", AnswerFault.NOT_HTTPS


def alone_at(proposed_at: datetime) -> datetime:
    """Return from when on who proposed an answer may publish it, where nobody else is there."""
    return proposed_at + ALONE_AFTER


_PLAIN_HOST = regex(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_PLAIN_ADDRESS = regex(r"[!-\[\]-~]+")
"""What a host is made of, and the signs of an address: ASCII without blanks and backslashes."""


def host_of(address: str) -> str:
    """Return the host of a plain address of a page: https, its usual port, no user; "" of any other."""
    try:
        found = urlsplit(address)
        fine = found.scheme == "https" and found.port in (None, 443) and found.username is None
    except ValueError:
        return ""
    host = (found.hostname or "").lower()
    return host if fine and _PLAIN_HOST.fullmatch(host) and _PLAIN_ADDRESS.fullmatch(address) else ""
