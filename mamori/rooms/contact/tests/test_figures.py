"""The figures of a month are what a slow count over all rows finds, on the page and in the table."""

from __future__ import annotations

import csv
import io
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import ceil

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.market import actions as marketing
from mamori.japan.calendar import month_of
from mamori.japan.lures.kinds import Lure
from mamori.law.figures import FEW, FIGURES
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.facts import Month, Reading
from mamori.rooms.contact.lifecycle import TroubleState
from mamori.rooms.contact.models import Call, Thread, Trouble
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.topics import Topic
from tests.reading import words

NOVEMBER = Month(2026, 11)
AFTER = datetime(2026, 12, 20, tzinfo=UTC)
OPEN = ("open", "mediated", "overdue")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def read(month: Month = NOVEMBER, at: datetime = AFTER) -> dict[str, Reading]:
    return {one.figure.code.partition(".")[2]: one for one in facts.figures(month, at=at)}


def values(month: Month = NOVEMBER, at: datetime = AFTER) -> dict[str, tuple[Decimal | None, int]]:
    return {code: (one.value, one.of) for code, one in read(month, at).items()}


def thread_of(trouble: int) -> int:
    return Trouble.objects.get(pk=trouble).thread_id


def planted(count: int) -> list[Trouble]:
    """Plant troubles from all over three months, ended and answered in any way or not."""
    dice = random.Random(48)
    for n in range(count):
        opened = Month(2026, 10).since + timedelta(minutes=dice.randrange(92 * 24 * 60))
        state = dice.choice([*TroubleState])
        took, answered = dice.randrange(1, 400), dice.choice([None, dice.randrange(1, 200)])
        closed = None if state in OPEN else opened + took * HOUR
        thread = Thread.objects.create(
            topic=Topic.BROKEN,
            buyer_ref="B",
            seller_ref="S",
            order_ref=f"P-{n}",
            state="closed" if closed else "answered",
            opened_at=opened,
            last_at=opened,
            closed_at=closed,
        )
        Trouble.objects.create(
            thread=thread,
            harm="money",
            progress="unanswered",
            state=state,
            opened_at=opened,
            answer_due_at=opened + 24 * HOUR,
            resolution_due_at=opened + dice.randrange(48, 200) * HOUR,
            first_due_at=dice.choice((None, None, opened + dice.randrange(24, 48) * HOUR)),
            first_answered_at=None if answered is None else opened + answered * HOUR,
            closed_at=closed,
        )
    return list(Trouble.objects.all())


def slow_rank(took: list[timedelta | None], percent: int, step: timedelta) -> tuple[Decimal | None, int]:
    longest = timedelta.max
    inline = sorted(longest if one is None else one for one in took)
    found = next(v for v in inline if sum(w <= v for w in inline) * 100 >= percent * len(inline))
    return (None if found == longest else Decimal(ceil(found / step * 10)) / 10), len(inline)


