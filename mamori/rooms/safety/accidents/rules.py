"""Pure rules of accidents: the steps of the road, what lies sealed in one, how gravity rises, and what should stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from mamori.grammar.text import Text
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.accidents import ACCIDENT_NEXT, HURTS, Hurt, ToldWhom


class AccidentStep(StrEnum):
    """A step of the road; each is taken, or left out with a reason."""

    STOP = "stop"
    ASK = "ask"
    MAKER = "maker"
    NITE = "nite"
    CAA = "caa"
    KEEP = "keep"
    BUYERS = "buyers"

    @property
    def text(self) -> Text:
        """Return what is done."""
        return _STEPS[self]

    @property
    def field(self) -> str:
        """Return the moment of the row at which it was taken."""
        return _FIELDS[self]


_STEPS = {
    AccidentStep.STOP: Text("販売を止める", "stop the sale"),
    AccidentStep.ASK: Text("メーカーに尋ねる", "ask the maker"),
    AccidentStep.MAKER: Text("メーカーに知らせる", "tell the maker"),
    AccidentStep.NITE: Text("NITEに知らせる", "tell NITE"),
    AccidentStep.CAA: Text("消費者庁に知らせる", "tell the CAA"),
    AccidentStep.KEEP: Text("保管を頼む", "keep the thing"),
    AccidentStep.BUYERS: Text("購入者に知らせる", "warn the buyers"),
}
_FIELDS = {
    AccidentStep.STOP: "stopped_at",
    AccidentStep.ASK: "maker_asked_at",
    AccidentStep.MAKER: "maker_told_at",
    AccidentStep.NITE: "nite_at",
    AccidentStep.CAA: "caa_at",
    AccidentStep.KEEP: "kept_at",
    AccidentStep.BUYERS: "buyers_told_at",
}
TOLD_STEPS = {
    ToldWhom.NITE: AccidentStep.NITE,
    ToldWhom.CAA: AccidentStep.CAA,
    ToldWhom.MAKER: AccidentStep.MAKER,
    ToldWhom.REPRESENTATIVE: AccidentStep.MAKER,
}
"""Which step is taken when somebody was told."""


class AccidentInput(msgspec.Struct, frozen=True, kw_only=True):
    """What staff write of an accident; of what is not known nothing."""

    hurt: Hurt
    fire: bool
    happened_on: str = ""
    what: str = ""
    where: str = ""
    lot: str = ""
    maker: str = ""
    bought: str = ""
    kept: str = ""


class AccidentSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed in an accident; `left` is why each step was left out."""

    what: str = ""
    where: str = ""
    lot: str = ""
    maker: str = ""
    bought: str = ""
    kept: str = ""
    left: dict[str, str] = {}


class AccidentNow(Protocol):
    """What of an accident its clock and its open tasks rest on."""

    known_at: datetime
    unread_at: datetime | None
    looked_at: datetime | None
    closed_at: datetime | None
    left_out: Collection[str]


def open_steps(one: AccidentNow) -> tuple[AccidentStep, ...]:
    """Return the steps that are neither taken nor left out, in the order of the road."""
    return tuple(
        step for step in AccidentStep if getattr(one, step.field) is None and step.value not in one.left_out
    )


def of_accident(one: AccidentNow) -> Iterator[Stands]:
    """Yield what staff owe while it is open: a look at what was told, the next step, or its end; and the clock of all that."""
    if one.closed_at is not None:
        return
    if one.unread_at is not None:
        yield Asks("look")
    yield Asks("step" if open_steps(one) else "close")
    yield Runs(ACCIDENT_NEXT, since=one.looked_at or one.known_at, again=True)


def worse(one: Hurt, other: Hurt) -> Hurt:
    """Return the graver of two: what is told later only ever raises."""
    return max(one, other, key=HURTS.index)
