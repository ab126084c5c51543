"""What this room tells upward and outward: ids, sums and reasons by name, never a name or an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from mamori.grammar.event import Event
from mamori.grammar.ids import IdKind
from mamori.grammar.text import Text
from mamori.ground.ledger.ids import ReceiptId

ACCOUNT = IdKind("acc", Text("振込先", "account for proceeds"), "payouts.account")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutDecided(Event):
    """The gate answers on a payout, or otherwise than before.  Yen; `reasons` are the codes of `GET /payouts/{ref}`.

    `released` is the sum of all that was let go and did not come back; what is to be paid now, `GET /payouts/{ref}` says
    in its `parts`.  What goes at once is not told.
    """

    kind = "payouts.decided"
    text = Text(
        "売上金の支払いへの答えが決まった。支払う分（parts）は、その支払いを読むと分かる",
        "the gate answered on a payout; what to pay, its parts, is read from the payout",
    )
    payout: str
    seller_ref: str
    verdict: str
    released: int
    waits: int
    reasons: tuple[str, ...]
    decision: ReceiptId


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutSettled(Event):
    """Money that was never paid came to its end by counsel's decision.  Yen."""

    kind = "payouts.settled"
    text = Text("支払わなかった売上金の扱いが決まった", "money that was not paid came to its end")
    payout: str
    seller_ref: str
    amount: int
    how: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged(Event):
    """The account that a seller's proceeds go to is asked for, in use or stopped."""

    kind = "payouts.account_changed"
    text = Text("売上金の振込先が変わった", "the account for proceeds changed")
    seller_ref: str
    account: Annotated[int, ACCOUNT]
    state: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RunWritten(Event):
    """A file of transfers was written.  Yen."""

    kind = "payouts.run_written"
    text = Text("振込データを作った", "a file of transfers was written")
    run: str
    count: int
    total: int
