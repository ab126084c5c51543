"""What the marketplace tells us: sellers, buyers, listings, orders, reviews, and what it did of what it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mamori.doors.gateway import instructions, market, recordlists
from mamori.doors.gateway.operation import Operation
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.pages import CursorNotGood
from mamori.ground.market.actions import (
    KINDS,
    AnotherAnswer,
    AuthorNeeded,
    CancelledBeforeOrder,
    CompletionUnclear,
    DateAhead,
    InstructedAboveRefunded,
    InstructionUnknown,
    MethodOver,
    PersonErased,
    PrivateUnclear,
    ReceiptUnclear,
    RecordChanged,
    RecordUnknown,
    ReferenceUnknown,
    RefundedAboveAmount,
    ScreenKept,
    SeenAfterOrder,
    SellerDiffers,
    UnsentNotCancelled,
    VerificationUnclear,
)
from mamori.ground.market.facts import RecordErased
from mamori.ground.people.facts import Scope
from mamori.japan.identifiers.corporate import NoInvoiceNumber

TOLD = {200: market.Told, 201: market.Told}


@dataclass(frozen=True, kw_only=True)
class _OwnRecord:
    """A record of the marketplace's own: where it lies, what it is called, who puts it, and what may be refused."""

    name: str
    path: str
    title: Text
    put: Callable[..., Any]
    refuses: tuple[type[Refusal], ...]
    changes: bool = True

    def operations(self) -> tuple[Operation, ...]:
        """Return what can be done with it: replace it whole, change it, read it."""
        ja, en, record = self.title.ja, self.title.en, KINDS[self.name]
        put = Text(f"{ja}を伝える(全体を置き換える)", f"Tell {en}, replacing it whole")
        found = (
            Operation(
                method="PUT",
                path=self.path,
                handler=self.put,
                text=put if self.changes else Text(f"{ja}を預ける", f"Keep {en}"),
                scope=Scope.MARKET_WRITE,
                answers=TOLD,
                refuses=(*self.refuses, RecordChanged),
            ),
            Operation(
                method="PATCH",
                path=self.path,
                handler=market.patcher(self.name),
                text=Text(f"{ja}の一部を変える", f"Change what is given of {en}"),
                scope=Scope.MARKET_WRITE,
                answers={200: market.Told},
                refuses=(*self.refuses, RecordUnknown, PersonErased, RecordChanged),
                record=record,
            ),
            Operation(
                method="GET",
                path=self.path,
                handler=market.getter(self.name),
                text=Text(f"{ja}を伝えたとおりに読む", f"Read {en} as it was told"),
                scope=Scope.MARKET_READ,
                answers={200: dict[str, Any]},
                refuses=(RecordUnknown, RecordErased),
                tagged=True,
                record=record,
            ),
        )
        return tuple(one for one in found if self.changes or one.method != "PATCH")


_KEPT = (
    _OwnRecord(
        name="verification",
        path="/sellers/{ref}/verification",
        title=Text("出品者の登録と確認", "a seller's registration and its check"),
        put=market.put_verification,
        refuses=(
            ReferenceUnknown,
            PersonErased,
            DateAhead,
            MethodOver,
            VerificationUnclear,
            NoInvoiceNumber,
        ),
    ),
    _OwnRecord(
        name="contacts",
        path="/sellers/{ref}/contacts",
        title=Text("出品者の連絡先", "a seller's contacts"),
        put=market.put_contacts,
        refuses=(ReferenceUnknown, PersonErased),
    ),
    _OwnRecord(
        name="seller",
        path="/sellers/{whole:ref}",
        title=Text("出品者", "a seller"),
        put=market.put_seller,
        refuses=(PersonErased, DateAhead, PrivateUnclear),
    ),
    _OwnRecord(
        name="buyer",
        path="/buyers/{whole:ref}",
        title=Text("購入者", "a buyer"),
        put=market.put_buyer,
        refuses=(PersonErased,),
    ),
    _OwnRecord(
        name="listing",
        path="/listings/{whole:ref}",
        title=Text("商品", "a listing"),
        put=market.put_listing,
        refuses=(ReferenceUnknown,),
    ),
    _OwnRecord(
        name="order",
        path="/orders/{whole:ref}",
        title=Text("注文", "an order"),
        put=market.put_order,
        refuses=(
            ReferenceUnknown,
            SellerDiffers,
            DateAhead,
            CancelledBeforeOrder,
            UnsentNotCancelled,
            CompletionUnclear,
            SeenAfterOrder,
            ReceiptUnclear,
            RefundedAboveAmount,
            InstructedAboveRefunded,
        ),
    ),
    _OwnRecord(
        name="screen",
        path="/confirmation-screens/{whole:ref}",
        title=Text("最終確認画面", "a confirmation screen"),
        put=market.put_screen,
        refuses=(ReferenceUnknown, ScreenKept, PersonErased),
        changes=False,
    ),
    _OwnRecord(
        name="review",
        path="/reviews/{whole:ref}",
        title=Text("レビュー", "a review"),
        put=market.put_review,
        refuses=(ReferenceUnknown, SellerDiffers, DateAhead, AuthorNeeded, PersonErased),
    ),
)
"""What lies below a seller stands before it: its address would take the rest for a part of the reference."""

_LISTED = {
    "seller": Text("出品者を一覧する", "List sellers"),
    "buyer": Text("購入者を一覧する", "List buyers"),
    "listing": Text("商品を一覧する", "List listings"),
    "order": Text("注文を一覧する", "List orders"),
}

MARKET = (
    *(operation for kept in _KEPT for operation in kept.operations()),
    *(
        Operation(
            method="GET",
            path=f"/{name}s",
            handler=recordlists.LISTS[name],
            text=text,
            scope=Scope.MARKET_READ,
            answers={200: recordlists.Records},
            refuses=(CursorNotGood,),
        )
        for name, text in _LISTED.items()
    ),
    Operation(
        method="POST",
        path="/events",
        handler=market.post_events,
        text=Text("まとめて伝える(1行に1件)", "Tell in bulk, one record a line"),
        scope=Scope.MARKET_WRITE,
        answers={200: market.Telling},
    ),
    Operation(
        method="POST",
        path="/confirmations/{whole:ref}",
        handler=market.confirm_instruction,
        text=Text("指示の結果を知らせる", "Confirm an instruction"),
        scope=Scope.INSTRUCTIONS_CONFIRM,
        answers={200: instructions.Instruction},
        refuses=(InstructionUnknown, AnotherAnswer, RefundedAboveAmount, DateAhead),
        once=True,
    ),
)
