"""Names of companies held against the kana of an account, and any holder's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import log

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.names.answer import NOTHING, REASONS, Answer, Verdict
from mamori.japan.names.forms import PLACES, TRADES, Placed, in_account, spelt_out, written
from mamori.japan.names.kana import IS_KANJI, half, is_cut, letters, normal
from mamori.japan.names.lattice import GUESSED, GUESSED_KANA, LONGEST, Piece, Table, shipped
from mamori.japan.names.persons import person, strange_in_account, strange_in_name

# How Latin letters, digits and signs within a company's name may sound.


_LETTERS = """
A エ-,エイ,ア B ビ-,ビイ,ビ C シ-,シイ,シ D デイ-,デイ,デ-,デイイ E イ-,イイ,イ F エフ G ジ-,ジイ,ジ
H エイチ,エツチ,エツチ-,エイチ-,エチ I アイ J ジエ-,ジエイ K ケ-,ケイ L エル M エム N エヌ,エン O オ-,オウ,オ
P ピ-,ピイ,ピ Q キユ-,キユウ R ア-ル,アアル,アル S エス T テイ-,テイ,テ-,テイイ U ユ-,ユウ,ユ V ブイ,ブイ-,ビ-
W ダブリユ-,ダブリユウ,ダブル,ダブリユ X エツクス,エクス Y ワイ Z ゼツト,ゼツド,ズイ-
"""
_DIGITS = """
0 ゼロ,レイ,マル,オ- 1 イチ,イツ,ワン,ヒト 2 ニ,ツ-,フタ 3 サン,スリ-,ミ 4 ヨン,シ,フオ-,ヨ 5 ゴ,フアイブ,イツ
6 ロク,ロツ,シツクス,ム 7 ナナ,シチ,セブン 8 ハチ,ハツ,エイト,ヤ 9 キユウ,ク,ナイン 10 ジユウ,ジツ,テン 100 ヒヤク 1000 セン
"""
_SIGNS = (
    "& アンド,エンド + プラス,アンド @ アツト % パ-セント # シヤ-プ α アルフア β ベ-タ Α アルフア Β ベ-タ"
)


def _pairs(table: str) -> dict[str, tuple[str, ...]]:
    words = table.split()
    return {key: (key, *sounds.split(",")) for key, sounds in zip(words[::2], words[1::2], strict=True)}


def _two_digits() -> dict[str, tuple[str, ...]]:
    units = _pairs(_DIGITS)
    return {
        ten + one: tuple(
            (head if ten != "1" else "") + "ジユウ" + tail
            for head in units[ten][1:]
            for tail in (units[one][1:] if one != "0" else ("",))
        )
        for ten, one in product("123456789", "0123456789")
        if ten + one != "10"
    }


SOUNDS: dict[str, tuple[str, ...]] = _pairs(_LETTERS) | _pairs(_DIGITS) | _pairs(_SIGNS) | _two_digits()
"""A letter, digit or sign → itself and its names."""

SILENT = frozenset("()[]「」『』【】〈〉《》&+/\\~〜'’`\"“”!?:;*_=<>|^®©™%#@○●◎□■△▲▽▼☆★♪.,、。，．")
"""Signs that an account may leave out."""

_VOWELS = dict(zip("AIUEO", range(5), strict=True))
_ROWS = (
    " アイウエオ,K カキクケコ,S サシスセソ,T タチツテト,N ナニヌネノ,H ハヒフヘホ,M マミムメモ,R ラリルレロ,L ラリルレロ,"
    "G ガギグゲゴ,Z ザジズゼゾ,D ダジズデド,B バビブベボ,P パピプペポ,Y ヤイユエヨ,W ワイウエオ,C カシクセコ,V バビブベボ"
)


def _romaji() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _ROWS.split(","):
        consonant, _, kana = row.partition(" ")
        for vowel, at in _VOWELS.items():
            found[consonant + vowel] = kana[at]
            if len(consonant) == 1 and consonant not in "YWCVL":
                found[consonant + "Y" + vowel] = kana[1] + "ヤイユエヨ"[at]
    for (head, sounds), vowel in product((("SH", "シ"), ("CH", "チ"), ("J", "ジ")), _VOWELS):
        found[head + vowel] = sounds + ("" if vowel == "I" else "ヤイユエヨ"[_VOWELS[vowel]])
    found |= {
        "TSU": "ツ",
        "FU": "フ",
        "FA": "フア",
        "FI": "フイ",
        "FE": "フエ",
        "FO": "フオ",
        "N": "ン",
        "M": "ン",
    }
    return {spelling: sound for spelling, sound in found.items() if spelling}


ROMAJI: dict[str, str] = _romaji()
"""A syllable in Latin letters, as TO, SHI or KYO → its kana; only whole words of such syllables are read so."""


# Can this kana be a reading of this company's name?  Words, kanji, letters and signs laid along the kana.


LISTED = -1.0
"""The score of a listed word; log of how likely, of a kanji by itself."""
SPELT, SYLLABLE, DROPPED, DASH, SHORTENED = -0.7, -0.5, -0.3, -3.0, -0.5
LONGEST_WORD = 12

type Step = tuple[float, Step | None, Piece | None]


@dataclass(frozen=True, slots=True)
class Worded:
    """The best way found: how likely, and which kana fall to which letters."""

    score: float
    pieces: tuple[Piece, ...]

    @property
    def unexplained(self) -> tuple[Piece, ...]:
        """Return the stretches for which no known reading fits."""
        return tuple(piece for piece in self.pieces if not piece.is_explained)


def word(
    table: Table, text: str, kana: str, *, is_cut: bool = False, may_guess: bool = False
) -> Worded | None:
    """Return the best way to read the text as the kana, which ends early where it was cut; None when there is none."""
    steps: list[dict[int, Step]] = [{} for _ in range(len(text) + 1)]
    steps[0][0] = (0.0, None, None)
    ends: list[Step] = []
    for at in range(len(text)):
        if not steps[at]:
            continue
        edges = list(_edges(table, text, at))
        for begun, step in steps[at].items():
            for size, reading, score in edges:
                if kana.startswith(reading, begun):
                    _keep(
                        steps[at + size],
                        begun + len(reading),
                        (step[0] + score, step, Piece(text[at : at + size], reading)),
                    )
                elif is_cut and begun < len(kana) and half(reading).startswith(half(kana[begun:])):
                    ends.append((step[0] + score, step, Piece(text[at : at + size], kana[begun:])))
            if may_guess and (IS_KANJI.match(text[at]) or text[at].isascii()):
                for to in range(begun + 1, min(begun + LONGEST, len(kana)) + 1):
                    guess = step[0] + GUESSED + GUESSED_KANA * (to - begun)
                    _keep(
                        steps[at + 1], to, (guess, step, Piece(text[at], kana[begun:to], is_explained=False))
                    )
        if is_cut and len(kana) in steps[at]:
            ends.append(steps[at][len(kana)])
    if len(kana) in steps[-1]:
        ends.append(steps[-1][len(kana)])
    return _answer(max(ends, key=lambda end: end[0])) if ends else None


def _keep(steps: dict[int, Step], at: int, step: Step) -> None:
    if at not in steps or steps[at][0] < step[0]:
        steps[at] = step


def _answer(step: Step) -> Worded:
    found: list[Piece] = []
    here: Step | None = step
    while here is not None:
        if here[2] is not None:
            found.append(here[2])
        here = here[1]
    return Worded(step[0], tuple(found[::-1]))


def _edges(table: Table, text: str, at: int) -> Iterator[tuple[int, str, float]]:
    letter = text[at]
    if letter in SOUNDS:
        yield from _spelt(text, at)
    if letter in SILENT:
        yield 1, "", DROPPED
    if letter == "-":  # a long vowel as it stands, or a dash that an account may leave out
        yield from ((1, "-", 0.0), (1, "", DASH))
    if IS_KANJI.match(letter):
        yield from _listed(table, text, at)
        yield from ((1, reading, chance) for reading, chance in table.in_word(letter))
    elif letter not in SOUNDS and letter not in SILENT and letter != "-":
        yield from ((1, reading, chance) for reading, chance in table.in_word(letter))


def _listed(table: Table, text: str, at: int) -> Iterator[tuple[int, str, float]]:
    rest = text[at : at + LONGEST_WORD]
    for size in range(2, len(rest) + 1):
        if (short := TRADES.get(rest[:size])) is not None:
            yield size, short, SHORTENED
    for size, readings in table.words(rest):
        score = LISTED - 0.3 * log(1 + len(readings))
        yield from ((size, reading, score) for reading in readings)


def _spelt(text: str, at: int) -> Iterator[tuple[int, str, float]]:
    for size in (1, 2, 3, 4):
        part = text[at : at + size]
        yield from (
            (size, sound, SPELT if sound != part else 0.0)
            for sound in SOUNDS.get(part, ())
            if len(part) == size
        )
        if len(part) == size and (kana := ROMAJI.get(part)) is not None:
            yield size, kana, SYLLABLE
    if len(text) > at + 1 and text[at] == text[at + 1] and text[at] in "KSTPC":
        yield 1, "ツ", SYLLABLE


def plain(kana: str) -> str:
    """Return an account's kana without the signs that may be left out."""
    return "".join(letter for letter in normal(kana) if letter not in SILENT)


