"""Names become letters that a transfer can carry, and what has no such form is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from mamori.japan.zengin.orders import LEGAL, NotForTransfer, transfer_letters


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        ("ショージ　ダイスケ", "ｼﾖ-ｼﾞ ﾀﾞｲｽｹ"),
        ("しょうじ だいすけ", "ｼﾖｳｼﾞ ﾀﾞｲｽｹ"),
        ("ｷﾔﾝﾍﾞﾙ ｼﾞｮﾝ", "ｷﾔﾝﾍﾞﾙ ｼﾞﾖﾝ"),
        ("カ）デー・タ－センター", "ｶ)ﾃﾞ-.ﾀ-ｾﾝﾀ-"),
        ("チヂワ　ヅカ　ヴァン　ヲ", "ﾁﾁﾞﾜ ﾂﾞｶ ｳﾞｱﾝ ｵ"),
        ("ｱ~b(カ".replace("~", "-"), "ｱ-B(ｶ"),
        ("ａｂｃ商事".replace("商事", ".１２"), "ABC.12"),
    ],
)
def test_a_name_is_carried_as_banks_write_it(said: str, carried: str) -> None:
    assert transfer_letters(said) == carried


@pytest.mark.parametrize(
    "said", ["山田", "Иванов", "ヤマダ🙂", "ｶ㈱", "ア,イ", "ア、イ", "𠮷", "É", "ア\0イ", "¥"]
)
def test_what_no_transfer_can_carry_is_refused_with_the_letter(said: str) -> None:
    with pytest.raises(NotForTransfer) as told:
        transfer_letters(said)

    assert "カタカナ" in told.value.sentence.ja
    assert "katakana" in told.value.sentence.en


@given(st.text(max_size=40))
def test_what_comes_out_is_always_legal_and_one_byte_each_and_stays(said: str) -> None:
    try:
        carried = transfer_letters(said)
    except NotForTransfer:
        return

    assert set(carried) <= LEGAL
    assert len(carried.encode("cp932")) == len(carried)
    assert transfer_letters(carried) == carried
