"""How words are found in listings in spite of evasions, what rules them out, and what staff owe a rule; without a database."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs, Stands
from mamori.japan.folding import folded, pressed
from mamori.law.screening import (
    SCREENING_LISTS,
    SCREENING_LOOK,
    SCREENING_RULES,
    ScreeningList,
    ScreeningRule,
)

DECLARED: dict[str, ScreeningRule] = {one.code: one for one in SCREENING_RULES}
LISTS: dict[str, ScreeningList] = {one.code: one for one in SCREENING_LISTS}


class Outcome(StrEnum):
    """What a person decided about a listing that a rule found."""

    FINE = "fine"
    ASKED = "asked"
    FOUND = "found"
    HIDDEN = "hidden"
    OVER = "over"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.FINE: Text("問題なし", "fine"),
    Outcome.ASKED: Text("出品者に尋ねた", "its seller was asked"),
    Outcome.FOUND: Text("違反の疑いとした", "a finding was opened"),
    Outcome.HIDDEN: Text("暫定的に非表示にした", "hidden provisionally"),
    Outcome.OVER: Text("出品は終わっていた", "it was gone already"),
}


class Told(NamedTuple):
    """The words of a listing, and how its seller is called where names are looked for."""

    name: str
    brand: str = ""
    model: str = ""
    code: str = ""
    category: str = ""
    seller: str = ""

    @property
    def digest(self) -> str:
        """Return by what the same words are known again; how the seller is called is none of them."""
        return sha256("\n".join(self[:-1]).encode()).hexdigest()[:32]


FIELDS = {
    "name": Text("商品名", "name"),
    "brand": Text("ブランド", "brand"),
    "model": Text("型番", "model"),
    "code": Text("商品番号", "number"),
    "category": Text("カテゴリ", "category"),
    "seller": Text("出品者の名前", "the seller's name"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a rule looks for: `names` are names of makers and sellers, all else is as it is declared."""

    rule: int
    terms: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    names: bool = False
    used: bool = False
    of_shops: bool = False
    once: bool = False


class Hit(NamedTuple):
    """A rule that a listing meets, by which term, and in which of its words; by its condition alone without either."""

    rule: int
    term: str = ""
    field: str = ""


class _Kind(StrEnum):
    TERM = "term"
    MARK = "mark"
    BUT = "but"


_APART = "\ue000"
"""Stands between a listing's fields: a sign that no language uses."""
_FLAT = regex(rf"[^\w{_APART}]+|_")
_NOT_THERE = regex(
    r"(?:マク|マーク|MARK|mark|認証|表示|適合|検査|検定|取得|認定|対応|証明|番号|届出|許可|登録){0,3}[ハガノモヲ]?"
    r"(?:ナシ|無|未|不|対象外|非|ナイ|アリマセン|シテイマセン|without|no)"
)
_NOT_BEFORE = regex(r"(?:ノン|非|無|no|non|without)$")
_WITH = regex(r"[モガナ]?(?:ド)?(?:付|ツキ|ズキ|セツト|込|コミ|同梱|アリ|有|プレゼント|オマケ|ゴト)")
_FORMS = regex(
    r"(?:株式|有限|合同|合資|合名)会社|\((?:株|有|同)\)|[\s,.](?:co\.?,?\s*ltd|ltd|limited|inc|llc|corp(?:oration)?|gmbh|company)\b\.?",
    re.IGNORECASE,
)
SHORT_NAME = 4
"""A name of fewer signs is one only where a brand or a seller is called nothing else."""


