"""The look of a person at a doubtful name: asked for, due within a business day, over once somebody has looked."""

from __future__ import annotations

from datetime import datetime

from mamori.law.deadlines import PAYOUT_LOOK
from mamori.rooms.payouts import keeping
from mamori.rooms.payouts.models import Account


def open_or_close(account: Account, at: datetime) -> None:
    """Ask for a look where the row says that one is owed, with its clock; else end what was asked for."""
    owed = account.look_since is not None and account.closed_at is None
    if owed:
        keeping.start(PAYOUT_LOOK, account, at)
    else:
        keeping.stop(account, at, "looked at", PAYOUT_LOOK)
    show(account, at)


def show(account: Account, at: datetime) -> None:
    """Bring the case of a look up to date with the account's state, where there is one."""
    owed = account.look_since is not None and account.closed_at is None
    keeping.show(account, at, state=account.state, attention="name" if owed else "", is_over=not owed)
