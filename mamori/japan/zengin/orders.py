"""Who orders transfers and what is paid to whom, held to what a 総合振込 can carry before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_uppercase, digits
from unicodedata import normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.banks.account import Account, AccountKind
from mamori.japan.folding import digits_of

_HALF = {normalize("NFKC", chr(code)): chr(code) for code in range(0xFF71, 0xFF9E)}
LEGAL = frozenset(f"{digits}{ascii_uppercase}()-. ﾞﾟ{''.join(_HALF.values())}")
"""ｦ is left out on purpose: many banks refuse it and keep names with ｵ."""
_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶヲヰヱ", "アイウエオツヤユヨワカケオイエ")
_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_TO_HALF = str.maketrans({**_HALF, "\u3099": "ﾞ", "\u309a": "ﾟ", "・": "."})
_DASHES = regex("[-‐‑‒–—―−－ーｰ─━﹣⁃]")


class NotForTransfer(Refusal, code="not-for-transfer", status=422):
    """Given when a name holds a letter that no transfer can carry."""

    text = Text(
        "「{letter}」は振込に使えない文字です。口座名義は、通帳のとおりにカタカナ（外国の方はアルファベットの大文字も可）で入力して"
        "ください。漢字やほかの文字は使えません。",
        "“{letter}” cannot stand in a transfer. Please enter the account holder's name as in the passbook, in katakana or, where "
        "the bank has it so, in capital letters of the alphabet.",
    )


def transfer_letters(text: str) -> str:
    """Return a name in the letters of a transfer: `ショージ　ﾀﾞｲｽｹ` → `ｼﾖ-ｼﾞ ﾀﾞｲｽｹ`; ヂ and ヅ stay, ヲ becomes ｵ."""
    wide = normalize("NFKC", text).upper().translate(_KATAKANA).translate(_LARGE)
    half = normalize("NFD", _DASHES.sub("-", wide)).translate(_TO_HALF)
    half = " ".join(half.split())
    for letter in half:
        if letter not in LEGAL:
            raise NotForTransfer(letter=normalize("NFC", letter))
    return half


MOST_YEN = 9_999_999_999
HOLDER, NAME = 30, 40
MOST_REFERENCE = 10**20 - 1


class AmountNotPayable(Refusal, code="amount-not-payable", status=422):
    """Given when an amount is nothing, negative, or longer than its ten digits."""

    text = Text(
        "{amount}円は振り込めません。1円から9,999,999,999円までです。金額を確かめ、多いときは2件以上に分けてください。",
        "{amount} yen cannot be transferred: from 1 to 9,999,999,999 yen is possible. Please look at the amount, and split what "
        "is more.",
    )


class NoHolder(Refusal, code="no-account-holder", status=422):
    """Given when no name of who is paid, or of who orders, is left."""

    text = Text(
        "名前が空です。口座名義を、通帳のとおりにカタカナで入力してください。",
        "There is no name. Please enter the account holder's name in katakana, as in the passbook.",
    )


class NoSenderCode(Refusal, code="no-sender-code", status=422):
    """Given when the code that the bank gave to who orders is not ten digits."""

    text = Text(
        "振込依頼人コードは数字10桁です。銀行との契約書か、ネットバンキングの契約内容の画面で確かめて入力してください。",
        "The code of who orders is ten digits. Please look it up in the contract with your bank or in its internet banking.",
    )


class NoSendingAccount(Refusal, code="no-sending-account", status=422):
    """Given when an account of a kind is named that no transfers are paid from."""

    text = Text(
        "貯蓄口座からは総合振込を出せません。普通口座か当座口座を指定してください。",
        "Transfers cannot be paid from a savings account. Please name an ordinary or a current account.",
    )


class NoReference(Refusal, code="no-payment-number", status=422):
    """Given when a payment's number is negative or longer than its twenty digits."""

    text = Text(
        "支払いの番号は、0から始まる20桁までの数字にしてください。",
        "A payment's number is digits only, twenty at most. Please number the payments so.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who orders: ten digits that the bank gave, the name in transfer letters, the account that pays."""

    code: str
    name: str
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What is paid to whom; `holder` in transfer letters, cut to its 30 bytes, `reference` the payment's number with us."""

    to: Account
    holder: str
    amount: int
    reference: int = 0


def sender(*, code: str, name: str, account: Account) -> Sender:
    """Return who orders."""
    plain = digits_of(code)
    if not re.fullmatch("[0-9]{10}", plain):
        raise NoSenderCode
    if account.kind is AccountKind.SAVINGS:
        raise NoSendingAccount
    return Sender(code=plain, name=_name(name, NAME), account=account)


def payment(*, to: Account, holder: str, amount: int, reference: int = 0) -> Payment:
    """Return a payment; the holder's name in whatever width, cut as banks cut it."""
    if not 1 <= amount <= MOST_YEN:
        raise AmountNotPayable(amount=f"{amount:,}")
    if not 0 <= reference <= MOST_REFERENCE:
        raise NoReference
    return Payment(to=to, holder=_name(holder, HOLDER), amount=amount, reference=reference)


def _name(said: str, width: int) -> str:
    name = transfer_letters(said)
    if not name.strip(" .-()ﾞﾟ"):
        raise NoHolder
    return name[:width].rstrip()
