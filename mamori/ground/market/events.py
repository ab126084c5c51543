"""What is told about instructions: to the marketplace by webhook, and upward to the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from mamori.grammar.event import ABOUT, Event
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionEvent(Event):
    """What every event about an instruction says.  `what` is its kind; `amount` is in yen; what does not apply is empty.

    `number` says of one seller's measures which was decided later, and is null about an order; `until` is when a measure is
    planned to end, else null.
    """

    instruction: str
    what: str
    order_ref: str
    seller_ref: str
    buyer_ref: str
    amount: int
    about: Annotated[str, ABOUT]
    target: str = "order"
    target_ref: str = ""
    detail: str = ""
    until: datetime | None = None
    number: int | None = None
    undoes: str = ""


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionIssued(InstructionEvent):
    """The marketplace is asked to do something; `times` counts how often, under the same id."""

    kind = "market.instruction_issued"
    text = Text("通販サイトに指示した", "the marketplace was given an instruction")
    times: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionRecalled(InstructionEvent):
    """The marketplace is asked not to do it after all; it answers all the same."""

    kind = "market.instruction_recalled"
    text = Text(
        "通販サイトへの指示を取りやめるよう頼んだ",
        "the marketplace was asked not to carry an instruction out",
    )


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaidBack(Event):
    """The marketplace told us that money of an order went back on another way than ours.  Yen, in all."""

    kind = "market.order_paid_back"
    text = Text("注文の代金が戻されたと通販サイトが知らせた", "the marketplace told of money given back")
    order_ref: str
    refunded: int
    charged_back: bool


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Event):
    """The marketplace told us that a known order was cancelled; not `is_new` where only that nothing was sent is."""

    kind = "market.order_cancelled"
    text = Text("注文が取り消されたと通販サイトが知らせた", "the marketplace told of a cancelled order")
    order_ref: str
    unsent: bool
    is_new: bool


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionConfirmed(InstructionEvent):
    """The marketplace has done it."""

    kind = "market.instruction_confirmed"
    text = Text("通販サイトが指示の実行を確認した", "the marketplace confirmed an instruction")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionDelayed(InstructionEvent):
    """The marketplace cannot do it now and will do it later: it goes on waiting."""

    kind = "market.instruction_delayed"
    text = Text("通販サイトが指示の実行を後にする", "the marketplace will carry an instruction out later")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionRefused(InstructionEvent):
    """The marketplace could not or would not do it."""

    kind = "market.instruction_refused"
    text = Text("通販サイトが指示を実行できなかった", "the marketplace declined an instruction")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionToldLate(InstructionEvent):
    """The marketplace had declined it, another took its place, and now it says that it was carried out: a person looks."""

    kind = "market.instruction_told_late"
    text = Text(
        "断った指示を実行していたと通販サイトが知らせた",
        "the marketplace had carried out what it had declined",
    )


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErasedOnRequest(Event):
    """The subject's key is destroyed: the marketplace leaves them out of what it tells from now on."""

    kind = "market.person_erased"
    text = Text("購入者または出品者の内容を消去した", "a buyer or seller was erased")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class SellerRegistered(Event):
    """The marketplace told a seller's registered name anew, or how it was verified; both lie sealed with the seller."""

    kind = "market.seller_registered"
    text = Text(
        "出品者の登録名やその確認を通販サイトが知らせた",
        "the marketplace told a seller's registered name, or its check",
    )
    seller_ref: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class SellerChanged(Event):
    """Something else is registered of a known seller now: its names, how it is reached, whether it is a business or is gone."""

    kind = "market.seller_changed"
    text = Text("出品者の登録が変わった", "what is registered of a seller changed")
    internal = True
    seller_ref: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceChanged(Event):
    """Something hinders a seller from now on, or does not any more: `what` it is about; its clearance says how it stands.

    `category` and `listing` narrow it, "" where it is about all.
    """

    kind = "market.clearance_changed"
    text = Text("出品者がしてよいことが変わった", "what a seller may do has changed")
    seller_ref: str
    what: str
    category: str = ""
    listing: str = ""
