"""What narrows a list is read from the address: a choice, a reference, a month; what cannot be is none."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.matters.readinglist import Filter
from mamori.japan.calendar import Month


def narrowing(*, choices: Mapping[str, Text] | None = None, monthly: bool = False) -> Filter:
    def narrow(rows: object, actor: Actor, value: object) -> object:
        return rows

    return Filter(name="by", title=Text("条件", "By"), narrow=narrow, choices=choices or {}, monthly=monthly)


CHOICE = narrowing(choices={"mine": Text("自分", "mine"), "all-others": Text("ほか", "others")})
REFERENCE, MONTH = narrowing(), narrowing(monthly=True)


@pytest.mark.parametrize(
    ("one", "written", "value"),
    [
        (CHOICE, "mine", "mine"),
        (CHOICE, "Mine", None),
        (CHOICE, "S-1", None),
        (REFERENCE, "S-1 /x", "S-1 /x"),
        (REFERENCE, "S" * 64, "S" * 64),
        (REFERENCE, "S" * 65, None),
        (REFERENCE, "店", None),
        (REFERENCE, "S\x00", None),
        (MONTH, "2026-11", Month(2026, 11)),
        (MONTH, "2026-13", None),
        (MONTH, "11/2026", None),
        (MONTH, "２０２６-11", None),
    ],
)
def test_what_an_address_says_is_read_or_is_none(one: Filter, written: str, value: object) -> None:
    assert one.read(written) == value
