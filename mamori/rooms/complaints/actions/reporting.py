"""Anybody reports: what was typed is taken as it is, joins what is open about the same, and is sealed with a key of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import msgspec
from django.db import IntegrityError
from django.db.models import QuerySet

from mamori.grammar.hand import STAFF, Hand
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.matters.performance import Performance, entered
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.ground.seal import facts as seals
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready
from mamori.law.complaints import ComplaintReason, DangerAnswer
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.actions.mailing import leave_at_first
from mamori.rooms.complaints.actions.matter import COMPLAINTS, enter, nobody, sealed
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import about_complaint
from mamori.rooms.complaints.queries.sealed import (
    TABLE,
    about_report,
    digest_of,
    ref_of,
    said_of,
)
from mamori.rooms.complaints.queries.things import thing_of
from mamori.rooms.complaints.rules import ReportSaid, ReportTold

REPORTS = Limit(name="complaint-reports", most=20, per=timedelta(minutes=15))  # from one network address
HARMS = frozenset({DangerAnswer.INJURY, DangerAnswer.FIRE})


def report(hand: Hand, *, told: ReportTold, secret: str, source: str, files: Ready | None = None) -> int:
    """Take a report of whoever it is and return its number; what is sent again under the same secret is the same report.

    `source` is the network that it came from, of which only a keyed mark is kept.

    :raises TooMany, TooManyFiles: as their sentences say.
    """
    hand, ref, files = nobody(hand), ref_of(secret), files or Ready()
    known = ComplaintReport.objects.filter(ref=ref).first()
    if known is not None:
        return known.pk
    people.count(REPORTS, source, at=hand.at)
    row, said = (
        new_row(hand, told, ref, source),
        ReportSaid(where=told.where, words=told.words, items=told.items),
    )
    row.digest = digest_of(secret)
    with kept(hand, told, row, said, files) as act:
        if told.mail:
            leave_at_first(act, row, said, told.mail, secret)
    return row.pk


def new_row(hand: Hand, told: ReportTold, ref: str, source: str) -> ComplaintReport:
    """Return a report that is not kept yet; from no source nothing is taken for a repeat of another."""
    words = "\n".join((source, told.where, told.reason, told.words, *sorted(told.items)))
    return ComplaintReport(
        ref=ref,
        language="en" if told.language == "en" else "ja",
        mark=seals.blind(f"{TABLE}.mark", words) if source else b"",
        source=seals.blind(f"{TABLE}.source", source) if source else b"",
        received_at=hand.at,
    )


@contextmanager
def kept(
    hand: Hand,
    told: ReportTold,
    row: ComplaintReport,
    said: ReportSaid,
    files: Ready,
    *,
    verb: str = "report",
    **more: Any,
) -> Iterator[Performance[Complaint]]:
    """Keep a report and its files in what is open about the same, and record it; what else it brings is done in the block."""
    with memory.act():
        whole, is_new = _joined(hand, told, row.ref)
        row.complaint = whole
        with entered(hand, COMPLAINTS, whole) as act:
            row.said = sealed(row, said)
            row.save(force_insert=True)
            for one in files.files:
                vault.keep(hand, one, about=about_report(row.ref))
            known = {"what": whole.what, "reason_code": whole.reason, "files": len(files.files)}
            act.record(verb, report=row.pk, **known, **more)
            if is_new and told.reason is ComplaintReason.DANGEROUS:
                _danger(act)
            yield act


def note_danger(
    act: Performance[Complaint], row: ComplaintReport, danger: Collection[DangerAnswer], lot: str
) -> None:
    """Keep what was answered about a danger; the first word that somebody was hurt or it burnt lets it be looked at anew."""
    was_harmed = row.is_harmed
    answers = tuple(one.value for one in DangerAnswer if one in danger)
    row.said = sealed(row, msgspec.structs.replace(said_of(row), danger=answers, lot=lot))
    row.is_harmed = bool(HARMS & set(danger))
    row.save(update_fields=("said", "is_harmed"))
    is_new = row.is_harmed and not was_harmed
    if is_new and act.matter.closed_at is None and act.matter.looked_at is not None:
        _danger(act)


def _danger(act: Performance[Complaint]) -> None:
    act.matter.danger_at, act.matter.looked_at = act.hand.at, None
    act.save("danger_at", "looked_at")
    for role in sorted(STAFF):
        outbox.tell(
            to=role.value,
            template=notices.DANGER_REPORTED,
            values={"number": f"{act.matter.pk}"},
            about=about_complaint(act.matter.pk),
            at=act.hand.at,
        )


def _joined(hand: Hand, told: ReportTold, ref: str) -> tuple[Complaint, bool]:
    """Return what is open about the same thing and reason, locked, or a new one that names the former."""
    thing = thing_of(told, ref)
    same = Complaint.objects.filter(thing=thing.name, reason=told.reason.value)
    if (row := _open_one(same)) is not None:
        return row, False
    try:
        with memory.attempt():
            new = Complaint.objects.create(
                what=told.what.value,
                reason=told.reason.value,
                thing=thing.name,
                seller_ref=thing.seller,
                listing_ref=thing.listing,
                review_ref=thing.review,
                former=same.order_by("-pk").first(),
                received_at=hand.at,
            )
            enter(new)
            return new, True
    except IntegrityError:  # somebody reported the same in the same moment
        return _joined(hand, told, ref)


def _open_one(same: QuerySet[Complaint]) -> Complaint | None:
    return same.select_for_update().filter(IS_OPEN).first()
