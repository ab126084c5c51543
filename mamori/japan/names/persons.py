"""Whether an account's kana is a person's registered name."""

from __future__ import annotations

import re
from dataclasses import replace

from mamori.grammar.regex import regex
from mamori.japan.names import foreign, traders
from mamori.japan.names.answer import NOTHING, Answer, Verdict
from mamori.japan.names.kana import normal
from mamori.japan.names.lattice import Laid, lay
from mamori.japan.names.letters import letters
from mamori.japan.names.reasons import REASONS
from mamori.japan.names.table import Table

USUAL = -7.5
"""A reading above this is taken without a person: read off one tenth of the names, then made stricter for relatives' sake."""
THINKABLE = -12.5
"""A reading above this goes to a person; below it, it is another name."""

_BLANK = regex(r"(?<=\S)[\s]+(?=\S)")
_IN_ACCOUNTS = regex("[0-9A-Zァ-ヴ()'-]")


def strange_in_account(kana: str) -> str:
    """Return the first letter that no transfer carries, however it is spelt; "" when there is none."""
    return next((letter for letter in normal(foreign.latin(kana)) if not _IN_ACCOUNTS.match(letter)), "")


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
    orders = [normal(furigana), "".join(foreign.parts(furigana)[::-1])]
    behind = [tail for trade, tail in traders.tails(kana) if answer.trade_name and trade == answer.trade_name]
    return any(order in {account, *behind} for order in orders)


def _behind_a_trade_name(table: Table, name: str, kana: str) -> Answer | None:
    for trade, tail in traders.tails(kana):
        found = _read(table, name, tail) if tail else None
        if found is not None and found.verdict is Verdict.MATCH:
            reason = REASONS["trade-name"].fill(trade=trade, name=name)
            return replace(found, why="trade-name", reason=reason, trade_name=trade)
    return None


def _read(table: Table, name: str, kana: str) -> Answer:
    if foreign.is_without_kanji(name):
        return foreign.compare(name, kana)
    written, account = letters(foreign.latin(name)), normal(kana)
    if strange := strange_in_name(table, written):
        return Answer(Verdict.REVIEW, NOTHING, "letter", REASONS["letter"].fill(letter=strange))
    split = _split(name)
    laid = lay(table, written, account, split=split)
    if laid is not None and laid.score > USUAL:
        return _told(laid, Verdict.MATCH, "reading", kana=kana, name=name)
    return _doubtful(table, laid, written, account, split, kana=kana, name=name)


def _split(name: str) -> int:
    """Return where a blank cuts the name in two; 0 where none or several do."""
    halves = _BLANK.split(name.strip())
    return len(letters(halves[0])) if len(halves) == 2 else 0


def _doubtful(table: Table, laid: Laid | None, written: str, account: str, split: int, **said: str) -> Answer:
    if laid is not None and laid.score > THINKABLE:
        return _told(laid, Verdict.REVIEW, "rare", **said)
    guessed = lay(table, written, account, split=split, may_guess=True)
    if guessed is not None and guessed.score > THINKABLE:
        odd = guessed.unexplained[0]  # without one, it would be the way without guesses
        return _told(guessed, Verdict.REVIEW, "unexplained", written=odd.written, reading=odd.reading, **said)
    if _differs_by_long_vowel(table, written, account, split):
        return Answer(Verdict.REVIEW, NOTHING, "long-vowel", REASONS["long-vowel"].fill(**said))
    if guessed is None:
        return Answer(Verdict.MISMATCH, NOTHING, "other", REASONS["other"].fill(**said))
    return _told(guessed, Verdict.MISMATCH, "other", **said)


def _differs_by_long_vowel(table: Table, written: str, account: str, split: int) -> bool:
    spelt = re.sub("(?<=(.))-", lambda found: foreign.vowel(found[1]), account)
    other = lay(table, written, spelt, split=split) if spelt != account else None
    return other is not None and other.score > USUAL


def _told(laid: Laid, verdict: Verdict, why: str, **said: str) -> Answer:
    reason = REASONS[why].fill(**said)
    return Answer(verdict, round(laid.score, 2), why, reason, (*laid.surname, *laid.given), len(laid.surname))
