"""Measures at the marketplace: given, undone in any order of answers, and never left on when nobody wants them."""

from __future__ import annotations

from dataclasses import replace as swap
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotYours
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions, facts
from mamori.ground.market.facts import Target
from mamori.ground.market.instructing import MAY_INSTRUCT
from mamori.ground.market.kinds import INSTRUCTIONS, MEASURES, UNDOING
from mamori.ground.market.measures import MeasureAlreadyOut, MeasureUnfit, NothingToUndo, TargetUnknown
from mamori.ground.market.models import Instruction
from mamori.ground.market.tests.conftest import LEAD, MACHINE, MONDAY, SELLER
from mamori.ground.market.tests.measuring import answer, hide, out, the, told

pytestmark = pytest.mark.usefixtures("market")

FRIDAY = MONDAY + timedelta(days=4)
TARGETS = {Target.LISTING: "L-1", Target.REVIEW: "R-1", Target.SELLER: "S-1"}


@pytest.mark.parametrize("kind", MEASURES.values(), ids=MEASURES.keys())
def test_each_measure_is_given_and_undone(kind: Any) -> None:
    detail = "食品" if kind.detail else ""

    given = actions.order_measure(
        LEAD,
        kind=kind.code,
        seller_ref="S-1",
        target_ref=TARGETS[kind.target],
        about="enforcement.measure:1",
        until=FRIDAY,
        detail=detail,
    )
    answer(given)
    undone = actions.undo(LEAD, instruction=given)
    answer(undone)

    first, second = the(given), the(undone)
    assert (first.kind, first.target, first.target_ref, first.detail, first.until, first.undone_at) == (
        kind.code,
        kind.target,
        TARGETS[kind.target],
        detail,
        FRIDAY,
        MONDAY,
    )
    assert (second.kind, second.undoes, second.target_ref, second.detail, second.until) == (
        UNDOING[kind.code].code,
        given,
        TARGETS[kind.target],
        detail,
        None,
    )
    assert [name for name, _ in told()] == ["issued", "confirmed", "issued", "confirmed"]
    assert out() == []


def test_the_marketplace_is_told_what_it_concerns_until_when_and_in_which_order() -> None:
    given = hide(until=FRIDAY)
    answer(given)
    actions.undo(LEAD, instruction=given)

    first, _, second = (said for _, said in told())
    assert {name: first[name] for name in ("what", "target", "target_ref", "seller_ref", "order_ref")} == {
        "what": "hide_listing",
        "target": "listing",
        "target_ref": "L-1",
        "seller_ref": "S-1",
        "order_ref": "",
    }
    assert (first["until"], first["undoes"]) == ("2026-11-20T09:00:00Z", "")
    assert (second["what"], second["undoes"], second["until"]) == ("show_listing", given, None)
    assert second["number"] > first["number"] > 0


def test_a_measure_is_on_the_record_of_its_seller() -> None:
    given = hide()
    answer(given)

    acts = ledger.acts_about("enforcement.measure:1")

    assert sorted(act.kind for act in acts) == ["market.confirm", "market.instruct"]
    assert {act.subject for act in acts} == {"seller:S-1"}


def test_asked_again_a_measure_that_waits_or_stands_is_the_same() -> None:
    waiting = [hide(until=FRIDAY), hide(until=FRIDAY)]
    with pytest.raises(MeasureAlreadyOut):
        hide()
    answer(waiting[0])

    standing = hide(until=FRIDAY)

    assert {*waiting, standing} == {waiting[0]}
    assert len(told()) == 2


def test_a_new_end_is_told_beside_the_old_and_both_are_undone_at_once() -> None:
    first = hide(until=FRIDAY)
    answer(first)
    longer = hide(until=FRIDAY + timedelta(days=7))
    answer(longer)

    answer(actions.undo(LEAD, instruction=first))

    assert first != longer
    assert the(longer).undone_at == MONDAY
    assert told()[-1][1]["what"] == "show_listing"
    assert out() == []


@pytest.mark.parametrize("role", sorted(set(Role) - MAY_INSTRUCT))
def test_nobody_outside_the_centre_orders_or_undoes(role: Role) -> None:
    given, eve = hide(), swap(LEAD, by="eve", role=role)

    with pytest.raises(StepNotYours):
        actions.order_measure(eve, kind="hide_listing", seller_ref="S-1", target_ref="L-1", about="x:1")
    with pytest.raises(StepNotYours):
        actions.undo(eve, instruction=given)


@pytest.mark.parametrize(
    "wish",
    [
        {"seller_ref": "S-9"},
        {"target_ref": "L-9"},
        {"seller_ref": "S-2"},
        {"kind": "suspend_seller", "target_ref": "S-2"},
    ],
)
def test_what_is_not_the_sellers_is_not_touched(wish: dict[str, str]) -> None:
    actions.put_seller(MACHINE, replace(SELLER, ref="S-2"))

    with pytest.raises(TargetUnknown):
        hide(**wish)

    assert out() == []


