"""A report on the page of its own, who telephones, who is to be called back, and how many reports came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncMonth

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import facts as market
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.ground.vault import facts as vault
from mamori.japan.calendar import JAPAN, Month, month_of
from mamori.japan.phones import NoPhone, PhoneNotForBuyers, phone
from mamori.law.calls import COMPLAINT_CALL_TRIES, HearsBy, ReportChannel
from mamori.law.complaints import (
    COMPLAINT_WISH_DAYS,
    INTERIM_ANSWER,
    ComplaintReason,
    DangerAnswer,
    ReportedWhat,
)
from mamori.law.display import DisplayItem
from mamori.rooms.complaints.lifecycle import CALL_BACK, COMPLAINT, CallBackState, ComplaintState
from mamori.rooms.complaints.models import CallBack, CallSheet, Complaint, ComplaintReport
from mamori.rooms.complaints.queries import (
    TABLE,
    NoSuchComplaint,
    about_report,
    message_name,
    message_of,
    report_by,
    said_of,
)
from mamori.rooms.complaints.rules import (
    CODE_TRIES,
    ReportSaid,
    cannot_ask_again,
    heard,
    is_asked_again,
    items_text,
)

# A report on the page of its own: how it stands, for whoever made it, and nothing of anybody else.


STATES = {
    ComplaintState.RECEIVED: Text(
        "受け付けました。まだ結論は出ていません", "received; nothing is decided yet"
    ),
    ComplaintState.ASKING: Text(
        "確かめています（知っている人に尋ね、返答を待っています）",
        "being looked into: somebody who may know is asked, and we wait for the answer",
    ),
    **dict.fromkeys(
        (
            ComplaintState.UPHELD,
            ComplaintState.NOT_UPHELD,
            ComplaintState.OUTSIDE,
            ComplaintState.GONE,
        ),
        Text("結論が出ました", "decided"),
    ),
}
AGAIN = Text("別の担当者が見直しています", "another person looks at it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class MineShown:
    """A report as its own page shows it; `why_not_again` says why another look cannot be asked for.

    `is_dangerous`: it tells of a danger or a harm itself.  `interim_at` is when it was last said that nothing is decided yet.
    """

    row: ComplaintReport
    what: ReportedWhat
    where: str
    reason: ComplaintReason
    state: Text
    heard: tuple[Text, ...]
    files: int
    tries_left: int
    why_not_again: Text | None
    again_until: datetime | None
    is_known: bool
    can_mail: bool
    is_dangerous: bool
    interim_at: datetime | None
    said: ReportSaid = field(repr=False)

    @property
    def waits_for_code(self) -> bool:
        """Say whether an address was left to which no code could be sent."""
        return bool(self.said.mail) and self.row.code is None and self.row.confirmed_at is None

    @property
    def is_of_platform(self) -> bool:
        """Say whether the marketplace itself was reported."""
        return self.what is ReportedWhat.PLATFORM

    @property
    def danger(self) -> tuple[Text, ...]:
        """Return what was answered about it."""
        return tuple(DangerAnswer(one).text for one in self.said.danger)

    @property
    def items(self) -> Text | None:
        """Return what of the shop's display was said to be missing or untrue."""
        return items_text(map(DisplayItem, self.said.items)) if self.said.items else None


def mine(secret: str, *, at: datetime) -> MineShown:
    """Return the report that has this page."""
    row = report_by(secret)
    whole, state = row.complaint, ComplaintState(row.complaint.state)
    until, said, message = again_until(whole), said_of(row), message_of(whole.thing)
    return MineShown(
        row=row,
        what=ReportedWhat(whole.what),
        where=message_name(message) if message else said.where,
        reason=ComplaintReason(whole.reason),
        state=AGAIN if is_asked_again(whole) and row.wished_at else STATES[state],
        heard=heard(state, whole.because),
        files=len(vault.files_about(about_report(row.ref))),
        tries_left=CODE_TRIES - row.code_tries,
        why_not_again=why_not_again(row, at),
        again_until=until,
        is_known=_is_known(whole),
        can_mail=bool(settings.MAMORI_MAIL),
        is_dangerous=whole.reason == ComplaintReason.DANGEROUS or row.is_harmed or row.is_raised,
        interim_at=whole.interim_at if whole.closed_at is None else None,
        said=said,
    )


def again_until(whole: Complaint) -> datetime | None:
    """Return until when another look may be asked for; None while nothing is decided."""
    if whole.decided_at is None:
        return None
    return whole.decided_at + timedelta(days=terms.setting(COMPLAINT_WISH_DAYS, at=whole.decided_at))


