"""Pure decisions of this room: whom campaigns tell, what announcements promise, how the help is found by words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Protocol, Self
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.grammar.text import Lang, Text
from mamori.ground.matters.standing import Runs, Stands
from mamori.japan.folding import bigrams, folded
from mamori.law.news import CLAIM_SIGNS
from mamori.law.outreach import OUTREACH_HOUR, OUTREACH_REMINDER, Audience
from mamori.rooms.outreach.lifecycle import LIVE


class CampaignNow(Protocol):
    """What of a campaign it rests on."""

    state: str
    rests_since: datetime | None
    remind_since: datetime | None


def of_campaign(one: CampaignNow) -> Iterator[Stands]:
    """Yield the clocks that should run: the rest of the hour once its most was told, and the first reminder that is due."""
    if one.state in LIVE and one.rests_since is not None:
        yield Runs(OUTREACH_HOUR, since=one.rests_since)
    if one.state in LIVE and one.remind_since is not None:
        yield Runs(OUTREACH_REMINDER, since=one.remind_since)


def chosen(
    audience: Audience,
    refs: Iterable[str],
    standings: Mapping[str, bool | None],
    *,
    lacking: Collection[str],
    passed: Collection[str],
) -> Sequence[str]:
    """Return to which of these sellers it goes, in the order in which they are given: that of the database, by which it walks.

    Businesses only, of them those of the audience; who is passed over is left out.
    """
    businesses = [ref for ref in refs if standings.get(ref) and ref not in passed]
    return [ref for ref in businesses if ref in lacking] if audience is Audience.LACKING else businesses


def passed_over(
    audience: Audience, told: Iterable[tuple[str, datetime]], *, started_at: datetime | None
) -> frozenset[str]:
    """Return who of those that were told the same is not told by this campaign.

    All of them where that was chosen, else those that it, or another one meanwhile, has told since it was started.
    """
    is_untold = audience is Audience.UNTOLD
    return frozenset(ref for ref, at in told if is_untold or (started_at is not None and at >= started_at))


def digest_of(title: Mapping[str, str], body: Mapping[str, str]) -> str:
    """Return the SHA-256 of a notice as it was sent, in both languages: the record names by it what was told and read."""
    words = "\n".join(each[lang] for each in (title, body) for lang in ("ja", "en"))
    return sha256(words.encode()).hexdigest()


def room_left(*, hourly: int, told: int) -> int:
    """Return how many more may be told within the hour; none where the most was lowered meanwhile."""
    return max(0, hourly - told)


SIGNS = [(regex(one.pattern, re.IGNORECASE), one.text) for one in CLAIM_SIGNS]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundedClaim:
    """Words that promise something: what exactly they mean, as of which day, and what proves it."""

    said: str
    means: str
    means_en: str = ""
    on: date
    evidence: str

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Return it from how it is kept."""
        return cls(**row | {"on": date.fromisoformat(row["on"])})

    @property
    def row(self) -> dict[str, str]:
        """Return how it is kept."""
        return asdict(self) | {"on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class Promise:
    """Words in an announcement that need a ground, and what they do."""

    said: str
    what: Text


def promises(*texts: str) -> Iterator[Promise]:
    """Yield the words in these texts that need a ground, each once, in their order."""
    found: dict[str, Promise] = {}
    for text in texts:
        here = [(match, what) for sign, what in SIGNS for match in sign.finditer(text)]
        for match, what in sorted(here, key=lambda one: one[0].start()):
            said = match.group().strip()
            found.setdefault(said, Promise(said, what))
    yield from found.values()


def ungrounded(claims: Iterable[GroundedClaim], *texts: str) -> tuple[Promise, ...]:
    """Return the words that need a ground and stand in none of the claims; what a claim says covers what lies within it."""
    covered = [one.said for one in claims]
    return tuple(one for one in promises(*texts) if not any(one.said in said for said in covered))


def stands_in(said: str, *texts: str) -> bool:
    """Say whether the words of a claim stand in one of the texts as they are."""
    return bool(said) and any(said in text for text in texts)


# How pages of help are found by words, in Japanese above all: pure decisions.


MOST = 100
"""So many characters may be looked for."""
_HIRAGANA = regex("[ぁ-ゖゝゞ]+")
_SENTENCE = regex(r"(?<=[。．！？!?\n])|(?<=\.)\s")
_BESIDE = 60
"""Characters of an excerpt on either side of what was found."""
LATIN = regex(r"[0-9a-z\-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpEntry:
    """What a page of help says, as far as it is looked through: in both languages, `known_as` to the search alone.

    `is_own` says that the operator wrote it.
    """

    address: str
    title: Text
    body: Text
    known_as: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class HelpHit:
    """A page that was found, and the words around what was looked for, in the reader's language."""

    entry: HelpEntry
    excerpt: str


def sought(query: str) -> tuple[str, ...]:
    """Return the words that are looked for, folded: of Japanese those that carry it, none of marks alone."""
    found: dict[str, None] = {}
    for word in re.split(r"[\W_]+", normalize("NFKC", query)):
        carrying = [part for part in _HIRAGANA.split(word) if part] or [word]
        for part in carrying:
            if part := folded(part).strip("- "):
                found[part] = None
    return tuple(found)


def found(query: str, entries: Iterable[HelpEntry], language: Lang) -> tuple[HelpHit, ...]:
    """Return the pages that have most of the words, the best first; a word in the title or another name counts double."""
    words = sought(query)
    scored = [(_score(words, one), one) for one in entries] if words else []
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return tuple(HelpHit(one, _excerpt(words, one.body.in_(language))) for _, one in best)


def _score(words: tuple[str, ...], entry: HelpEntry) -> int:
    head = _folded(entry.title.ja, entry.title.en, entry.known_as)
    body = _folded(entry.body.ja, entry.body.en)
    counts = [2 if _has(head, word) else 1 if _has(body, word) else 0 for word in words]
    return sum(counts) if sum(map(bool, counts)) * 2 > len(words) else 0


def _folded(*texts: str) -> str:
    return " ".join(map(folded, texts))


def _has(text: str, word: str) -> bool:
    """Say whether a word stands there; a long one in Japanese also by most of its pairs: 売上金保留 in 売上金の保留."""
    if LATIN.fullmatch(word):
        word = word[:-1] if len(word) > 3 and word.endswith("s") else word
        return re.search(rf"(?<![0-9a-z]){re.escape(word)}", text) is not None
    if word in text:
        return True
    pairs = bigrams(word)
    return len(pairs) > 2 and sum(pair in text for pair in pairs) * 4 >= len(pairs) * 3


def _excerpt(words: tuple[str, ...], body: str) -> str:
    """Return the first sentence with one of the words, cut around it; the first of all where none has one."""
    sentences = [one.strip() for one in _SENTENCE.split(body) if one and one.strip()]
    sentence, at = next(_with(words, sentences), (sentences[0] if sentences else "", 0))
    begin = max(at - _BESIDE, 0)
    cut = sentence[begin : begin + 2 * _BESIDE]
    return f"{'…' if begin else ''}{cut}{'…' if begin + len(cut) < len(sentence) else ''}"


def _with(words: tuple[str, ...], sentences: Iterable[str]) -> Iterator[tuple[str, int]]:
    for sentence in sentences:
        plain = folded(sentence)
        at = min((place for word in words if (place := plain.find(word)) >= 0), default=-1)
        if at >= 0:
            yield sentence, at
