"""`mamori setup` makes no new key for a house that lives by the one that is gone, and the old one is brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mamori.site.tests.houses import House, mamori, told_by

pytestmark = pytest.mark.processes

LIVE = """
from mamori.site.command import ready
ready()
from datetime import UTC, datetime
from django.db import transaction
from mamori.ground.cases import actions as cases
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal.models import KeyMark
from mamori.ground.terms import actions as terms
at = datetime(2026, 11, 24, tzinfo=UTC)
with transaction.atomic():
    terms.accept(seller_ref="S-1", clause="recovery", version=1, at=at, source="signed")
    cases.open(kind="test.kind", about="t:1", title="話題", buyer_ref="B-1", seller_ref="S-1", order_ref="O-1", at=at,
               subject="seller:S-1", called="高橋商店")
ledger.sequence(at=at)
KeyMark.objects.all().delete()
"""
"""A house with a checkpoint, an entry of the search and people's keys, from before keys were marked."""


@pytest.fixture(scope="module")
def house(new_house: Callable[..., House]) -> House:
    """Make it."""
    made = new_house(is_set_up=True)
    told_by(LIVE, made)
    return made


@pytest.mark.parametrize("key", ["log", "index", "subjects"])
def test_a_key_that_the_house_lives_by_is_not_made_anew_and_comes_back(
    key: str, house: House, tmp_path: Path
) -> None:
    place, kept = Path(house["MAMORI_HOME"]) / "keys" / f"{key}.key", tmp_path / "keys.backup"
    mamori(house, "backup", "--keys", str(kept))
    before = place.read_bytes()
    place.unlink()

    refused = mamori(house, "setup")
    was_made = place.exists()
    back = mamori(house, "restore", "--keys", str(kept))
    again = mamori(house, "setup")

    assert refused.returncode == 2
    assert not was_made
    assert f"The key {place} is missing" in refused.stderr
    assert "mamori restore --keys FILE" in refused.stderr
    assert (back.returncode, again.returncode) == (0, 0), back.stderr
    assert place.read_bytes() == before


def test_a_new_house_still_gets_its_keys(new_house: Callable[..., House]) -> None:
    made = new_house()

    told = mamori(made, "setup")

    assert told.returncode == 0
    assert told.stdout.count("made a key") == 4