def why_not_again(row: ComplaintReport, at: datetime) -> Text | None:
    """Say why whoever made this report cannot ask for another look, or nothing where it can."""
    whole = row.complaint
    return cannot_ask_again(ComplaintState(whole.state), whole.again_at, again_until(whole), at)


def _is_known(whole: Complaint) -> bool:
    """Say whether it was found, or is nothing that the marketplace would have told of."""
    told_of = (ReportedWhat.LISTING, ReportedWhat.SHOP, ReportedWhat.REVIEW)
    return bool(whole.listing_ref or whole.seller_ref) or whole.what not in told_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutWhat:
    """What a link of the marketplace names: which kind it is, its reference, and its name where it is known."""

    what: ReportedWhat
    ref: str
    name: str = ""


BY_LINK = (
    ReportedWhat.MESSAGE,
    ReportedWhat.ADVERTISEMENT,
    ReportedWhat.LISTING,
    ReportedWhat.SHOP,
    ReportedWhat.REVIEW,
)
"""What a link names, by a parameter called as it is; of several the first counts."""
LINK_MOST = 500


def about_what(asked: Mapping[str, str]) -> AboutWhat | None:
    """Return what is to be reported by what a link names; it may be unknown here, or deleted."""
    for what in BY_LINK:
        if ref := asked.get(what.value, "")[:LINK_MOST].strip():
            return AboutWhat(what=what, ref=ref, name=_name(what, ref))
    return None


def _name(what: ReportedWhat, ref: str) -> str:
    match what:
        case ReportedWhat.LISTING:
            listing = market.listing(ref)
            return listing.name if listing else ""
        case ReportedWhat.SHOP:
            return market.shop_names([ref]).get(ref, "")
        case ReportedWhat.MESSAGE:
            message = message_of(f"{what.value}:{ref}")
            return message_name(message) if message else ""
    return ""


# Who telephones: the sheets that wait, the number on one, and what came earlier from the same number, of nobody by name.


SHEETS, HOUSE = "complaints_callsheet", "market"
WAITING_MOST, EARLIER_MOST = 20, 20


class NoSuchCall(Refusal, code="no-such-call", status=404):
    """Given when there is no such sheet for this actor, or somebody else has it."""

    text = Text(
        "この電話の受付票はありません。ほかの人が受けたか、時間が過ぎました。「電話・手紙での申し出」から新しく開いてください。",
        "There is no such call sheet: somebody else took it, or its time is over. Please open a new one.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetShown:
    """A sheet: the number that is called from, as it is shown in Japan, and what came from there earlier."""

    row: CallSheet
    is_open: bool
    earlier: tuple[ComplaintReport, ...]
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


def earlier_of(sheet: CallSheet) -> tuple[ComplaintReport, ...]:
    """Return what was reported from the same number, the newest first."""
    if not sheet.caller:
        return ()
    rows = ComplaintReport.objects.filter(source=sheet.caller).select_related("complaint").order_by("-pk")
    return tuple(rows[:EARLIER_MOST])


def number_of(sheet: CallSheet) -> str:
    """Return the number on a sheet, "" where there is none or its time is over."""
    if sheet.number is None:
        return ""
    return seals.unseal(subject=HOUSE, place=number_place(sheet.pk), sealed=bytes(sheet.number)).decode()


def waiting(actor: Actor) -> tuple[SheetShown, ...]:
    """Return the calls that the telephone system told of and nobody took, the newest first."""
    rows = CallSheet.objects.filter(opened_at__isnull=True, erased_at__isnull=True).order_by("-at", "-pk")
    return tuple(map(_shown, rows[:WAITING_MOST])) if actor.role in STAFF else ()


def sheet_of(actor: Actor, number: int) -> SheetShown:
    """Return a sheet for staff."""
    row = CallSheet.objects.filter(pk=number).first()
    if row is None or actor.role not in STAFF:
        raise NoSuchCall
    return _shown(row)


def last_opened(actor: Actor) -> int:
    """Return the sheet that this actor opened last."""
    return CallSheet.objects.filter(opened_by=actor.by).latest("opened_at", "pk").pk


def _shown(row: CallSheet) -> SheetShown:
    is_open = row.opened_at is not None
    return SheetShown(
        row=row,
        is_open=is_open,
        number=number_of(row) if is_open else "",
        earlier=earlier_of(row) if is_open else (),
    )


def taken_of(actor: Actor, report: int) -> TakenShown:
    """Return a report that staff took, for staff."""
    row = ComplaintReport.objects.select_related("complaint").filter(pk=report).first()
    if row is None or actor.role not in STAFF or row.channel == ReportChannel.PAGE:
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
        why_not_again=why_not_again(row, actor.at),
        ref=row.ref,
    )


