"""What a verb costs is counted: a dear one is seen, and the verbs of a room are all priced."""

from __future__ import annotations

from trials.price import ROOMS, planted, priced


def test_a_dear_verb_is_told_from_a_cheap_one() -> None:
    assert planted() == (2, 201)


def test_every_verb_of_a_room_has_its_price() -> None:
    verbs, _, _ = priced(ROOMS / "display")

    assert {"write_display", "miss_display"} <= verbs.keys()
    assert all(lines > 0 for lines, _ in verbs.values())
