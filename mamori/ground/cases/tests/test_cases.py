"""The index of open cases: its order, its pages, and plans that walk an index on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from mamori.ground.cases import actions, facts
from mamori.ground.cases.facts import Cursor
from mamori.ground.cases.models import Case

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def open_case(about: str, due: datetime | None = None, seller: str = "S-1", buyer: str = "B-1") -> int:
    case = actions.open(
        kind="contact.trouble",
        about=about,
        title="商品が届かない",
        buyer_ref=buyer,
        seller_ref=seller,
        order_ref="O-1",
        at=MONDAY,
    )
    actions.update(about=about, state="open", next_due_at=due)
    return case


def walk(limit: int, **parties: str) -> Iterator[str]:
    after: Cursor | None = None
    while True:
        page = facts.open_cases(after=after, limit=limit, **parties)
        assert len(page.cases) <= limit
        yield from (case.about for case in page.cases)
        if page.after is None:
            return
        after = page.after


def test_a_case_is_found_by_its_matter_and_by_its_number() -> None:
    case = open_case("contact.trouble:1", MONDAY)

    fact = facts.case_of("contact.trouble:1")

    assert (fact.id, fact.state, fact.attention, fact.next_due_at) == (case, "open", None, MONDAY)
    assert facts.by_number(f" {fact.number[:4]}-{fact.number[4:]}") == fact


def test_a_number_that_no_case_has_finds_nothing() -> None:
    other = facts.by_number(facts.number_of(open_case("t:1") + 1))

    assert other is None


def test_a_matter_without_a_case_is_a_bug() -> None:
    with pytest.raises(LookupError):
        facts.case_of("nothing")
    with pytest.raises(LookupError):
        actions.update(about="nothing", state="open", next_due_at=None)


def test_a_matter_has_one_case() -> None:
    open_case("t:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        open_case("t:1")


def test_attention_and_due_moment_last_until_the_next_update() -> None:
    open_case("t:1", MONDAY)

    actions.update(about="t:1", state="open", next_due_at=MONDAY, attention="decide-remedy")
    called = facts.case_of("t:1")
    actions.update(about="t:1", state="solved", next_due_at=None, closed_at=MONDAY)
    closed = facts.case_of("t:1")

    assert called.attention == "decide-remedy"
    assert (closed.attention, closed.next_due_at, closed.closed_at) == (None, None, MONDAY)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_pages_go_by_due_moment_then_age_and_undue_cases_come_last(limit: int) -> None:
    dues = [None, 2, 1, 1, None, 3, 1]
    for number, hours in enumerate(dues):
        open_case(f"t:{number}", None if hours is None else MONDAY + timedelta(hours=hours))
    open_case("t:closed", MONDAY)
    actions.update(about="t:closed", state="solved", next_due_at=None, closed_at=MONDAY)

    assert list(walk(limit)) == ["t:2", "t:3", "t:6", "t:1", "t:5", "t:0", "t:4"]


def test_a_party_sees_its_own_cases() -> None:
    open_case("t:1", seller="S-1", buyer="B-1")
    open_case("t:2", seller="S-2", buyer="B-1")

    assert list(walk(10, seller_ref="S-2")) == ["t:2"]
    assert list(walk(10, buyer_ref="B-1")) == ["t:1", "t:2"]
    assert list(walk(10, order_ref="O-9")) == []
    assert facts.count_open(seller_ref="S-1") == 1


def test_counting_stops_at_a_thousand() -> None:
    many = [
        Case(kind="k", about=f"m:{n}", title="t", opened_at=MONDAY, seller_ref="S-1") for n in range(1_005)
    ]

    Case.objects.bulk_create(many)

    assert facts.count_open() == facts.MOST_COUNTED == 1_000


def plan(query: QuerySet[Case]) -> str:
    if connection.vendor == "sqlite":
        return query.explain()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    return query.explain()


def queues() -> Iterator[tuple[str, QuerySet[Case]]]:
    cursors = (None, Cursor(MONDAY + timedelta(hours=5), 7))
    for name in ("all", "seller_ref", "buyer_ref", "order_ref"):
        chosen = facts._open(**({} if name == "all" else {name: "X-3"}))
        for cursor in cursors:
            yield f"{name} due {cursor}", facts.due_query(chosen, cursor)[:51]
        for cursor in (None, Cursor(None, 7)):
            yield f"{name} undue {cursor}", facts.undue_query(chosen, cursor)[:51]


def test_no_queue_scans_the_table_or_sorts() -> None:
    Case.objects.bulk_create(
        Case(
            kind="k",
            about=f"m:{n}",
            title="t",
            opened_at=MONDAY,
            seller_ref=f"X-{n % 5}",
            buyer_ref=f"X-{n % 5}",
            order_ref=f"X-{n % 5}",
            next_due_at=MONDAY + timedelta(minutes=n) if n % 3 else None,
            closed_at=MONDAY if n % 2 else None,
        )
        for n in range(20_000)
    )

    plans = {name: plan(query) for name, query in queues()}

    for name, text in plans.items():
        assert "Seq Scan" not in text, f"{name}: {text}"
        assert "SCAN" not in text, f"{name}: {text}"
        assert "Sort" not in text, f"{name}: {text}"
        assert "TEMP B-TREE" not in text, f"{name}: {text}"
        assert "cases_open" in text, f"{name}: {text}"


def test_a_plan_that_sorts_would_be_noticed() -> None:
    text = plan(Case.objects.order_by("title")[:51])

    assert "Sort" in text or "TEMP B-TREE" in text