def taken_by_ref(ref: str) -> int:
    """Return the number of the report that was taken just now."""
    return ComplaintReport.objects.values_list("pk", flat=True).get(ref=ref)


# Who is to be called back: how many wait, and of one the number, the hours that suit, and what is to be told.


DUE_MOST = 50


class NoSuchCallBack(Refusal, code="no-such-call-back", status=404):
    """Given when there is no such call back for this actor."""

    text = Text(
        "この折り返しの電話は見つかりません。「電話・手紙での申し出」の一覧から開いてください。",
        "There is no such call back. Please open it from the list at “Reports by telephone”.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackShown:
    """A call back: how it stands, of which report, and the words to tell; number and name where it is still to be made."""

    row: CallBack
    tries_left: int
    due: datetime | None
    heard: tuple[Text, ...]
    phone: str = field(repr=False)
    name: str = field(repr=False)
    when: str = field(repr=False)

    @property
    def is_due(self) -> bool:
        """Say whether it is still to be made."""
        return self.row.state == CallBackState.DUE

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return CALL_BACK.states[CallBackState(self.row.state)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsShown:
    """What waits at the telephone: calls that nobody took, and whoever is to be called back.

    `takes_buyers`: the actor also takes calls about an order, as counsel does not.
    """

    waiting: tuple[SheetShown, ...]
    due: tuple[tuple[CallBack, datetime | None], ...]
    takes_buyers: bool


def about_call_back(number: int) -> str:
    """Return the name under which the clock of a call back is known."""
    return f"complaints.callback:{number}"


def due_calls(actor: Actor) -> tuple[tuple[CallBack, datetime | None], ...]:
    """Return the call backs that wait, the oldest first, each with when it is due."""
    if actor.role not in STAFF:
        return ()
    rows = CallBack.objects.filter(closed_at__isnull=True).order_by("since", "pk")[:DUE_MOST]
    return tuple((row, clocks.next_due(about_call_back(row.pk))) for row in rows)


def calls_of(actor: Actor) -> CallsShown:
    """Return what waits at the telephone, for staff."""
    return CallsShown(
        waiting=waiting(actor), due=due_calls(actor), takes_buyers=actor.role is not Role.COUNSEL
    )


def call_back_of(actor: Actor, number: int) -> CallBackShown:
    """Return a call back for staff; the number is told while it is to be called, and not after."""
    row = CallBack.objects.select_related("report__complaint").filter(pk=number).first()
    if row is None or actor.role not in STAFF:
        raise NoSuchCallBack
    whole, said = row.report.complaint, said_of(row.report)
    is_due = row.closed_at is None
    return CallBackShown(
        row=row,
        tries_left=max(terms.setting(COMPLAINT_CALL_TRIES, at=actor.at) - row.tries, 0),
        due=clocks.next_due(about_call_back(number)) if is_due else None,
        heard=heard(ComplaintState(whole.state), whole.because) or (INTERIM_ANSWER,),
        phone=said.phone if is_due else "",
        name=said.name if is_due else "",
        when=said.when if is_due else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCount:
    """How many reports of one kind came in a month; `category` is "" where no listing is known, or it has none."""

    month: Month
    what: str
    reason: str
    category: str
    channel: str
    count: int


def report_counts(since: datetime, until: datetime) -> tuple[ReportCount, ...]:
    """Count what was received from `since` to before `until`; what was erased since counts as well."""
    rows = (
        ComplaintReport.objects.filter(received_at__gte=since, received_at__lt=until)
        .annotate(month=TruncMonth("received_at", tzinfo=JAPAN))
        .values_list("month", "complaint__what", "complaint__reason", "complaint__listing_ref", "channel")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found = list(rows)
    categories = market.categories_of({row[3] for row in found if row[3]})
    counted: Counter[tuple[Month, str, str, str, str]] = Counter()
    for month, what, reason, listing, channel, number in found:
        counted[month_of(month), what, reason, categories.get(listing, ""), channel] += number
    return tuple(
        ReportCount(month=month, what=what, reason=reason, category=category, channel=channel, count=number)
        for (month, what, reason, category, channel), number in sorted(counted.items())
    )


def channel_text(channel: str) -> Text:
    """Return what a channel is called."""
    return ReportChannel(channel).text
