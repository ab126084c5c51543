"""Limits: flows by the second, secrets exactly; and what has run out is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from mamori.ground.people import actions, limits
from mamori.ground.people.limits import Counter, Limit
from mamori.ground.people.models import Once, SignInCode, Tally
from mamori.ground.people.tests.conftest import NOON, Sign

SECOND = timedelta(seconds=1)
THREE_A_MINUTE = Limit(name="three", most=3, per=timedelta(minutes=1))


def test_a_flow_ends_at_its_limit_and_says_when_to_come_again() -> None:
    counter = Counter()
    at = NOON + 20 * SECOND

    assert [counter.take(THREE_A_MINUTE, "a", at) for _ in range(3)] == [0, 0, 0]

    assert counter.take(THREE_A_MINUTE, "a", at) == 41
    assert counter.take(THREE_A_MINUTE, "b", at) == 0
    assert counter.take(THREE_A_MINUTE, "a", at + 40 * SECOND) == 0


@pytest.mark.django_db
def test_a_flow_writes_nothing_until_it_is_settled(django_assert_num_queries: object) -> None:
    counter = Counter()

    with django_assert_num_queries(0):  # type: ignore[operator]
        for _ in range(1000):
            counter.take(THREE_A_MINUTE, "a", NOON)

    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_processes_learn_of_each_other_when_they_settle() -> None:
    one, two = Counter(), Counter()
    one.take(THREE_A_MINUTE, "a", NOON)
    one.take(THREE_A_MINUTE, "a", NOON)
    two.take(THREE_A_MINUTE, "a", NOON)
    assert two.take(THREE_A_MINUTE, "a", NOON) == 0  # it cannot know yet

    one.settle(NOON)
    two.settle(NOON)

    assert Tally.objects.get().count == 4
    assert two.take(THREE_A_MINUTE, "a", NOON) > 0
    assert one.take(THREE_A_MINUTE, "a", NOON) == 0  # as of its own last settling
    one.settle(NOON)
    assert one.take(THREE_A_MINUTE, "a", NOON) > 0


@pytest.mark.django_db
def test_what_could_not_be_settled_is_settled_later(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter()
    counter.take(THREE_A_MINUTE, "a", NOON)
    counter.used(5, NOON)
    with monkeypatch.context() as away:

        def fail(*_: object) -> dict[object, int]:
            raise RuntimeError("away")

        away.setattr(limits, "_write", fail)
        with pytest.raises(RuntimeError):
            counter.settle(NOON)

    counter.settle(NOON)

    assert Tally.objects.get().count == 1
    assert counter.keys_used == {}


@pytest.mark.django_db
def test_nothing_is_counted_twice_and_old_windows_leave_the_process() -> None:
    counter = Counter()
    counter.take(THREE_A_MINUTE, "a", NOON)
    counter.settle(NOON)
    assert counter.settle(NOON) == 0
    assert Tally.objects.get().count == 1

    counter.settle(NOON + timedelta(minutes=1))

    assert counter.slots == {}


@pytest.mark.django_db
def test_the_table_shows_nobody() -> None:
    limits.take_exactly(THREE_A_MINUTE, "hanako@example.jp", NOON)

    assert "hanako" not in repr(list(Tally.objects.values()))


@pytest.mark.django_db
def test_an_exact_limit_is_exact_and_gives_back_what_was_right() -> None:
    def take() -> int:
        return limits.take_exactly(THREE_A_MINUTE, "a", NOON)

    assert [take(), take(), take()] == [0, 0, 0]
    assert take() == 61
    assert Tally.objects.get().count == 3

    limits.give_back_exactly(THREE_A_MINUTE, "a", NOON)

    assert take() == 0
    assert take() > 0
    assert limits.take_exactly(THREE_A_MINUTE, "a", NOON + timedelta(minutes=1)) == 0


@pytest.mark.django_db
def test_giving_back_never_goes_below_nothing() -> None:
    limits.take_exactly(THREE_A_MINUTE, "a", NOON)
    for _ in range(3):
        limits.give_back_exactly(THREE_A_MINUTE, "a", NOON)

    assert Tally.objects.get().count == 0


@pytest.mark.django_db
def test_what_is_good_for_one_use_is_refused_the_second_time_and_again_good_much_later() -> None:
    actions.use_once("app-code", "7", "123456", at=NOON)
    actions.use_once("app-code", "8", "123456", at=NOON)
    with pytest.raises(actions.UsedBefore):
        actions.use_once("app-code", "7", "123456", at=NOON + 90 * SECOND)

    actions.use_once("app-code", "7", "123456", at=NOON + timedelta(minutes=5))


@pytest.mark.django_db
def test_too_many_says_how_long_to_wait() -> None:
    for _ in range(3):
        actions.count(THREE_A_MINUTE, "a", at=NOON)

    with pytest.raises(actions.TooMany) as told:
        actions.count(THREE_A_MINUTE, "a", at=NOON)

    assert told.value.values["wait"] == 61
    assert told.value.status == 429


@pytest.mark.django_db
def test_what_has_run_out_is_forgotten_and_nothing_else(sign: Sign) -> None:
    from mamori.grammar.actor import Role

    actions.sign_in_by_link(token=sign(), audience="https://help.example.jp", at=NOON)
    actions.ask_code(role=Role.BUYER, ref="O-1", mail="x@example.jp", at=NOON)
    limits.take_exactly(THREE_A_MINUTE, "a", NOON)

    actions.sweep(at=NOON + 59 * SECOND)
    assert (Once.objects.count(), SignInCode.objects.count(), Tally.objects.count()) == (1, 1, 1)

    actions.sweep(at=NOON + timedelta(minutes=6))
    assert (Once.objects.count(), SignInCode.objects.count(), Tally.objects.count()) == (0, 1, 0)

    actions.sweep(at=NOON + timedelta(minutes=10))
    assert SignInCode.objects.count() == 0


@pytest.mark.django_db
def test_sweeping_looks_only_at_what_has_run_out() -> None:
    for model in (SignInCode, Once, Tally):
        field = "expires_at" if model is SignInCode else "until"
        rows = (
            model.objects.filter(**{f"{field}__lte": NOON}).order_by(field).values_list("pk", flat=True)[:500]
        )
        plan = rows.explain()
        if connection.vendor == "sqlite":
            assert "USING" in plan and "SCAN" not in plan and "TEMP B-TREE" not in plan, plan  # noqa: PT018


@pytest.mark.django_db
def test_what_this_process_counted_is_written_when_limits_are_settled() -> None:
    limits.take(THREE_A_MINUTE, "a", NOON)

    assert actions.settle_limits(at=NOON) == 1
    assert Tally.objects.count() == 1
    limits.forget()


@pytest.mark.django_db
def test_every_visit_ends_whosever_it_is() -> None:
    for name in ("a", "b"):
        Session.objects.create(session_key=name, session_data="x", expire_date=NOON + timedelta(days=1))

    assert (actions.end_visits(), Session.objects.exists()) == (2, False)


@pytest.mark.django_db
def test_a_code_asked_for_from_no_network_counts_by_its_mailbox_alone() -> None:
    for _ in range(limits.MAIL_CODES.most):
        actions.count_mail_code("hanako+1@example.jp", "", at=NOON)

    with pytest.raises(actions.TooMany):
        actions.count_mail_code("hanako+2@example.jp", "", at=NOON)