# Whether an account's kana is a company's registered name: the reading, the corporate form and where it stands.


USUAL, USUAL_LETTER = -4.0, -1.0
"""A reading is taken without a person above the first and the second for each letter of the name together."""
THINKABLE = -16.0

_LATIN_WORD = regex("[A-Z]{2}")
_TORN = regex(r"\([^()]*$")


@dataclass(frozen=True, slots=True)
class _Read:
    score: float
    pieces: tuple[Piece, ...]
    account: Placed

    @property
    def is_usual(self) -> bool:
        size = sum(len(piece.written) for piece in self.pieces)
        return all(piece.is_explained for piece in self.pieces) and self.score > USUAL + USUAL_LETTER * size


def company(table: Table, name: str, kana: str, furigana: str = "") -> Answer:
    """Compare a company's registered name with an account's kana, and with the furigana declared where there is one."""
    own = written(name)
    if (unreadable := _unreadable(table, own, name, kana)) is not None:
        return unreadable
    read = _best(table, own, kana)
    if read is None or not read.is_usual:
        return _doubtful(table, own, read, name, kana)
    differs = _form_differs(own, read.account, is_torn=is_cut(kana))
    if differs is None and furigana.strip() and not _is_declared(own, furigana, kana):
        differs = "furigana", REASONS["furigana"].fill(furigana=furigana, kana=kana)
    if differs is not None:
        return Answer(Verdict.REVIEW, round(read.score, 2), *differs, read.pieces)
    why = "cut" if is_cut(kana) and _is_short(table, own, read) else "company"
    return Answer(Verdict.MATCH, round(read.score, 2), why, REASONS[why].fill(name=name), read.pieces)


