"""What people of the operator read in this room: what waits for them, due first, every complaint, and records of abuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from mamori.grammar.hand import INSIDE, STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints.acts import COMPLAINT_CASE
from mamori.rooms.complaints.lifecycle import COMPLAINT, ComplaintState
from mamori.rooms.complaints.models import IS_DUE, IS_HARM, Complaint, ComplaintReport
from mamori.rooms.complaints.queries.care import CareShown, records_for, rows_of
from mamori.rooms.complaints.queries.complaints import about_complaint
from mamori.rooms.complaints.queries.sealed import said_of
from mamori.rooms.complaints.rules import is_asked_again

WORDS_SHOWN = 40
WAITS_AGAIN = Text("見直しを待っている", "another look is awaited")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRow:
    """A complaint in the list: what it is about, how many reports there are, who has it, and by when it is due."""

    number: int
    about: Text | str
    what: Text
    reason: Text
    state: Text
    reports: int
    assignee: str
    due: ClockFact | None
    received_at: datetime
    closed_at: datetime | None


def complaint_rows(rows: Sequence[Complaint], hand: Hand) -> list[ComplaintRow]:
    """Return what the list tells of these, names, words, numbers and clocks in one look each."""
    del hand
    abouts = {row.pk: about_complaint(row.pk) for row in rows}
    known, running = cases.cases_of(abouts=list(abouts.values())), clocks.running(abouts.values())
    named, staff = _named(rows), people.names()
    counted = ComplaintReport.objects.filter(complaint__in=list(abouts)).values("complaint")
    reports = {one["complaint"]: one["number"] for one in counted.annotate(number=Count("pk"))}
    return [
        ComplaintRow(
            number=row.pk,
            about=named[row.pk],
            what=ReportedWhat(row.what).text,
            reason=ComplaintReason(row.reason).text,
            state=WAITS_AGAIN if is_asked_again(row) else COMPLAINT.states[ComplaintState(row.state)],
            reports=reports.get(row.pk, 0),
            assignee=people.called(known[abouts[row.pk]].assignee, staff),
            due=clocks.leading(running.get(abouts[row.pk], ())),
            received_at=row.received_at,
            closed_at=row.closed_at,
        )
        for row in rows
    ]


def _named(rows: Sequence[Complaint]) -> dict[int, Text | str]:
    """Say of each what it is about: the goods or the shop by name, else what was typed or its first words, else its kind."""
    listings = market.listings([row.listing_ref for row in rows if row.listing_ref])
    shops = market.shop_names({row.seller_ref for row in rows if row.seller_ref})
    names = {
        row.pk: listings[row.listing_ref].name
        if row.listing_ref in listings
        else shops.get(row.seller_ref, "")
        for row in rows
    }
    names |= _typed([row.pk for row in rows if not names[row.pk] and row.what != ReportedWhat.PLATFORM])
    return {row.pk: names[row.pk] or ReportedWhat(row.what).text for row in rows}


def _typed(complaints: Sequence[int]) -> dict[int, str]:
    """Return of each what its oldest report that can still be read calls it, or begins with."""
    first = ComplaintReport.objects.filter(complaint=OuterRef("pk"), said__isnull=False).order_by("pk")
    oldest = Complaint.objects.filter(pk__in=complaints).values_list(Subquery(first.values("pk")[:1]))
    rows = list(ComplaintReport.objects.filter(pk__in=oldest))
    opener = seals.Opener().fetch(bytes(row.said) for row in rows if row.said is not None)
    said = {row.complaint_id: said_of(row, opener) for row in rows}
    return {pk: _begun(one.where or one.words) for pk, one in said.items()}


def _begun(words: str) -> str:
    line = " ".join(words[: 2 * WORDS_SHOWN].split())
    return line if len(line) <= WORDS_SHOWN else f"{line[: WORDS_SHOWN - 1]}…"


def first_of_all() -> list[int]:
    """Return the complaints that go before all others: dangers that stand or were not read, harm first, then the oldest."""
    stands = Q(danger_at__isnull=False, danger_ended_at__isnull=True) | Q(alarm_at__isnull=False)
    harmed = ComplaintReport.objects.filter(IS_HARM, complaint=OuterRef("pk"))
    waiting = Complaint.objects.filter(stands, IS_OPEN).annotate(harmed=Exists(harmed))
    return list(waiting.order_by("-harmed", "danger_at").values_list("pk", flat=True)[:20])


def _assigned(rows: QuerySet[Complaint], hand: Hand, whose: str) -> QuerySet[Complaint]:
    about = about_complaint(0).removesuffix("0")
    taken = cases.taken(COMPLAINT_CASE.code, by=hand.by if whose == "me" else "")
    numbers = [int(one.removeprefix(about)) for one in taken]
    return rows.filter(pk__in=numbers)


COLUMNS = (
    ListColumn(
        title=Text("受付番号", "Number"),
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
    ListColumn(
        title=Text("状態", "State"),
        value="state",
        beneath=(
            ListColumn(title=Text("担当", "Assigned to"), value="assignee", written=Written.CALLED, led=True),
        ),
    ),
    ListColumn(title=Text("件数", "Reports"), value="reports", written=Written.NUMBER),
)
RECEIVED = ListColumn(title=Text("受け付けた日時", "Received"), value="received_at", written=Written.MOMENT)
FILTERS = (
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
)
COMPLAINT_LIST: ReadingList[ComplaintRow] = ReadingList(
    slug="complaints",
    title=Text("申し出", "Reports"),
    lead=Text(
        "運営者がすることのある申し出です。期限の近い順で、過ぎたものが先頭です。事実確認の返答を待つものと結論の出たものは「すべての申し出」にあります。"
        "だれが知らせたかは、だれにもわかりません。",
        "What somebody here has to go on with: due first, and before all what is overdue. What waits for an answer, and what is "
        "decided, is among all reports. Nobody knows who reported.",
    ),
    empty=Text("待っている申し出はありません", "No report waits"),
    roles=INSIDE,
    rows=lambda hand: Complaint.objects.filter(IS_DUE),
    order=("due_at", "id"),
    read=complaint_rows,
    columns=(*COLUMNS, ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE), RECEIVED),
    filters=(
        Filter(
            name="assignee",
            title=Text("担当", "Assigned to"),
            choices={"me": Text("自分", "me"), "nobody": Text("担当なし", "nobody yet")},
            narrow=_assigned,
        ),
        *FILTERS,
    ),
)
ALL_COMPLAINTS: ReadingList[ComplaintRow] = ReadingList(
    slug="all-complaints",
    title=Text("すべての申し出", "All reports"),
    lead=Text(
        "新しい順です。同じ対象・同じ理由のものは一つにまとまっています。",
        "The newest first. What is about the same thing, for the same reason, is one matter.",
    ),
    empty=Text("申し出はありません", "Nothing was reported"),
    roles=INSIDE,
    rows=lambda hand: Complaint.objects.all(),
    order=("-id",),
    read=complaint_rows,
    columns=(
        *COLUMNS,
        replace(
            RECEIVED,
            beneath=(
                ListColumn(
                    title=Text("結論の日時", "Decided"), value="closed_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(by_state(COMPLAINT), *FILTERS),
)


CARE_LIST: ReadingList[CareShown] = ReadingList(
    slug="care",
    title=Text("カスハラの記録", "Records of abuse"),
    lead=Text(
        "働く人を守るための記録です。本人と責任者・法務担当だけが見られ、申し出た人にもお店にも見えません。新しい順です。",
        "Records that protect who works here, for them, leads and counsel alone: no consumer and no shop sees them. The newest "
        "first.",
    ),
    empty=Text("記録はありません", "There is no record"),
    roles=STAFF,
    rows=records_for,
    order=("-id",),
    read=rows_of,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="complaints_staff:care",
        ),
        ListColumn(title=Text("何があったか", "What happened"), value="conduct"),
        ListColumn(title=Text("受けた人", "Who bore it"), value="staff", written=Written.CALLED),
        ListColumn(title=Text("いつ", "When"), value="at", written=Written.MOMENT),
        ListColumn(title=Text("対応した日時", "Seen to"), value="closed_at", written=Written.MOMENT),
    ),
)
