"""A verb that makes more statements than is recorded does not pass unseen."""

from __future__ import annotations

import pytest
from django.db import connection

from mamori.grammar.actor import Actor
from mamori.ground.ledger.models import Act
from tests.statements import counting, recorded

COLUMNS = "id, kind, at, commitment"
KNOWN = {"room.open": {"sqlite": 4, "postgresql": 5}, "room.close": {"sqlite": 2}}


def test_a_verb_that_makes_more_than_is_recorded_is_a_fault() -> None:
    assert recorded.faults({"room.open": 5, "room.close": 2}, "sqlite", KNOWN) == [
        "room.open makes 5 statements on sqlite, recorded are 4"
    ]


def test_a_verb_that_nobody_recorded_or_tries_any_more_is_a_fault() -> None:
    new, gone = (
        recorded.faults({"room.open": 5, "room.write": 9}, "sqlite", {"room.close": {"sqlite": 2}})[:2],
        recorded.faults({"room.open": 4}, "sqlite", KNOWN),
    )

    assert new == [
        "room.open: nothing is recorded of it on sqlite (5)",
        "room.write: nothing is recorded of it on sqlite (9)",
    ]
    assert gone == ["room.close: no test does it on sqlite any more"]


def test_which_verbs_are_tried_on_postgresql_depends_on_what_was_edited() -> None:
    counts = {"room.close": 3, "room.write": 9}

    assert recorded.faults(counts, "postgresql", KNOWN) == [
        "room.write: nothing is recorded of it on postgresql (9)"
    ]


def test_each_database_is_held_to_its_own_figures() -> None:
    assert recorded.faults({"room.open": 5}, "postgresql", KNOWN) == []


@pytest.mark.django_db
def test_the_least_of_the_calls_that_recorded_an_act_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "counts", {})

    def verb(actor: Actor | None, *, looks: int, acts: bool) -> None:
        for _ in range(looks):
            Act.objects.count()
        if acts:
            with connection.cursor() as cursor:
                cursor.execute(f"{counting.ACT} ({COLUMNS}) SELECT {COLUMNS} FROM ledger_act WHERE 1 = 0")

    tried = counting.counted("room.open", verb)
    tried(None, looks=7, acts=True)
    tried(None, looks=3, acts=True)
    tried(None, looks=1, acts=False)

    assert counting.counts == {"room.open": 4}


def test_every_verb_that_a_room_offers_can_be_counted() -> None:
    found = counting.verbs()

    assert {"contact.open_trouble", "enforcement.decide", "payouts.authorize"} <= set(found)
    assert len(found) > 150
