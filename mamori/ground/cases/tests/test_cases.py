"""The index of open cases: its order, its pages, and plans that walk an index on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from mamori.ground.cases import actions, facts, queue
from mamori.ground.cases.facts import Cursor, Wish
from mamori.ground.cases.models import IS_FLAGGED, Ask, Case
from mamori.ground.cases.queue import number_of
from mamori.ground.declared.casekinds import Lead

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def leading(due: datetime | None) -> Lead | None:
    """Return what a case leads with that falls due then."""
    return Lead("t.clock", due) if due else None


def open_case(
    about: str,
    due: datetime | None = None,
    seller: str = "S-1",
    buyer: str = "B-1",
    at: datetime = MONDAY,
) -> int:
    case = actions.open(
        kind="contact.trouble",
        about=about,
        title="商品が届かない",
        buyer_ref=buyer,
        seller_ref=seller,
        order_ref="O-1",
        at=at,
    )
    actions.update(about=about, state="open", lead=leading(due))
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
    other = facts.by_number(number_of(open_case("t:1") + 1))

    assert other is None


def test_a_matter_without_a_case_is_a_bug() -> None:
    with pytest.raises(LookupError):
        facts.case_of("nothing")
    with pytest.raises(LookupError):
        actions.update(about="nothing", state="open", lead=None)


def test_a_matter_has_one_case() -> None:
    open_case("t:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        open_case("t:1")


def test_attention_and_due_moment_last_until_the_next_update() -> None:
    open_case("t:1", MONDAY)

    actions.update(about="t:1", state="open", lead=leading(MONDAY), attention="decide-remedy")
    called = facts.case_of("t:1")
    actions.update(about="t:1", state="solved", lead=None, closed_at=MONDAY)
    closed = facts.case_of("t:1")

    assert called.attention == "decide-remedy"
    assert (closed.attention, closed.next_due_at, closed.closed_at) == (None, None, MONDAY)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_pages_go_by_due_moment_then_age_and_undue_cases_come_last(limit: int) -> None:
    dues = [None, 2, 1, 1, None, 3, 1]
    for number, hours in enumerate(dues):
        open_case(f"t:{number}", None if hours is None else MONDAY + timedelta(hours=hours))
    open_case("t:closed", MONDAY)
    actions.update(about="t:closed", state="solved", lead=None, closed_at=MONDAY)

    assert list(walk(limit)) == ["t:2", "t:3", "t:6", "t:1", "t:5", "t:0", "t:4"]


def test_a_party_sees_its_own_cases() -> None:
    open_case("t:1", seller="S-1", buyer="B-1")
    open_case("t:2", seller="S-2", buyer="B-1")

    assert list(walk(10, seller_ref="S-2")) == ["t:2"]
    assert list(walk(10, buyer_ref="B-1")) == ["t:1", "t:2"]
    assert list(walk(10, order_ref="O-9")) == []
    assert facts.count_open(seller_ref="S-1") == 1


def flagged(about: str, *, kind: str = "contact.trouble", to: str = "", attention: str | None = None) -> None:
    open_case(about, MONDAY)
    Case.objects.filter(about=about).update(kind=kind, assignee=to)
    actions.update(about=about, state="open", lead=None, attention=attention)


def seen(wish: Wish) -> list[str]:
    page = facts.view(wish)
    assert facts.count(wish) == len(page.cases)
    return [case.about for case in page.cases]


def test_the_queue_has_views_by_person_kind_and_what_asks_for_attention() -> None:
    flagged("t:1", to="agent:1")
    flagged("t:2", kind="contact.recovery", to="agent:1", attention="decide-recovery")
    flagged("t:3", kind="contact.recovery", attention="review-recovery")
    flagged("t:4")

    assert seen(Wish(assignee="agent:1")) == ["t:1", "t:2"]
    assert seen(Wish(assignee="agent:1", kind="contact.recovery")) == ["t:2"]
    assert seen(Wish(assignee="")) == ["t:3", "t:4"]
    assert seen(Wish(kind="contact.recovery")) == ["t:2", "t:3"]
    assert seen(Wish(flagged=True)) == ["t:2", "t:3"]
    assert seen(Wish(flagged=True, kind="contact.trouble")) == []
    assert seen(Wish(attention="review-recovery")) == ["t:3"]


def test_counting_stops_at_a_thousand() -> None:
    many = [
        Case(kind="k", about=f"m:{n}", title="t", opened_at=MONDAY, seller_ref="S-1") for n in range(1_005)
    ]

    Case.objects.bulk_create(many)

    assert facts.count_open() == facts.MOST_COUNTED == 1_000


def plan(query: QuerySet[Case] | QuerySet[Ask]) -> str:
    if connection.vendor == "sqlite":
        return query.explain()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_ask")
    return query.explain()


WISHES = {
    "all": Wish(),
    "seller": Wish(seller_ref="X-3"),
    "buyer": Wish(buyer_ref="X-3"),
    "order": Wish(order_ref="X-3"),
    "kind": Wish(kind="k-1"),
    "mine": Wish(assignee="agent:3"),
    "mine of a kind": Wish(assignee="agent:3", kind="k-1"),
    "nobody's": Wish(assignee=""),
    "nobody's of a kind": Wish(assignee="", kind="k-1"),
    "flagged": Wish(flagged=True),
    "flagged of a kind": Wish(flagged=True, kind="k-1"),
    "flagged as": Wish(attention="flag-1"),
    "flagged as, of a kind": Wish(attention="flag-1", kind="k-1"),
    "of a topic": Wish(title="t-1"),
    "of a topic and a kind": Wish(title="t-1", kind="k-1"),
    "mine of a topic": Wish(assignee="agent:3", title="t-1"),
    "nobody's of a topic": Wish(assignee="", title="t-1"),
    "flagged of a topic": Wish(flagged=True, title="t-1"),
    "flagged as, of a topic": Wish(attention="flag-1", title="t-1"),
    "a seller's of a topic": Wish(seller_ref="X-3", title="t-1"),
}


BOUNDED = {
    "late": Wish(due_until=MONDAY + timedelta(hours=1)),
    "late, not urgent": Wish(due_until=MONDAY + timedelta(hours=1), is_urgent=False),
    "late of a clock": Wish(due_until=MONDAY + timedelta(hours=1), due_kind="contact.answer"),
    "soon": Wish(due_after=MONDAY, due_until=MONDAY + timedelta(hours=12), is_urgent=False),
}
"""What falls due within a time has no end without a due moment."""


def queues() -> Iterator[tuple[str, QuerySet[Case] | QuerySet[Ask]]]:
    cursors = (None, Cursor(MONDAY + timedelta(hours=5), 7))
    for name, wish in WISHES.items():
        chosen = queue.unhurried(wish.chosen())
        for cursor in (None, Cursor(None, 7, MONDAY)):
            yield f"{name} urgent {cursor}", queue.urgent_query(wish, cursor)[:51]
        for cursor in cursors:
            yield f"{name} due {cursor}", queue.due_query(chosen, cursor)[:51]
        for cursor in (None, Cursor(None, 7)):
            yield f"{name} undue {cursor}", queue.undue_query(chosen, cursor)[:51]
        yield f"{name} counted", queue.counted(wish)[: facts.MOST_COUNTED]
    for name, wish in BOUNDED.items():
        for cursor in cursors:
            yield f"{name} due {cursor}", queue.due_query(queue.unhurried(wish.chosen()), cursor)[:51]
    yield "followed", queue.followed("agent:3", 7)[: facts.MOST_FOLLOWED]
    yield "asking", queue.asking("flag-1")[:3]


def test_no_view_of_the_queue_scans_the_table_or_sorts() -> None:
    Case.objects.bulk_create(
        Case(
            kind=f"k-{n % 4}",
            about=f"m:{n}",
            title=f"t-{n // 4 % 3}",
            opened_at=MONDAY,
            seller_ref=f"X-{n % 5}",
            buyer_ref=f"X-{n % 5}",
            order_ref=f"X-{n % 5}",
            assignee=f"agent:{n % 4}" if n // 120 % 2 else "",
            attention=f"flag-{n % 5 % 2}" if n // 60 % 2 else None,
            next_due_at=MONDAY + timedelta(minutes=n) if n % 3 else None,
            urgent_since=MONDAY if n % 100 == 0 else None,
            closed_at=MONDAY if n % 2 else None,
        )
        for n in range(20_000)
    )
    flagged_ones = Case.objects.filter(IS_FLAGGED)
    Ask.objects.bulk_create(
        Ask(case=case, what=what, next_due_at=case.next_due_at)
        for case in flagged_ones
        for what in {case.attention or "", "flag-2"}
    )

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE cases_case, cases_ask")

    plans = {name: plan(query) for name, query in queues()}

    for due_after in (None, MONDAY + timedelta(hours=12)):
        oldest = plan(queue.oldest(due_after)[:10])
        assert "cases_open_oldest" in oldest, oldest
        assert "Sort" not in oldest, oldest
        assert "TEMP B-TREE" not in oldest, oldest
    for name, text in plans.items():
        assert "Sort" not in text, f"{name}: {text}"
        assert "TEMP B-TREE" not in text, f"{name}: {text}"
        if (
            "counted" not in name
        ):  # counting stops at a thousand, so that a scan which meets them soon is no harm
            assert "Seq Scan" not in text, f"{name}: {text}"
            assert "SCAN" not in text, f"{name}: {text}"
            assert "cases_open" in text or "cases_ask_queue" in text, f"{name}: {text}"


def test_a_plan_that_sorts_would_be_noticed() -> None:
    text = plan(Case.objects.order_by("title")[:51])

    assert "Sort" in text or "TEMP B-TREE" in text


def test_cases_are_found_by_many_numbers_or_matters_at_once() -> None:
    one, two = open_case("t:1"), open_case("t:2")

    by_number = facts.by_numbers([number_of(one), "abc", number_of(two + 1)])
    by_matter = facts.cases_of(ids=[one], abouts=["t:2", "t:3"])

    assert [case.about for case in by_number.values()] == ["t:1"]
    assert sorted(by_matter) == ["t:1", "t:2"]


def test_the_oldest_open_cases_come_first() -> None:
    for number, days in enumerate((2, 5, 9)):
        open_case(f"t:{number}", at=MONDAY - timedelta(days=days))
    actions.update(about="t:2", state="solved", lead=None, closed_at=MONDAY)

    assert [case.about for case in facts.oldest()] == ["t:1", "t:0"]
    assert [case.about for case in facts.oldest(1)] == ["t:1"]


def test_open_cases_are_parted_by_what_is_urgent_over_due_soon_and_none_of_these() -> None:
    soon = MONDAY + timedelta(hours=12)
    due = {
        "late": MONDAY,
        "soon": MONDAY + timedelta(hours=1),
        "last": soon,
        "rest": soon + timedelta(seconds=1),
    }
    for place, (name, at) in enumerate((due | {"never": None}).items()):
        open_case(f"t:{name}", at=MONDAY - timedelta(days=place))
        actions.update(about=f"t:{name}", state="open", lead=leading(at) if at else None)
    for name in ("danger", "calm danger"):
        open_case(f"t:{name}")
        lead = leading(MONDAY) if name == "danger" else None
        actions.update(about=f"t:{name}", state="open", lead=lead, urgent_since=MONDAY)

    def found(wish: Wish) -> list[str]:
        return [case.about.removeprefix("t:") for case in facts.view(wish).cases]

    assert found(Wish(is_urgent=True)) == ["danger", "calm danger"]
    assert found(Wish(due_until=MONDAY)) == ["danger", "late"]
    assert found(Wish(due_until=MONDAY, is_urgent=False)) == ["late"]
    assert found(Wish(due_after=MONDAY, due_until=soon, is_urgent=False)) == ["soon", "last"]
    assert [case.about for case in facts.oldest(due_after=soon)] == ["t:never", "t:rest"]
    assert [facts.count(Wish(is_urgent=one)) for one in (True, False, None)] == [2, 5, 7]
    assert facts.late(MONDAY) == {facts.case_of("t:late").due_kind: 1}


def test_pages_of_what_is_not_urgent_go_on_where_the_last_ended() -> None:
    for number in range(5):
        open_case(f"t:{number}")
        actions.update(about=f"t:{number}", state="open", lead=leading(MONDAY + timedelta(hours=number)))
    actions.update(about="t:2", state="open", lead=leading(MONDAY), urgent_since=MONDAY)
    seen: list[list[str]] = []
    after: Cursor | None = None

    for _ in range(3):
        page = facts.view(Wish(due_after=MONDAY, is_urgent=False), after=after, limit=2)
        seen.append([case.about for case in page.cases])
        after = page.after
        if after is None:
            break

    assert seen == [["t:1", "t:3"], ["t:4"]]


def test_what_lies_behind_a_number_is_named_by_its_kind_and_a_wrong_number_names_nothing() -> None:
    one = open_case("contact.trouble:7")

    assert facts.behind(number_of(one)) == ("contact.trouble", 7)
    assert facts.behind(f"{number_of(one)[:4]}-{number_of(one)[4:]}") == ("contact.trouble", 7)
    assert facts.behind(number_of(one + 1)) == ("", 0)
    assert facts.behind("abc") == ("", 0)


def test_ones_own_open_cases_are_followed_and_one_beside_them() -> None:
    mine, open_, gone = open_case("t:1"), open_case("t:2"), open_case("t:3")
    Case.objects.filter(pk__in=(mine, gone)).update(assignee="agent:1")
    actions.update(about="t:3", state="solved", lead=None, closed_at=MONDAY)

    assert facts.followed("agent:1") == {"t:1": number_of(mine)}
    assert facts.followed("agent:1", case=open_) == {"t:1": number_of(mine), "t:2": number_of(open_)}
    assert facts.followed("agent:2") == {}


def test_what_asks_for_one_thing_is_returned_as_it_falls_due() -> None:
    for number, hours in enumerate((5, 2, 9)):
        open_case(f"t:{number}")
        due = MONDAY + timedelta(hours=hours)
        actions.update(about=f"t:{number}", state="open", lead=leading(due), attention="danger")

    assert [case.about for case in facts.asking_for("danger", limit=2)] == ["t:1", "t:0"]
    assert facts.asking_for("call-owed", limit=2) == ()
