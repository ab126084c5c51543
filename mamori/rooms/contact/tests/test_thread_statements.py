"""The page of a thread asks the database thirty times at most, for either side."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.rooms.contact import actions
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import actor, open_trouble
from mamori.rooms.contact.tests.test_buyer_pages import now, number_of, seller_answers

pytestmark = pytest.mark.usefixtures("market_of_today")


def test_the_two_sides_of_a_thread_ask_the_database_thirty_times_at_most(enter: Enter) -> None:
    trouble = open_trouble(now())
    seller_answers(trouble)
    actions.request_mediation(actor("buyer:B-1", Role.BUYER, now()), trouble=trouble)
    actions.propose(actor("agent:9", Role.AGENT, now()), trouble=trouble, kind=Kind.REPAIR)
    counts = {}

    for role, who, where in ((Role.BUYER, "buyer:B-1", ""), (Role.SELLER, "seller:S-1", "/seller")):
        client, page = enter(role, who), f"{where}/threads/{number_of(trouble)}/"
        with CaptureQueriesContext(connection) as made:
            assert client.get(page).status_code == 200
        counts[role] = len(made)

    assert {role: count for role, count in counts.items() if not 5 < count <= 30} == {}
