"""Somebody with very many records is erased in batches: the key first, nothing lost on the way, erased in the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from mamori.ground.declared import erasing
from mamori.ground.declared.erasing import AT_ONCE
from mamori.ground.ledger import actions, facts
from mamori.ground.ledger.models import Erasure
from mamori.ground.ledger.tests.conftest import AGENT, NOON, Write
from mamori.ground.seal import facts as seals

MANY = 2 * AT_ONCE + 50


@pytest.fixture
def kept() -> Iterator[list[int]]:
    """Let very many things be kept of people outside sealed values."""
    rows = list(range(3 * AT_ONCE + 10))

    def erase(subject: str, at: datetime, limit: int) -> int:
        gone = rows[:limit]
        del rows[:limit]
        return len(gone)

    erasing.reach("test", erase)
    yield rows
    erasing._ERASERS.pop("test")


@pytest.fixture
def many(write: Write) -> list[int]:
    """Write very many acts of a buyer, and one of somebody else."""
    write(subject="buyer:B-2")
    return [write() for _ in range(MANY)]


def places(at: datetime = NOON) -> list[str]:
    return [finding.place for finding in facts.verify(at=at).findings]


def accounted() -> list[int]:
    acts = [act for act in facts.acts_about("buyer:B-1") if act.kind == actions.SHREDDED]
    return [number for act in acts if act.content for number, _ in act.content["payload"]["contents"]]


def shred() -> int:
    return actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")


def test_the_key_goes_at_once_and_the_first_transaction_is_short(many: list[int], kept: list[int]) -> None:
    shred()

    assert seals.living(["buyer:B-1"]) == set()
    assert accounted() == many[:AT_ONCE]
    assert len(kept) == 2 * AT_ONCE + 10
    assert Erasure.objects.get().after == many[AT_ONCE - 1]


def test_the_rest_follows_in_batches_until_all_is_gone_and_accounted_for(
    many: list[int], kept: list[int]
) -> None:
    first = shred()
    actions.sequence(at=NOON)
    assert places() == []  # under way, and nothing is wrong

    batches = 0
    while actions.go_on_erasing(at=NOON):
        batches += 1
    actions.sequence(at=NOON)

    assert batches == 3
    assert accounted() == many
    assert kept == []
    assert not Erasure.objects.exists()
    assert places() == []
    acts = facts.acts_about("buyer:B-1")
    assert [act.content["payload"].get("goes_on") for act in acts if act.content] == [True, True, True, None]
    assert {act.content["reason"] for act in acts[1:] if act.content} == {f"ledger.act:{first}"}


def test_what_dies_in_the_middle_of_a_batch_loses_nothing(many: list[int], kept: list[int]) -> None:
    shred()
    before = list(kept)
    with transaction.atomic():
        actions.go_on_erasing(at=NOON)
        transaction.set_rollback(True)
    kept[:] = before  # what the test keeps is not in the database

    while actions.go_on_erasing(at=NOON):
        pass
    actions.sequence(at=NOON)

    assert accounted() == many
    assert kept == []
    assert places() == []


def test_an_erasure_that_nobody_goes_on_with_is_named(many: list[int]) -> None:
    shred()
    actions.sequence(at=NOON)

    assert places(NOON + timedelta(minutes=59)) == []
    assert places(NOON + timedelta(minutes=61)) == ["erasure buyer:B-1"]


def test_a_key_thrown_away_silently_is_found_while_another_erasure_is_under_way(
    many: list[int], write: Write
) -> None:
    from mamori.ground.seal import actions as seal

    other = write(subject="buyer:B-3")
    shred()
    seal.shred(subject="buyer:B-3", at=NOON)
    actions.sequence(at=NOON)

    assert places() == [f"content {other}"]


def test_few_records_are_erased_in_one_act_as_ever(write: Write) -> None:
    number = write()

    shred()

    [act] = facts.acts_about("buyer:B-1")
    assert act.content is not None
    assert [row for row, _ in act.content["payload"]["contents"]] == [number]
    assert "goes_on" not in act.content["payload"]
    assert actions.go_on_erasing(at=NOON) == 0


def test_two_people_are_erased_one_after_the_other(many: list[int], write: Write) -> None:
    others = [write(subject="buyer:B-3") for _ in range(AT_ONCE + 1)]
    shred()
    actions.shred(AGENT, subject="buyer:B-3", reason="本人の請求")

    while actions.go_on_erasing(at=NOON):
        pass
    actions.sequence(at=NOON)

    assert places() == []
    assert len(others) == AT_ONCE + 1
    assert accounted() == many


def test_an_older_backup_of_the_keys_has_all_of_it_erased_again(many: list[int], kept: list[int]) -> None:
    from mamori.ground.seal import actions as seal
    from mamori.ground.seal.models import SubjectKey

    before = list(seals.key_rows())
    shred()
    while actions.go_on_erasing(at=NOON):
        pass
    kept[:] = range(2 * AT_ONCE)
    market = [row for row in seals.key_rows() if row.subject == "market"]
    SubjectKey.objects.all().delete()
    seal.put_back_keys([row for row in before if row.subject != "market"] + market)

    again = actions.shred_again(at=NOON)

    assert again == 1
    assert kept == []
    actions.sequence(at=NOON)
    assert places() == []
