"""Numbers of companies, goods and persons: their check digits, and those that nobody may keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.folding import digits_of

# 法人番号 and the number of an invoice issuer (T and 13 digits), held to the check digit where one is known.


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


def is_gtin(digits: str) -> bool:
    """Say whether these are the 8, 12, 13 or 14 digits of a GTIN: weighted 3, 1, 3 … from the right, a sum of tens.

    Source: GS1 General Specifications, 7.9; compared with python-stdnum in a test.
    """
    if not re.fullmatch("[0-9]{8}|[0-9]{12,14}", digits):
        return False
    weighed = (int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(reversed(digits)))
    return sum(weighed) % 10 == 0


NEAR = 40
"""Within how many letters the word has to stand."""
_WORD = regex(
    r"マイ・?ナンバー|ﾏｲ･?ﾅﾝﾊﾞ[ｰ-]|個\s*人\s*番\s*号|\bmy\s?number|\bindividual\s+number", re.IGNORECASE
)
_TWELVE = regex(r"(?<![0-9０-９])[0-9０-９](?:[\s‐－ー.・-]{0,2}[0-9０-９]){11}(?![0-9０-９])")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


class MyNumberInside(Refusal, code="my-number-inside", status=422):
    """Given when a text holds what looks like somebody's My Number."""

    text = Text(
        "マイナンバー（個人番号）らしい数字が入っています。当方はお預かりできません。その数字を消すか、カードの裏面を除いてから、もう一度"
        "お送りください。送られた内容は保存していません。",
        "This seems to hold a My Number (individual number), which we may not keep. Please take it, or the back of the card, out "
        "and send it again. Nothing was stored.",
    )


def is_my_number(digits: str) -> bool:
    """Say whether twelve digits have the check digit of a My Number: 11 less the weighted sum modulo 11, 0 for 10 and 11."""
    if not re.fullmatch("[0-9]{12}", digits):
        return False
    left = sum(int(digit) * (at + 2 if at < 6 else at - 4) for at, digit in enumerate(digits[-2::-1])) % 11
    return int(digits[-1]) == (0 if left <= 1 else 11 - left)


def my_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretch of each My Number beside its word."""
    for found in _TWELVE.finditer(text):
        digits = re.sub("[^0-9]", "", found[0].translate(_WIDE))
        around = text[max(found.start() - NEAR, 0) : found.end() + NEAR]
        if is_my_number(digits) and _WORD.search(around):
            yield found.span()


def refuse_my_number(text: str) -> None:
    """Let a text pass that holds no My Number."""
    if next(my_numbers(text), None):
        raise MyNumberInside
