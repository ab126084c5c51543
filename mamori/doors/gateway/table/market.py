"""What the marketplace tells and asks, what it is asked for, the records and terms that it reads, and its webhooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mamori.doors.gateway import clearance, market, records, terms, webhooks
from mamori.doors.gateway.operation import MACHINE, PARTIES, SELLER, Operation
from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared.records import CursorNotGood
from mamori.ground.ledger.facts import NoSuchAct
from mamori.ground.market.actions import (
    KINDS,
    AmountDiffers,
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
    SoldAsKept,
    UnsentNotCancelled,
    VerificationUnclear,
)
from mamori.ground.market.facts import RecordErased
from mamori.ground.outbox.actions import (
    BadAddress,
    HttpsNeeded,
    NoSuchDelivery,
    NoSuchEndpoint,
    NoSuchKind,
    PortClosed,
    PrivateAddress,
)
from mamori.ground.people.facts import Scope
from mamori.ground.terms.actions import AcceptingNotYours, VersionNotOffered
from mamori.japan.identifiers.numbers import NoInvoiceNumber

# What the marketplace tells us: sellers, buyers, listings, orders, reviews, and what it did of what it was asked for.


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
            SoldAsKept,
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
            handler=records.LISTS[name],
            text=text,
            scope=Scope.MARKET_READ,
            answers={200: records.Records},
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
        answers={200: market.Instruction},
        refuses=(InstructionUnknown, AmountDiffers, AnotherAnswer, RefundedAboveAmount, DateAhead),
        once=True,
    ),
)


INSTRUCTIONS = (
    Operation(
        method="GET",
        path="/instructions",
        handler=market.list_instructions,
        text=Text("指示を一覧する", "List instructions"),
        scope=Scope.INSTRUCTIONS_CONFIRM,
        answers={200: market.Instructions},
        refuses=(CursorNotGood,),
    ),
    Operation(
        method="GET",
        path="/instructions/{ref}",
        handler=market.get_instruction,
        text=Text("指示がどうなったかを読む", "Read how an instruction stands"),
        scope=Scope.INSTRUCTIONS_CONFIRM,
        answers={200: market.Instruction},
        refuses=(InstructionUnknown,),
        tagged=True,
    ),
)


RECORDS = (
    Operation(
        method="GET",
        path="/cases",
        handler=records.list_cases,
        text=Text("未解決の案件を期限の順に読む", "List open cases in the order in which they fall due"),
        scope=Scope.CASES_READ,
        roles=MACHINE | PARTIES,
        answers={200: records.Cases},
        refuses=(CursorNotGood,),
    ),
    Operation(
        method="GET",
        path="/receipts/{receipt}",
        handler=records.get_receipt,
        text=Text("受領証を受け取る", "Fetch a receipt"),
        scope=Scope.RECEIPTS_READ,
        roles=MACHINE | PARTIES,
        answers={200: records.Receipt, 202: records.Awaited},
        refuses=(NoSuchAct,),
    ),
)


CLEARANCE = (
    Operation(
        method="GET",
        path="/sellers/{seller}/clearance",
        handler=clearance.get_clearance,
        text=Text(
            "出品者がしてよいことを尋ねる（出品、分野、支払い）",
            "Ask what a seller may do: list, in which categories, be paid",
        ),
        scope=Scope.MARKET_READ,
        roles=MACHINE | {Role.SELLER},
        answers={200: clearance.Clearance},
        refuses=(clearance.SellerNotTold,),
        tagged=True,
    ),
)
"""Stands before what takes all that is left of an address."""


TERMS = (
    Operation(
        method="GET",
        path="/terms",
        handler=terms.list_terms,
        text=Text("規約の条項と、及ぶ版を読む", "Read the clauses of the terms, and what binds"),
        scope=Scope.TERMS,
        roles=MACHINE | SELLERS,
        answers={200: terms.Terms},
    ),
    Operation(
        method="POST",
        path="/terms/{clause}/accept",
        handler=terms.accept_terms,
        text=Text("規約の条項の最新の版に同意する", "Accept the newest version of a clause"),
        scope=Scope.TERMS,
        roles=SELLER,
        answers={200: terms.TermsAccepted},
        refuses=(AcceptingNotYours, VersionNotOffered),
        once=True,
    ),
)


# Where events are sent to.


WEBHOOKS = (
    Operation(
        method="GET",
        path="/webhooks",
        handler=webhooks.list_webhooks,
        text=Text("ウェブフックの送り先を一覧する", "List webhook endpoints"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={200: webhooks.Webhooks},
    ),
    Operation(
        method="POST",
        path="/webhooks",
        handler=webhooks.add_webhook,
        text=Text("ウェブフックの送り先を加える", "Add a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={201: webhooks.WebhookSecret},
        refuses=(BadAddress, HttpsNeeded, PortClosed, PrivateAddress, NoSuchKind),
        located="/webhooks",
        once=True,
    ),
    Operation(
        method="PATCH",
        path="/webhooks/{webhook}",
        handler=webhooks.change_webhook,
        text=Text("送り先を変える", "Change a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={200: webhooks.Webhook},
        refuses=(NoSuchEndpoint, BadAddress, HttpsNeeded, PortClosed, PrivateAddress, NoSuchKind),
    ),
    Operation(
        method="POST",
        path="/webhooks/{webhook}/ping",
        handler=webhooks.ping_webhook,
        text=Text("送り先を試す", "Try a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={201: webhooks.Sent},
        refuses=(NoSuchEndpoint,),
        once=True,
    ),
    Operation(
        method="GET",
        path="/webhooks/{webhook}/deliveries",
        handler=webhooks.list_deliveries,
        text=Text("送り先への配達を一覧する", "List the deliveries to a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={200: webhooks.Deliveries},
        refuses=(CursorNotGood, NoSuchEndpoint),
    ),
    Operation(
        method="POST",
        path="/webhooks/{webhook}/deliveries/{message}/replay",
        handler=webhooks.replay_delivery,
        text=Text("配達をもう一度送る", "Send a delivery once more"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={201: webhooks.Sent},
        refuses=(NoSuchEndpoint, NoSuchDelivery, StepNotOpen, StepNotYours),
        once=True,
    ),
    Operation(
        method="POST",
        path="/webhooks/{webhook}/secret",
        handler=webhooks.rotate_webhook_secret,
        text=Text("送り先の秘密を替える", "Give an endpoint a new secret"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={200: webhooks.WebhookSecret},
        refuses=(NoSuchEndpoint,),
        once=True,
    ),
    Operation(
        method="DELETE",
        path="/webhooks/{webhook}",
        handler=webhooks.remove_webhook,
        text=Text("送り先を外す", "Remove a webhook endpoint"),
        scope=Scope.WEBHOOKS_WRITE,
        answers={204: None},
        refuses=(NoSuchEndpoint,),
    ),
)