@pytest.mark.django_db
@pytest.mark.parametrize("at", [AFTER, datetime(2026, 11, 16, tzinfo=UTC)])
def test_shares_medians_and_95_percents_are_what_a_slow_count_finds(at: datetime) -> None:
    mine = [row for row in planted(400) if month_of(row.opened_at) == NOVEMBER and row.opened_at <= at]
    Trouble.objects.filter(opened_at__gt=at).delete()
    over = [
        row for row in mine if row.state != "withdrawn" and (row.first_due_at or row.resolution_due_at) <= at
    ]
    resolved = [row for row in over if row.state in ("solved", "made_good")]
    in_time = [
        row
        for row in resolved
        if row.closed_at and row.closed_at <= (row.first_due_at or row.resolution_due_at)
    ]
    heard = [row for row in over if row.state != "solved" or row.first_answered_at]

    found = values(at=at)

    assert len(over) > 30
    assert found["reported"] == (len(mine), len(mine))
    assert found["resolved_in_time"] == (Decimal(len(in_time) * 1000 // len(over)) / 10, len(over))
    answers = [row.first_answered_at and row.first_answered_at - row.opened_at for row in heard]
    solutions = [row.closed_at - row.opened_at if row.closed_at and row in resolved else None for row in over]
    for code, percent in (("median", 50), ("p95", 95)):
        assert found[f"answer_{code}"] == slow_rank(answers, percent, HOUR)
        assert found[f"solution_{code}"] == slow_rank(solutions, percent, HOUR)


@pytest.mark.usefixtures("market_of_two")
def test_a_month_of_the_room_is_counted() -> None:
    solved, refunded = open_trouble(), open_trouble(order_ref="O-3")
    contact.answer(seller(MONDAY + 3 * HOUR), thread=thread_of(solved), said="交換します")
    contact.solve(buyer(MONDAY + 20 * HOUR), trouble=solved)
    contact.request_mediation(buyer(), trouble=refunded)
    order = contact.grant_remedy(agent(MONDAY + 5 * HOUR), trouble=refunded, amount=8_000, reason="x")
    pass_time(MONDAY + 30 * HOUR)
    marketing.confirm(machine(MONDAY + 30 * HOUR), instruction=order, outcome="confirmed")
    pass_time(MONDAY + 30 * HOUR)
    contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="色は")
    pass_time(MONDAY + 5 * DAY)

    found = values()

    assert found["reported"] == (2, 2)
    assert found["questions"] == (1, 1)
    assert found["answered_in_time"] == (
        50,
        2,
    )  # the question was missed; whom the operator refunds no seller owes
    assert found["resolved_in_time"] == (100, 2)
    assert found["answer_median"] == (3, 2)
    assert found["answer_p95"] == (None, 2)
    assert found["solution_median"] == (20, 2)
    assert found["mediated"] == (50, 2)
    assert found["refunds"] == (1, 1)
    assert found["money_back_median"] == found["money_back_p95"] == (Decimal("1.3"), 1)
    assert found["promises_kept"] == (None, 0)
    assert values(Month(2026, 10))["reported"] == (0, 0)


@pytest.mark.usefixtures("market_of_two")
def test_promises_by_telephone_count_once_they_are_decided() -> None:
    for number, kept in enumerate((True, False, False, None)):
        trouble = open_trouble() if not number else Trouble.objects.get().pk
        Call.objects.create(
            trouble_id=trouble,
            seller_ref="S-1",
            why="unanswered",
            due_at=MONDAY,
            not_before=MONDAY,
            outcome=Outcome.PROMISED,
            promised_at=MONDAY + HOUR,
            kept=kept,
            state="done",
            opened_at=MONDAY,
            closed_at=MONDAY,
        )

    assert values()["promises_kept"] == (Decimal("33.3"), 3)


@pytest.mark.usefixtures("market_of_two")
def test_what_is_few_and_what_has_not_happened_is_told_apart() -> None:
    open_trouble()

    found = read()

    assert found["answer_median"].has_not_happened
    assert not found["money_back_median"].has_not_happened
    assert found["answer_median"].is_few
    assert not Reading(figure=FIGURES[0], value=None, of=FEW).is_few


@pytest.mark.usefixtures("market_of_two")
def test_the_page_shows_each_figure_beside_its_definition(enter: Enter) -> None:
    open_trouble()

    shown = words(enter(Role.LEAD).get("/desk/figures/?month=2026-11"))

    for figure in FIGURES:
        assert figure.title.ja in shown
        assert figure.means.ja in shown
    assert "まだ出ない" in shown
    assert "件数が少ない" in shown
    assert enter(Role.AGENT).get("/desk/figures/").status_code == 403


@pytest.mark.usefixtures("market_of_two")
def test_what_writers_were_warned_of_and_sent_so_is_counted_by_side_and_kind(enter: Enter) -> None:
    phone, chat = (
        Lure(kind=kind, start=0, end=1, title=Text("x", "x"), sentence=Text("x", "x"))
        for kind in ("phone", "chat_id")
    )
    for _ in range(3):
        contact.count_lures(buyer(), [phone, chat], "shown")
    contact.count_lures(buyer(), [phone], "kept")
    contact.count_lures(seller(MONDAY + 30 * DAY), [phone], "kept")

    november, december = values(), values(Month(2026, 12))
    shown = words(enter(Role.LEAD).get("/desk/figures/?month=2026-11"))

    assert november["warned_buyer"] == (Decimal(6), 6)
    assert november["warned_seller"] == (Decimal(0), 0)
    assert december["warned_seller"] == (Decimal(0), 0), "shown in one month, sent in the next"
    figures = "".join(
        f'<td class="figure" data-head="{head}">{count}</td>'
        for head, count in (("知らせた", 3), ("そのまま", 1))
    )
    row = f'<th scope="row">電話番号<span class="sub">購入者</span></th> {figures}'
    assert row in shown
    assert "送る前の注意の内訳" not in enter(Role.LEAD).get("/desk/figures/?month=2026-10").content.decode()


@pytest.mark.usefixtures("market_of_two")
def test_the_table_holds_twelve_months_with_every_definition(enter: Enter) -> None:
    open_trouble()
    client: Client = enter(Role.COUNSEL)

    answer = client.get("/desk/figures/?month=2026-12&format=csv", headers={"accept-language": "en"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert len(rows) == 1 + 12 * len(FIGURES)
    reported = next(row for row in rows if row[:2] == ["2026-11", "contact.reported"])
    assert reported[2:6] == ["Troubles reported", "1", "count", "1"]
    assert {row[7] for row in rows[1:]} == {figure.means.en for figure in FIGURES}
    assert not any(cell.startswith(tuple("=+-@")) for row in rows for cell in row)
