"""What a whole request costs the database, from the key to the answer that is kept."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.doors.gateway.tests.conftest import TROUBLE, Software

MOST_TO_OPEN = 36


def test_a_trouble_is_opened_by_a_request_of_few_statements(market: Software) -> None:
    market.call(
        "POST", "/threads", TROUBLE | {"order": "O-none"}, party="buyer:B-1"
    )  # so that the key is known

    with CaptureQueriesContext(connection) as made:
        answer = market.call("POST", "/threads", TROUBLE, party="buyer:B-1")

    assert answer.status_code == 201, answer.content
    statements = [query["sql"] for query in made.captured_queries]
    assert len(statements) <= MOST_TO_OPEN, "\n".join(sql[:110] for sql in statements)
