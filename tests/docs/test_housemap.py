"""The map is what duties, practices and their tests say; a folder alone changes no state."""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from mamori.law.practices import PRACTICES
from tools.reference import housemap


def house(tmp_path: Path) -> Path:
    """Copy the map and what the map rests on: folders of rooms, tests, and the script that runs them."""
    for path in (housemap.PAGE, "tools/test.sh"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(housemap.ROOT / path, tmp_path / path)
    for room in sorted((housemap.ROOT / "mamori/rooms").iterdir()):
        if room.is_dir() and not room.name.startswith("_"):
            (tmp_path / f"mamori/rooms/{room.name}").mkdir(parents=True)
    for path in [
        *(housemap.ROOT / "tests").rglob("test_*.py"),
        *(housemap.ROOT / "mamori/rooms").rglob("test_*.py"),
    ]:
        copy = tmp_path / path.relative_to(housemap.ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return tmp_path


def test_the_map_is_fresh() -> None:
    assert housemap.main(["--check"]) == 0


def test_a_map_that_was_edited_by_hand_is_stale_until_it_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = house(tmp_path)
    page = root / housemap.PAGE
    assert housemap.main(["--check"], root) == 0

    before, row, after = page.read_text(encoding="utf-8").partition("| P19 |")
    page.write_text(before + row + after.replace("まだ<br>not begun", "動く<br>works", 1), encoding="utf-8")

    assert housemap.main(["--check"], root) == 1
    assert "stale" in capsys.readouterr().out
    assert housemap.main([], root) == 0
    assert housemap.main(["--check"], root) == 0


def test_a_folder_proves_nothing(tmp_path: Path) -> None:
    root = house(tmp_path)

    (root / "mamori/rooms/display/actions").mkdir(parents=True)

    drawn = housemap.render(root)
    assert "[`display`](../../mamori/rooms/display)" in drawn
    assert states(drawn) == states(housemap.render())


def test_a_state_comes_with_its_test_and_goes_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = house(tmp_path)
    done = replace(
        PRACTICES[0], shown_by=("tests/law/test_law.py::test_the_act_is_covered_duty_by_duty",), missing=None
    )
    assert "| P01 |" in states(housemap.render(root, practices=[done]))["works"]

    (root / "tests/law/test_law.py").write_text("")

    assert housemap.main([], root, practices=[done]) == 1
    assert "P01 names tests/law/test_law.py::test_the_act" in capsys.readouterr().out
    assert housemap.main(["--check"], root) == 0


def test_what_is_missing_is_said_beside_what_is_done_in_part() -> None:
    rows = states(housemap.render())["in part"]

    assert "`identity` 3(1)(iii)" in rows
    assert "| P34 |" in rows
    assert "takes no document itself" in rows


def states(drawn: str) -> dict[str, str]:
    """Gather the rows by the state in which each is."""
    rows = [row for row in drawn.splitlines() if row.startswith("| ")]
    kinds = {
        "works": r"<br>works(?: \(while on: .*\))? \|$",
        "in part": r"<br>in part: .* \|$",
        "not begun": r"<br>not begun \|$",
    }
    return {
        kind: "\n".join(re.sub(r"\[(`\w+`)\]\(\S+\)", r"\1", row) for row in rows if re.search(end, row))
        for kind, end in kinds.items()
    }


def test_a_page_without_a_place_for_the_map_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place"):
        housemap.placed("# A page", "")


def test_the_explanation_names_every_storey_and_part_of_the_ground_in_its_order() -> None:
    contracts = tomllib.loads((housemap.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    layers = {tuple(one["containers"]): one["layers"] for one in contracts if one["type"] == "layers"}
    parts = layers["mamori.ground",][::-1]
    explained = (housemap.ROOT / "docs/explanation/the-house.md").read_text()

    assert re.findall(r"^\| `(\w+)` \|", explained, re.M) == parts
    drawn = explained.partition("```text\n")[2].partition("```")[0]
    storeys = [name for layer in layers["mamori",] for name in layer.split(" | ")]
    assert sorted(re.findall(rf"\b({'|'.join(storeys)}) {{3,}}", drawn)) == sorted(storeys)
