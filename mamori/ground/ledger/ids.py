"""The id of an act in the record, by which its receipt is fetched."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.ids import IdKind
from mamori.grammar.text import Text

RECEIPT = IdKind("rct", Text("受領証", "receipt"), "ledger.act")

ReceiptId = Annotated[int, RECEIPT]
