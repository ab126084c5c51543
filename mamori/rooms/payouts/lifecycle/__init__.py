"""The lifecycles of this room: accounts, payouts, transfers, runs."""

from mamori.rooms.payouts.lifecycle.account import ACCOUNT, AccountState
from mamori.rooms.payouts.lifecycle.payout import PAYOUT, WAITING, PayoutState
from mamori.rooms.payouts.lifecycle.run import RUN, RunState
from mamori.rooms.payouts.lifecycle.transfer import GONE, LIVE, TRANSFER, TransferState

__all__ = [
    "ACCOUNT",
    "GONE",
    "LIVE",
    "PAYOUT",
    "RUN",
    "TRANSFER",
    "WAITING",
    "AccountState",
    "PayoutState",
    "RunState",
    "TransferState",
]
