"""What the measurements of payouts draw, hold beside a model and promise: what is planted in figures breaks a promise."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from mamori.japan.zengin.orders import payment
from trials import gate, payraces, payrun, payyear
from trials.paying.shops import Shop, Why, drawn
from trials.payyear.people import Behaviour, as_banks_write

SHOPS = list(drawn(5_000, random.Random(5)))
RAN = payrun.Ran(
    engine="sqlite",
    lines=100_000,
    filled_seconds=9.0,
    begun_seconds=0.1,
    taken_seconds=30.0,
    ordered_seconds=20.0,
    written_seconds=5.0,
    whole_seconds=55.1,
    processor_seconds=50.0,
    peak_mib=1,
    payments=99_000,
    total=1,
    wrong=0,
    planted_twice=1,
    planted_lost=1,
    planted_elsewhere=2,
)
ASKED = gate.Asked(
    engine="sqlite",
    sellers=1_000_000,
    filled_seconds=1,
    calls=3_000,
    p50_ms=8.0,
    p95_ms=20.0,
    p99_ms=49.9,
    most_ms=90.0,
    processor_ms=7.0,
    p99_ms_of={},
    calls_of={},
    statements_of={},
    wrong=0,
    walks=(),
    planted_walks=1,
)


def test_sellers_are_drawn_as_the_shares_say_each_with_an_account_of_its_own() -> None:
    counts = Counter(shop.why for shop in SHOPS)

    assert counts[Why.NOTHING] / len(SHOPS) > 0.98
    assert len(counts) == len(Why)
    assert len({(shop.pays_to.bank, shop.pays_to.branch, shop.pays_to.number) for shop in SHOPS}) == len(
        SHOPS
    )
    for shop in SHOPS[:100]:
        paid = payment(to=shop.pays_to.account, holder=shop.pays_to.holder, amount=1)
        assert paid.to.number == shop.pays_to.number


def test_the_model_holds_all_or_so_much_as_stands_against_a_seller() -> None:
    def goes(why: Why, less: int = 0) -> int:
        shop = Shop(1, "", "", is_company=False, pays_to=SHOPS[0].pays_to, why=why, less=less)
        return shop.goes(1_000)

    assert [goes(why) for why in (Why.NOTHING, Why.EXPIRED, Why.RELATIVE, Why.COOLING)] == [1_000, 0, 0, 0]
    assert (goes(Why.CLAIM, 300), goes(Why.CAP, 5_000)) == (700, 0)


def test_payments_are_counted_wrong_when_made_twice_lost_or_sent_elsewhere() -> None:
    owed = Counter({("a", 1): 1, ("b", 2): 1})

    assert payrun.wrong(owed, owed) == 0
    assert payrun.wrong(owed, Counter({("a", 1): 2, ("b", 2): 1})) == 1
    assert payrun.wrong(owed, Counter({("b", 2): 1})) == 1
    assert payrun.wrong(owed, Counter({("c", 1): 1, ("b", 2): 1})) == 2


def test_a_run_that_is_late_or_wrong_or_misses_what_is_planted_breaks_its_promise() -> None:
    assert all(payrun.promises(RAN).values())
    for broken in ({"whole_seconds": 60.1}, {"wrong": 1}, {"payments": 0}, {"planted_lost": 0}):
        assert not all(payrun.promises(replace(RAN, **broken)).values()), broken


def test_a_gate_that_is_slow_or_wrong_or_walks_or_misses_what_is_planted_breaks_its_promise() -> None:
    assert all(gate.promises(ASKED).values())
    for broken in ({"p99_ms": 50.0}, {"wrong": 1}, {"walks": ("payouts_payout",)}, {"planted_walks": 0}):
        assert not all(gate.promises(replace(ASKED, **broken)).values()), broken


def test_a_race_that_leaves_a_fault_or_an_error_or_misses_what_is_planted_breaks_its_promise() -> None:
    raced = payraces.Raced(
        engine="sqlite",
        seed=1,
        processes=12,
        kills=100,
        payouts=600,
        raced=500,
        transfers=500,
        in_files=250,
        errors=0,
        first_error="",
        faults=0,
        first_fault="",
        seconds=60,
        planted_faults=0,
        planted_errors=9,
        planted_first="",
    )

    assert all(payraces.promises(raced).values())
    for broken in ({"faults": 1}, {"errors": 1}, {"raced": 0}, {"planted_errors": 0}):
        assert not all(payraces.promises(replace(raced, **broken)).values()), broken


def test_a_year_in_which_honest_sellers_wait_or_others_are_paid_breaks_its_promise() -> None:
    kept = {
        "at_once": 97.0,
        "relatives_first": 9,
        "relatives_first_automatic": 0,
        "to_others": {"relative": 0, "stranger": 0, "stolen": 0},
        "stuck": 0,
    }
    year = payyear.Year(seed=1, behaviour={}, year=kept, planted_to_others=5, planted_relatives_automatic=3)

    assert all(payyear.promises(year).values())
    for broken in (
        {"at_once": 96.9},
        {"relatives_first": 0},
        {"relatives_first_automatic": 1},
        {"to_others": {"stranger": 1}},
        {"stuck": 1},
    ):
        assert not all(payyear.promises(replace(year, year=kept | broken)).values()), broken
    assert not all(payyear.promises(replace(year, planted_to_others=0)).values())


def test_what_banks_write_otherwise_is_written_so() -> None:
    always = Behaviour(bank_writes_otherwise=1.0)

    assert as_banks_write("オオノ ミヅキ", always, random.Random(1)) == "オウノ ミズキ"
    assert as_banks_write("サトウ ハナコ", always, random.Random(1)) == "サトウ ハナコ"