def _unreadable(table: Table, own: Placed, name: str, kana: str) -> Answer | None:
    if not name.strip() or not normal(kana):
        why, letter = "missing", ""
    elif letter := strange_in_account("".join(letter for letter in kana if letter not in SILENT)):
        why = "account-letter"
    elif letter := _strange(table, own):
        why = "letter"
    else:
        return None
    return Answer(Verdict.REVIEW, NOTHING, why, REASONS[why].fill(letter=letter))


def _strange(table: Table, own: Placed) -> str:
    text = letters(own.before + own.behind)
    return strange_in_name(table, "".join(x for x in text if x not in SILENT and x not in SOUNDS))


def _accounts(own: Placed, kana: str) -> list[Placed]:
    """Return the ways to take the account's kana apart, those first that have the registered form at its place."""
    found = [in_account(kana)]
    if is_cut(kana):
        found.append(in_account(_TORN.sub("", normal(kana))))
    if own.form is not None and own.place is not None:
        found += [
            spelt
            for account in tuple(found)
            if account.form is None
            for spelt in spelt_out(account, own.form, own.place)
        ]
    return sorted(
        found, key=lambda account: (account.form is not own.form) + (account.place is not own.place)
    )


def _best(table: Table, own: Placed, kana: str, *, may_guess: bool = False) -> _Read | None:
    best: _Read | None = None
    for account in _accounts(own, kana):
        read = _along(table, own, account, is_torn=is_cut(kana), may_guess=may_guess)
        if read is not None and read.is_usual:
            return read
        if read is not None and (best is None or read.score > best.score):
            best = read
    return best


