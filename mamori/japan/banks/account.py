"""A bank account: the bank and branch that stand in the master, and the numbers of the post's bank."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar
from unicodedata import normalize

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.folding import digits_of, pressed

# Banks and branches by code, kana and name, as of a known day; read from the data of `zengin-code` when first asked for.


MOST = 20
"""How many banks or branches a search answers at most."""
_ENDINGS = (
    ("信用金庫", "信金"),
    ("信用組合", "信組"),
    ("労働金庫", "労金"),
    ("農業協同組合", "農協"),
    ("銀行", ""),
    ("支店", ""),
)


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank: four digits, its name without 銀行, its kana with large letters."""

    code: str
    name: str
    kana: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a bank: three digits, its name without 支店, its kana with large letters."""

    bank: Bank
    code: str
    name: str
    kana: str


class NoSuchBank(Refusal, code="no-such-bank", status=422):
    """Given when no bank has the code."""

    text = Text(
        "銀行コード「{bank}」の金融機関は見つかりません（{as_of}現在）。コードは数字4桁です。通帳で確かめるか、銀行の名前で選び直して"
        "ください。合併などで変わっていることもあります。",
        "No bank has the code “{bank}” (as of {as_of}). A code is four digits. Please see the passbook, or choose the bank by "
        "its name; after a merger it may be another.",
    )


class NoSuchBranch(Refusal, code="no-such-branch", status=422):
    """Given when the bank has no branch with the code."""

    text = Text(
        "「{bank}」に支店コード「{branch}」の店は見つかりません（{as_of}現在）。コードは数字3桁です。通帳で確かめるか、支店の名前で選び直して"
        "ください。統合で変わっていることもあります。",
        "“{bank}” has no branch with the code “{branch}” (as of {as_of}). A code is three digits. Please see the passbook, or "
        "choose the branch by its name; branches are merged at times.",
    )


class _Entry(msgspec.Struct, frozen=True, gc=False):
    code: str
    name: str
    kana: str


_ENTRIES = msgspec.json.Decoder(dict[str, _Entry])


@cache
def _data() -> Path:
    found = find_spec("zengin_code")
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "source-data" / "data"


@cache
def as_of() -> date:
    """Return the day of the data."""
    said = (_data() / "updated_at").read_text("ascii").strip()
    return date(int(said[:4]), int(said[4:6]), int(said[6:]))


@cache
def banks() -> dict[str, Bank]:
    """Return all banks by code."""
    entries = _ENTRIES.decode((_data() / "banks.json").read_bytes())
    return {code: Bank(code, one.name, one.kana) for code, one in entries.items()}


def bank(code: str) -> Bank:
    """Return the bank with the code."""
    found = banks().get(code)
    if found is None:
        raise NoSuchBank(bank=code, as_of=as_of())
    return found


@cache
def branches(bank_code: str) -> dict[str, Branch]:
    """Return a bank's branches by code."""
    of = bank(bank_code)
    entries = _ENTRIES.decode((_data() / "branches" / f"{of.code}.json").read_bytes())
    return {code: Branch(of, code, one.name, one.kana) for code, one in entries.items()}


def branch(bank_code: str, code: str) -> Branch:
    """Return the branch with the code."""
    found = branches(bank_code).get(code)
    if found is None:
        raise NoSuchBranch(bank=bank(bank_code).name, branch=code, as_of=as_of())
    return found


def banks_called(words: str) -> tuple[Bank, ...]:
    """Return the banks whose name or kana is, or else begins with, the words in any spelling; by code, at most `MOST`."""
    return _called(words, banks().values())


def branches_called(bank_code: str, words: str) -> tuple[Branch, ...]:
    """Return the branches of a bank whose name or kana is, or else begins with, the words; by code, at most `MOST`."""
    return _called(words, branches(bank_code).values())


def _called[Named: (Bank, Branch)](words: str, all_: Iterable[Named]) -> tuple[Named, ...]:
    wanted = _plain(words)
    if not wanted:
        return ()
    same, begun = [], []
    for one in all_:
        names = (_key(one.name), _key(one.kana))
        if wanted in names:
            same.append(one)
        elif any(name.startswith(wanted) for name in names):
            begun.append(one)
    return tuple((same or begun)[:MOST])


@lru_cache(maxsize=16_384)
def _key(name: str) -> str:
    return pressed(name)


def _plain(words: str) -> str:
    """Return the words folded, without the ending that the table leaves out or shortens."""
    folded = pressed(words)
    for long, short in _ENDINGS:
        if folded.endswith(long) and folded != long:
            return folded.removesuffix(long) + short
    return folded


