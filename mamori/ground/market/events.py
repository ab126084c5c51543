"""What is told about instructions: to the marketplace by webhook, and upward to the rooms."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionEvent(Event):
    """What every event about an instruction says.  `what` is its kind; `amount` is in yen."""

    instruction: str
    what: str
    order_ref: str
    seller_ref: str
    buyer_ref: str
    amount: int
    about: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionIssued(InstructionEvent):
    """The marketplace is asked to do something; `times` counts how often, under the same id."""

    kind = "market.instruction_issued"
    text = Text("市場に指示した", "the marketplace was given an instruction")
    times: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionConfirmed(InstructionEvent):
    """The marketplace has done it."""

    kind = "market.instruction_confirmed"
    text = Text("市場が指示の実行を確認した", "the marketplace confirmed an instruction")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionRefused(InstructionEvent):
    """The marketplace could not or would not do it."""

    kind = "market.instruction_refused"
    text = Text("市場が指示を実行できなかった", "the marketplace declined an instruction")
