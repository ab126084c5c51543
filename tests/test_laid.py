"""What a test stands on is laid once, is there whole for each, and nothing that another test did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.models import Buyer
from mamori.rooms.contact.tests.conftest import MONDAY
from tests.laid import Cast, Ground, laid

MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=MONDAY, via="test")
laid_so_far: list[str] = []


def put(ref: str) -> str:
    laid_so_far.append(ref)
    market.put_buyer(MACHINE, market.BuyerLine(ref=ref, name=ref))
    return ref


@laid
def first() -> str:
    return put("B-1")


@laid
def second(first: str) -> str:
    return put(f"{first}-2")


@pytest.fixture
def refs(db: None) -> list[str]:
    return sorted(Buyer.objects.values_list("ref", flat=True))


@pytest.mark.parametrize("time", range(2))
def test_each_finds_what_it_asks_for_and_nothing_that_another_added(
    first: str, refs: list[str], time: int
) -> None:
    put(f"B-{time + 7}")

    assert first == "B-1"
    assert refs == ["B-1"]


def test_one_stands_on_another(second: str, refs: list[str]) -> None:
    assert second == "B-1-2"
    assert refs == ["B-1", "B-1-2"]
    assert laid_so_far.count("B-1") <= 1


def test_who_asks_for_less_finds_less(first: str, refs: list[str]) -> None:
    assert refs == ["B-1"]
    assert laid_so_far.count("B-1") <= 1


@pytest.mark.django_db
def test_who_asks_for_nothing_finds_nothing() -> None:
    assert not Buyer.objects.exists()


def cast(name: str, ref: str) -> Cast:
    return Cast(name, lambda: put(ref))


@pytest.mark.django_db
def test_only_what_is_not_there_yet_is_laid_and_only_what_is_not_asked_for_is_taken_away() -> None:
    ground, low, middle, other = Ground(), cast("low", "L"), cast("middle", "M"), cast("other", "O")
    laid_so_far.clear()

    ground.stand([low, middle])
    ground.stand([low, other])
    ground.stand([low, other])

    assert laid_so_far == ["L", "M", "O"]
    assert sorted(Buyer.objects.values_list("ref", flat=True)) == ["L", "O"]
    ground.stand([])
    assert not Buyer.objects.exists()


@pytest.mark.django_db
def test_what_could_not_be_laid_leaves_nothing_behind() -> None:
    def broken() -> Any:
        put("B-9")
        raise RuntimeError

    ground = Ground()
    with pytest.raises(RuntimeError):
        ground.stand([Cast("broken", broken)])

    assert ground.stands == []
    assert not Buyer.objects.exists()


@pytest.mark.django_db
def test_what_writes_files_is_not_laid_for_the_next_test_has_a_folder_of_its_own() -> None:
    ground = Ground()

    with pytest.raises(AssertionError, match="writes to"):
        ground.stand([Cast("writing", lambda: Path(settings.FILES).mkdir(parents=True))])
