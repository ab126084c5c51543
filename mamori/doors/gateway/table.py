"""The table of operations: what may be called, by whom, with which scope, and what each may answer."""

from __future__ import annotations

from mamori.doors.gateway import market, records, webhooks
from mamori.doors.gateway.operation import MACHINE, Operation
from mamori.doors.gateway.refusals import CursorNotGood
from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.ledger.facts import NoSuchAct
from mamori.ground.market.actions import (
    AnotherAnswer,
    DateAhead,
    InstructionUnknown,
    PersonErased,
    ReferenceUnknown,
    RefundedAboveAmount,
    SellerDiffers,
)
from mamori.ground.outbox.actions import BadAddress, NoSuchEndpoint, PrivateAddress
from mamori.ground.people.facts import Scope
from mamori.rooms.contact import endpoints as contact

BUYER = frozenset({Role.BUYER})
PARTIES = frozenset({Role.BUYER, Role.SELLER, Role.DELEGATE})
TOLD = {200: market.Told, 201: market.Told}

OPERATIONS = (
    Operation(
        method="PUT",
        path="/sellers/{whole:ref}",
        handler=market.put_seller,
        text=Text("出品者を伝える", "Tell a seller"),
        scope=Scope.MARKET_WRITE,
        answers=TOLD,
        refuses=(PersonErased, DateAhead),
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
        refuses=(ReferenceUnknown, SellerDiffers, DateAhead, RefundedAboveAmount),
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
        path="/threads",
        handler=contact.open_thread,
        text=Text("困りごとを届ける、購入前に質問する", "Report a trouble, or ask before buying"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={201: contact.ThreadShown},
        refuses=contact.OPENING,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="GET",
        path="/threads/{thread}",
        handler=contact.get_thread,
        text=Text("やり取りの状態と期限を読む", "Read a thread's states and clocks"),
        scope=Scope.CONTACT_READ,
        roles=MACHINE | PARTIES,
        answers={200: contact.ThreadShown},
        refuses=contact.READING,
        tagged=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/messages",
        handler=contact.write_message,
        text=Text("やり取りに書く", "Write in a thread"),
        scope=Scope.CONTACT_WRITE,
        roles=PARTIES,
        answers={201: contact.ThreadShown},
        refuses=contact.WRITING,
        located="/threads/{id}",
        once=True,
    ),
    Operation(
        method="POST",
        path="/threads/{thread}/mediation",
        handler=contact.ask_mediation,
        text=Text("窓口に仲介を頼む", "Ask the centre to mediate"),
        scope=Scope.CONTACT_WRITE,
        roles=BUYER,
        answers={201: contact.ThreadShown},
        refuses=contact.MEDIATING,
        located="/threads/{id}",
        once=True,
    ),
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
        refuses=(BadAddress, PrivateAddress),
        located="/webhooks",
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
    Operation(
        method="POST",
        path="/confirmations/{whole:ref}",
        handler=market.confirm_instruction,
        text=Text("指示の結果を知らせる", "Confirm an instruction"),
        scope=Scope.INSTRUCTIONS_CONFIRM,
        answers={200: market.Instruction},
        refuses=(InstructionUnknown, AnotherAnswer, DateAhead),
        once=True,
    ),
)
"""Every operation.  What all of them may refuse besides stands in `schema`."""
