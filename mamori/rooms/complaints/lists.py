"""What people of the operator read in this room: every complaint, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from mamori.grammar.hand import HEADS, INSIDE, STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.people import facts as people
from mamori.law.care import CareTaken, ConductKind
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints.lifecycle import CARE, COMPLAINT, CareState, ComplaintState
from mamori.rooms.complaints.models import IS_ASKED_AGAIN, CareRecord, Complaint, ComplaintReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """A complaint in the list: what it is about, and how many reports there are."""

    number: int
    about: str
    what: Text
    reason: Text
    state: Text
    reports: int
    received_at: datetime
    closed_at: datetime | None


def _complaints(hand: Hand) -> QuerySet[Complaint]:
    return Complaint.objects.all()


def complaint_rows(rows: Sequence[Complaint], hand: Hand) -> list[ComplaintRow]:
    """Return what the list tells of these, names and numbers in one look each."""
    del hand
    listings = market.listings([row.listing_ref for row in rows if row.listing_ref])
    shops = market.shop_names({row.seller_ref for row in rows if row.seller_ref})
    counted = ComplaintReport.objects.filter(complaint__in=[row.pk for row in rows]).values("complaint")
    reports = {one["complaint"]: one["number"] for one in counted.annotate(number=Count("pk"))}
    return [
        ComplaintRow(
            number=row.pk,
            about=listings[row.listing_ref].name
            if row.listing_ref in listings
            else shops.get(row.seller_ref, ""),
            what=ReportedWhat(row.what).text,
            reason=ComplaintReason(row.reason).text,
            state=COMPLAINT.states[ComplaintState(row.state)],
            reports=reports.get(row.pk, 0),
            received_at=row.received_at,
            closed_at=row.closed_at,
        )
        for row in rows
    ]


def first_of_all() -> list[int]:
    """Return the complaints that go before all others: dangers that nobody looks at, the oldest first."""
    waiting = Complaint.objects.filter(
        closed_at__isnull=True, danger_at__isnull=False, looked_at__isnull=True
    )
    return list(waiting.order_by("danger_at").values_list("pk", flat=True)[:20])


def asked_again() -> list[int]:
    """Return those of which another look is asked for, the oldest first."""
    return list(
        Complaint.objects.filter(IS_ASKED_AGAIN).order_by("again_at").values_list("pk", flat=True)[:20]
    )


COMPLAINT_LIST: ReadingList[ComplaintRow] = ReadingList(
    slug="complaints",
    title=Text("申し出", "Reports"),
    lead=Text(
        "だれでも送れる申し出です。同じ対象・同じ理由のものは一つにまとまっています。だれが知らせたかは、だれにもわかりません。",
        "What anybody reports. What is about the same thing, for the same reason, is one matter. Nobody knows who reported.",
    ),
    empty=Text("申し出はありません", "Nothing was reported"),
    roles=INSIDE,
    rows=_complaints,
    order=("-id",),
    read=complaint_rows,
    columns=(
        ListColumn(
            title=Text("番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="complaints_staff:one",
        ),
        ListColumn(
            title=Text("対象", "About"),
            value="about",
            written=Written.CALLED,
            beneath=(ListColumn(title=Text("種類", "Kind"), value="what"),),
        ),
        ListColumn(title=Text("理由", "Reason"), value="reason"),
        ListColumn(title=Text("状態", "State"), value="state"),
        ListColumn(title=Text("件数", "Reports"), value="reports", written=Written.NUMBER),
        ListColumn(
            title=Text("受け付けた日時", "Received"),
            value="received_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("結論の日時", "Decided"), value="closed_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(
        by_state(COMPLAINT),
        Filter(
            name="reason",
            title=Text("理由", "Reason"),
            choices={one.value: one.text for one in ComplaintReason},
            narrow=lambda rows, hand, value: rows.filter(reason=value),
        ),
        Filter(
            name="seller",
            title=Text("お店の参照", "Reference of a shop"),
            narrow=lambda rows, hand, value: rows.filter(seller_ref=value),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRow:
    """A record of abuse in the list: what it was, who bore it, and what a lead did."""

    number: int
    conduct: Text
    staff: str
    state: Text
    care: Text | None
    at: datetime
    closed_at: datetime | None


def _cares(hand: Hand) -> QuerySet[CareRecord]:
    rows = CareRecord.objects.all()
    return rows if hand.role in HEADS else rows.filter(staff=people.subject_of(hand))


def care_rows(rows: Sequence[CareRecord], hand: Hand) -> list[CareRow]:
    """Return what the list tells of these; the words stay sealed."""
    del hand
    names = people.names()
    return [
        CareRow(
            number=row.pk,
            conduct=ConductKind(row.conduct).text,
            staff=people.called(row.staff, names),
            state=CARE.states[CareState(row.state)],
            care=CareTaken(row.care).text if row.care else None,
            at=row.at,
            closed_at=row.closed_at,
        )
        for row in rows
    ]


CARE_LIST: ReadingList[CareRow] = ReadingList(
    slug="care",
    title=Text("カスハラの記録", "Records of abuse"),
    lead=Text(
        "働く人を守るための記録です。本人と責任者・法務担当だけが見られ、申し出た人にもお店にも見えません。新しい順です。",
        "Records that protect who works here, for them, leads and counsel alone: no consumer and no shop sees them. The newest "
        "first.",
    ),
    empty=Text("記録はありません", "There is no record"),
    roles=STAFF,
    rows=_cares,
    order=("-id",),
    read=care_rows,
    columns=(
        ListColumn(
            title=Text("番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="complaints_staff:care",
        ),
        ListColumn(title=Text("何があったか", "What happened"), value="conduct"),
        ListColumn(title=Text("受けた人", "Who bore it"), value="staff", written=Written.CALLED),
        ListColumn(
            title=Text("状態", "State"),
            value="state",
            beneath=(ListColumn(title=Text("したこと", "What was done"), value="care"),),
        ),
        ListColumn(
            title=Text("いつ", "When"),
            value="at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("対応した日時", "Seen to"), value="closed_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(by_state(CARE),),
)
