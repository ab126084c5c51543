"""Open troubles brought along by file: said to be the old system's, with clocks from today, and never opened twice."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest

from mamori.grammar.actor import Actor
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market.actions import Change, DateAhead
from mamori.ground.market.tables import actions as tables
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.brought import BroughtLine
from mamori.rooms.contact.actions.trouble import NoSuchOrder
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    seller,
)
from mamori.rooms.contact.topics import Harm, Topic

pytestmark = pytest.mark.usefixtures("market_of_two")
HEAD = "注文番号,会員番号,種類,受付日,内容\n"
ROWS = 'O-1,B-1,壊れている・動かない,2026/11/2,"電源が\n入らない"\nO-2,B-1,危険を感じる,令和8年11月3日,熱い\n'
LINE = BroughtLine(ref="O-1", topic=Topic.BROKEN, received_on=date(2026, 11, 2), text="動かない")


def bring(rows: str, actor: Actor | None = None) -> tuple[dict[str, int], dict[int, list[str]]]:
    sheet = tables.open_sheet(io.BytesIO((HEAD + rows).encode()))
    refused: dict[int, list[str]] = {}
    report = tables.take(
        actor or lead(),
        sheet,
        tables.match(tables.TABLES["troubles"], sheet),
        lambda unit: refused.update({unit.rows[0].number: [one.code for one in unit.reasons]}),
    )
    return dict(report.counts), refused


def test_open_troubles_come_in_once_with_clocks_from_today() -> None:
    assert bring(ROWS) == ({"added": 2}, {})
    assert bring(ROWS, machine(MONDAY + timedelta(days=1))) == ({"unchanged": 2}, {})

    first, second = Trouble.objects.select_related("thread").order_by("thread__order_ref")
    assert (first.received_on, first.opened_at, first.thread.topic) == (date(2026, 11, 2), MONDAY, "broken")
    assert (second.harm, second.in_danger) == (Harm.DANGER, True)
    assert first.resolution_due_at > MONDAY
    assert all(clock.due_at > MONDAY for clock in clocks.open_clocks(f"contact.trouble:{first.pk}"))
    assert first.thread.centre_may_read is False


@pytest.mark.parametrize("who", [buyer(), seller()])
def test_both_sides_read_when_the_old_system_received_it(who: Actor) -> None:
    bring(ROWS)

    page = threads.page_of(
        who, cases.case_of(f"contact.trouble:{Trouble.objects.get(thread__order_ref='O-1').pk}").number
    )

    [message] = page.messages
    assert message.words == "電源が\n入らない"
    assert message.through
    assert "11月2日" in message.through.ja
    assert "2 Nov 2026" in message.through.en


def test_what_was_solved_since_does_not_come_back_with_the_same_file() -> None:
    bring(ROWS)
    contact.withdraw(
        buyer(MONDAY + timedelta(hours=1)), trouble=Trouble.objects.get(thread__order_ref="O-1").pk
    )

    again = bring(ROWS, lead(MONDAY + timedelta(hours=2)))

    assert again == ({"unchanged": 2}, {})
    assert Trouble.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("O-9,B-1,その他,2026/11/2,言葉", ["no-such-order"]),
        ("O-1,B-9,その他,2026/11/2,言葉", ["no-such-order"]),
        ("O-1,B-1,その他,2026/11/17,言葉", ["date-ahead"]),
        ("O-1,B-1,その他,2026/11/2,", ["field-missing"]),
        ("O-1,B-1,その他,,言葉", ["field-missing"]),
        ("O-1,B-1,謎,2026/11/2,言葉", ["field-wrong"]),
    ],
)
def test_what_cannot_be_a_trouble_of_ours_is_refused_by_its_row(row: str, codes: list[str]) -> None:
    assert bring(row + "\n") == ({"refused": 1}, {2: codes})
    assert not Trouble.objects.exists()


def test_beside_a_trouble_that_the_buyer_opened_here_none_is_brought() -> None:
    open_trouble()

    assert bring("O-1,,,2026/11/2,言葉\n") == ({"refused": 1}, {2: ["trouble-already-open"]})


def test_a_look_brings_nothing() -> None:
    sheet = tables.open_sheet(io.BytesIO((HEAD + ROWS).encode()))

    units = tables.look(lead(), sheet, tables.match(tables.TABLES["troubles"], sheet))

    assert [unit.outcome for unit in units] == [Change.ADDED, Change.ADDED]
    assert not Trouble.objects.exists()


@pytest.mark.parametrize("eve", [one for one in EVES if one.role != "machine"] + [agent(), buyer(), seller()])
def test_only_a_lead_or_the_server_brings_troubles(eve: Actor) -> None:
    with pytest.raises(NothingHere):
        contact.bring_trouble(eve, LINE)


def test_the_verb_says_why_it_refuses() -> None:
    with pytest.raises(NoSuchOrder):
        contact.bring_trouble(lead(), BroughtLine(ref="O-77", received_on=date(2026, 11, 2), text="言葉"))
    with pytest.raises(DateAhead):
        contact.bring_trouble(lead(), BroughtLine(ref="O-1", received_on=date(2027, 1, 1), text="言葉"))
