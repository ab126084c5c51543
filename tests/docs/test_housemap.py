"""The map of rooms in README.md is what the duties and the folders say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.reference import housemap


def house(tmp_path: Path) -> Path:
    """Copy README.md and lay the folder of a room that works."""
    shutil.copy(housemap.ROOT / "README.md", tmp_path)
    (tmp_path / "mamori/rooms/contact/actions").mkdir(parents=True)
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
