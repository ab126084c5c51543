"""A marketplace that works in any order: however its answers come, the switch ends as it is wanted."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import pytest

from mamori.ground.market import actions, facts
from mamori.ground.market.facts import InstructionState
from mamori.ground.market.models import Instruction
from mamori.ground.market.tests.conftest import LEAD
from mamori.ground.market.tests.measuring import answer, hide, told

pytestmark = pytest.mark.usefixtures("market")


class Shop:
    """A marketplace that does the instructions it has heard of, in an order of its own."""

    def __init__(self, dice: random.Random, *, minds_numbers: bool) -> None:
        self.dice = dice
        self.minds_numbers = minds_numbers
        self.heard = 0
        self.inbox: list[tuple[str, dict[str, Any]]] = []
        self.done: dict[str, str] = {}
        self.hidden = False
        self.number = 0
        self.answers: list[str] = []

    def hear(self) -> None:
        news = told()
        self.inbox += [line for line in news[self.heard :] if line[0] in {"issued", "recalled"}]
        self.heard = len(news)

    def work(self) -> None:
        """Do one of the webhooks that have come, whichever arrives first, or give one of the answers that are owed."""
        if self.answers and (not self.inbox or self.dice.random() < 0.5):
            ref = self.answers.pop(self.dice.randrange(len(self.answers)))
            answer(ref, self.done[ref])
        elif self.inbox:
            self._do(*self.inbox.pop(self.dice.randrange(len(self.inbox))))

    def finish(self) -> None:
        """Do all that has come and what follows from it."""
        self.hear()
        while self.inbox or self.answers:
            self.work()
            self.hear()

    def _do(self, name: str, said: dict[str, Any]) -> None:
        ref = said["instruction"]
        if ref in self.done and name != "after all":
            return
        overtaken = self.minds_numbers and said["number"] < self.number
        self.done[ref] = (
            "refused" if name == "recalled" or overtaken or self.dice.random() < 0.1 else "confirmed"
        )
        self.answers.append(ref)
        if self.done[ref] == "refused" and not overtaken and self.dice.random() < 0.5:
            self.inbox.append(("after all", said))  # its worker had it in hand
        if self.done[ref] == "confirmed":
            self.hidden = said["what"] == "hide_listing"
            self.number = max(self.number, said["number"])


@pytest.mark.parametrize("minds_numbers", [True, False])
@pytest.mark.parametrize("seed", range(60))
def test_whatever_order_the_marketplace_works_in_it_ends_as_wanted(seed: int, *, minds_numbers: bool) -> None:
    dice = random.Random(seed)
    shop = Shop(dice, minds_numbers=minds_numbers)
    given: list[str] = []

    for _ in range(30):
        match dice.choice(["hide", "undo", "work", "work", "work"]):
            case "hide":
                given.append(hide(f"m:{dice.randrange(3)}"))
            case "undo" if given:
                actions.undo(LEAD, instruction=dice.choice(given))
            case _:
                shop.hear()
                shop.work()
    shop.finish()
    refused = Instruction.objects.filter(kind="hide_listing", undone_at=None, state="refused")
    for one in refused.filter(recalled_at=None):  # a person decides on each: until then nothing shows it
        actions.undo(LEAD, instruction=one.pk)
    shop.finish()

    rows = Instruction.objects.order_by("number")
    wanted = rows.filter(kind="hide_listing", undone_at=None).exclude(state="refused").exists()
    last = rows.filter(kind="hide_listing" if wanted else "show_listing").last()
    assert facts.instructions_out(about="") == ()
    if last is None or last.state == InstructionState.CONFIRMED:
        assert shop.hidden is wanted


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_three_webhooks_of_an_undoing_may_come_in_any_order(order: tuple[int, ...]) -> None:
    given = hide("m:1")
    actions.undo(LEAD, instruction=given)
    shop = Shop(random.Random(3), minds_numbers=False)
    shop.dice.random = lambda: 1.0  # type: ignore[method-assign]
    shop.hear()
    shop.inbox = [shop.inbox[place] for place in order]

    while shop.hear() or shop.inbox or shop.answers:
        shop.dice.randrange = lambda *_: 0  # type: ignore[method-assign,assignment]
        shop.work()

    assert shop.hidden is False
    assert facts.instructions_out(about="") == ()
