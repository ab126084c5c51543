"""An account is taken as it was written, or refused with a sentence that says what to do next and repeats no number."""

from __future__ import annotations

import pytest

from mamori.grammar.refusal import Refusal
from mamori.japan.banks.account import (
    AccountKind,
    AccountNumberLength,
    AccountNumberNotDigits,
    NoSuchAccountKind,
    NoSuchBank,
    NoSuchBranch,
    PostBankKind,
    PostBankNumberLength,
    account,
)


def test_an_account_is_read_in_any_width() -> None:
    read = account(bank="０００１", branch_code=" ００１", kind="普通預金", number="１２３-４５６７")

    assert (read.branch.bank.name, read.branch.name, read.kind, read.number) == (
        "みずほ",
        "東京営業部",
        AccountKind.ORDINARY,
        "1234567",
    )
    assert read.masked == "****567"


@pytest.mark.parametrize(
    ("said", "kind"),
    [("1", "1"), ("ordinary", "1"), ("当座", "2"), ("貯蓄預金", "4"), ("その他", "9"), ("９", "9")],
)
def test_kinds_are_taken_as_word_or_digit(said: str, kind: str) -> None:
    assert account(bank="0001", branch_code="001", kind=said, number="1234567").kind == kind


@pytest.mark.parametrize(
    ("bank", "branch_code", "kind", "number", "refusal"),
    [
        ("0002", "001", "普通", "1234567", NoSuchBank),
        ("0001", "999", "普通", "1234567", NoSuchBranch),
        ("0001", "001", "定期", "1234567", NoSuchAccountKind),
        ("0001", "001", "普通", "12345A7", AccountNumberNotDigits),
        ("0001", "001", "普通", "一二三四五六七", AccountNumberNotDigits),
        ("0001", "001", "普通", "", AccountNumberNotDigits),
        ("0001", "001", "普通", "123456", AccountNumberLength),
        ("0001", "001", "普通", "12345678", AccountNumberLength),
        ("9900", "058", "普通", "12345671", PostBankNumberLength),
        ("9900", "058", "当座", "1234567", PostBankKind),
        ("9900", "059", "普通", "1234567", PostBankKind),
    ],
)
def test_what_cannot_be_is_refused(
    bank: str, branch_code: str, kind: str, number: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as told:
        account(bank=bank, branch_code=branch_code, kind=kind, number=number)

    assert not number or number not in told.value.sentence.ja + told.value.sentence.en
    assert "ください" in told.value.sentence.ja or "直せます" in told.value.sentence.ja


def test_a_short_number_is_not_filled_up_unasked() -> None:
    with pytest.raises(AccountNumberLength) as told:
        account(bank="0001", branch_code="001", kind="普通", number="12345")

    assert "先頭に0を足して7桁" in told.value.sentence.ja
