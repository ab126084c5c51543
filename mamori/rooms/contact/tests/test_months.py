"""The pictures' months say what the figures of each month say, in a few statements."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import accumulate, repeat
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.figures import share
from mamori.ground.market import actions as marketing
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.facts import Month
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.queries.figures import months_seen
from mamori.rooms.contact.tests.conftest import MONDAY, agent, buyer, machine, open_trouble, pass_time, seller
from mamori.rooms.contact.tests.test_figures import AFTER, planted
from mamori.rooms.contact.topics import Topic
from tests.reading import words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YEAR = list(accumulate(repeat(Month(2026, 2), 12), lambda month, _: month.next))


@pytest.mark.django_db
def test_each_month_says_what_its_figures_say(django_assert_max_num_queries: Any) -> None:
    for number, trouble in enumerate(planted(200)):
        if number % 3 == 0 and trouble.closed_at:
            Remedy.objects.create(
                trouble=trouble,
                buyer_ref="B",
                state="done",
                opened_at=trouble.opened_at,
                closed_at=trouble.closed_at,
            )

    with django_assert_max_num_queries(3):
        found = months_seen(YEAR, at=AFTER)

    assert [one.month for one in found] == YEAR
    assert sum(one.refunds > 1 for one in found) > 2
    for one in found:
        said = {reading.figure.code: reading for reading in facts.figures(one.month, at=AFTER)}
        assert one.reported == said["contact.reported"].value
        assert one.solutions.over == said["contact.resolved_in_time"].of
        assert share(one.solutions.in_time, one.solutions.over) == said["contact.resolved_in_time"].value
        assert one.refunds == said["contact.refunds"].value
        assert one.money_median == said["contact.money_back_median"].value
        assert one.money_p95 == said["contact.money_back_p95"].value


@pytest.mark.django_db
def test_troubles_are_counted_by_topic_and_make_up_the_figure_of_each_month() -> None:
    planted(60)

    found = facts.trouble_counts(YEAR[0].since, YEAR[-1].until)

    for one in months_seen(YEAR, at=AFTER):
        assert sum(each.count for each in found if each.month == one.month) == one.reported
    assert {each.topic for each in found} <= {topic.value for topic in facts.TOPICS}


@pytest.mark.usefixtures("market_of_two")
def test_answers_and_money_back_of_the_room_are_seen_in_their_month() -> None:
    solved, refunded = open_trouble(), open_trouble(order_ref="O-3")
    contact.answer(
        seller(MONDAY + 3 * HOUR), thread=Trouble.objects.get(pk=solved).thread_id, said="交換します"
    )
    contact.request_mediation(buyer(), trouble=refunded)
    order = contact.grant_remedy(agent(MONDAY + 5 * HOUR), trouble=refunded, amount=8_000, reason="x")
    pass_time(MONDAY + 30 * HOUR)
    marketing.confirm(machine(MONDAY + 30 * HOUR), instruction=order, outcome="confirmed")
    pass_time(MONDAY + 30 * HOUR)
    contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="色は")
    pass_time(MONDAY + 5 * DAY)

    (october, november) = months_seen([Month(2026, 10), Month(2026, 11)], at=AFTER)

    assert (november.answers.in_time, november.answers.over) == (1, 2)
    assert (november.refunds, str(november.money_median)) == (1, "1.3")
    assert (october.reported, october.answers.over, october.solutions.over) == (0, 0, 0)
    assert october.money_median is october.money_p95 is None


@pytest.mark.usefixtures("market_of_two")
def test_the_page_of_figures_shows_twelve_months_in_pictures(enter: Enter) -> None:
    open_trouble()

    page = words(enter(Role.LEAD).get("/desk/figures/?month=2026-11"))

    for code in ("reported", "answered", "resolved", "money"):
        assert f'aria-labelledby="{code}-title {code}-desc"' in page
    (said,) = re.findall(r'<desc id="reported-desc">(.*?)</desc>', page)
    assert said.startswith("2025-12 0 件、2026-01 0 件、")
    assert said.endswith("2026-11 1 件。")
    assert '<tr><th scope="row">2026-11</th> <td class="figure">1 件</td></tr>' in page
