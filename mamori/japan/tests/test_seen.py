"""What of a text can be seen: fillers are nothing, letters say something, names stand on one line."""

from __future__ import annotations

import pytest

from mamori.japan.written import has_letters, is_visible, on_one_line, plain_name

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


INVISIBLE = [
    *("\u200b", "\u2060", "\u00ad", "\ufeff", "\u3164", "\u200d", "\u2800", "\u115f", "\uffa0", "\u034f"),
    *(
        "\U000e0041",
        "\U000e007f",
        "\ufe0f",
        "\u200e",
        "\u200f",
        "\u061c",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
    ),
    *("\ufff0", "\ufffb", "\U00013430", "\U0001bca0", "\U0001d173", "\U0001d17a"),
]


@pytest.mark.parametrize("sign", INVISIBLE, ids=ascii)
@pytest.mark.parametrize("glyphs", [False, True])
def test_no_two_names_look_alike_for_a_sign_that_shows_nothing(sign: str, glyphs: bool) -> None:
    for hidden in (f"{sign}高橋商店", f"高{sign}橋商店", f"高橋商店{sign}", f"高橋{sign * 3}商店"):
        assert plain_name(hidden, glyphs=glyphs) == "高橋商店"
    assert plain_name(f"ハ{sign}\u309aン屋", glyphs=glyphs) == "パン屋"


def test_of_blanks_in_a_name_one_is_left_and_letters_are_composed() -> None:
    assert plain_name(" 山の\u00a0\u2003 店\n") == "山の 店"
    assert plain_name("山の\u3000\u3000店") == "山の\u3000店"
    assert plain_name("ハ\u309aン屋") == "パン屋"


def test_a_registered_name_keeps_its_glyph_and_a_shops_does_not() -> None:
    assert plain_name("葛\U000e0100城", glyphs=True) == "葛\U000e0100城"
    assert plain_name("葛\U000e0100城") == "葛城"
    assert plain_name("あ\U000e0100", glyphs=True) == "あ"
