"""The tables of this room."""

from mamori.rooms.payouts.models.account import Account, Payee
from mamori.rooms.payouts.models.payout import Objection, Payout, Release, Transfer
from mamori.rooms.payouts.models.run import Line, Run

__all__ = ["Account", "Line", "Objection", "Payee", "Payout", "Release", "Run", "Transfer"]
