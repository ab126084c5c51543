"""How pages of help are found by words, in Japanese above all: pure decisions.

Spellings are made equal first (かな, カナ, half and full width).  Of a sentence the words that carry it are looked for:
「返金できますか」 looks for 返金; what is written in hiragana alone is looked for as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.grammar.text import Lang, Text
from mamori.japan.folding import bigrams, folded

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
