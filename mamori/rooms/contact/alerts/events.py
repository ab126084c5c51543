"""What alerts tell themselves, and the room above: that one goes on, and that a buyer has answered."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertGoesOn(Event):
    """The next orders are to be looked through, or the next buyers told that there is no danger after all."""

    kind = "contact.alert_goes_on"
    text = Text("危険の知らせを次の購入者に広げる", "an alert goes on to more buyers")
    internal = True
    alert: int
    turn: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRemindsOn(Event):
    """The next of those who have not answered are to be told once more."""

    kind = "contact.alert_reminds_on"
    text = Text("答えのない次の購入者に、もう一度知らせる", "an alert goes on to tell buyers once more")
    internal = True
    alert: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAnswered(Event):
    """A buyer has answered a warning `about` a matter of the room above; with `hurt` somebody was hurt, or it burnt."""

    kind = "contact.alert_answered"
    text = Text("購入者が危険の知らせに答えた", "a buyer answered a warning")
    internal = True
    alert: int
    about: str
    buyer_ref: str
    orders: tuple[str, ...]
    answer: str
    hurt: bool
