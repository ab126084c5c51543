"""What is read: open cases, and receipts."""

from __future__ import annotations

from mamori.doors.gateway import records
from mamori.doors.gateway.operation import MACHINE, PARTIES, Operation
from mamori.grammar.text import Text
from mamori.ground.declared.pages import CursorNotGood
from mamori.ground.ledger.facts import NoSuchAct
from mamori.ground.people.facts import Scope

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
