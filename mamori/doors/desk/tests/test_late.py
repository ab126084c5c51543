"""Late is late until the promise is kept: list, tab, tiles, order and colour say what the clocks say."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import Enter, actor, known_market, report
from mamori.doors.desk.tests.test_queue import listed
from mamori.grammar.actor import Role
from mamori.grammar.businesstime import Hours
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact, Wish
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.clocks.models import RUNG, Clock
from mamori.ground.declared.casekinds import OwedBy, clock_owed
from mamori.ground.outbox import actions as outbox
from mamori.law.deadlines import AGREEMENT, ANSWER, FORMAL_ANSWER, QUESTION_ANSWER, RESOLUTION
from mamori.rooms.contact import actions as contact, facts, tasks as contact_tasks
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.models import Formal, Proposal, Thread
from mamori.rooms.contact.rules.clocks import PROMISE_CLOCK
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import ANSWERED
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.enforcement import tasks as enforcement_tasks
from tests.laid import laid
from tests.reading import words

ONCE = {deadline.code for deadline in (ANSWER, QUESTION_ANSWER, RESOLUTION, AGREEMENT, FORMAL_ANSWER)}
"""What rings once and is then a state of its matter."""


def ring(until: datetime) -> None:
    """Ring what falls due until then."""
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=contact_tasks.RINGS | enforcement_tasks.RINGS)
        while outbox.work(at=due, limit=100):
            pass
    assert not clock_facts.stuck()


@laid
def weeks(db: None) -> datetime:
    """Three weeks of a small shop: nearly everything that can be missed was missed; one was answered, one has just come."""
    now = datetime.now(UTC)
    begun = now - timedelta(days=21)
    known_market(begun)
    lead, agent = actor("lead:9", Role.LEAD, begun), actor("agent:9", Role.AGENT, begun)
    shop = actor("seller:S-1", Role.SELLER, begun)
    report(begun, "O-1")
    promised, agreed = report(begun, "O-2", harm=Harm.DANGER), report(begun, "O-3")
    contact.reach_buyer(agent, trouble=promised, answers=ANSWERED)
    call = next(one for one in facts.call_list() if one.whom == "seller")
    contact.record_call(agent, call=call.id, outcome=Outcome.PROMISED, promised_within=Hours(4))
    contact.request_mediation(lead, trouble=agreed)
    offer = contact.propose(shop, trouble=agreed, kind=Kind.REPLACEMENT)
    contact.accept(actor("buyer:B-1", Role.BUYER, begun), proposal=offer)
    asking = actor("buyer:B-1", Role.BUYER, now - timedelta(days=8))
    contact.send_formal(asking, notice="return", order_ref="O-4")
    ring(now - timedelta(days=5))
    contact.ask_question(
        actor("buyer:B-1", Role.BUYER, now - timedelta(days=5)),
        listing_ref="L-1",
        topic=Topic.GOODS,
        said="使えますか",
    )
    ring(now)
    report(now, "O-4")
    return now


def says_late(case: CaseFact, now: datetime) -> bool:
    """Say by the clocks alone, and by what became of what they counted, whether a case is late."""
    rows = [
        one for one in Clock.objects.filter(about=case.about) if clock_owed(one.kind) is not OwedBy.NOBODY
    ]
    running = [one for one in rows if one.done_at is None and one.next_try_at is not None]
    fired = [one for one in rows if one.outcome == RUNG]
    again = {(one.kind, one.started_at) for one in running}
    return (
        any(one.due_at <= now for one in running)
        or any((one.kind, one.done_at) in again for one in fired)
        or any(one.kind in ONCE | {PROMISE_CLOCK} and not is_kept(one, case) for one in fired)
    )


def is_kept(clock: Clock, case: CaseFact) -> bool:
    """Say of what rang once whether it was kept late, by the rows of its matter."""
    kind, _, number = case.about.partition(":")
    if kind == "contact.formal":
        return Formal.objects.get(pk=number).state != "unanswered"
    thread = Thread.objects.get(**({"trouble": number} if kind == "contact.trouble" else {"pk": number}))
    if clock.kind == RESOLUTION.code:
        return thread.trouble.state != "overdue"
    if clock.kind == AGREEMENT.code:
        return Proposal.objects.get(pk=clock.key).state != "missed"
    return thread.state == "answered"


def tiles(client: Client) -> dict[str, int]:
    """Return the tiles of what is late and does not burn: the list behind each, and its figure."""
    page = words(client.get("/desk/today/"))
    found = re.findall(r'<a href="([^"]+)"><span class="count">([\d,]+)</span>', page)
    return {html.unescape(path): int(n) for path, n in found if "view=calm" in path}


def tab(client: Client) -> int:
    page = words(client.get("/desk/"))
    found = re.search(r'view=late"[^>]*>[^<]*<span class="figure">(\d+)', page)
    assert found
    return int(found[1])


def test_each_late_case_burns_or_is_in_exactly_one_tile_and_the_tab_is_their_sum_and_what_the_clocks_say(
    weeks: datetime, enter: Enter
) -> None:
    client = enter(Role.LEAD)
    known = cases.view(Wish(), limit=100).cases

    late = {case.number for case in known if says_late(case, weeks)}
    burning = {case.number for case in known if case.urgent_since}
    figures = tiles(client)
    behind = {path: listed(client, path.removeprefix("/desk/")) for path in figures}

    assert len(late) >= 4
    assert late != {case.number for case in known}
    assert {case.due_kind for case in known if case.number in late} >= {ANSWER.code, QUESTION_ANSWER.code}
    assert {path: len(numbers) for path, numbers in behind.items()} == figures
    assert sorted(number for numbers in behind.values() for number in numbers) == sorted(late - burning)
    assert tab(client) == sum(figures.values()) + len(late & burning) == len(late)
    assert set(listed(client, "?view=late")) == late


def test_order_and_colour_of_the_list_say_the_same(weeks: datetime, enter: Enter) -> None:
    client = enter(Role.AGENT)
    late = {case.number for case in cases.view(Wish(), limit=100).cases if says_late(case, weeks)}

    page = client.get("/desk/").content.decode()
    numbers = listed(client)
    coloured = {
        number[1]
        for row in re.findall(r"<li class=[^>]*overdue.*?</li>", page, re.DOTALL)
        if (number := re.search(r'name="case" value="(\d+)"', row))
    }

    assert coloured == late
    assert set(numbers[: len(late)]) == late, "what is late stands before all that is not"


def test_a_missed_promise_stays_the_first_line_until_it_is_kept(weeks: datetime, enter: Enter) -> None:
    client, about = enter(Role.AGENT), "contact.trouble:1"
    thread = Thread.objects.filter(order_ref="O-1").get()
    about = f"contact.trouble:{thread.trouble.pk}"
    missed = thread.answer_due_at
    assert missed

    page = client.get("/desk/").content.decode()
    line = next(row for row in page.split("<li") if cases.case_of(about).number in row)
    first = line[line.index('class="due"') : line.index("behind")]

    assert cases.case_of(about).next_due_at == missed
    assert missed.isoformat() in first
    assert "過ぎています" in first
    assert "あと" not in first
    contact.answer(actor("seller:S-1", Role.SELLER, weeks), thread=thread.pk, said="交換します")
    assert cases.case_of(about).due_kind == RESOLUTION.code, "the solution is still missed"


@pytest.mark.parametrize("order", ["O-2", "O-3"])
def test_a_promise_by_telephone_and_an_agreement_that_were_broken_are_late(
    weeks: datetime, order: str
) -> None:
    trouble = Thread.objects.filter(order_ref=order).get().trouble

    case = cases.case_of(f"contact.trouble:{trouble.pk}")

    assert case.is_late(weeks)
    assert case.due_kind in (PROMISE_CLOCK, ANSWER.code, AGREEMENT.code, RESOLUTION.code)
