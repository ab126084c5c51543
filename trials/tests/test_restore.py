"""A house that is filled, backed up and restored is the same, small, and each planted fault is refused."""

from __future__ import annotations

import os

import pytest

from trials.restore import measure
from trials.sizes import sized

ENGINE = "postgres" if os.environ.get("MAMORI_DATABASE_URL", "").startswith("postgres") else "sqlite"


@pytest.mark.sized
@pytest.mark.processes
def test_a_house_comes_back_from_its_backup_as_it_was() -> None:
    cases, acts, real = sized((200, 100, 40), (10_000, 10_000, 200))

    found = measure(engine=ENGINE, cases=cases, acts=acts, real=real)

    assert found.broken == [], found.figures