class Screen:
    """All terms of all rules in one automaton, so that a listing is looked at once for all."""

    def __init__(self, rules: Iterable[Sought]) -> None:
        self.rules = {one.rule: one for one in rules}
        found: dict[str, list[tuple[int, _Kind, str]]] = defaultdict(list)
        for one in self.rules.values():
            for kind, some in ((_Kind.TERM, one.terms), (_Kind.MARK, one.marks), (_Kind.BUT, one.but)):
                for term in some:
                    if flat := bare(term) if one.names else pressed(term):
                        found[flat].append((one.rule, kind, term))
        self._means = list(found.items())
        self._automaton = AhoCorasick([flat for flat, _ in self._means]) if found else None
        self._used = [one.rule for one in self.rules.values() if one.used]
        self.has_names = any(one.names for one in self.rules.values())

    def hits(self, told: Told, *, is_used: bool = False) -> list[Hit]:
        """Return the rules that a listing meets, each once, by the first term that stands in it."""
        if self._automaton is None:
            return []
        found = {rule: Hit(rule) for rule in self._used} if is_used else {}
        out, flat = set[int](), _flat(_APART.join(told))
        for at, start, end in self._automaton.find_matches_as_indexes(flat, overlapping=True):
            pattern, meant = self._means[at]
            place = flat.count(_APART, 0, start)
            for rule, kind, term in meant:
                if kind is _Kind.TERM:
                    if rule not in found or not found[rule].term:
                        one = self.rules[rule]
                        fits = _is_name if one.names else _is_word
                        if fits(pattern, told, place):
                            found[rule] = Hit(rule, term, Told._fields[place])
                elif rule not in out and _rules_out(kind, pattern, told, place, flat, start, end):
                    out.add(rule)
        return [hit for rule, hit in found.items() if rule not in out]


def _rules_out(kind: _Kind, pattern: str, told: Told, place: int, flat: str, start: int, end: int) -> bool:
    """Say whether what rules it out is meant so: a mark is stated, and not said to be absent; goods are others, not with these."""
    if not _is_word(pattern, told, place):
        return False
    if kind is _Kind.BUT:
        return not _WITH.match(flat, end)
    return not (_NOT_THERE.match(flat, end) or _NOT_BEFORE.search(flat[max(0, start - 7) : start]))


def _is_word(pattern: str, told: Told, place: int) -> bool:
    """Say whether a term in Latin letters is a word of its own, and not within another."""
    if not (pattern[0].isascii() or pattern[-1].isascii()):
        return True
    return bool(_whole(pattern).search(folded(told[place])))


def _is_name(pattern: str, told: Told, place: int) -> bool:
    if len(pattern) < SHORT_NAME:
        field = Told._fields[place]
        return field in ("brand", "seller") and any(bare(one) == pattern for one in told[place].split("\n"))
    return _is_word(pattern, told, place)


@cache
def _whole(pattern: str) -> re.Pattern[str]:
    edge = "[a-z]" if pattern.isalpha() else "[a-z0-9]"
    before = f"(?<!{edge})" if pattern[0].isascii() else ""
    after = f"(?!{edge})" if pattern[-1].isascii() else ""
    return regex(before + r"[\W_]*".join(map(re.escape, pattern)) + after)


def bare(name: str) -> str:
    """Return a name of a firm as it is compared, without its form."""
    return pressed(_FORMS.sub(" ", folded(name))) or pressed(name)


def place_of(term: str, words: str, *, is_name: bool = False) -> tuple[int, int] | None:
    """Return where a term stands in words as they are written, None where it does not (any more)."""
    wanted = bare(term) if is_name else pressed(term)
    start = _flat(words).find(wanted)
    if not wanted or start < 0:
        return None
    end = next(end for end in range(len(words) + 1) if len(_flat(words[:end])) >= start + len(wanted))
    begin = next(at for at in range(end, -1, -1) if wanted in _flat(words[at:end]))
    return begin, end + len(words[end:]) - len(words[end:].lstrip("ーｰ"))


def _flat(words: str) -> str:
    return _FLAT.sub("", folded(words))


def fault_of(terms: Sequence[str]) -> str | None:
    """Return the first term that is too short to tell anything: less than two signs, or three in Latin letters or figures."""
    return next((one for one in terms if len(pressed(one)) < (3 if pressed(one).isascii() else 2)), None)


def of_look(looked_at: datetime) -> Iterator[Stands]:
    """Yield the clock of the next day's look at new listings."""
    yield Runs(SCREENING_LOOK, since=looked_at)
