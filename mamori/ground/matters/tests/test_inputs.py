"""What a verb asks is read from its signature, in its order, and nothing that it does not ask."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, YenInput, inputs_of

AMOUNT, HOW = YenInput(label=Text("額", "amount")), ChoiceInput(label=Text("方法", "how"))


class How(StrEnum):
    """Two ways."""

    THIS = "this"
    THAT = "that"


def verb(
    actor: Actor,
    *,
    payout: str,
    how: Annotated[How, HOW],
    amount: Annotated[int, AMOUNT],
    reason: Annotated[str, ReasonInput()],
    profile: int = 0,
) -> None:
    """Do something."""


def test_a_verb_asks_what_its_signature_names_in_that_order() -> None:
    asked = inputs_of(verb)

    assert list(asked) == ["how", "amount", "reason"]
    assert asked["how"] == (How, HOW)
    assert asked["amount"] == (int, AMOUNT)