# A bank account as a seller writes it, read into one that exists as far as anybody can tell without its bank.


JAPAN_POST_BANK = "9900"


class AccountKind(StrEnum):
    """種目: the value is the digit that a transfer carries."""

    ORDINARY = "1"
    CURRENT = "2"
    SAVINGS = "4"
    OTHER = "9"

    @property
    def text(self) -> Text:
        """Return the kind in words."""
        return _KINDS[self]


_KINDS = {
    AccountKind.ORDINARY: Text("普通", "ordinary"),
    AccountKind.CURRENT: Text("当座", "current"),
    AccountKind.SAVINGS: Text("貯蓄", "savings"),
    AccountKind.OTHER: Text("その他", "other"),
}
_SAID = {word: kind for kind, text in _KINDS.items() for word in (kind.value, text.ja, text.en)}
_OF_POST = {"8": {AccountKind.ORDINARY, AccountKind.SAVINGS}, "9": {AccountKind.CURRENT}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account at a branch that exists; whether the account itself does, only its bank knows."""

    branch: Branch
    kind: AccountKind
    number: str

    LENGTH: ClassVar[int] = 7

    @property
    def masked(self) -> str:
        """Return the number as others may see it: its last three digits."""
        return "*" * (self.LENGTH - 3) + self.number[-3:]


class NoSuchAccountKind(Refusal, code="no-such-account-kind", status=422):
    """Given when the kind of an account is none that transfers go to."""

    text = Text(
        "口座の種類「{kind}」には振り込めません。普通・当座・貯蓄・その他から選んでください。定期や積立の口座には振り込めません。",
        "No transfer goes to an account of the kind “{kind}”. Please choose ordinary, current, savings or other; fixed-term "
        "accounts cannot be paid to.",
    )


class AccountNumberNotDigits(Refusal, code="account-number-not-digits", status=422):
    """Given when an account number holds anything but digits."""

    text = Text(
        "口座番号に数字ではない文字が入っています。通帳やキャッシュカードの口座番号を、数字7桁で入力してください。",
        "The account number holds something that is no digit. Please enter the number of the passbook or card: seven digits.",
    )


class AccountNumberLength(Refusal, code="account-number-length", status=422):
    """Given when an account number has not seven digits: a digit may be missing, so nothing is filled up unasked."""

    text = Text(
        "口座番号は7桁ですが、{length}桁あります。番号を確かめ、もともと7桁より短いときは、先頭に0を足して7桁にしてください。",
        "An account number has seven digits, this one {length}. Please compare it with the passbook; where it is shorter by "
        "itself, put noughts in front of it.",
    )


class PostBankNumberLength(Refusal, code="post-bank-number-length", status=422):
    """Given when the number of an account at Japan Post Bank has not seven digits: often it is the passbook's 番号."""

    text = Text(
        "ゆうちょ銀行への振込に使う口座番号は7桁ですが、{length}桁あります。通帳の「記号」と「番号」をお持ちのときは、そのまま"
        "記号と番号の欄に入力してください。店番と口座番号に直します。",
        "For transfers to Japan Post Bank an account number has seven digits, this one {length}. If you have 記号 and 番号 of "
        "the passbook, please enter them as they are in their own fields; they are converted for you.",
    )


class PostBankKind(Refusal, code="post-bank-kind", status=422):
    """Given when an account at Japan Post Bank is of another kind than its branch code says."""

    text = Text(
        "ゆうちょ銀行の店番「{branch}」に「{kind}」の口座はありません。店番の末尾が8なら普通か貯蓄、9なら当座です。通帳の記号と番号を"
        "そのまま入力すると、正しく直せます。",
        "At Japan Post Bank branch {branch} has no account of the kind “{kind}”: codes that end with 8 have ordinary or savings "
        "accounts, 9 current ones. Entering the passbook's 記号 and 番号 as they are sets it right.",
    )


def account(*, bank: str, branch_code: str, kind: str, number: str) -> Account:
    """Return the account that these four name, in any width of digits."""
    place = branch(digits_of(bank), digits_of(branch_code))
    of_kind = _SAID.get(normalize("NFKC", kind).strip().removesuffix("預金"))
    if of_kind is None:
        raise NoSuchAccountKind(kind=kind)
    plain = digits_of(number)
    if not re.fullmatch("[0-9]+", plain):
        raise AccountNumberNotDigits
    is_post = place.bank.code == JAPAN_POST_BANK
    if len(plain) != Account.LENGTH:
        raise (PostBankNumberLength if is_post else AccountNumberLength)(length=len(plain))
    if is_post and of_kind not in _OF_POST[place.code[-1]]:
        raise PostBankKind(branch=place.code, kind=of_kind.text)
    return Account(branch=place, kind=of_kind, number=plain)


# ゆうちょ銀行: the 記号 and 番号 of a passbook, and the branch, kind and number by which other banks pay to it.


class NoSuchSymbol(Refusal, code="post-bank-no-such-symbol", status=422):
    """Given when a 記号 is none that money can be transferred to."""

    text = Text(
        "ゆうちょ銀行の記号として読めません。記号は1か0で始まる数字5桁です。通帳の1ページ目をご覧になり、「記号」の欄のとおりに"
        "入力してください。",
        "This is no 記号 of Japan Post Bank, which is five digits that begin with 1 or 0. Please copy it from the field 記号 on "
        "the first page of the passbook.",
    )


class NoSuchPassbookNumber(Refusal, code="post-bank-no-such-number", status=422):
    """Given when a 番号 does not go with its 記号."""

    text = Text(
        "ゆうちょ銀行の番号として読めません。{wanted}。通帳の1ページ目をご覧になり、「番号」の欄のとおりに入力してください。"
        "ハイフンの間の1桁は入れないでください。",
        "This is no 番号 of Japan Post Bank: {wanted}. Please copy it from the field “番号” on the first page of the passbook, "
        "without the single digit between the hyphens.",
    )


class NoSuchPostBranch(Refusal, code="post-bank-no-such-branch", status=422):
    """Given when the branch that follows from a 記号 does not exist."""

    text = Text(
        "この記号から求めた店番「{branch}」は、ゆうちょ銀行にありません。記号の2桁目と3桁目を、通帳でもう一度確かめてください。",
        "Japan Post Bank has no branch {branch}, which follows from this 記号. Please compare its second and third digit with "
        "the passbook once more.",
    )


_ORDINARY = Text(
    "記号が1で始まるときの番号は、1で終わる2桁から8桁の数字です",
    "with a 記号 that begins with 1 it is two to eight digits and ends with 1",
)
_CURRENT = Text(
    "記号が0で始まるときの番号は、1桁から6桁の数字です",
    "with a 記号 that begins with 0 it is one to six digits",
)


def from_passbook(symbol: str, number: str, *, is_savings: bool = False) -> Account:
    """Return the account for transfers; `is_savings` for 通常貯蓄貯金, which the numbers alone do not tell."""
    symbol, number = digits_of(symbol), digits_of(number)
    if not re.fullmatch(r"[01][0-9]{4,5}", symbol):
        raise NoSuchSymbol
    if symbol[0] == "1":
        if not re.fullmatch(r"[0-9]{1,7}1", number):
            raise NoSuchPassbookNumber(wanted=_ORDINARY)
        code, number = symbol[1:3] + "8", number[:-1]
        kind = AccountKind.SAVINGS if is_savings else AccountKind.ORDINARY
    else:
        if not re.fullmatch(r"[0-9]{1,6}", number):
            raise NoSuchPassbookNumber(wanted=_CURRENT)
        code, kind = symbol[1:3] + "9", AccountKind.CURRENT
    if code not in branches(JAPAN_POST_BANK):
        raise NoSuchPostBranch(branch=code)
    return Account(branch=branch(JAPAN_POST_BANK, code), kind=kind, number=number.zfill(Account.LENGTH))


@dataclass(frozen=True, slots=True)
class Passbook:
    """What of a passbook follows from an account: the first three digits of the 記号, and the 番号.

    The fourth digit of the 記号 is one of control whose rule the bank does not publish, so it does not follow.
    """

    begins: str
    number: str


def to_passbook(of: Account) -> Passbook | None:
    """Return what the passbook of an account begins with; nothing for an account of another bank."""
    if of.branch.bank.code != JAPAN_POST_BANK:
        return None
    bare = of.number.lstrip("0") or "0"
    if of.kind is AccountKind.CURRENT:
        return Passbook(begins="0" + of.branch.code[:2], number=bare)
    return Passbook(begins="1" + of.branch.code[:2], number=bare + "1")


def is_of_passbook(of: Account, symbol: str, number: str) -> bool:
    """Say whether an account is the one of these 記号 and 番号; kinds that the numbers do not tell count as equal."""
    try:
        read = from_passbook(symbol, number, is_savings=of.kind is AccountKind.SAVINGS)
    except (NoSuchSymbol, NoSuchPassbookNumber, NoSuchPostBranch):
        return False
    return read == of
