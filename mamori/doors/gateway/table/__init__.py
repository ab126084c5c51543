"""The table of operations: what may be called, by whom, with which scope, and what each may answer."""

from __future__ import annotations

from mamori.doors.gateway.table.calls import CALLS
from mamori.doors.gateway.table.clearance import CLEARANCE
from mamori.doors.gateway.table.display import DISPLAY
from mamori.doors.gateway.table.findings import FINDINGS
from mamori.doors.gateway.table.formal import FORMAL
from mamori.doors.gateway.table.instructions import INSTRUCTIONS
from mamori.doors.gateway.table.market import MARKET
from mamori.doors.gateway.table.payouts import PAYOUTS
from mamori.doors.gateway.table.records import RECORDS
from mamori.doors.gateway.table.terms import TERMS
from mamori.doors.gateway.table.threads import THREADS
from mamori.doors.gateway.table.webhooks import WEBHOOKS

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
