"""The rows behind a half-year's edition, for who recounts it: moments, states and kinds, numbered anew, one JSON a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from mamori.ground.declared.exported import ExportedRow
from mamori.japan.months import HalfYear
from mamori.law.shown import FEW, SETTLED_DAYS
from mamori.rooms.contact import facts as contact
from mamori.rooms.disclosure.queries.halfyear import request_rows
from mamori.rooms.display import facts as display
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.identity import facts as identity
from mamori.rooms.outreach import facts as outreach
from mamori.rooms.payouts import facts as payouts

FORMAT = "mamori-export/1"


def exported(half: HalfYear) -> Iterator[str]:
    """Yield the lines of an export: what it is of, then each row."""
    yield _line({"format": FORMAT, "half": str(half), "settled_days": SETTLED_DAYS, "few": FEW})
    for number, (kind, row) in enumerate(_rows(half), start=1):
        yield _line({"row": number, "kind": kind, **row})


def _rows(half: HalfYear) -> Iterator[ExportedRow]:
    yield from contact.settled_rows(half.since, half.until)
    for room in (enforcement, display, identity, payouts, outreach):
        yield from room.settled_rows(half.since, half.until)
    for state, received_at, closed_at, refused_on in request_rows(half):
        yield (
            "request",
            {
                "state": state,
                "received_at": received_at,
                "closed_at": closed_at,
                "refused_on": refused_on,
            },
        )


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, default=_plain, separators=(",", ":")) + "\n"


def _plain(value: object) -> str:
    assert isinstance(value, datetime), value
    return value.astimezone(UTC).isoformat()
