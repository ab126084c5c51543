"""What staff read in this room: every request for a seller's information, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.people import facts as people
from mamori.law.inquiries import InquiryKind
from mamori.law.kept import listed
from mamori.rooms.disclosure.lifecycle import (
    DECIDERS,
    EDITION,
    INQUIRY,
    REQUEST,
    DisclosureState,
    InquiryState,
)
from mamori.rooms.disclosure.models import Edition, Inquiry, SellerRequest
from mamori.rooms.disclosure.queries.access import about
from mamori.rooms.disclosure.queries.editions import summary_of
from mamori.rooms.disclosure.queries.inquiries import InquirySaid, said_of, state_text
from mamori.rooms.disclosure.rules.said import CameBy


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoRequestRow:
    """A request in the list."""

    number: int
    case: str
    shop: str
    state: Text
    channel: Text
    received_at: datetime
    decided_at: datetime | None


def _requests(hand: Hand) -> QuerySet[SellerRequest]:
    return SellerRequest.objects.all()


def request_rows(rows: Sequence[SellerRequest], hand: Hand | None = None) -> list[InfoRequestRow]:
    """Return what the list tells of these requests, the shops' names and case numbers in one look each."""
    shops = market.shop_names(row.seller_ref for row in rows)
    numbers = cases.numbers_of([about(row.pk) for row in rows])
    return [
        InfoRequestRow(
            number=row.pk,
            case=numbers[about(row.pk)],
            shop=shops.get(row.seller_ref, ""),
            state=REQUEST.states[DisclosureState(row.state)],
            channel=CameBy(row.channel).text,
            received_at=row.received_at,
            decided_at=row.decided_at,
        )
        for row in rows
    ]


