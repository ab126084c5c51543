"""What of a text can be seen: fillers are nothing, letters say something, names stand on one line."""

from __future__ import annotations

import pytest

from mamori.japan.seen import has_letters, is_visible, on_one_line

UNSEEN = [
    "",
    " ",
    "　",
    "\u200b",
    "\u3164",
    "\u2800",
    "\ufe0f",
    "\u115f\u1160",
    "\u00ad",
    "\U000e0041",
    "\u0301",
]


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_fillers_show_nothing_and_say_nothing(text: str) -> None:
    assert not is_visible(text)
    assert not has_letters(text)


@pytest.mark.parametrize("text", ["。", "…", "👍", "-"])
def test_signs_are_seen_and_say_nothing(text: str) -> None:
    assert is_visible(text)
    assert not has_letters(text)


@pytest.mark.parametrize("text", ["はい", "1", "葛󠄀", "👍ok", "é", "かﾞ", "안녕"])
def test_letters_and_figures_of_any_script_say_something(text: str) -> None:
    assert is_visible(text)
    assert has_letters(text)


def test_a_name_stands_on_one_line_and_runs_one_way() -> None:
    assert on_one_line("良い品\n理由：取り消します") == "良い品 理由：取り消します"
    assert on_one_line(" a\u2028b\u202ec\x07\t ") == "a bc"
    assert on_one_line("👩\u200d🍳の鍋") == "👩\u200d🍳の鍋"
