"""Displays are read and checked as promised, and a reader or checker that finds less would break the promise."""

from __future__ import annotations

from trials import reading


def test_displays_are_read_as_promised_and_what_is_planted_is_seen() -> None:
    found = reading.measure()

    assert found.broken == [], found.figures
    assert (found.displays, found.statuses) == (220, 220 * 16)


def test_a_reader_that_finds_nothing_calls_everything_missing() -> None:
    one = next(display for display in reading.displays("a") if display.seller.kind == "corporation")

    said = reading.statuses(one, reading.blind)

    assert said["name"] == said["address"] == said["phone"] == "missing"
    assert reading.statuses(one) != said
