"""How long words may be: counted as written and spelt out, and bounded before they are spelt out."""

from __future__ import annotations

import pytest

from mamori.japan import written
from mamori.japan.written import LONGEST, length_of, spelt_out


@pytest.mark.parametrize(("sign", "signs"), [("あ", 1), ("㍿", 4), ("…", 3), ("ﷺ", 18), ("ｶﾞ", 2)])
def test_words_are_as_long_as_they_are_spelt_out(sign: str, signs: int) -> None:
    fits = written.MOST // signs

    assert written.optional(sign * fits) == sign * fits
    with pytest.raises(written.TooManyWords):
        written.optional(sign * (fits + 1))


def test_the_sentence_says_how_long_they_count() -> None:
    with pytest.raises(written.TooManyWords) as refused:
        written.checked("ﷺ" * written.MOST)
    with pytest.raises(written.TooManyWords) as longer:
        written.reasoned("ﷺ" * (written.MOST + 1))

    assert "180,000" in refused.value.sentence.ja
    assert "10,001" in longer.value.sentence.ja


def test_blanks_around_words_do_not_count() -> None:
    assert written.optional(" \n" * written.MOST + "はい") == "はい"


def test_what_is_too_long_as_written_is_not_spelt_out() -> None:
    assert length_of("ﷺ" * 11, most=10) == 11
    assert length_of("ﷺ" * 10, most=10) == 180
    assert spelt_out("１２ﷺ"[:2]) == "12"
    assert len(spelt_out("ﷺ" * 1_000_000)) == 18 * LONGEST
