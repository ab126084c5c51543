"""A house that sends mail, so that codes are offered."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def mailed(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Let mail go into a folder."""
    settings.MAMORI_MAIL = f"folder:{tmp_path}/mail"  # type: ignore[attr-defined]
