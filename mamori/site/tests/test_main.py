"""`mamori` ends with a sentence, not a traceback, when the disk or the database is not as it should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from mamori.site import command


def test_a_place_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    def stumble(**_: object) -> None:
        (tmp_path / "file" / "keys").mkdir()

    monkeypatch.setattr(command, "cli", stumble)
    with pytest.raises(SystemExit) as end:
        command.main()

    assert end.value.code == 2
    assert str(tmp_path / "file" / "keys") in capsys.readouterr().err


def test_a_bug_shows_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(**_: object) -> None:
        raise FileNotFoundError(2, "a bug", "somewhere")

    monkeypatch.setattr(command, "cli", stumble)

    with pytest.raises(FileNotFoundError):
        command.main()
