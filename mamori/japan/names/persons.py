"""Whether an account's kana is a person's registered name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import combining, normalize

from mamori.grammar.regex import regex
from mamori.japan.names.answer import NOTHING, REASONS, Answer, Verdict
from mamori.japan.names.kana import begins, is_cut, katakana, letters, normal
from mamori.japan.names.lattice import Alignment, Table, lay

HEAD_OF = ("ダイヒヨウシヤ", "ダイヒヨウ")
"""代表者 and 代表, as they stand before the person's name."""


def tails(kana: str) -> Iterator[tuple[str, str]]:
    """Yield (trade name, what stands behind it), the longest tail first: behind each blank, and behind 代表."""
    words = katakana(kana).split(" ")
    for at in range(1, len(words)):
        yield _without_title(" ".join(words[:at]), normal("".join(words[at:])))
    whole = normal(kana)
    for title in HEAD_OF:
        before, found, behind = whole.partition(title)
        if found and before and behind:
            yield before, behind
            return


def _without_title(trade: str, tail: str) -> tuple[str, str]:
    for title in HEAD_OF:
        if tail.startswith(title):
            return trade, tail.removeprefix(title)
        if normal(trade).endswith(title):
            return trade[: -len(title)].rstrip(), tail
    return trade, tail


# Names without kanji: in kana or in Latin letters, in either order of their parts.


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


USUAL = -7.5
"""A reading above this is taken without a person: read off one tenth of the names, then made stricter for relatives' sake."""
THINKABLE = -12.5
"""A reading above this goes to a person; below it, it is another name."""

_BLANK = regex(r"(?<=\S)[\s]+(?=\S)")
_IN_ACCOUNTS = regex("[0-9A-Zァ-ヴ()'-]")


def strange_in_account(kana: str) -> str:
    """Return the first letter that no transfer carries, however it is spelt; "" when there is none."""
    return next((letter for letter in normal(latin(kana)) if not _IN_ACCOUNTS.match(letter)), "")


def strange_in_name(table: Table, written: str) -> str:
    """Return the first letter of a name as `letters` gives it that has no known reading; "" when there is none."""
    return next((x for x in written if not (table.knows(x) or (x.isascii() and x.isprintable()))), "")


def person(table: Table, name: str, kana: str, furigana: str = "") -> Answer:
    """Compare a person's registered name with an account's kana, and with the furigana declared where there is one."""
    if not name.strip() or not normal(kana):
        return Answer(Verdict.REVIEW, NOTHING, "missing", REASONS["missing"])
    if strange := strange_in_account(kana):
        return Answer(
            Verdict.REVIEW, NOTHING, "account-letter", REASONS["account-letter"].fill(letter=strange)
        )
    answer = _read(table, name, kana)
    if answer.verdict is not Verdict.MATCH:
        answer = _behind_a_trade_name(table, name, kana) or answer
    if (
        furigana.strip()
        and answer.verdict is not Verdict.MISMATCH
        and not _is_declared(furigana, kana, answer)
    ):
        reason = REASONS["furigana"].fill(furigana=furigana, kana=kana)
        return replace(answer, verdict=Verdict.REVIEW, why="furigana", reason=reason)
    return answer


def _is_declared(furigana: str, kana: str, answer: Answer) -> bool:
    account = normal(kana)
    orders = [normal(furigana), "".join(parts(furigana)[::-1])]
    behind = [tail for trade, tail in tails(kana) if answer.trade_name and trade == answer.trade_name]
    return any(order in {account, *behind} for order in orders)


def _behind_a_trade_name(table: Table, name: str, kana: str) -> Answer | None:
    for trade, tail in tails(kana):
        found = _read(table, name, tail) if tail else None
        if found is not None and found.verdict is Verdict.MATCH:
            reason = REASONS["trade-name"].fill(trade=trade, name=name)
            return replace(found, why="trade-name", reason=reason, trade_name=trade)
    return None


def _read(table: Table, name: str, kana: str) -> Answer:
    if is_without_kanji(name):
        return compare(name, kana)
    written, account = letters(latin(name)), normal(kana)
    if strange := strange_in_name(table, written):
        return Answer(Verdict.REVIEW, NOTHING, "letter", REASONS["letter"].fill(letter=strange))
    halves = _BLANK.split(name.strip())
    split = len(letters(halves[0])) if len(halves) == 2 else 0
    laid = lay(table, written, account, split=split)
    if laid is not None and laid.score > USUAL:
        return _answer(laid, Verdict.MATCH, "reading", kana=kana, name=name)
    return _doubtful(table, laid, written, account, split, kana=kana, name=name)


def _doubtful(
    table: Table, laid: Alignment | None, written: str, account: str, split: int, **said: str
) -> Answer:
    if laid is not None and laid.score > THINKABLE:
        return _answer(laid, Verdict.REVIEW, "rare", **said)
    guessed = lay(table, written, account, split=split, may_guess=True)
    if guessed is not None and guessed.score > THINKABLE:
        odd = guessed.unexplained[0]  # without one, it would be the way without guesses
        return _answer(
            guessed, Verdict.REVIEW, "unexplained", written=odd.written, reading=odd.reading, **said
        )
    spelt = re.sub("(?<=(.))-", lambda found: vowel(found[1]), account)
    other = lay(table, written, spelt, split=split) if spelt != account else None
    if other is not None and other.score > USUAL:
        return Answer(Verdict.REVIEW, NOTHING, "long-vowel", REASONS["long-vowel"].fill(**said))
    if guessed is None:
        return Answer(Verdict.MISMATCH, NOTHING, "other", REASONS["other"].fill(**said))
    return _answer(guessed, Verdict.MISMATCH, "other", **said)


def _answer(laid: Alignment, verdict: Verdict, why: str, **said: str) -> Answer:
    reason = REASONS[why].fill(**said)
    return Answer(verdict, round(laid.score, 2), why, reason, (*laid.surname, *laid.given), len(laid.surname))
