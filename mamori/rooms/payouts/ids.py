"""The ids of this room's things, as other software sees them; a payout goes by the marketplace's own reference."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.ids import IdKind
from mamori.grammar.text import Text

ACCOUNT = IdKind("acc", Text("振込先", "account for proceeds"), "payouts.account")

AccountId = Annotated[int, ACCOUNT]
