"""A flood is judged by what was answered and what is kept; each promise can be broken."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from trials.flood import FROM_ONE, TOO_MANY, Answers, Flood, flooded, promises, senders
from trials.sizes import sized

GOOD = Flood(
    engine="sqlite",
    asked=200,
    accepted=180,
    told_to_wait=20,
    unkind={},
    reports=180,
    matters=21,
    acts=180,
    lost=0,
    danger_first=True,
    injured_first=True,
    injured_stays=True,
    all_shown=160,
    came_before=159,
    seconds=2.0,
    per_second=90.0,
    mib_before=500,
    mib_most=520,
    planted_lost=3,
)


def test_all_is_kept_where_nothing_is_lost() -> None:
    assert all(promises(GOOD).values())


@pytest.mark.parametrize(
    "broken",
    [
        {"unkind": {"500": 1}},
        {"lost": 1},
        {"reports": 179, "all_shown": 159},
        {"acts": 179},
        {"matters": 22},
        {"told_to_wait": 0, "accepted": 200, "reports": 200, "acts": 200, "all_shown": 180},
        {"danger_first": False},
        {"injured_first": False},
        {"injured_stays": False},
        {"all_shown": 100},
        {"came_before": 0},
        {"mib_most": 900},
        {"planted_lost": 0},
    ],
)
def test_each_promise_is_broken_by_what_it_is_about(broken: dict[str, object]) -> None:
    kept = promises(replace(GOOD, **broken))  # type: ignore[arg-type]

    assert list(kept.values()).count(False) == 1


def test_only_one_address_sends_more_than_somebody_honest_might() -> None:
    sent = Counter(senders(1_000))

    assert sent.pop("127.2.0.1") == TOO_MANY
    assert max(sent.values()) == FROM_ONE
    assert sum(sent.values()) == 1_000


@pytest.mark.sized
@pytest.mark.parametrize("engine", sized(("sqlite",), ("sqlite", "postgres")))
def test_of_a_flood_over_http_one_who_was_hurt_stands_first_and_stays_first(engine: str) -> None:
    found = flooded(engine, sized(60, 5_000))

    broken = {name for name, is_kept in promises(replace(found, planted_lost=1)).items() if not is_kept}
    assert broken == set(), found


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
