"""What this room tells upward of displays and the contacts in them: ids, kinds and moments, never their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayWritten(Event):
    """A seller shows something else from now on, or something else is found wrong with it, such as `phone:missing`."""

    kind = "display.written"
    text = Text("出品者の表示が変わった", "a seller's display changed")
    seller_ref: str
    version: int
    state: str
    faults: tuple[str, ...]


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AskingGoesOn(Event):
    """More sellers are to be told that a display is asked for, or no more: those after this one."""

    kind = "display.asking_goes_on"
    text = Text("表示を求める知らせを次の出品者に広げる", "the asking for displays goes on to more sellers")
    internal = True
    after: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayMissed(Event):
    """What was wrong with a seller's display was not put right in time."""

    kind = "display.missed"
    text = Text("出品者の表示が期限までに直らなかった", "a seller's display was not put right in time")
    seller_ref: str
    version: int
    faults: tuple[str, ...]
    since: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactProven(Event):
    """It was proved that a contact which a seller shows reaches it."""

    kind = "display.contact_proven"
    text = Text("表示の連絡先に連絡が届くと確かめられた", "a contact in a display was proved")
    seller_ref: str
    channel: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ContactUnproven(Event):
    """A contact that a seller shows was not proved to reach it, though it was asked and questioned."""

    kind = "display.contact_unproven"
    text = Text(
        "表示の連絡先に連絡が届くと確かめられなかった", "a contact in a display was not proved in time"
    )
    seller_ref: str
    channel: str
    since: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMissed(Event):
    """A buyer asked for items that a display leaves out, and the seller did not give them in time."""

    kind = "display.request_missed"
    text = Text(
        "請求された事項を出品者が期限までに知らせなかった",
        "items that a buyer asked for were not given in time",
    )
    seller_ref: str
    version: int
    items: tuple[str, ...]
    since: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenGoesOn(Event):
    """More private accounts are to be counted through: those after this one."""

    kind = "display.hidden_goes_on"
    text = Text("個人の出品者の見直しを次に進める", "the counting of private accounts goes on")
    internal = True
    after: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessConcluded(Event):
    """A person concluded whether a private account is a business, from a moment on: business, private or unclear."""

    kind = "display.business_concluded"
    text = Text(
        "個人の出品者が事業者かどうかを担当者が判断した",
        "a person concluded whether a private account is a business",
    )
    seller_ref: str
    outcome: str
    since: datetime
