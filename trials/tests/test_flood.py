"""A flood over HTTP, small: who was hurt stands first, nothing is lost, and a house that drops is seen."""

from __future__ import annotations

from collections import Counter

import pytest

from trials.flood import FROM_ONE, TOO_MANY, Answers, measure, senders
from trials.sizes import sized


def test_only_one_address_sends_more_than_somebody_honest_might() -> None:
    sent = Counter(senders(1_000))

    assert sent.pop("127.2.0.1") == TOO_MANY
    assert max(sent.values()) == FROM_ONE
    assert sum(sent.values()) == 1_000


@pytest.mark.sized
@pytest.mark.parametrize("engine", sized(("sqlite",), ("sqlite", "postgres")))
def test_of_a_flood_over_http_one_who_was_hurt_stands_first_and_stays_first(engine: str) -> None:
    found = measure(engine=engine, reports=sized(60, 5_000), planted=sized(90, 300))

    assert found.broken == [], found.figures


def test_an_answer_without_a_page_or_a_time_to_wait_is_not_kind() -> None:
    heard = Answers()
    for status, headers in (
        (302, {"Location": "/complaints/mine/abc/"}),
        (302, {}),
        (429, {"Retry-After": "60"}),
        (429, {}),
        (500, {}),
    ):
        heard.note(status, headers)

    assert (len(heard.pages), heard.waits, dict(heard.unkind)) == (1, 1, {"302": 1, "429": 1, "500": 1})
