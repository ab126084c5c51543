"""What others may ask of this room."""

from __future__ import annotations

from mamori.ground.cases.facts import CaseFact
from mamori.ground.seal import facts as seals
from mamori.rooms.complaints import queries as things
from mamori.rooms.complaints.counselling import queries as consultations
from mamori.rooms.complaints.counselling.queries import counsellor_mail as counsellor_mail
from mamori.rooms.complaints.models import Complaint, Consultation
from mamori.rooms.complaints.outlines import OUTLINES as OUTLINES
from mamori.rooms.complaints.queries import FLAG as FLAG, address_of as address_of, mail_of as mail_of
from mamori.rooms.complaints.reports.queries import (
    channel_text as channel_text,
    report_counts as report_counts,
)


def found_by(case: CaseFact) -> tuple[str, str] | None:
    """Return under whose key, and by what beside its topic, a case of this room is found; None for any other."""
    kind, _, number = case.about.partition(":")
    if kind == "complaints.complaint":
        found = things.found_by(Complaint.objects.get(pk=int(number)))
    elif kind == "complaints.consultation":
        row = Consultation.objects.select_related("counsellor").get(pk=int(number))
        found = consultations.found_by(row)
    else:
        return None
    is_there = not found["subject"] or seals.living([found["subject"]])
    return (found["subject"], found["called"]) if is_there else None
