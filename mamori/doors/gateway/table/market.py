"""What the marketplace tells us: sellers, buyers, listings, orders, reviews, and what it did of what it was asked for."""

from __future__ import annotations

from mamori.doors.gateway import market
from mamori.doors.gateway.operation import Operation
from mamori.grammar.text import Text
from mamori.ground.market.actions import (
    AnotherAnswer,
    CancellationUnclear,
    CompletionUnclear,
    DateAhead,
    InstructedAboveRefunded,
    InstructionUnknown,
    MethodOver,
    PersonErased,
    ReferenceUnknown,
    RefundedAboveAmount,
    SellerDiffers,
    VerificationUnclear,
)
from mamori.ground.people.facts import Scope

TOLD = {200: market.Told, 201: market.Told}

MARKET = (
    Operation(
        method="PUT",
        path="/sellers/{whole:ref}",
        handler=market.put_seller,
        text=Text("出品者を伝える", "Tell a seller"),
        scope=Scope.MARKET_WRITE,
        answers=TOLD,
        refuses=(PersonErased, DateAhead, MethodOver, VerificationUnclear),
    ),
    Operation(
        method="PUT",
        path="/buyers/{whole:ref}",
        handler=market.put_buyer,
        text=Text("購入者を伝える", "Tell a buyer"),
        scope=Scope.MARKET_WRITE,
        answers=TOLD,
        refuses=(PersonErased,),
    ),
    Operation(
        method="PUT",
        path="/listings/{whole:ref}",
        handler=market.put_listing,
        text=Text("商品を伝える", "Tell a listing"),
        scope=Scope.MARKET_WRITE,
        answers=TOLD,
        refuses=(ReferenceUnknown,),
    ),
    Operation(
        method="PUT",
        path="/orders/{whole:ref}",
        handler=market.put_order,
        text=Text("注文を伝える", "Tell an order"),
        scope=Scope.MARKET_WRITE,
        answers=TOLD,
        refuses=(
            ReferenceUnknown,
            SellerDiffers,
            DateAhead,
            CancellationUnclear,
            CompletionUnclear,
            RefundedAboveAmount,
            InstructedAboveRefunded,
        ),
    ),
    Operation(
        method="PUT",
        path="/reviews/{whole:ref}",
        handler=market.put_review,
        text=Text("レビューを伝える", "Tell a review"),
        scope=Scope.MARKET_WRITE,
        answers=TOLD,
        refuses=(ReferenceUnknown, SellerDiffers, DateAhead),
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
        refuses=(InstructionUnknown, AnotherAnswer, RefundedAboveAmount, DateAhead),
        once=True,
    ),
)