def _along(table: Table, own: Placed, account: Placed, *, is_torn: bool, may_guess: bool) -> _Read | None:
    if own.place is account.place:
        halves = [(own.before, account.before), (own.behind, account.behind)]
    else:
        halves = [(own.before + own.behind, account.before + account.behind)]
    if is_torn and own.behind and own.before and not account.behind:
        halves = [(own.before, account.before)]
    score = 0.0
    pieces: tuple[Piece, ...] = ()
    for text, kana in halves:
        if not text and not kana:
            continue
        found = (
            word(table, letters(text), plain(kana), is_cut=is_torn, may_guess=may_guess)
            if text and kana
            else None
        )
        if found is None:
            return None
        score, pieces = score + found.score, (*pieces, *found.pieces)
    return _Read(score, pieces, account)


def _is_short(table: Table, own: Placed, read: _Read) -> bool:
    """Say whether the reading needed the cut: the account ends before the name does."""
    return (
        _along(table, own, read.account, is_torn=False, may_guess=False) is None
        or own.form is not read.account.form
    )


def _form_differs(own: Placed, account: Placed, *, is_torn: bool) -> tuple[str, Text] | None:
    if own.form is None and account.form is not None:
        return "form-added", REASONS["form-added"].fill(form=account.form.words[0])
    if own.form is not None and account.form is None and not is_torn:
        return "form-missing", REASONS["form-missing"].fill(form=own.form.words[0])
    if own.form is not None and account.form is not None and own.form is not account.form:
        return "form-other", REASONS["form-other"].fill(form=own.form.words[0], other=account.form.words[0])
    if (
        own.form is not None
        and own.place is not None
        and account.place is not None
        and own.place is not account.place
    ):
        where, elsewhere = PLACES[own.place], PLACES[account.place]
        return "form-place", REASONS["form-place"].fill(form=own.form.words[0], place=where, other=elsewhere)
    if own.branch != account.branch and not is_torn:
        return "branch", REASONS["branch"]
    return None


def _is_declared(own: Placed, furigana: str, kana: str) -> bool:
    declared = {plain(way.before + way.behind) for way in _accounts(own, furigana)}
    return not declared.isdisjoint(plain(way.before + way.behind) for way in _accounts(own, kana))


def _doubtful(table: Table, own: Placed, read: _Read | None, name: str, kana: str) -> Answer:
    best = read if read is not None and read.score > THINKABLE else _best(table, own, kana, may_guess=True)
    score, pieces = (best.score, best.pieces) if best is not None else (NOTHING, ())
    odd = [piece for piece in pieces if not piece.is_explained]
    if score > THINKABLE and odd:
        verdict, why = Verdict.REVIEW, "unexplained"
        reason = REASONS[why].fill(written=odd[0].written, reading=odd[0].reading)
    elif score > THINKABLE:
        verdict, why, reason = Verdict.REVIEW, "rare", REASONS["rare"].fill(kana=kana, name=name)
    elif _LATIN_WORD.search(letters(own.before + own.behind)):
        verdict, why, reason = Verdict.REVIEW, "latin-word", REASONS["latin-word"].fill(name=name)
    else:
        verdict, why, reason = Verdict.MISMATCH, "other", REASONS["other"].fill(kana=kana, name=name)
    return Answer(verdict, round(score, 2), why, reason, pieces)


LONGEST_COMPARED = 150
"""Letters of a name: no register and no bank knows a longer one."""


class Holder(StrEnum):
    """Who holds an account."""

    PERSON = "person"
    COMPANY = "company"


def compare(*, name: str, kana: str, kind: Holder, furigana: str = "", table: Table | None = None) -> Answer:
    """Return whether an account's `kana` is the registered `name`, by the table that ships unless another is given.

    With `furigana`, the reading that the seller declared, both must hold for a match: the declared reading is the
    account's, letter by letter in normal form, and it can be a reading of the name.
    """
    if max(len(name), len(kana)) > LONGEST_COMPARED:
        return Answer(Verdict.REVIEW, NOTHING, "long", REASONS["long"].fill(longest=LONGEST_COMPARED))
    ask = company if kind is Holder.COMPANY else person
    return ask(table or shipped(), name, kana, furigana)
