"""Names without kanji: in kana or in Latin letters, in either order of their parts."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from mamori.grammar.regex import regex
from mamori.japan.names.answer import NOTHING, Answer, Verdict
from mamori.japan.names.kana import begins, is_cut, normal
from mamori.japan.names.reasons import REASONS

_PARTS = regex(r"[\s・･.,、，=＝]+")
_LATIN = regex(r"[A-Z'’\-]+")
_KANA = regex("[ァ-ヴ-]+")
_VOWELS = {
    vowel: frozenset(row)
    for vowel, row in zip(
        "アイウエオ",
        (
            "アカサタナハマヤラワガザダバパ",
            "イキシチニヒミリギジヂビピ",
            "ウクスツヌフムユルグズヅブプ",
            "エケセテネヘメレゲゼデベペ",
            "オコソトノホモヨロゴゾドボポヲ",
        ),
        strict=True,
    )
}


def latin(text: str) -> str:
    """Return Latin letters as an account carries them: capitals without accents, José as JOSE."""
    return "".join(
        letter for letter in normalize("NFD", text) if not combining(letter) or letter in "\u3099\u309a"
    )


def parts(name: str) -> list[str]:
    """Return the parts of a name in normal form, in their order."""
    return [part for part in (normal(latin(part)) for part in _PARTS.split(normalize("NFKC", name))) if part]


def is_without_kanji(name: str) -> bool:
    """Say whether the name is written in kana or Latin letters alone."""
    found = parts(name)
    return bool(found) and (all(map(_KANA.fullmatch, found)) or all(map(_LATIN.fullmatch, found)))


def without_long_vowels(kana: str) -> str:
    """Return kana with long vowels dropped however they are written: オオノ, オ-ノ and オノ are one; for sorting only."""
    found = ""
    for letter in kana:
        last = found[-1:]
        if (
            letter != "-"
            and not (letter in _VOWELS and last in _VOWELS[letter])
            and not (letter == "ウ" and last in _VOWELS["オ"])
        ):
            found += letter
    return found


def vowel(letter: str) -> str:
    """Return the vowel in which a kana ends; "" when it has none."""
    return next((sound for sound, row in _VOWELS.items() if letter in row), "")


def compare(name: str, kana: str) -> Answer:
    """Compare a name without kanji in every order of its parts; what differs a little goes to a person."""
    own, theirs = parts(name), normal(latin(kana))
    orders = ["".join(own[at:] + own[:at]) for at in range(len(own))] + ["".join(own[::-1])]
    if theirs in orders:
        why = "same" if theirs == orders[0] else "same-order"
        return Answer(Verdict.MATCH, 0.0, why, REASONS[why])
    if is_cut(kana) and any(begins(order, theirs) for order in orders):
        return Answer(Verdict.MATCH, 0.0, "cut", REASONS["cut"].fill(name=name))
    if _LATIN.fullmatch("".join(own)) and re.search("[ァ-ヴ]", theirs):
        return Answer(Verdict.REVIEW, NOTHING, "latin", REASONS["latin"])
    if without_long_vowels(theirs) in map(without_long_vowels, orders):
        return Answer(Verdict.REVIEW, -1.0, "long-vowel", REASONS["long-vowel"].fill(kana=kana))
    other = set(parts(kana))
    if len(own) > 1 and len(own) != len(other) and other and (other < set(own) or set(own) < other):
        return Answer(Verdict.REVIEW, NOTHING, "part", REASONS["part"])
    return Answer(Verdict.MISMATCH, NOTHING, "other", REASONS["other"].fill(kana=kana, name=name))
