"""Every bank and branch of the day is known, and what does not exist is refused with what to do next."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from mamori.japan.banks.account import (
    MOST,
    NoSuchBank,
    NoSuchBranch,
    as_of,
    bank,
    banks,
    banks_called,
    branch,
    branches,
    branches_called,
)


def test_the_table_is_whole_and_tells_its_day() -> None:
    assert as_of() >= date(2026, 8, 24)
    assert len(banks()) > 1_000
    assert sum(len(branches(code)) for code in banks()) > 25_000
    assert {len(code) for code in banks()} == {4}


def test_a_bank_and_a_branch_are_found_by_their_codes() -> None:
    assert (bank("0001").name, bank("0001").kana) == ("みずほ", "ミズホ")
    assert branch("0001", "001").name == "東京営業部"
    assert branch("9900", "058").name == "〇五八"


@pytest.mark.parametrize("words", ["みずほ", "みずほ銀行", "ミズホ", "ﾐｽﾞﾎ", " 　みずほ"])
def test_a_bank_is_found_in_any_spelling(words: str) -> None:
    assert [one.code for one in banks_called(words)] == ["0001"]


def test_names_that_the_table_shortens_are_found_in_full() -> None:
    assert banks_called("盛岡信用金庫") == banks_called("盛岡信金") != ()
    assert [one.code for one in banks_called("三菱UFJ銀行")] == ["0005"]
    assert [one.code for one in branches_called("0001", "丸の内中央支店")] == ["004"]


def test_a_beginning_is_enough_and_answers_stay_few() -> None:
    assert "0001" in {one.code for one in banks_called("みず")}
    assert len(branches_called("0001", "ア")) == MOST
    assert banks_called("") == banks_called("・") == banks_called("銀河系中央") == ()


@pytest.mark.parametrize("code", ["0002", "1", "00001", "みずほ", "", "../banks"])
def test_a_bank_that_does_not_exist_is_refused_with_what_to_do(code: str) -> None:
    with pytest.raises(NoSuchBank) as told:
        bank(code)

    assert "銀行の名前で選び直してください" in told.value.sentence.ja
    assert f"as of {as_of()}" in told.value.sentence.en


def test_a_branch_that_does_not_exist_is_refused_with_the_name_of_its_bank() -> None:
    with pytest.raises(NoSuchBranch) as told:
        branch("0001", "999")

    assert "「みずほ」に支店コード「999」の店は見つかりません" in told.value.sentence.ja


def test_asking_for_a_branch_of_no_bank_is_refused_as_no_bank() -> None:
    with pytest.raises(NoSuchBank):
        branch("0002", "001")


def test_nothing_is_read_before_it_is_asked_for() -> None:
    ask = "import sys, mamori.japan.banks.account as m; print(m._data.cache_info().currsize, 'zengin_code' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout

    assert told.split() == ["0", "False"]
