"""The gate's arithmetic: what goes, what waits, and on what it may wait; and what names come to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from mamori.grammar.actor import Role
from mamori.japan.names import Holder, Verdict, compare
from mamori.law.identification import Registrant
from mamori.rooms.payouts import rules
from mamori.rooms.payouts.accounts.rules import NO_KANA, WHY, Proof, holder_of, judged, reason_of
from mamori.rooms.payouts.lifecycle import ACCOUNT, PAYOUT, RUN, TRANSFER, WAITING
from mamori.rooms.payouts.rules import REASONS, Clause, Code, Effect, Reason, Waits, answer

BOUND = Clause("payout-hold", 2)
OWN = {"clause": "payout-hold", "version": 1}


def claim(amount: int) -> Reason:
    return Reason(code=Code.CLAIMS, amount=amount, ref="contact.trouble:1")


def measure(amount: int) -> Reason:
    return Reason(code=Code.MEASURE, amount=amount, ref="enforcement.measure:1", **OWN)  # type: ignore[arg-type]


UNCHECKED = Reason(code=Code.IDENTITY_UNVERIFIED)
DOUBT = Reason(code=Code.NAME_DOUBT)


@pytest.mark.parametrize(
    ("reasons", "bound", "elsewhere", "release", "way", "verdict"),
    [
        ([], None, 0, 100, Waits.NOTHING, "release"),
        ([UNCHECKED], BOUND, 0, 0, Waits.HOLD, "hold"),
        ([UNCHECKED], None, 0, 0, Waits.REVIEW, "review"),
        ([DOUBT], BOUND, 0, 0, Waits.REVIEW, "review"),
        ([DOUBT, UNCHECKED], BOUND, 0, 0, Waits.REVIEW, "review"),
        ([claim(30)], BOUND, 0, 70, Waits.HOLD, "partial"),
        ([claim(30)], None, 0, 70, Waits.REVIEW, "partial"),
        ([claim(30), claim(50)], BOUND, 0, 20, Waits.HOLD, "partial"),
        ([claim(300)], BOUND, 0, 0, Waits.HOLD, "hold"),
        ([claim(30)], BOUND, 20, 90, Waits.HOLD, "partial"),
        ([claim(30)], BOUND, 30, 100, Waits.NOTHING, "release"),
        ([claim(30)], BOUND, 99, 100, Waits.NOTHING, "release"),
        ([measure(40)], None, 0, 60, Waits.HOLD, "partial"),
        ([measure(0)], None, 999, 0, Waits.HOLD, "hold"),
        ([measure(40), claim(30)], BOUND, 0, 60, Waits.HOLD, "partial"),
        ([measure(40), claim(70)], BOUND, 0, 30, Waits.HOLD, "partial"),
        ([measure(40), claim(30)], None, 0, 60, Waits.REVIEW, "partial"),
        ([UNCHECKED, claim(30)], BOUND, 500, 0, Waits.HOLD, "hold"),
    ],
)
def test_as_much_waits_as_the_reasons_come_to_and_no_more(
    reasons: list[Reason], bound: Clause | None, elsewhere: int, release: int, way: Waits, verdict: str
) -> None:
    found = answer(100, reasons, bound=bound, elsewhere=elsewhere)

    assert (found.release, found.waits, found.way, found.verdict.value) == (
        release,
        100 - release,
        way,
        verdict,
    )


def test_a_measure_brings_the_clause_that_bound_the_seller_to_it() -> None:
    assert answer(100, [measure(40)], bound=BOUND).clause == Clause("payout-hold", 1)
    assert answer(100, [measure(40), claim(50)], bound=BOUND).clause == BOUND


def test_a_person_looks_at_what_is_in_doubt_and_no_clause_is_cited_for_it() -> None:
    assert answer(100, [DOUBT], bound=BOUND).clause is None


SOME = st.lists(
    st.one_of(
        st.builds(claim, st.integers(1, 10**6)),
        st.builds(measure, st.integers(0, 10**6)),
        st.sampled_from([UNCHECKED, DOUBT, Reason(code=Code.NAME_MISMATCH)]),
    ),
    max_size=5,
)


@settings(deadline=None)
@given(st.integers(1, 10**9), SOME, st.booleans(), st.integers(0, 10**6))
def test_no_yen_is_lost_and_nothing_is_held_without_a_clause_and_a_reason(
    amount: int, reasons: list[Reason], is_bound: bool, elsewhere: int
) -> None:
    found = answer(amount, reasons, bound=BOUND if is_bound else None, elsewhere=elsewhere)

    assert found.release + found.waits == amount
    assert min(found.release, found.waits) >= 0
    assert (found.way is Waits.HOLD) == (found.clause is not None)
    assert bool(found.waits) == bool(found.reasons)
    assert not (found.waits and found.way is Waits.NOTHING)


@settings(deadline=None)
@given(st.lists(st.integers(1, 1_000), max_size=4), st.lists(st.integers(1, 2_000), min_size=1, max_size=6))
def test_one_sum_holds_no_more_than_itself_however_many_payouts_there_are(
    sums: list[int], payouts: list[int]
) -> None:
    waiting = 0
    for amount in payouts:
        waiting += answer(amount, [claim(one) for one in sums], bound=BOUND, elsewhere=waiting).waits

    assert waiting == min(sum(sums), sum(payouts))


def test_every_reason_says_why_and_what_to_do_and_has_an_effect() -> None:
    assert set(REASONS) == set(Code)
    assert {words.effect for words in REASONS.values()} == set(Effect)
    assert Reason(code=Code.MEASURE).effect is Effect.ALL
    assert Reason(code=Code.CLAIMS, amount=1).effect is Effect.SUM


def test_a_reading_alone_lets_nobody_through_where_nothing_else_proves_the_account() -> None:
    found = compare(name="山田 花子", kana="ヤマダ ハナコ", kind=Holder.PERSON)

    assert judged(found, has_kana=False, proof=Proof.NONE) == (Verdict.REVIEW, NO_KANA)
    assert judged(found, has_kana=False, proof=Proof.TEST)[0] is Verdict.MATCH
    assert judged(found, has_kana=True, proof=Proof.NONE)[0] is Verdict.MATCH


def test_a_verdict_makes_a_reason_but_for_a_match() -> None:
    assert reason_of("match") is None
    assert [reason_of(said).code.value for said in ("review", "mismatch", "") if reason_of(said)] == [  # type: ignore[union-attr]
        "name-doubt",
        "name-mismatch",
        "name-doubt",
    ]


def test_a_company_is_compared_as_one() -> None:
    assert holder_of(Registrant.COMPANY) is Holder.COMPANY
    assert holder_of(Registrant.PERSON) is holder_of(None) is Holder.PERSON


def test_a_short_reason_names_nobody() -> None:
    assert NO_KANA in WHY
    assert all("{" not in text.ja + text.en for text in WHY.values())


def test_what_waits_can_always_be_left_and_only_counsel_settles_it_otherwise() -> None:
    for state in WAITING:
        assert any(state in step.moves for step in PAYOUT.steps if step.name == "release")
    assert [step.roles for step in PAYOUT.steps if step.name == "settle"] == [frozenset({Role.COUNSEL})]
    assert all(chart.ends for chart in (ACCOUNT, PAYOUT, RUN, TRANSFER))


def test_verdicts_are_what_the_marketplace_is_told() -> None:
    assert [one.value for one in rules.Verdict] == ["release", "partial", "review", "hold"]
