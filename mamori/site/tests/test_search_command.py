"""`mamori search fill` goes through all cases and says what it did."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from mamori.ground.cases import actions as cases, facts, searching
from mamori.ground.cases.models import Entry
from mamori.site.command import search

pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[str, str]:
    told = CliRunner().invoke(search.command, ["fill", *words], catch_exceptions=False)
    return told.stdout, told.stderr


@pytest.fixture
def of_before(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keep five cases that the search knows nothing of, and look at one in a turn."""
    monkeypatch.setattr(search, "AT_ONCE", 1)
    monkeypatch.setattr(search, "TOLD_EVERY", 2)
    rows = [
        cases.open(
            kind="contact.trouble",
            about=f"t:{n}",
            title="商品が届かない",
            buyer_ref="B-1",
            seller_ref="S-1",
            order_ref=f"O-2026-{n}",
            at=datetime(2026, 11, 16, tzinfo=UTC),
        )
        for n in range(5)
    ]
    searching.drop_tokens(list(Entry.objects.values_list("pk", flat=True)))
    Entry.objects.all().delete()
    return rows


def test_what_could_not_be_found_is_found_afterwards_and_entered_once(of_before: list[int]) -> None:
    first, again = run(), run()

    assert "案件 5 件、言葉 0 件" in first[0]
    assert "案件 0 件、言葉 0 件" in again[0]
    assert len(facts.search("届かない").hits) == 5


def test_it_says_where_to_go_on_and_goes_on_there(of_before: list[int]) -> None:
    out, err = run("--after", str(of_before[2]))

    assert "案件 2 件" in out
    assert f"--after {of_before[4]}" in err
    assert len(facts.search("届かない").hits) == 2
