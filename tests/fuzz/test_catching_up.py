"""A shop that catches up as documented pays nothing twice, wherever its worker dies and whenever it is called back."""

from __future__ import annotations

import importlib.util
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest

CLIENT = Path(__file__).parents[2] / "examples/client/shop.py"
STEPS = 24
"""More than a worker takes for two instructions, so that the last deaths and recalls never come."""
type Worker = Callable[[Any, Any, Any], None]


class Death(BaseException):
    """The worker is killed."""


@dataclass(slots=True)
class World:
    """The house and the payment provider, which outlive the worker; one at most dies and is called back at a step."""

    declines: bool
    death: int
    recall: int
    states: dict[str, str] = field(default_factory=lambda: dict.fromkeys(("ins_1", "ins_2"), "issued"))
    paid_under: dict[str, str] = field(default_factory=dict)
    steps: int = 0

    def step(self) -> None:
        """Let time pass: what comes at this step comes now."""
        self.steps += 1
        if self.steps == self.recall and self.states["ins_1"] == "issued":
            self.states["ins_1"] = "recalled"
        if self.steps == self.death:
            raise Death

    def instructions(self, state: str) -> Iterator[dict[str, str]]:
        """List as the house does: as it was when it was asked."""
        self.step()
        found = [ref for ref, now in self.states.items() if now == state]
        yield from (
            {"instruction": ref, "order_ref": ref, "target": "order", "state": state} for ref in found
        )

    def confirm(self, ref: str, outcome: str) -> None:
        """Take an answer; the worker may die before it came, and after."""
        self.step()
        self.states[ref] = outcome
        self.step()

    def knows(self, _: str) -> bool:
        """Say that the order is known."""
        return True

    def paid(self, key: str) -> bool:
        """Say whether it was paid under that key."""
        self.step()
        return key in self.paid_under

    def pay(self, key: str, told: dict[str, str]) -> bool:
        """Pay once under a key; the worker may die before, and after."""
        self.step()
        if not self.declines:
            self.paid_under.setdefault(key, told["instruction"])
        self.step()
        return not self.declines


@pytest.fixture(scope="module")
def shop() -> Any:
    spec = importlib.util.spec_from_file_location("shop", CLIENT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def worked(shop: Any, books: Path, worker: Worker) -> Iterator[tuple[str, str, int]]:
    """Let it die and be called back at each step; yield each instruction's end and how often it was paid."""
    for number, (declines, death, recall) in enumerate(product((False, True), range(STEPS), range(STEPS))):
        world = World(declines, death, recall)
        for _ in range(4):  # it is started anew, and looks every few minutes
            try:
                worker(world, shop.Books(books / f"{number}"), world)
            except Death:
                continue
        counted = Counter(world.paid_under.values())
        yield from ((f"{world}", state, counted[ref]) for ref, state in world.states.items())


def test_wherever_it_dies_each_is_paid_once_at_most_and_answered_as_it_was_paid(
    shop: Any, tmp_path: Path
) -> None:
    ends = list(worked(shop, tmp_path, shop.catch_up))

    assert [one for one in ends if (one[1], one[2]) not in {("confirmed", 1), ("refused", 0)}] == []
    assert {state for _, state, _ in ends} == {"confirmed", "refused"}


def test_a_worker_that_keeps_no_books_pays_twice(shop: Any, tmp_path: Path) -> None:
    def carelessly(mamori: Any, _: Any, till: Any) -> None:
        for told in mamori.instructions(state="issued"):
            paid = till.pay(str(uuid.uuid4()), told)
            mamori.confirm(told["instruction"], "confirmed" if paid else "refused")

    assert any(times > 1 for _, _, times in worked(shop, tmp_path, carelessly))
