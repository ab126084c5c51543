"""An unexpected error is kept by kind and place; what it quotes is not kept."""

from __future__ import annotations

from mamori.ground.declared.memory import fault_of
from mamori.ground.declared.records import json_of


def test_a_fault_names_its_kind_and_place_in_our_code_and_quotes_nothing() -> None:
    try:
        json_of("山田太郎".encode("shift_jis"))
    except ValueError as error:
        said = fault_of(error)

    assert "DecodeError at declared/records.py:" in said
    assert "山" not in said


def test_what_was_never_raised_has_no_place() -> None:
    assert fault_of(KeyError("090-0000-0000")) == "KeyError"
