"""What a verb costs is counted: a dear one is seen, and the verbs of a room are all priced."""

from __future__ import annotations

from pathlib import Path

from trials.price import ROOMS, page_layer, planted, priced


def test_a_dear_verb_is_told_from_a_cheap_one() -> None:
    assert planted() == (2, 201)


def test_every_verb_of_a_room_has_its_price() -> None:
    verbs, _, _ = priced(ROOMS / "display")

    assert {"write_display", "miss_display"} <= verbs.keys()
    assert all(lines > 0 for lines, _ in verbs.values())


def test_the_page_layer_of_a_room_is_its_page_modules_and_what_its_queries_freeze_for_pages_alone(
    tmp_path: Path,
) -> None:
    frozen = "@dataclass(frozen=True, slots=True)\nclass {name}:\n    lines: int\n"
    for path, text in {
        "views/staff.py": "one\ntwo\nthree\n",
        "feature/urls.py": "one\n",
        "queries.py": frozen.format(name="Page") + frozen.format(name="Fact") + "def page():\n    pass\n",
        "facts.py": "from mamori.rooms.made.queries import Fact\n",
        "actions.py": "one\ntwo\n",
        "tests/views.py": "one\n",
    }.items():
        (tmp_path / "made" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "made" / path).write_text(text, "utf-8")

    assert page_layer(tmp_path) == {"made": (4 + 8, 4 + 3)}
