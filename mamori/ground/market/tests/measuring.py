"""What the tests of measures do and ask: hide a listing, answer for the marketplace, and see what waits and was told."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps

from mamori.ground.market import actions, facts
from mamori.ground.market.tests.conftest import LEAD, MACHINE


def hide(about: str = "enforcement.measure:1", **more: Any) -> str:
    wish = {"kind": "hide_listing", "seller_ref": "S-1", "target_ref": "L-1", "about": about, **more}
    return actions.order_measure(LEAD, **wish)


def answer(ref: str, outcome: str = "confirmed") -> None:
    actions.confirm(MACHINE, instruction=ref, outcome=outcome)


def the(ref: str) -> facts.InstructionFact:
    found = facts.instruction(ref)
    assert found
    return found


def out() -> list[tuple[str, str]]:
    """Return what waits: the matter's number and the kind."""
    return [(fact.about.rpartition(":")[2], fact.kind) for fact in facts.instructions_out(about="")]


def told() -> list[tuple[str, dict[str, Any]]]:
    events = apps.get_model("outbox", "Event").objects.order_by("pk")
    return [
        (event.kind.removeprefix("market.instruction_"), json.loads(event.body)["data"]) for event in events
    ]
