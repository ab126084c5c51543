"""ゆうちょ銀行: the 記号 and 番号 of a passbook, and the branch, kind and number by which other banks pay to it.

Source: the bank's own page on transfers from other banks (記号番号から振込用の店名・預金種目・口座番号への変換).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.banks.account import JAPAN_POST_BANK, Account, AccountKind
from mamori.japan.banks.master import branch, branches
from mamori.japan.digits import digits_of


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
