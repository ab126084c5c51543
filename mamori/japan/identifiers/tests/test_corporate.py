"""A corporate number with a slip in it is refused; a sole trader's is only looked at."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from stdnum.jp import cn

from mamori.japan.identifiers.numbers import (
    NoCorporateNumber,
    NoInvoiceNumber,
    check_digit,
    corporate_number,
    invoice_number,
)

TAX_AGENCY = "7000012050002"


@pytest.mark.parametrize("said", [TAX_AGENCY, "７０００ ０１２０ ５０００２", "7-0000-1205-0002"])
def test_a_corporate_number_is_read_in_any_width(said: str) -> None:
    assert corporate_number(said) == TAX_AGENCY


@pytest.mark.parametrize(
    "said", ["8000012050002", "700001205000", "70000120500022", "T" + TAX_AGENCY, "", "国税庁"]
)
def test_what_is_no_corporate_number_is_refused(said: str) -> None:
    with pytest.raises(NoCorporateNumber):
        corporate_number(said)


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_the_check_digit_is_that_of_an_independent_library(twelve: str) -> None:
    assert str(check_digit(twelve)) == cn.calc_check_digit(twelve)
    assert cn.is_valid(corporate_number(f"{check_digit(twelve)}{twelve}"))


@given(st.text(alphabet="0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 8))
def test_one_wrong_digit_is_noticed_unless_nine_takes_the_place_of_nought(
    twelve: str, at: int, by: int
) -> None:
    digit = check_digit(twelve)
    wrong = twelve[:at] + str((int(twelve[at]) + by) % 10) + twelve[at + 1 :]

    if (int(wrong[at]) - int(twelve[at])) % 9:
        with pytest.raises(NoCorporateNumber):
            corporate_number(f"{digit}{wrong}")


def test_an_invoice_number_of_a_corporation_is_its_number_with_a_t() -> None:
    assert invoice_number("ｔ７０００012050002", is_sole_trader=False).number == "T" + TAX_AGENCY
    with pytest.raises(NoInvoiceNumber):
        invoice_number("T8000012050002", is_sole_trader=False)


def test_a_sole_traders_invoice_number_is_never_refused_for_its_check_digit() -> None:
    usual = invoice_number("T" + TAX_AGENCY, is_sole_trader=True)
    unusual = invoice_number("T8000012050002", is_sole_trader=True)

    assert usual.recheck is None
    assert unusual.recheck is not None
    assert "公表サイト" in unusual.recheck.ja


@pytest.mark.parametrize("said", [TAX_AGENCY, "T123", "T" + TAX_AGENCY + "1", "TT00012050002", ""])
def test_what_is_no_invoice_number_is_refused_for_everybody(said: str) -> None:
    with pytest.raises(NoInvoiceNumber):
        invoice_number(said, is_sole_trader=True)
