"""Who telephones: the sheets that wait, the number on one, and what came earlier from the same number, of nobody by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.vault import facts as vault
from mamori.japan.phones import NoPhone, PhoneNotForBuyers, phone
from mamori.law.calls import HearsBy, ReportChannel
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints.lifecycle import COMPLAINT, ComplaintState
from mamori.rooms.complaints.models import CallSheet, ComplaintReport
from mamori.rooms.complaints.queries.complaints import NoSuchComplaint
from mamori.rooms.complaints.queries.mine import why_not_again
from mamori.rooms.complaints.queries.sealed import TABLE, about_report
from mamori.rooms.complaints.rules import heard

SHEETS, HOUSE = "complaints_callsheet", "market"
WAITING_MOST, EARLIER_MOST = 20, 20


class NoSuchCall(Refusal, code="no-such-call", status=404):
    """Given when there is no such sheet for this hand, or somebody else has it."""

    text = Text(
        "この電話の受付票はありません。ほかの人が受けたか、時間が過ぎました。「電話・手紙での申し出」から新しく開いてください。",
        "There is no such call sheet: somebody else took it, or its time is over. Please open a new one.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierReport:
    """A report that came earlier from the same number: which matter it is in, and how that stands."""

    report: int
    complaint: int
    what: Text
    reason: Text
    state: Text
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetShown:
    """A sheet: the number that is called from, as it is shown in Japan, and what came from there earlier."""

    sheet: int
    at: datetime
    is_open: bool
    earlier: tuple[EarlierReport, ...]
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenShown:
    """A report that staff took, as it is told aloud to whoever asks by its number: how it stands, and none of its words."""

    report: int
    complaint: int
    reason: ComplaintReason
    channel: ReportChannel
    hears: HearsBy
    state: Text
    heard: tuple[Text, ...]
    files: int
    is_erased: bool
    why_not_again: Text | None
    ref: str = field(repr=False)

    @property
    def is_dangerous(self) -> bool:
        """Say whether a danger was reported."""
        return self.reason is ComplaintReason.DANGEROUS


def about_sheet(number: int) -> str:
    """Return the name under which the acts of a sheet are known."""
    return f"complaints.callsheet:{number}"


def number_place(sheet: int) -> Place:
    """Return where the number of a sheet lies."""
    return Place(SHEETS, str(sheet), "number")


def dialled(number: str) -> str:
    """Return a number as it is kept (+81…), "" where it is none: withheld, or not to be read."""
    try:
        return phone(number).stored if number.strip() else ""
    except (NoPhone, PhoneNotForBuyers):
        return ""


def source_of(number: str) -> str:
    """Return what stands for a caller where a page has its network; of one without a number nothing does."""
    stored = dialled(number)
    return f"tel:{stored}" if stored else ""


def caller_mark(number: str) -> bytes:
    """Return the keyed mark of a caller, the same as that of the reports that came from the number."""
    source = source_of(number)
    return seals.blind(f"{TABLE}.source", source) if source else b""


def earlier_of(sheet: CallSheet) -> tuple[EarlierReport, ...]:
    """Return what was reported from the same number, the newest first."""
    if not sheet.caller:
        return ()
    rows = ComplaintReport.objects.filter(source=sheet.caller).select_related("complaint").order_by("-pk")
    return tuple(
        EarlierReport(
            report=row.pk,
            complaint=row.complaint_id,
            what=ReportedWhat(row.complaint.what).text,
            reason=ComplaintReason(row.complaint.reason).text,
            state=COMPLAINT.states[ComplaintState(row.complaint.state)],
            at=row.received_at,
        )
        for row in rows[:EARLIER_MOST]
    )


def number_of(sheet: CallSheet) -> str:
    """Return the number on a sheet, "" where there is none or its time is over."""
    if sheet.number is None:
        return ""
    return seals.unseal(subject=HOUSE, place=number_place(sheet.pk), sealed=bytes(sheet.number)).decode()


def waiting(hand: Hand) -> tuple[SheetShown, ...]:
    """Return the calls that the telephone system told of and nobody took, the newest first."""
    rows = CallSheet.objects.filter(opened_at__isnull=True, erased_at__isnull=True).order_by("-at", "-pk")
    return tuple(map(_shown, rows[:WAITING_MOST])) if hand.role in STAFF else ()


def sheet_of(hand: Hand, number: int) -> SheetShown:
    """Return a sheet for staff."""
    row = CallSheet.objects.filter(pk=number).first()
    if row is None or hand.role not in STAFF:
        raise NoSuchCall
    return _shown(row)


def last_opened(hand: Hand) -> int:
    """Return the sheet that this hand opened last."""
    return CallSheet.objects.filter(opened_by=hand.by).latest("opened_at", "pk").pk


def _shown(row: CallSheet) -> SheetShown:
    is_open = row.opened_at is not None
    return SheetShown(
        sheet=row.pk,
        at=row.at,
        is_open=is_open,
        number=number_of(row) if is_open else "",
        earlier=earlier_of(row) if is_open else (),
    )


def taken_of(hand: Hand, report: int) -> TakenShown:
    """Return a report that staff took, for staff.

    :raises NoSuchComplaint: when there is none, or whoever made it has a page of their own.
    """
    row = ComplaintReport.objects.select_related("complaint").filter(pk=report).first()
    if row is None or hand.role not in STAFF or row.channel == ReportChannel.PAGE:
        raise NoSuchComplaint
    state = ComplaintState(row.complaint.state)
    return TakenShown(
        report=row.pk,
        complaint=row.complaint_id,
        reason=ComplaintReason(row.complaint.reason),
        channel=ReportChannel(row.channel),
        hears=HearsBy(row.hears),
        state=COMPLAINT.states[state],
        heard=heard(state, row.complaint.because),
        files=len(vault.files_about(about_report(row.ref))),
        is_erased=row.said is None or row.taken_back_at is not None,
        why_not_again=why_not_again(row, hand.at),
        ref=row.ref,
    )


def taken_by_ref(ref: str) -> int:
    """Return the number of the report that was taken just now."""
    return ComplaintReport.objects.values_list("pk", flat=True).get(ref=ref)
