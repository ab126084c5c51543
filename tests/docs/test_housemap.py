"""The map of rooms in README.md is what the duties and the folders say."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tools.reference import housemap


def house(tmp_path: Path) -> Path:
    """Copy README.md and lay the folders of the rooms that work."""
    shutil.copy(housemap.ROOT / "README.md", tmp_path)
    for room in sorted((housemap.ROOT / "mamori/rooms").iterdir()):
        if room.is_dir() and not room.name.startswith("_"):
            (tmp_path / f"mamori/rooms/{room.name}/actions").mkdir(parents=True)
    return tmp_path


def test_the_map_in_the_readme_is_fresh() -> None:
    assert housemap.main(["--check"]) == 0


def test_a_new_room_makes_the_map_stale_until_it_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = house(tmp_path)
    assert housemap.main(["--check"], root) == 0

    (root / "mamori/rooms/display").mkdir()
    (root / "mamori/rooms/display/actions.py").touch()

    assert housemap.main(["--check"], root) == 1
    assert "stale" in capsys.readouterr().out
    assert housemap.main([], root) == 0
    assert housemap.main(["--check"], root) == 0


def test_a_readme_without_a_place_for_the_map_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place"):
        housemap.placed("# A page", "")


def test_readme_and_explanation_name_every_storey_and_part_of_the_ground_in_its_order() -> None:
    contracts = tomllib.loads((housemap.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    layers = {tuple(one["containers"]): one["layers"] for one in contracts if one["type"] == "layers"}
    parts = layers["mamori.ground",][::-1]
    explained = (housemap.ROOT / "docs/explanation/the-house.md").read_text()
    line = re.search(
        r"^Under the rooms lies the ground: (.*?)\. ", (housemap.ROOT / "README.md").read_text(), re.M
    )

    assert line
    assert re.findall(r"`(\w+)`", line[1]) == parts
    assert re.findall(r"^\| `(\w+)` \|", explained, re.M) == parts
    drawn = explained.partition("```text\n")[2].partition("```")[0]
    storeys = [name for layer in layers["mamori",] for name in layer.split(" | ")]
    assert sorted(re.findall(rf"\b({'|'.join(storeys)}) {{3,}}", drawn)) == sorted(storeys)
