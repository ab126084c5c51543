"""Reports whose time is over: each one's key is destroyed, and what it came from is forgotten; the matter stays, of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mamori.grammar.hand import Hand
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import facts as seals
from mamori.rooms.complaints.actions.callingback import end_calls
from mamori.rooms.complaints.models import IS_ASKED_AGAIN, Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import about_complaint
from mamori.rooms.complaints.queries.sealed import subject_of

WHY = "retention.complaints.reports"


def erase_reports(hand: Hand, *, over: datetime, limit: int) -> int:
    """Erase so many reports whose complaint was decided before `over`; what is held, or looked at again, stays."""
    ended = Q(complaint__closed_at__lt=over, complaint__decided_at__lt=over, said__isnull=False)
    waits = Complaint.objects.filter(IS_ASKED_AGAIN)
    rows = (
        ComplaintReport.objects.select_related("complaint")
        .filter(ended)
        .exclude(complaint__in=waits)
        .order_by("pk")
    )
    gone = 0
    for row in rows.iterator(chunk_size=200):
        if gone >= limit:
            break
        gone += _erased(hand, row)
    return gone


def _erased(hand: Hand, row: ComplaintReport) -> bool:
    subject = subject_of(row.ref)
    with transaction.atomic():
        try:
            seals.must_not_be_held(subject, *_named(row.complaint))
        except seals.Held:
            return False
        end_calls(hand, report=row.pk)
        ledger.shred(hand, subject=subject, reason=WHY)
        row.said, row.digest, row.mark, row.source, row.code = None, None, b"", b"", None
        row.save(update_fields=("said", "digest", "mark", "source", "code"))
    return True


def _named(whole: Complaint) -> Iterator[str]:
    """Yield by what a hold may mean it: its own name, the shop that it is about, and the finding that came of it."""
    yield about_complaint(whole.pk)
    if whole.seller_ref:
        yield f"seller:{whole.seller_ref}"
    if whole.finding:
        yield f"enforcement.finding:{whole.finding}"
