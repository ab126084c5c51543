"""What other software tells us is read field by field, and every fault has its sentence."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from conftest import effort
from mamori.ground.declared.records import FieldWrong, convert, faults, json_of
from mamori.ground.market.actions import OrderLine, SellerLine

ORDER: dict[str, Any] = {
    "ref": "O-1",
    "buyer": "B-1",
    "seller": "S-1",
    "amount": 1,
    "ordered_at": "2026-11-01T10:00:00+09:00",
}


def told(record: dict[str, Any], kind: Any = OrderLine) -> list[tuple[str, str]]:
    return [(fault.code, str(fault.values["field"])) for fault in faults(record, kind)]


def test_a_good_record_has_no_faults() -> None:
    assert faults(ORDER, OrderLine) == []


def test_every_field_that_is_wrong_is_named_at_once() -> None:
    record = {"ref": "O 1", "buyer": "B-1", "amount": "1", "amuont": 1, "ordered_at": None}

    assert told(record) == [
        ("field-unknown", "amuont"),
        ("field-wrong", "ref"),
        ("field-missing", "seller"),
        ("field-wrong", "amount"),
        ("field-missing", "ordered_at"),
    ]


def test_faults_within_a_list_are_named_by_their_place() -> None:
    accepted = [{"clause": "recovery", "version": 0, "at": "2026-11-01", "by": "x"}, "recovery"]

    found = told({"ref": "S-1", "name": "店", "accepted": accepted}, SellerLine)

    assert found[:2] == [("field-unknown", "accepted[0].by"), ("field-wrong", "accepted[0].version")]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+09:00", "1899-12-31T23:59:59Z"])
def test_a_moment_before_our_time_is_a_sentence_and_no_overflow(at: str) -> None:
    with pytest.raises(FieldWrong, match="“ordered_at”"):
        convert({**ORDER, "ordered_at": at}, OrderLine)


def test_no_sentence_repeats_what_stood_in_the_field() -> None:
    found = faults({**ORDER, "buyer": "山田 太郎 090-0000-0000"}, OrderLine)

    assert found
    assert all("山田" not in fault.sentence.ja + fault.sentence.en for fault in found)


CROWDED = """
import sys, threading
from mamori.ground.declared.records import json_of
threading.stack_size(1024 * 1024)
def read():
    try:
        json_of(sys.argv[1].encode() * 100_000)
    except RecursionError:
        print("refused")
thread = threading.Thread(target=read)
thread.start()
thread.join()
"""


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_thread_with_little_room_outlives_what_is_nested_deep(opening: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CROWDED, opening], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.strip()) == (0, "refused")


@pytest.mark.parametrize(
    "raw", [b'["' + b"[{" * 500 + b'"]', b'["\\"' + b"[" * 500 + b'"]', b"[" + b"[]," * 500 + b"1]"]
)
def test_brackets_within_words_and_side_by_side_are_no_depth(raw: bytes) -> None:
    assert isinstance(json_of(raw), list)


@pytest.mark.parametrize(
    "raw", [b'["' + b'\\"' * 100_000, b'["' + b"\\" * 200_001, b'"' * 200_000, b"[" * 65 + b'"\\']
)
def test_what_never_ends_is_looked_at_once(raw: bytes) -> None:
    def look() -> None:
        with pytest.raises((RecursionError, msgspec.MsgspecError)):
            json_of(raw)

    assert effort(look) < 1  # it takes some milliseconds; to look again from each place would take minutes
