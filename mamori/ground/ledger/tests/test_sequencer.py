"""Acts get their places once, in batches; what a crash leaves undone the next run does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from mamori.ground.ledger import actions, log
from mamori.ground.ledger.formats import read_head
from mamori.ground.ledger.log import the_signer
from mamori.ground.ledger.models import Checkpoint, Leaf
from mamori.ground.ledger.tests.conftest import NOON, Write

type Superuser = Callable[..., None]


def shown() -> str:
    return (Path(settings.LOG) / "checkpoint").read_text()


@pytest.mark.django_db
def test_nothing_waiting_signs_nothing() -> None:
    assert actions.sequence(at=NOON) == 0
    assert not Checkpoint.objects.exists()


def test_a_long_queue_is_placed_in_batches_under_heads_of_bounded_stretch(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "BATCH", 3)
    monkeypatch.setattr(log, "STRETCH", 6)
    for _ in range(10):
        write()

    placed = actions.sequence(at=NOON)

    assert placed == 10
    assert list(Checkpoint.objects.order_by("number").values_list("size", flat=True)) == [6, 10]


class Crash(Exception):
    """The process dies here."""


@pytest.mark.parametrize("point", ["extend", "sign", "create", "put"])
def test_a_crash_at_any_step_is_repaired_by_the_next_run_without_a_doubled_leaf(
    write: Write, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    write()
    actions.sequence(at=NOON)
    second = write()

    def dies(*_: object, **__: object) -> None:
        raise Crash

    target = {
        "extend": (log.Store, "extend"),
        "sign": (log.Signer, "sign"),
        "create": (log.Checkpoint.objects, "create"),
        "put": (log, "put_file"),
    }[point]
    with monkeypatch.context() as patch:
        patch.setattr(*target, dies)
        with pytest.raises(Crash):
            actions.sequence(at=NOON)

    actions.sequence(at=NOON + timedelta(seconds=1))

    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == [0, 1]
    assert Leaf.objects.get(index=1).act_id == second
    assert read_head(shown(), the_signer().verifier).size == 2
    assert Checkpoint.objects.count() == 2
