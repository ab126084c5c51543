"""マイナンバー: found only to be refused, as nobody here may ask for it or keep it.

One in ten runs of twelve digits has the right check digit, and one in five numbers of driving licences: so only digits beside
the word itself count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

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
