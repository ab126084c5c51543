"""What others may ask of this room."""

from __future__ import annotations

from mamori.rooms.complaints.counselling.queries import counsellor_mail
from mamori.rooms.complaints.outlines import OUTLINES
from mamori.rooms.complaints.queries.care import FLAG_CASE, care_about
from mamori.rooms.complaints.queries.counts import ReportCount, channel_text, report_counts
from mamori.rooms.complaints.queries.sealed import address_of, mail_of

__all__ = [
    "FLAG_CASE",
    "OUTLINES",
    "ReportCount",
    "address_of",
    "care_about",
    "channel_text",
    "counsellor_mail",
    "mail_of",
    "report_counts",
]
