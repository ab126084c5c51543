"""A pattern is compiled when it is first used, once, and then does what a compiled one does."""

from __future__ import annotations

import copy
import re

import pytest

from mamori.grammar.regex import regex


def test_a_pattern_is_compiled_by_its_first_use_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compiling = re.compile
    monkeypatch.setattr(
        re, "compile", lambda pattern, flags: compiled.append(pattern) or compiling(pattern, flags)
    )

    postcode = regex(r"(\d{3})-(\d{4})")
    assert (postcode.pattern, compiled) == (r"(\d{3})-(\d{4})", [])

    assert postcode.search("〒100-0001")
    assert postcode.sub(r"\1\2", "〒100-0001") == "〒1000001"
    assert compiled == [postcode.pattern]


def test_a_pattern_has_all_that_a_compiled_one_has() -> None:
    word, like = regex("(?P<word>é+)", re.IGNORECASE), re.compile("(?P<word>é+)", re.IGNORECASE)
    told = {name: getattr(like, name) for name in dir(like) if not name.startswith("_")}

    assert word.fullmatch("ÉÉ")

    assert {name for name in dir(word) if not name.startswith("_")} == told.keys()
    assert (word.flags, word.groups, word.groupindex) == (like.flags, like.groups, like.groupindex)
    assert regex(rb"\d").findall(b"1a2") == [b"1", b"2"]


def test_a_pattern_that_is_none_says_so_when_it_is_used() -> None:
    broken = regex("(")

    with pytest.raises(re.PatternError):
        broken.search("")


def test_a_pattern_that_waits_is_copied_as_it_is() -> None:
    waiting = regex("[a-z]+")

    copied = copy.copy(waiting)

    assert copied.search("12 ab") is not None
    assert waiting.pattern == copied.pattern
