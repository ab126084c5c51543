"""The description's bounds are the rules' bounds: what stands at a bound is taken by both, what lies beyond by neither."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mamori.doors.gateway.body import made_of, name_of_ref
from mamori.doors.gateway.refusals import FieldsWrong
from mamori.doors.gateway.table import OPERATIONS
from mamori.doors.gateway.tests.conftest import DOCUMENT
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.market.actions import Line
from mamori.ground.market.tests.conftest import MONDAY
from mamori.japan import written
from mamori.japan.zengin.orders import MOST_YEN
from mamori.rooms.contact.actions.offering import MOST_SAID
from mamori.rooms.payouts.actions import Asked, wrong_with
from mamori.rooms.payouts.refusals import PayoutRefWrong
from mamori.rooms.payouts.rules import is_ref
from mamori.rooms.payouts.runs.actions import begin_run

SAYS = DOCUMENT
SIGN = "あ"


def takes(schema: dict[str, Any], value: Any) -> bool:
    """Say whether a schema takes a value, by its bounds and its pattern."""
    if isinstance(value, int):
        return bool(schema["minimum"] <= value <= schema["maximum"])
    fits = schema.get("minLength", 0) <= len(value) <= schema["maxLength"]
    return fits and re.search(schema.get("pattern", ""), value) is not None


def passes(rule: Callable[[Any], Any], value: Any) -> bool:
    """Say whether a rule takes a value."""
    try:
        rule(value)
    except Refusal:
        return False
    return True


def body(name: str, field: str) -> dict[str, Any]:
    """Return what the description says of a field of a body."""
    told = SAYS["components"]["schemas"][name]["properties"][field]
    kinds = [kind for kind in told.get("anyOf", []) if kind != {"type": "null"}]
    return kinds[0] if kinds else told


def in_path(address: str, name: str) -> dict[str, Any]:
    """Return what the description says of a part of an address."""
    (item,) = [one for path, one in SAYS["paths"].items() if path == address]
    told = next(iter(item.values()))["parameters"]
    return next(one["schema"] for one in told if one["name"] == name)


def may_pay(amount: int) -> None:
    """Ask the rule of payouts whether so much may be asked for."""
    if (fault := wrong_with(Asked("P-1", "S-1", amount))) is not None:
        raise fault


def may_be_ref(ref: str) -> None:
    """Ask the rule of payouts whether that can be a payout's reference."""
    if not is_ref(ref):
        raise PayoutRefWrong(ref=ref)


WORDS = ("", SIGN, SIGN * written.MOST, SIGN * (written.MOST + 1), "a\0b")
BESIDE = (SIGN * MOST_SAID, SIGN * (MOST_SAID + 1), "a\0b")
REFS = ("a", "a" * 64, "a" * 65, "a b", "あ", "a/b", "", "~!")


@pytest.mark.parametrize(
    ("schema", "rule", "values"),
    [
        (body("NewThread", "said"), written.checked, WORDS),
        (body("NewMessage", "said"), written.checked, WORDS),
        (body("DangerTold", "said"), written.checked, WORDS),
        (body("FormalAnswered", "said"), written.optional, WORDS),
        (body("NewFormalNotice", "reason"), written.optional, WORDS),
        (body("NewProposal", "said"), lambda said: written.optional(said, most=MOST_SAID), BESIDE),
        (body("Correction", "said"), lambda said: written.optional(said, most=MOST_SAID), BESIDE),
        (body("PayoutAsked", "amount"), may_pay, (-1, 0, 1, MOST_YEN, MOST_YEN + 1, 10**15)),
        (in_path("/payouts/{ref}/authorize", "ref"), may_be_ref, REFS),
    ],
)
def test_rule_and_description_take_the_same(
    schema: dict[str, Any], rule: Callable[[Any], Any], values: tuple[Any, ...]
) -> None:
    assert {value: takes(schema, value) for value in values} == {
        value: passes(rule, value) for value in values
    }


@pytest.mark.parametrize(
    "operation",
    [one for one in OPERATIONS if "ref" in one.in_path and one.body and issubclass(one.body, Line)],
    ids=lambda one: one.name,
)
@pytest.mark.parametrize("ref", REFS)
def test_a_reference_in_an_address_is_described_as_its_record_takes_it(operation: Any, ref: str) -> None:
    schema = in_path(operation.address, "ref")

    with pytest.raises(FieldsWrong) as refused:
        made_of({"unheard": 1}, operation.body, ref=ref)

    named = {fault.values["field"] for fault in refused.value.faults}
    assert (name_of_ref(operation.body) in named) is not takes(schema, ref)


@pytest.mark.parametrize("ref", REFS)
@pytest.mark.django_db
def test_a_run_is_named_as_described(ref: str) -> None:
    schema = in_path("/payout-runs/{run}", "run")
    actor = Actor(by="machine:test", role=Role.MACHINE, at=MONDAY, via="test")

    with pytest.raises(Refusal) as refused:
        begin_run(actor, ref=ref, pays_on=MONDAY.date() - timedelta(days=1))

    assert isinstance(refused.value, PayoutRefWrong) is not takes(schema, ref)


def test_what_stands_in_an_address_says_of_what_it_is_where_it_is_ours() -> None:
    patterns = {
        (one["name"], one["schema"]["pattern"])
        for item in SAYS["paths"].values()
        for method in item.values()
        for one in method["parameters"]
        if one["in"] == "path"
    }

    ours = {name: pattern.split("_")[0] for name, pattern in patterns if "_[1-9]" in pattern}
    assert ours == {
        "finding": "^fnd",
        "thread": "^thr",
        "proposal": "^prp",
        "formal": "^fml",
        "receipt": "^(rct",
        "webhook": "^whk",
    }
