"""Whether an account's kana is a company's registered name: the reading, the corporate form and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.names.answer import NOTHING, Answer, Verdict
from mamori.japan.names.forms import PLACES
from mamori.japan.names.kana import is_cut, normal
from mamori.japan.names.lattice import Piece
from mamori.japan.names.letters import letters
from mamori.japan.names.persons import strange_in_account, strange_in_name
from mamori.japan.names.placed import Placed, in_account, spelt_out, written
from mamori.japan.names.reasons import REASONS
from mamori.japan.names.spelling import SILENT, SOUNDS
from mamori.japan.names.table import Table
from mamori.japan.names.wording import plain, word

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
