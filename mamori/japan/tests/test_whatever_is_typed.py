"""Whatever somebody types is taken or refused with a sentence in both languages; nothing breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st

from mamori.grammar.refusal import Refusal
from mamori.japan.banks.account import account, banks_called, branches_called, from_passbook
from mamori.japan.identifiers.numbers import corporate_number, invoice_number, refuse_my_number
from mamori.japan.phones import phone
from mamori.japan.zengin.orders import payment, sender, transfer_letters
from mamori.japan.zengin.tests.kit import SHOP

TYPED: dict[str, Callable[[str], object]] = {
    "bank": lambda said: account(bank=said, branch_code="001", kind="普通", number="1234567"),
    "branch": lambda said: account(bank="0001", branch_code=said, kind="普通", number="1234567"),
    "kind": lambda said: account(bank="0001", branch_code="001", kind=said, number="1234567"),
    "number": lambda said: account(bank="0001", branch_code="001", kind="普通", number=said),
    "search": lambda said: (banks_called(said), branches_called("0001", said)),
    "symbol": lambda said: from_passbook(said, "12345671"),
    "passbook number": lambda said: from_passbook("10530", said),
    "corporate number": corporate_number,
    "invoice number": lambda said: invoice_number(said, is_sole_trader=True),
    "free text": refuse_my_number,
    "telephone": phone,
    "name": transfer_letters,
    "holder": lambda said: payment(to=SHOP, holder=said, amount=1),
    "sender code": lambda said: sender(code=said, name="ｱ", account=SHOP),
}
ODD = st.text(max_size=40) | st.text(
    alphabet="0123456789０１②³٣-−ー+Ｔ 　ｱﾞアｦヲ{}%\0\u202e\ud7ff", max_size=30
)


@pytest.mark.parametrize("what", TYPED)
@settings(deadline=None)  # what is looked up is read at the first question
@given(said=ODD)
def test_whatever_is_typed_is_taken_or_refused(what: str, said: str) -> None:
    sentence = None
    try:
        TYPED[what](said)
    except Refusal as refused:
        sentence = refused.sentence

    assert sentence is None or (sentence.ja.endswith("。") and sentence.en.endswith("."))
