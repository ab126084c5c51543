"""A bank account as a seller writes it, read into one that exists as far as anybody can tell without its bank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from unicodedata import normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.banks.master import Branch, branch
from mamori.japan.digits import digits_of

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
