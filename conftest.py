"""What every test may count on: keys and a log of its own, never those of a running house."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from mamori.ground.seal import keystore


@pytest.fixture(scope="session")
def house_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the keys once for all tests."""
    settings.KEYS = tmp_path_factory.mktemp("house") / "keys"
    for key in keystore.Key:
        keystore.make(key)
    return settings.KEYS


@pytest.fixture(autouse=True)
def house(house_keys: Path, tmp_path: Path) -> Iterator[None]:
    """Point the settings to the tests' keys and to an empty log."""
    former = settings.KEYS, settings.LOG
    settings.KEYS, settings.LOG = house_keys, tmp_path / "log"
    yield
    settings.KEYS, settings.LOG = former
