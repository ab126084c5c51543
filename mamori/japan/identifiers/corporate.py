"""法人番号 and the number of an invoice issuer (T and 13 digits), held to the check digit where one is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.digits import digits_of

RECHECK = Text(
    "番号の並びがいつもと違います。国税庁の適格請求書発行事業者公表サイトで、名前と合うかを確かめてください。",
    "The number is built unusually. Please look on the National Tax Agency's site whether it goes with the name.",
)


class NoCorporateNumber(Refusal, code="no-corporate-number", status=422):
    """Given when a number cannot be one of a corporation."""

    text = Text(
        "法人番号として成り立たない番号です。数字13桁を、国税庁の法人番号公表サイトで会社名から確かめて入力してください。",
        "This cannot be a corporate number. Please look it up by the company's name on the National Tax Agency's site.",
    )


class NoInvoiceNumber(Refusal, code="no-invoice-number", status=422):
    """Given when a number cannot be one of an invoice issuer."""

    text = Text(
        "インボイスの登録番号として成り立たない番号です。Tと数字13桁を、税務署からの登録通知書で確かめて入力してください。",
        "This cannot be the number of an invoice issuer. Please copy T and 13 digits from the tax office's notice.",
    )


def check_digit(twelve: str) -> int:
    """Return the digit that stands before the other twelve: 9 less the weighted sum from the right (1, 2, 1, 2 …) modulo 9.

    Source: the ministerial order on corporate numbers; compared with python-stdnum in a test.
    """
    return 9 - sum(int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(twelve))) % 9


def corporate_number(said: str) -> str:
    """Return the 13 digits."""
    digits = digits_of(said)
    if not _is_built(digits):
        raise NoCorporateNumber
    return digits


@dataclass(frozen=True, slots=True)
class InvoiceNumber:
    """T and 13 digits; `recheck` says what a person should look at, if anything."""

    number: str
    recheck: Text | None = None


def invoice_number(said: str, *, is_sole_trader: bool) -> InvoiceNumber:
    """Return the number; where a sole trader's does not have the check digit of corporations, somebody is to look.

    A sole trader's number is no corporate number, and nobody published whether it has the same check digit.

    :raises NoInvoiceNumber: when it is not T and 13 digits, or a corporation's check digit is wrong.
    """
    number = digits_of(said).upper()
    if not re.fullmatch("T[0-9]{13}", number):
        raise NoInvoiceNumber
    if _is_built(number[1:]):
        return InvoiceNumber(number)
    if not is_sole_trader:
        raise NoInvoiceNumber
    return InvoiceNumber(number, RECHECK)


def _is_built(digits: str) -> bool:
    return re.fullmatch("[0-9]{13}", digits) is not None and int(digits[0]) == check_digit(digits[1:])
