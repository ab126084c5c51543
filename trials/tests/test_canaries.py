"""Nothing that people told us lies readable on the disk, on either database; and the search would see it if it did."""

from __future__ import annotations

from pathlib import Path

import pytest

from trials import canaries
from trials.canaries import PEOPLE, encodings
from trials.sizes import ENGINE, sized


@pytest.mark.sized
@pytest.mark.processes
def test_no_word_of_anybodys_lies_readable() -> None:
    found = canaries.measure(engine=ENGINE, people=sized(5, PEOPLE))

    assert found.broken == [], found.found


def test_a_word_is_known_in_every_dress() -> None:
    dressed = encodings("鶯谷A")

    assert set(dressed) == {"utf-8", "utf-16le", "base64", "hex", "percent", "json"}
    assert "鶯谷A".encode() in dressed["utf-8"]
    assert b"e9b6afe8b0b741" in dressed["hex"]
    assert b"%E9%B6%AF%E8%B0%B7A" in dressed["percent"]
    assert b"=E9=B6=AF=E8=B0=B7A" in dressed["percent"]
    assert rb"\u9daf\u8c37A" in dressed["json"]


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_a_word_inside_base64_is_known_wherever_it_begins(before: str) -> None:
    import base64

    coded = base64.b64encode(f"{before}鶯谷サクマ4711 and more".encode())

    assert any(form in coded for form in encodings("鶯谷サクマ4711")["base64"])


def test_a_file_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "dump").write_text("")

    assert canaries._search([tmp_path], {b"x"}) == (set(), 1)
