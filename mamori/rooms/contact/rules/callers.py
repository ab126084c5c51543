"""Who calls or writes: the questions by which staff find out, and when the answers suffice.  Pure decisions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.japan.folding import folded

NEEDED = 2
"""So many answers must be right, and none wrong."""
NEEDED_AFTER_WRONG, OFF_PARCEL_AFTER_WRONG = 4, 2
"""So many, and so many of them nothing that the parcel shows, once it failed too often that day: whoever knows only a
number cannot shut the buyer out, and guesses more at once."""
SHORTEST_CITY = 5
"""A prefecture with the shortest city's name; a prefecture alone is shorter."""
BEFORE_REIWA = 2018
"""The year that stands before the first of the era by which many people count."""
HOLDS = timedelta(minutes=30)
"""For so long may words be taken down after the answers were right."""


class Channel(StrEnum):
    """By which way somebody without a computer reached us."""

    PHONE = "phone"
    LETTER = "letter"


CHANNELS = {Channel.PHONE: Text("電話", "by telephone"), Channel.LETTER: Text("手紙", "by letter")}


class Through(StrEnum):
    """How words came into a thread other than by the party's own hand."""

    OWN = ""
    PHONE = "phone"
    LETTER = "letter"
    HELPER = "helper"
    BEFORE = "before"


THROUGH = {
    Through.PHONE: Text("電話で伺い、窓口が書き取りました", "said by telephone, taken down by the centre"),
    Through.LETTER: Text("手紙を、窓口が書き写しました", "from a letter, copied by the centre"),
    Through.HELPER: Text("頼まれた人が代わりに書きました", "written by somebody who helps"),
    Through.BEFORE: Text("{day}に前の窓口が受け付けたもの", "received on {day} by the old system"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What we know of a buyer and an order.  Yen."""

    amount: int
    ordered_on: date
    shop: str
    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `on_parcel` means that whoever holds the parcel can read the answer off it."""

    code: str
    text: Text
    hint: Text
    is_right: Callable[[str, Known], bool]
    on_parcel: bool = False


def plain(text: str) -> str:
    """Return the text without blanks and marks; spellings that nobody hears are made one: 髙 and 高, ヶ and ケ, ハ and は."""
    return "".join(c for c in folded(text) if unicodedata.category(c)[0] in "LN")


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


def _amount(given: str, known: Known) -> bool:
    return _digits(given) == str(known.amount)


def _day(given: str, known: Known) -> bool:
    parts = [int(part) for part in re.findall(r"[0-9]{1,4}", unicodedata.normalize("NFKC", given))]
    on = known.ordered_on
    return parts in ([*year, on.month, on.day] for year in ((), (on.year,), (on.year - BEFORE_REIWA,)))


def _phone(given: str, known: Known) -> bool:
    told, whole = _digits(given), _digits(known.phone)
    return len(whole) >= 9 and len(told) >= 4 and whole.endswith(told)


def _shop(given: str, known: Known) -> bool:
    return bool(plain(known.shop)) and plain(given) == plain(known.shop)


def _name(given: str, known: Known) -> bool:
    return bool(plain(known.name)) and plain(given) == plain(known.name)


def _address(given: str, known: Known) -> bool:
    told, whole = (re.sub(r"^[0-9]{7}", "", plain(text)) for text in (given, known.address))
    return len(told) >= SHORTEST_CITY and whole.startswith(told)


QUESTIONS = (
    Question(
        code="amount",
        text=Text("支払った合計金額", "Total paid"),
        hint=Text("例：4980円", "such as 4980 yen"),
        is_right=_amount,
    ),
    Question(
        code="day",
        text=Text("注文した日", "Day of the order"),
        hint=Text("例：11月5日", "month and day, such as 11/5"),
        is_right=_day,
    ),
    Question(
        code="phone",
        text=Text("登録した電話番号の下4桁", "Last four digits of the registered telephone"),
        hint=Text("全部でもかまいません", "the whole number will do too"),
        is_right=_phone,
    ),
    Question(
        code="shop",
        text=Text("買ったお店の名前", "Name of the shop"),
        hint=Text("表示どおりの名前", "as it was shown"),
        is_right=_shop,
        on_parcel=True,
    ),
    Question(
        code="name",
        text=Text("登録した氏名", "Registered name"),
        hint=Text("漢字を伺ってください", "ask how it is written"),
        is_right=_name,
        on_parcel=True,
    ),
    Question(
        code="address",
        text=Text("登録した住所（市区町村まで）", "Registered address (to the city)"),
        hint=Text("例：石川県金沢市", "prefecture and city"),
        is_right=_address,
        on_parcel=True,
    ),
)
CODES = tuple(question.code for question in QUESTIONS)


def given(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that say something, to declared questions only."""
    return {code: answers[code] for code in CODES if plain(answers.get(code, ""))}


def suffices(answers: Mapping[str, str], known: Known, *, after_wrong: bool = False) -> bool:
    """Say whether the answers show that it is the buyer.

    At least two, every one right, and one of them nothing that can be read off the parcel; more `after_wrong` ones.
    """
    told = given(answers)
    asked = [question for question in QUESTIONS if question.code in told]
    return (
        len(asked) >= (NEEDED_AFTER_WRONG if after_wrong else NEEDED)
        and all(question.is_right(told[question.code], known) for question in asked)
        and sum(not question.on_parcel for question in asked)
        >= (OFF_PARCEL_AFTER_WRONG if after_wrong else 1)
    )