@pytest.mark.parametrize(
    "wish",
    [
        {"until": MONDAY},
        {"detail": "食品"},
        {"amount": 1},
        {"kind": "hold_payouts", "target_ref": "S-1", "amount": -1},
        {"kind": "close_category", "target_ref": "S-1", "detail": " "},
    ],
)
def test_what_does_not_fit_the_kind_is_refused(wish: dict[str, Any]) -> None:
    with pytest.raises(MeasureUnfit):
        hide(**wish)


def test_a_hold_of_money_may_have_a_cap() -> None:
    held = hide(kind="hold_payouts", target_ref="S-1", amount=30_000)

    assert the(held).amount == 30_000


def test_two_categories_are_two_switches() -> None:
    food, toys = (
        hide(kind="close_category", target_ref="S-1", detail=detail) for detail in ("食品", "おもちゃ")
    )
    answer(food)
    answer(toys)

    answer(actions.undo(LEAD, instruction=food))

    assert the(toys).undone_at is None


def test_what_is_no_measure_cannot_be_undone() -> None:
    refund = actions.instruct(LEAD, kind="refund", order_ref="O-1", amount=1, about="x:1")
    given = hide()
    answer(given)

    for ref in (refund, actions.undo(LEAD, instruction=given)):
        with pytest.raises(NothingToUndo):
            actions.undo(LEAD, instruction=ref)


def test_undoing_twice_is_once_unless_the_marketplace_could_not() -> None:
    given = hide()
    answer(given)

    first = actions.undo(LEAD, instruction=given)
    again = actions.undo(LEAD, instruction=given)
    answer(first, "refused")
    anew = actions.undo(LEAD, instruction=given)

    assert first == again != anew


def test_there_is_nothing_to_undo_of_what_the_marketplace_refused() -> None:
    given = hide()
    answer(given, "refused")

    assert actions.undo(LEAD, instruction=given) == ""


def test_what_another_matter_wants_stays_until_that_ends_too() -> None:
    ours, theirs = hide("m:1"), hide("m:2")
    answer(ours)
    answer(theirs)

    left = actions.undo(LEAD, instruction=ours)
    last = actions.undo(LEAD, instruction=theirs)

    assert left == ""
    assert out() == [("2", "show_listing")]
    assert the(last).undoes == theirs


@pytest.mark.parametrize("first", ["refused", "undone"])
def test_no_listing_is_shown_while_a_person_decides_on_a_hiding_that_was_refused(first: str) -> None:
    ours, theirs = hide("m:1"), hide("m:2")
    answer(ours)
    if first == "undone":
        actions.undo(LEAD, instruction=ours)
    answer(theirs, "refused")
    if first == "refused":
        actions.undo(LEAD, instruction=ours)
    before = out()

    actions.undo(LEAD, instruction=theirs)

    assert before == []
    assert out() == [("1", "show_listing")]


def test_any_other_measure_that_nobody_wants_any_more_is_undone_when_the_other_wish_was_refused() -> None:
    ours, theirs = (hide(about, kind="demote_listing") for about in ("m:1", "m:2"))
    answer(ours)
    actions.undo(LEAD, instruction=ours)

    answer(theirs, "refused")

    assert out() == [("1", "promote_listing")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": "review"},
        {"kind": "nothing"},
        {"order_id": "O-1"},
        {"number": None},
        {"amount": 1},
        {"detail": "食品"},
        {"until": MONDAY},
        {"kind": "show_listing"},
        {"kind": "hold_payouts", "target": "seller"},
        {"seller_id": None},
    ],
)
def test_the_database_holds_the_shape_of_an_instruction(wrong: dict[str, Any]) -> None:
    given = hide()

    with pytest.raises(IntegrityError), transaction.atomic():
        Instruction.objects.filter(pk=given).update(**wrong)


def test_what_waits_is_listed_by_its_target_and_age() -> None:
    hide()
    tuesday = swap(LEAD, at=MONDAY + timedelta(days=1))
    actions.order_measure(tuesday, kind="suspend_seller", seller_ref="S-1", target_ref="S-1", about="m:2")

    def kinds(**wish: Any) -> list[str]:
        return [fact.kind for fact in facts.instructions_out(about="", **wish)]

    assert kinds() == ["hide_listing", "suspend_seller"]
    assert kinds(target=Target.SELLER) == ["suspend_seller"]
    assert kinds(before=tuesday.at) == ["hide_listing"]
    assert kinds(limit=1) == ["hide_listing"]


def test_each_kind_is_declared_once_and_what_undoes_concerns_the_same() -> None:
    codes = [kind.code for kind in INSTRUCTIONS]

    assert len(set(codes)) == len(codes)
    assert {
        (UNDOING[code].target, UNDOING[code].detail) == (kind.target, kind.detail)
        for code, kind in MEASURES.items()
    } == {True}