REQUESTS: ReadingList[InfoRequestRow] = ReadingList(
    slug="disclosure",
    title=Text("販売業者等情報の開示請求", "Requests for a seller's information"),
    lead=Text(
        "届いた開示請求のすべてです。新しい順です。要件・意見・決定は、案件の画面にあります。",
        "Every request, the newest first. Elements, views and decisions stand on the case's page.",
    ),
    empty=Text("開示請求はありません", "Nobody has asked yet"),
    roles=STAFF,
    rows=_requests,
    order=("-id",),
    read=request_rows,
    columns=(
        ListColumn(title=Text("受付番号", "Number"), value="case", written=Written.CALLED, to="case"),
        ListColumn(title=Text("出品者", "Seller"), value="shop", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state"),
        ListColumn(title=Text("届いた方法", "How it came"), value="channel"),
        ListColumn(title=Text("受け付けた日時", "Received"), value="received_at", written=Written.MOMENT),
        ListColumn(title=Text("決定した日時", "Decided"), value="decided_at", written=Written.MOMENT),
    ),
    filters=(
        by_state(REQUEST),
        Filter(
            name="month",
            title=Text("受け付けた月", "Month"),
            monthly=True,
            narrow=lambda rows, hand, value: rows.filter(
                received_at__gte=value.since, received_at__lt=value.until
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRow:
    """An inquiry in the register: who asked by which paper for what, about whom, what was decided by whom and given."""

    number: int
    kind: Text
    state: Text
    by: str
    paper: str
    parties: str
    asked: Text
    given: Text | None
    decided_by: str
    due_on: date | None
    entered_at: datetime
    closed_at: datetime | None


def _inquiries(hand: Hand) -> QuerySet[Inquiry]:
    return Inquiry.objects.all()


def inquiry_rows(rows: Sequence[Inquiry], hand: Hand) -> list[InquiryRow]:
    """Return what the register tells of these inquiries."""
    names = people.names()
    return [_inquiry_row(row, said_of(row), people.called(row.decided_by, names)) for row in rows]


def _inquiry_row(row: Inquiry, said: InquirySaid, decided_by: str) -> InquiryRow:
    kind = InquiryKind(row.kind)
    return InquiryRow(
        number=row.pk,
        kind=kind.text,
        state=state_text(kind, InquiryState(row.state)),
        by=said.by,
        paper=said.paper,
        parties=" ".join(row.parties),
        asked=listed(row.asked),
        given=listed(row.given) if row.given else None,
        decided_by=decided_by,
        due_on=row.due_on,
        entered_at=row.entered_at,
        closed_at=row.closed_at,
    )


def _about_party(rows: QuerySet[Inquiry], hand: Hand, value: str) -> QuerySet[Inquiry]:
    """Narrow to those about a person; what lies as JSON no two databases look up alike, and a register is short."""
    found = [number for number, parties in rows.values_list("pk", "parties") if value in parties]
    return rows.filter(pk__in=found)


def _words(title: Text, value: str, *beneath: ListColumn, called: bool = False) -> ListColumn:
    written = Written.CALLED if called else Written.WORDS
    return ListColumn(title=title, value=value, written=written, beneath=beneath)


INQUIRY_LIST: ReadingList[InquiryRow] = ReadingList(
    slug="inquiries",
    title=Text("情報の照会", "Inquiries"),
    lead=Text(
        "警察・裁判所・弁護士会・税務署・権利者・本人などからの照会の台帳です。責任者と法務担当だけが見ます。",
        "The register of inquiries by police, courts, the bar, tax offices, rights holders and persons themselves. Leads and "
        "counsel alone read it.",
    ),
    empty=Text("照会はありません", "No inquiry has come"),
    roles=DECIDERS,
    rows=_inquiries,
    order=("-id",),
    read=inquiry_rows,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="disclosure_staff:inquiry",
        ),
        _words(Text("根拠", "Ground"), "kind", _words(Text("状態", "State"), "state")),
        _words(
            Text("照会した機関・人", "Who asks"),
            "by",
            _words(Text("文書", "Paper"), "paper", called=True),
            called=True,
        ),
        _words(Text("だれについて", "About whom"), "parties", called=True),
        _words(Text("求められたもの", "Asked for"), "asked", _words(Text("渡したもの", "Given"), "given")),
        _words(Text("決めた人", "Decided by"), "decided_by", called=True),
        ListColumn(title=Text("書面の期限", "Due by the paper"), value="due_on"),
        ListColumn(
            title=Text("届いた日時", "Came"),
            value="entered_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("終えた日時", "Ended"), value="closed_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(
        Filter(
            name="kind",
            title=Text("根拠", "Ground"),
            choices={one.value: one.text for one in InquiryKind},
            narrow=lambda rows, hand, value: rows.filter(kind=value),
        ),
        by_state(INQUIRY),
        Filter(name="party", title=Text("だれについて", "About whom"), narrow=_about_party),
        Filter(
            name="month",
            title=Text("届いた月", "Month"),
            monthly=True,
            narrow=lambda rows, hand, value: rows.filter(
                entered_at__gte=value.since, entered_at__lt=value.until
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """An edition as it stands in the list."""

    number: int
    title: Text
    state: Text
    reason: str
    drafted_at: datetime
    released_at: datetime | None


def _editions(hand: Hand) -> QuerySet[Edition]:
    """Return every edition for who may read drafts, and none for others."""
    return Edition.objects.all() if hand.role in DECIDERS else Edition.objects.none()


def edition_rows(rows: Sequence[Edition], hand: Hand) -> list[EditionRow]:
    """Return what the list tells of these."""
    del hand
    shown = [summary_of(row) for row in rows]
    return [
        EditionRow(
            number=one.id,
            title=one.title,
            state=one.state_text,
            reason=one.reason,
            drafted_at=one.drafted_at,
            released_at=one.released_at,
        )
        for one in shown
    ]


EDITION_LIST: ReadingList[EditionRow] = ReadingList(
    slug="editions",
    title=Text("取組みの公表", "What is published of measures"),
    lead=Text(
        "「取組みと実績」のページに出るものです。月ごとの数は自動で数えられ、半年ごとの公表版は二人で公表します。",
        "What stands on the page of measures. Months are counted by themselves; an edition of half a year is released by two.",
    ),
    empty=Text("公表版はまだありません", "There is no edition yet"),
    roles=DECIDERS,
    rows=_editions,
    order=("-id",),
    read=edition_rows,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="disclosure_staff:edition",
        ),
        _words(Text("半期", "Half-year"), "title", _words(Text("状態", "State"), "state")),
        _words(Text("理由", "Why"), "reason"),
        ListColumn(
            title=Text("作った日時", "Drafted"),
            value="drafted_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("公表した日時", "Released"),
                    value="released_at",
                    written=Written.MOMENT,
                    led=True,
                ),
            ),
        ),
    ),
    filters=(by_state(EDITION),),
)
