"""Case numbers: a bijection of the row's id that does not run in sequence, with a check digit."""

from __future__ import annotations

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.seen import spelt_out

# H. Michael Damm's quasigroup of order 10 (2004): finds every wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_FIRST = 10**7  # numbers of 7 digits and their check digit; then 8, then 9
_STRIDE = (
    618_033_989  # about the golden section of 10⁹, and prime to every range below: neighbours land far apart
)
_JOINTS = str.maketrans("", "", " -‐‑‒–—―−ー－ｰ")


class CaseNumberMistyped(Refusal, code="case-number-mistyped", status=422):
    """Given when a number is too short, holds something else than digits, or fails its check digit."""

    text = Text(
        "「{number}」は受付番号として読み取れません。8桁の数字をもう一度ご確認ください。",
        "“{number}” is not a case number. Please check its 8 digits once more.",
    )


def number_of(id: int) -> str:  # noqa: A002
    """Return the number of the case with this id: 8 digits, and one more beyond every power of ten."""
    low, size = _range(id)
    digits = str(low + (id - low) * _STRIDE % size).zfill(7)
    return digits + str(_check(digits))


def id_of(number: str) -> int:
    """Return the id behind a number as people write it: full-width digits, spaces and hyphens are welcome."""
    digits = "".join(spelt_out(number).translate(_JOINTS).split())
    if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 18) or _check(digits) != 0:
        raise CaseNumberMistyped(number=number[:40])
    value = int(digits[:-1])
    low, size = _range(value)
    if len(digits) != max(7, len(str(value))) + 1:
        raise CaseNumberMistyped(number=number[:40])
    return low + (value - low) * pow(_STRIDE, -1, size) % size


def _range(value: int) -> tuple[int, int]:
    """Return where the range of equally long numbers begins, and how many they are."""
    low, high = 0, _FIRST
    while value >= high:
        low, high = high, high * 10
    return low, high - low


def _check(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim
