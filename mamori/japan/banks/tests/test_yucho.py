"""記号 and 番号 become the account that other banks pay to, as the bank's own page says; nothing else becomes one."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from mamori.grammar.refusal import Refusal
from mamori.japan.banks.account import (
    NoSuchPassbookNumber,
    NoSuchPostBranch,
    NoSuchSymbol,
    Passbook,
    account,
    branches,
    from_passbook,
    is_of_passbook,
    to_passbook,
)

PLACES = sorted(branches("9900"))


@pytest.mark.parametrize(
    ("symbol", "number", "branch", "kind", "account_number"),
    [
        ("10530", "12345671", "058", "普通", "1234567"),
        ("00530", "123456", "059", "当座", "0123456"),
        ("１０５３０", "１２３４５６７１", "058", "普通", "1234567"),
        ("10530-2", "12345671", "058", "普通", "1234567"),
        ("10100", "1231", "018", "普通", "0000123"),
    ],
)
def test_a_passbook_becomes_an_account(
    symbol: str, number: str, branch: str, kind: str, account_number: str
) -> None:
    read = from_passbook(symbol, number)

    assert (read.branch.code, read.kind.text.ja, read.number) == (branch, kind, account_number)
    assert read == account(bank="9900", branch_code=branch, kind=kind, number=account_number)


def test_a_savings_passbook_is_told_apart_only_by_who_has_it() -> None:
    assert from_passbook("10530", "12345671", is_savings=True).kind.text.ja == "貯蓄"


@pytest.mark.parametrize(
    ("symbol", "number", "refusal"),
    [
        ("20530", "12345671", NoSuchSymbol),
        ("1053", "12345671", NoSuchSymbol),
        ("1O530", "12345671", NoSuchSymbol),
        ("", "", NoSuchSymbol),
        ("10530", "12345672", NoSuchPassbookNumber),
        ("10530", "123456781", NoSuchPassbookNumber),
        ("10530", "1", NoSuchPassbookNumber),
        ("00530", "1234567", NoSuchPassbookNumber),
        ("10530", "口座", NoSuchPassbookNumber),
        ("11530", "12345671", NoSuchPostBranch),
        ("00030", "123456", NoSuchPostBranch),
    ],
)
def test_what_stands_in_no_passbook_is_refused(symbol: str, number: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as told:
        from_passbook(symbol, number)

    assert "通帳" in told.value.sentence.ja
    assert not is_of_passbook(from_passbook("10530", "12345671"), symbol, number)


@given(st.sampled_from(PLACES), st.integers(1, 999_999))
def test_an_account_leads_back_to_its_passbook_as_far_as_that_is_defined(code: str, number: int) -> None:
    kind = "普通" if code[-1] == "8" else "当座"
    before = account(bank="9900", branch_code=code, kind=kind, number=f"{number:07}")

    passbook = to_passbook(before)

    assert passbook is not None
    assert is_of_passbook(before, passbook.begins + "30", passbook.number)
    assert (
        not is_of_passbook(before, passbook.begins + "30", "2" + passbook.number[1:])
        or passbook.number[0] == "2"
    )


def test_an_account_elsewhere_has_no_such_passbook() -> None:
    elsewhere = account(bank="0001", branch_code="001", kind="普通", number="1234567")
    of_post = account(bank="9900", branch_code="058", kind="貯蓄", number="1234567")

    assert to_passbook(elsewhere) is None
    assert to_passbook(of_post) == Passbook(begins="105", number="12345671")
    assert is_of_passbook(of_post, "10530", "12345671")
