"""How tests telephone: a sheet is opened, and what is said becomes a report."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from mamori.ground.vault.actions import Ready
from mamori.law.calls import HearsBy, ReportChannel
from mamori.rooms.complaints.models import ComplaintReport
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.rules import SheetInput
from mamori.rooms.complaints.tests.conftest import MONDAY, agent, told

NUMBER = "03-3507-2345"
HOME = "〒100-0013 東京都千代田区霞が関3-2-1"
_forms = count(1)


def sheet(**more: Any) -> SheetInput:
    return SheetInput(**{"channel": ReportChannel.TELEPHONE, "hears": HearsBy.NONE} | more)


def telephoned(
    *,
    at: datetime = MONDAY,
    number: str = "",
    files: Ready | None = None,
    secret: str = "",
    said: dict[str, Any] | None = None,
    **more: Any,
) -> ComplaintReport:
    """Let an agent take what somebody tells on the telephone."""
    opened = reporting.open_sheet(agent(at), number=number)
    taken = reporting.take_report(
        agent(at),
        sheet=opened,
        told=told(**more),
        said=sheet(**said or {}),
        secret=secret or f"call-{next(_forms)}-0123456789abcdef",
        confirmed=True,
        files=files,
    )
    return ComplaintReport.objects.select_related("complaint").get(pk=taken)


def call_me(**more: Any) -> dict[str, Any]:
    """Return what a sheet says of whoever wants to be called."""
    return {"hears": HearsBy.CALL, "phone": NUMBER, "when": "平日の午後"} | more
