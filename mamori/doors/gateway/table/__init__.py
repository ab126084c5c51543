"""The table of operations: what may be called, by whom, with which scope, and what each may answer."""

from __future__ import annotations

from mamori.doors.gateway.table.cases import CALLS, DISPLAY, FINDINGS, FORMAL, THREADS
from mamori.doors.gateway.table.market import CLEARANCE, INSTRUCTIONS, MARKET, RECORDS, TERMS, WEBHOOKS
from mamori.doors.gateway.table.payouts import PAYOUTS

OPERATIONS = (
    *CALLS,
    *CLEARANCE,
    *DISPLAY,
    *MARKET,
    *INSTRUCTIONS,
    *THREADS,
    *FORMAL,
    *FINDINGS,
    *PAYOUTS,
    *RECORDS,
    *TERMS,
    *WEBHOOKS,
)
"""Every operation.  What all of them may refuse besides stands in `schema`."""
