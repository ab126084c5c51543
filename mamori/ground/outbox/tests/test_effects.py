"""What publishing promises to those who hear: once each, in order, failing ones in sight."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from mamori.grammar.event import Event
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks.models import Beat
from mamori.ground.outbox import actions, facts, models, publishing
from mamori.ground.outbox.delivering import NothingWaits, ReasonMissing
from mamori.ground.outbox.publishing import STUCK_AFTER, wants
from mamori.ground.outbox.tests.conftest import LEAD, NOON, LampLit

pytestmark = pytest.mark.django_db


def lit(lamp: int, at: datetime = NOON) -> int:
    return actions.publish(LampLit(subject=f"lamp:{lamp}", lamp=lamp), at=at)


def test_each_handler_hears_an_event_once() -> None:
    heard: list[tuple[str, Event, datetime]] = []

    def one(event: LampLit, at: datetime) -> None:
        heard.append(("one", event, at))

    def two(event: LampLit, at: datetime) -> None:
        heard.append(("two", event, at))

    publishing.hear(LampLit, one)
    publishing.hear(LampLit, two)
    publishing.hear(LampLit, two)
    lit(1)

    taken = [actions.work(at=NOON), actions.work(at=NOON)]

    assert taken == [2, 0]
    event = LampLit(subject="lamp:1", lamp=1)
    assert heard == [("one", event, NOON), ("two", event, NOON)]


def test_a_publisher_that_fails_has_published_nothing() -> None:
    publishing.hear(LampLit, lambda event, at: None)

    def act() -> None:
        with transaction.atomic():
            lit(1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert facts.next_effect(until=NOON) is None
    assert not models.Event.objects.exists()


def test_a_failing_handler_is_rolled_back_and_holds_up_its_own_subject_only() -> None:
    heard: list[int] = []
    broken = True

    def light(event: LampLit, at: datetime) -> None:
        clocks.beat(name=f"lamp {event.lamp}", at=at)
        if event.lamp == 1 and broken:
            raise RuntimeError("no oil")
        heard.append(event.lamp)

    publishing.hear(LampLit, light)
    for lamp in (1, 1, 2):
        lit(lamp)

    assert actions.work(at=NOON) == 2
    assert heard == [2]
    assert list(Beat.objects.values_list("name", flat=True)) == ["lamp 2"]
    broken = False
    assert actions.work(at=NOON + timedelta(seconds=4)) == 0
    assert actions.work(at=NOON + timedelta(seconds=5), limit=1) == 1
    assert actions.work(at=NOON + timedelta(seconds=5)) == 1
    assert heard == [2, 1, 1]


def stuck_lamp() -> str:
    publishing.hear(LampLit, lambda event, at: 1 / 0)  # type: ignore[arg-type,return-value]
    lit(1)
    at = NOON
    for _ in range(STUCK_AFTER):
        actions.work(at=at)
        at += timedelta(hours=1)
    (stuck,) = facts.stuck()
    assert (stuck.about, stuck.attempts) == ("lamp:1", STUCK_AFTER)
    assert stuck.error.startswith("ZeroDivisionError at tests/test_effects.py:")
    return stuck.ref


def test_a_handler_that_keeps_failing_is_in_sight_and_can_be_tried_again_at_once(keys: None) -> None:
    ref = stuck_lamp()
    assert facts.next_effect(until=NOON) is None

    actions.retry(LEAD, ref=ref)

    assert facts.next_effect(until=NOON) == NOON


def test_what_is_stuck_can_be_left_out_with_a_reason(keys: None) -> None:
    ref = stuck_lamp()
    lit(1)

    with pytest.raises(ReasonMissing):
        actions.skip(LEAD, ref=ref, reason=" ")
    actions.skip(LEAD, ref=ref, reason="the lamp is gone")

    assert facts.stuck() == ()
    assert facts.next_effect(until=NOON) == NOON
    for gone in (ref, "effect-x", f"effect-{'9' * 5_000}", "msg_unknown"):
        with pytest.raises(NothingWaits):
            actions.retry(LEAD, ref=gone)


def test_a_handler_that_left_the_table_is_told_of() -> None:
    publishing.hear(LampLit, lambda event, at: None)
    lit(1)
    publishing._BY_KIND.clear()

    actions.work(at=NOON)

    assert "NobodyHears" in models.Effect.objects.get().error


def test_what_cannot_wait_runs_together_with_its_publisher_and_says_why() -> None:
    heard: list[int] = []

    def light(event: LampLit, at: datetime) -> None:
        heard.append(event.lamp)

    with pytest.raises(ValueError, match="cannot wait"):
        publishing.hear(LampLit, light, together=True)
    publishing.hear(LampLit, light, together=True, why="the money leaves in this second")
    lit(1)

    assert heard == [1]
    assert actions.work(at=NOON) == 0


def test_what_runs_together_takes_its_publisher_down_with_it() -> None:
    def light(event: LampLit, at: datetime) -> None:
        raise RuntimeError

    publishing.hear(LampLit, light, together=True, why="the money leaves in this second")

    with pytest.raises(RuntimeError):
        lit(1)

    assert not models.Event.objects.exists()


@pytest.mark.parametrize(
    ("kinds", "kind", "answer"),
    [
        (["*"], "a.b", True),
        (["a.*"], "a.b", True),
        (["a.*"], "ab.c", False),
        (["a.b"], "a.b", True),
        (["a.b", "notice"], "notice", True),
        ([], "a.b", False),
    ],
)
def test_an_endpoint_gets_what_it_asked_for(kinds: list[str], kind: str, answer: bool) -> None:
    assert wants(kinds, kind) is answer


def test_the_look_for_the_next_effect_uses_its_index() -> None:
    event = models.Event.objects.create(kind="k", subject="s", body="{}", at=NOON)
    models.Effect.objects.bulk_create(
        models.Effect(event=event, handler=f"h{n}", subject=f"s{n}", next_at=NOON) for n in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    plan = publishing.due_effects(NOON)[:1].explain()

    assert "outbox_effect_due" in plan
    assert "outbox_effect_order" in plan or "outbox_effect_pkey" in plan
    assert not any(word in plan for word in ("TEMP B-TREE", "Sort", "Seq Scan", "SCAN"))
