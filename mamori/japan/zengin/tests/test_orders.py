"""What a transfer cannot carry is refused line by line, before a file is made, with what to do next."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mamori.grammar.refusal import Refusal
from mamori.japan.banks.account import Account, AccountKind
from mamori.japan.zengin.orders import (
    MOST_YEN,
    AmountNotPayable,
    NoHolder,
    NoReference,
    NoSenderCode,
    NoSendingAccount,
    NotForTransfer,
    Payment,
    payment,
    sender,
)
from mamori.japan.zengin.tests.kit import DAY, OURS, SHOP, TWO, WE
from mamori.japan.zengin.writing import MOST_PAYMENTS, NotABankDay, NothingToPay, TooMuchForOneFile, written

SAVINGS = Account(branch=OURS.branch, kind=AccountKind.SAVINGS, number=OURS.number)


@pytest.mark.parametrize(
    ("amount", "holder", "reference", "refusal"),
    [
        (0, "ヤマダ", 1, AmountNotPayable),
        (-1, "ヤマダ", 1, AmountNotPayable),
        (MOST_YEN + 1, "ヤマダ", 1, AmountNotPayable),
        (100, "", 1, NoHolder),
        (100, "　．－", 1, NoHolder),
        (100, "山田", 1, NotForTransfer),
        (100, "ヤマダ", -1, NoReference),
        (100, "ヤマダ", 10**20, NoReference),
    ],
)
def test_a_payment_that_cannot_be_is_refused(
    amount: int, holder: str, reference: int, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        payment(to=SHOP, holder=holder, amount=amount, reference=reference)


def test_a_long_name_is_cut_to_thirty_bytes_with_its_voicing_marks_counted() -> None:
    long = payment(to=SHOP, holder="ガ" * 16, amount=1)
    at_a_blank = payment(to=SHOP, holder="ア" * 29 + "　イ", amount=1)

    assert long.holder == "ｶﾞ" * 15
    assert at_a_blank.holder == "ｱ" * 29


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"code": "123456789"}, NoSenderCode),
        ({"code": "12345678A0"}, NoSenderCode),
        ({"account": SAVINGS}, NoSendingAccount),
        ({"name": " "}, NoHolder),
        ({"name": "守り"}, NotForTransfer),
    ],
)
def test_who_orders_is_held_to_what_the_header_carries(
    changed: dict[str, Any], refusal: type[Refusal]
) -> None:
    right: dict[str, Any] = {"code": "１２３４５６７８９０", "name": "カ）マモリ", "account": OURS}

    assert sender(**right).code == "1234567890"
    with pytest.raises(refusal):
        sender(**right | changed)


def test_no_file_is_made_of_nothing_or_of_too_much() -> None:
    large = payment(to=SHOP, holder="ヤマダ", amount=MOST_YEN)

    with pytest.raises(NothingToPay):
        written(WE, [], on=DAY)
    with pytest.raises(TooMuchForOneFile):
        written(WE, [large] * 101, on=DAY)
    with pytest.raises(TooMuchForOneFile):
        written(WE, Many(), on=DAY)


class Many(list[Payment]):
    """As many payments as one file cannot count, without being them."""

    def __len__(self) -> int:
        return MOST_PAYMENTS + 1

    def __bool__(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 28), "2026-11-30"),
        (date(2026, 12, 31), "2027-01-04"),
        (date(2027, 1, 1), "2027-01-04"),
        (date(2026, 5, 4), "2026-05-07"),
    ],
)
def test_no_file_is_made_for_a_day_on_which_banks_are_closed(day: date, following: str) -> None:
    with pytest.raises(NotABankDay) as told:
        written(WE, TWO, on=day)

    assert following in told.value.sentence.ja
