"""What goes to the page of JOMC, in words; where it may stand; and what should stand about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import ndiff
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlsplit

from mamori.grammar.regex import regex
from mamori.grammar.said import day_words
from mamori.grammar.text import Lang, Text
from mamori.ground.matters.standing import Runs
from mamori.law.jomc import JOMC_AGAIN, JOMC_LOOK, JOMC_TITLE, JOMC_TRIES
from mamori.rooms.disclosure.lifecycle import JomcState

NONE = Text("（いま行っている取組みはありません）", "(Nothing is done at present.)")
ELSEWHERE = Text(
    "{words}（運営者がほかの手段で行っていること。{day}から。わかるもの：{proof}）",
    "{words} (done by the operator by other means, since {day}; shown by: {proof})",
)
SINCE = Text("（{day}から）", " (since {day})")
MORE = Text(
    "取組みの全体と月ごとの実績は、次のページで公表しています。",
    "All measures, and how far they went month by month, are published here:",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JomcPoint:
    """A measure as it is listed: what it is, what it does, and since when."""

    title: Text
    does: tuple[Text, ...]
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JomcHeading:
    """One of the three headings with what stands under it."""

    title: Text
    article: Text
    points: tuple[JomcPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JomcText:
    """The whole text in both languages."""

    ja: str
    en: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of both, by which it is told from another."""
        return sha256(f"{self.ja}\0{self.en}".encode()).hexdigest()


def jomc_text(headings: Sequence[JomcHeading], *, operator: str, page: str) -> JomcText:
    """Write the text: it says what the headings hold, and nothing else."""
    return JomcText(
        ja="\n".join(_lines(headings, operator, page, "ja")) + "\n",
        en="\n".join(_lines(headings, operator, page, "en")) + "\n",
    )


def _lines(headings: Sequence[JomcHeading], operator: str, page: str, lang: Lang) -> Iterator[str]:
    yield JOMC_TITLE.in_(lang)
    if operator:
        yield operator
    for place, heading in enumerate(headings, 1):
        yield ""
        title = heading.title.in_(lang)
        yield (
            f"{place}. {title}（{heading.article.ja}）"
            if lang == "ja"
            else f"{place}. {title} ({heading.article.en})"
        )
        if not heading.points:
            yield NONE.in_(lang)
        for point in heading.points:
            yield from _point(point, lang)
    yield ""
    yield MORE.in_(lang)
    yield page


def _point(point: JomcPoint, lang: Lang) -> Iterator[str]:
    since = SINCE.fill(day=day_words(point.since)).in_(lang) if point.since else ""
    yield f"{'・' if lang == 'ja' else '- '}{point.title.in_(lang)}{since}"
    for text in point.does:
        yield f"{'　' if lang == 'ja' else '  '}{text.in_(lang)}"


def changed_lines(before: str, now: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that are there no more, and those that are new."""
    lines = list(ndiff(before.splitlines(), now.splitlines()))
    gone = tuple(line[2:].strip() for line in lines if line.startswith("- ") and line[2:].strip())
    new = tuple(line[2:].strip() for line in lines if line.startswith("+ ") and line[2:].strip())
    return gone, new


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


def stands_there(address: str, hosts: str) -> bool:
    """Say whether a page of JOMC may stand at an address: a plain one, of one of the hosts or below it."""
    host = host_of(address)
    return bool(host) and any(host == one or host.endswith(f".{one}") for one in hosts.lower().split())


class JomcNow(Protocol):
    """What of an entry it rests on."""

    state: str
    listed_at: datetime | None
    looked_at: datetime | None
    failures: int


def is_dead(failures: int) -> bool:
    """Say whether a link is taken for dead after so many looks in a row that found nothing."""
    return failures >= JOMC_TRIES


def of_jomc(one: JomcNow) -> Iterator[Runs]:
    """Yield its clock while it is listed: from look to look, sooner after one that found nothing, as before once it is dead."""
    if one.state != JomcState.LISTED or one.listed_at is None:
        return
    hurried = 0 < one.failures < JOMC_TRIES
    yield Runs(JOMC_LOOK, since=one.looked_at or one.listed_at, span=JOMC_AGAIN if hurried else None)
