"""What a font cannot show becomes a square, level by level, and nothing else of somebody's words is lost."""

from __future__ import annotations

import pytest

from mamori.ground.post.letters import LEVELS, legible

PLAIN = "山田 花子\t髙橋（㈱）ABC 03-3507-8801\n「そのまま」〒100"


@pytest.mark.parametrize("level", range(LEVELS))
def test_no_control_sign_is_left_and_lines_stay_lines(level: int) -> None:
    said = legible("a\x07b\x00c\r\nd\u202ee\ufefff\ue000g\U0010fffe", level)

    assert said == "a□b□c\ndef□g□"


@pytest.mark.parametrize("level", range(LEVELS - 1))
def test_what_japanese_fonts_hold_is_kept(level: int) -> None:
    assert legible(PLAIN, level) == PLAIN


def test_less_is_asked_of_the_font_at_each_level() -> None:
    said = "สวัสดี 𠮷 髙 高"

    assert [legible(said, level) for level in range(LEVELS)] == [
        "สวัสดี 𠮷 髙 高",
        "□□□□□□ 𠮷 髙 高",
        "□□□□□□ □ 髙 高",
        "□□□□□□ □ □ 高",
    ]


def test_letters_and_their_marks_are_one_and_spaces_are_plain() -> None:
    assert legible("か\u3099\u00a0\u3000x", 1) == "が \u3000x"


def test_it_goes_through_lists_and_tables_and_leaves_the_rest() -> None:
    value = {"a": ["\x07", 1, None, True], "b": {"c": ("\x00",)}}

    assert legible(value, 0) == {"a": ["□", 1, None, True], "b": {"c": ["□"]}}


def test_what_goes_on_without_a_blank_may_be_broken() -> None:
    said = legible("あ" * 40_000, 0)

    assert said.replace("\u200b", "") == "あ" * 40_000
    assert max(len(part) for part in said.split("\u200b")) <= 1_000
    assert "\u200b" not in legible("あ" * 900, 0)
