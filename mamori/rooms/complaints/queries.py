"""A complaint as people of the operator read it, the words of its reports beside each other; and what staff bore."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec
from django.db.models import Count, Q, QuerySet

from mamori.grammar.actor import HEADS, INSIDE, STAFF, Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import facts as market
from mamori.ground.matters.history import PastAct, past_of
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.vault import facts as vault
from mamori.ground.web.forms import FileShown, file_shown
from mamori.ground.web.signing.here import is_second
from mamori.law.calls import HearsBy, ReportChannel
from mamori.law.care import ConductKind
from mamori.law.complaints import COMPLAINT_REASONS, ComplaintReason, DangerAnswer, ReportedWhat
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.complaints.acts import CARE_ACTS, COMPLAINT_ACTS
from mamori.rooms.complaints.lifecycle import COMPLAINT, WAITING, ComplaintState
from mamori.rooms.complaints.models import CareRecord, Complaint, ComplaintReport
from mamori.rooms.complaints.rules import (
    ReportInput,
    ReportPlaced,
    ReportSaid,
    heard,
    in_danger,
    in_order,
    is_asked_again,
    is_named,
    references,
)
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import MessageFact
from mamori.rooms.enforcement import facts as enforcement

# What lies sealed in a report, opened; and how a report is known by the secret of its page.


TABLE = "complaints_complaintreport"
REPORTER = "report:"
"""Before a report's `ref`: whose key it is, and whom its mail is for."""


class NoReportHere(Refusal, code="no-report-here", status=404):
    """Given when no report has this page, or its time is over."""

    text = Text(
        "このページは見つかりません。アドレスが全部そろっているかご確認ください。取り下げた申し出と、保存の期間を過ぎた申し出は消えています。",
        "There is no such page. Please see that its address is whole. Reports that were taken back, or are over, are erased.",
    )


def secret_of(form: str) -> str:
    """Return the secret of the page of what was sent by this form: the same form has the same page, and nobody can guess it."""
    return seals.page_secret(f"{TABLE}.digest", form)


def ref_of(secret: str) -> str:
    """Return the name of the report's key, by which its files are sealed before it is in any table."""
    return seals.digest_of(secret)[:24]


def subject_of(ref: str) -> str:
    """Return whose key it is."""
    return f"{REPORTER}{ref}"


def about_report(ref: str) -> str:
    """Return the name under which the files of a report are known."""
    return f"complaints.report:{ref}"


def place_of(ref: str) -> Place:
    """Return where the words of a report lie."""
    return Place(TABLE, ref, "said")


def said_of(row: ComplaintReport, opener: seals.Opener | None = None) -> ReportSaid:
    """Return what a report says, empty once its key was destroyed; of many, an `opener` has fetched the keys in one look."""
    subject, place = subject_of(row.ref), place_of(row.ref)
    plain = seals.opened(subject=subject, place=place, sealed=row.said, opener=opener)
    return msgspec.json.decode(plain, type=ReportSaid) if plain is not None else ReportSaid()


def report_by(secret: str) -> ComplaintReport:
    """Return the report that has this page."""
    row = ComplaintReport.objects.select_related("complaint").filter(digest=seals.digest_of(secret)).first()
    if row is None:
        raise NoReportHere
    return row


def mail_of(ref: str) -> tuple[str, str]:
    """Return where a report's mail goes, and in which language it is written; "" where nothing may be sent there."""
    row = ComplaintReport.objects.filter(ref=ref).first()
    if row is None or (row.confirmed_at is None and row.code is None):
        return "", ""
    return said_of(row).mail, row.language


def address_of(ref: str) -> tuple[str, str]:
    """Return by which name and to which postal address a report's letters go; "" where it is not told by letter."""
    row = ComplaintReport.objects.filter(ref=ref, hears=HearsBy.POST.value).first()
    said = said_of(row) if row else ReportSaid()
    return said.name, said.post


# What a report is about: the thing that the marketplace or the house knows by what was typed, and whose that is.


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingReported:
    """What is reported: by one name the same thing is known again; references are "" where the marketplace knows none."""

    name: str
    seller: str = ""
    listing: str = ""
    review: str = ""


def thing_of(told: ReportInput, ref: str) -> ThingReported:
    """Return what is reported; what nobody can name is known by the `ref` of its report, and a matter of its own."""
    find = FINDERS.get(told.what)
    if find and (found := find(references(told.where))):
        return found
    name = (
        seals.blind("complaints_complaint.thing", told.where).hex()
        if is_named(told.what, told.where)
        else ref
    )
    return ThingReported(name=f"{told.what.value}:{name}")


def shop_behind(where: str) -> ThingReported | None:
    """Return the goods, the review or the shop that staff name, or nothing where the marketplace told of none."""
    typed = references(where)
    return _listing(typed) or _review(typed) or _shop(typed)


def message_of(thing: str) -> MessageFact | None:
    """Return the message that is reported, where that is a message which the house has carried."""
    what, _, ref = thing.partition(":")
    return contact.message(ref) if what == ReportedWhat.MESSAGE else None


def message_name(one: MessageFact) -> str:
    """Return what a message is called: its case, and its number there."""
    return f"{one.case} #{one.number}"


def _listing(typed: Collection[str]) -> ThingReported | None:
    known = market.listings(typed)
    found = [known[each] for each in typed if each in known]
    return (
        ThingReported(name=f"listing:{found[0].ref}", seller=found[0].seller_ref, listing=found[0].ref)
        if found
        else None
    )


def _shop(typed: Collection[str]) -> ThingReported | None:
    known = market.sellers(typed)
    found = [each for each in typed if each in known]
    return ThingReported(name=f"seller:{found[0]}", seller=found[0]) if found else None


def _review(typed: Collection[str]) -> ThingReported | None:
    for one in filter(None, map(market.review, typed)):
        return ThingReported(
            name=f"review:{one.ref}", seller=one.seller_ref, listing=one.listing_ref, review=one.ref
        )
    return None


def _message(typed: Collection[str]) -> ThingReported | None:
    """Return a message and the seller who wrote it, nobody where a buyer did; never the goods, which tell who read it."""
    for one in filter(None, map(contact.message, typed)):
        return ThingReported(name=f"message:{one.ref}", seller=one.seller_ref if one.by_seller else "")
    return None


FINDERS: Mapping[ReportedWhat, Callable[[Collection[str]], ThingReported | None]] = {
    ReportedWhat.LISTING: _listing,
    ReportedWhat.SHOP: _shop,
    ReportedWhat.REVIEW: _review,
    ReportedWhat.MESSAGE: _message,
}
"""What is found by what was typed.  An advertisement is not: whose name it bears need not be whose it is."""


def found_by(row: Complaint) -> Mapping[str, str]:
    """Return by what else a complaint is found among cases, and with whose erasure that goes: its goods and its shop."""
    known = market.listing(row.listing_ref) if row.listing_ref else None
    names = (known.name if known else "", market.shop_names([row.seller_ref]).get(row.seller_ref, ""))
    reason = ComplaintReason(row.reason).text.en
    return {
        "subject": f"seller:{row.seller_ref}" if row.seller_ref else "",
        "called": " ".join((reason, row.seller_ref, row.listing_ref, *names)),
    }


# A complaint as people of the operator read it: the words of all reports side by side, where they came from, what was done.


SHOWN_MOST = 100
"""So many reports stand on one page of a complaint."""
OTHERS_MOST = 10


class NoSuchComplaint(Refusal, code="no-such-complaint", status=404):
    """Given when there is no such complaint for this actor."""

    text = Text(
        "この申し出は見つかりません。番号をご確認ください。",
        "There is no such report. Please check its number.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBefore:
    """How earlier reports from the same source ended: taken up, out of so many that were decided."""

    upheld: int
    decided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRead:
    """One report: its words, from which source ("A", "B"; `of_source` came from there), whether it repeats one, and its files.

    `moved_to` is the matter in which it goes on since a danger was told after the decision.
    """

    row: ComplaintReport
    source: str
    of_source: int
    is_repeated: bool
    moved_to: int | None
    channel: Text | None
    hears: Text
    earlier: SourceBefore | None
    files: tuple[FileShown, ...]
    said: ReportSaid = field(repr=False)

    @property
    def danger(self) -> tuple[Text, ...]:
        """Return what was answered about the danger."""
        return tuple(DangerAnswer(one).text for one in self.said.danger)

    @property
    def items(self) -> tuple[Text, ...]:
        """Return what of the shop's display is missing or untrue, as they say."""
        return tuple(ITEMS[DisplayItem(one)].text for one in self.said.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintShown:
    """A complaint: what it is about and why, how it stands, its reports, and what was done.

    Of its `total` reports those of one `at_page` are shown; they came from so many `sources`, and `repeats` of them only repeat
    another; what came `seen_until` then can be read.  `in_danger`: a danger stands, `is_hidden`: while nobody can see the goods,
    `is_alarmed`: word of one was not read.
    `is_again`: another look is asked for; `is_second`: its reader may make it.  `message` is the message that is reported,
    `is_named`: staff found the shop, and `can_name`: they may.  `others` are open about the same goods or shop and reason.
    """

    number: int
    case: str
    assignee: str
    what: ReportedWhat
    reason: ComplaintReason
    state: ComplaintState
    version: int
    goods: str
    goods_page: str
    shop: str
    listing_ref: str
    seller_ref: str
    message: MessageFact | None
    is_named: bool
    can_name: bool
    others: tuple[int, ...]
    former: int | None
    is_looked_at: bool
    is_dangerous: bool
    in_danger: bool
    is_hidden: bool
    is_alarmed: bool
    is_again: bool
    is_second: bool
    finding_case: str
    due: datetime | None
    heard: tuple[Text, ...]
    total: int
    sources: int
    repeats: int
    at_page: int
    seen_until: datetime
    reports: tuple[ReportRead, ...] = field(repr=False)
    past: tuple[PastAct, ...] = field(repr=False)

    @property
    def is_open(self) -> bool:
        """Say whether it waits for its decision."""
        return self.state in WAITING

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return COMPLAINT.states[self.state]

    @property
    def opens_finding(self) -> bool:
        """Say whether a finding about the seller comes of it where it is taken up."""
        return COMPLAINT_REASONS[self.reason].breach is not None and bool(self.seller_ref)

    @property
    def may_be_held(self) -> bool:
        """Say whether the goods may be hidden before the shop is heard."""
        return self.is_dangerous and bool(self.seller_ref) and bool(self.listing_ref)

    @property
    def items(self) -> tuple[tuple[DisplayItem, int], ...]:
        """Return what of the display is missing or untrue, and of each from how many sources: who says it twice counts once."""
        counted = Counter(
            item for _, item in {(one.source, item) for one in self.reports for item in one.said.items}
        )
        return tuple((item, counted[item]) for item in ITEMS if item in counted)

    @property
    def item_texts(self) -> tuple[tuple[Text, int], ...]:
        """Return the same in words."""
        return tuple((ITEMS[item].text, number) for item, number in self.items)

    @property
    def pages(self) -> range:
        """Return the pages of its reports."""
        return range(1, max(-(-self.total // SHOWN_MOST), 1) + 1)

    @property
    def unread(self) -> tuple[ReportRead, ...]:
        """Return what of this page nobody has read."""
        return tuple(one for one in self.reports if one.row.unread_at is not None)


def is_hidden(row: Complaint) -> bool:
    """Say whether what is dangerous cannot be seen by anybody meanwhile; asked of a danger alone."""
    return row.is_dangerous and bool(row.listing_ref) and enforcement.provisionally_hidden(row.listing_ref)


def about_complaint(number: int) -> str:
    """Return the name under which acts and clocks know a complaint."""
    return f"complaints.complaint:{number}"


def complaint_of(actor: Actor, number: int, *, at_page: int = 1) -> ComplaintShown:
    """Return a complaint for somebody of the operator, with one page of its reports; who reported it is named to nobody."""
    row = Complaint.objects.filter(pk=number).first()
    if row is None or actor.role not in INSIDE:
        raise NoSuchComplaint
    listing = market.listing(row.listing_ref) if row.listing_ref else None
    is_again, placed = is_asked_again(row), _placed(row)
    case = cases.case_of(about_complaint(row.pk))
    return ComplaintShown(
        number=row.pk,
        case=case.number,
        assignee=people.called(case.assignee, people.names()),
        what=ReportedWhat(row.what),
        reason=ComplaintReason(row.reason),
        state=ComplaintState(row.state),
        version=row.version,
        goods=listing.name if listing else "",
        goods_page=listing.page if listing else "",
        shop=market.shop_names([row.seller_ref]).get(row.seller_ref, ""),
        listing_ref=row.listing_ref,
        seller_ref=row.seller_ref,
        message=message_of(row.thing),
        is_named=bool(row.named_by),
        can_name=may_be_named(row),
        others=_others(row),
        former=row.former_id,
        is_looked_at=row.looked_at is not None,
        is_dangerous=row.is_dangerous,
        in_danger=in_danger(row),
        is_hidden=is_hidden(row),
        is_alarmed=row.closed_at is None and row.alarm_at is not None,
        is_again=is_again,
        is_second=is_again and actor.role in STAFF and is_second(actor, than=row.decided_by),
        finding_case=cases.case_of(f"enforcement.finding:{row.finding}").number if row.finding else "",
        due=clocks.next_due(about_complaint(row.pk)),
        heard=heard(ComplaintState(row.state), row.because),
        total=len(placed.order),
        sources=len(placed.letters),
        repeats=len(placed.repeated),
        at_page=at_page,
        seen_until=placed.seen_until,
        reports=_reports(actor, row, placed, at_page),
        past=past_of(about_complaint(number), COMPLAINT_ACTS),
    )


def may_be_named(row: Complaint) -> bool:
    """Say whether staff may say which shop it is: what was reported does not tell, not even that a buyer wrote it."""
    return (not row.seller_ref or bool(row.named_by)) and message_of(row.thing) is None


def _others(row: Complaint) -> tuple[int, ...]:
    """Return the numbers of what else is open about the same goods, or of the same shop about no goods, for the same reason."""
    if not row.seller_ref:
        return ()
    same = Complaint.objects.filter(IS_OPEN, reason=row.reason, seller_ref=row.seller_ref)
    same = same.filter(listing_ref=row.listing_ref).exclude(pk=row.pk)
    return tuple(same.order_by("pk").values_list("pk", flat=True)[:OTHERS_MOST])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPlaced:
    """All reports of a matter in the order in which they are read, what each source is called, and what only repeats another."""

    order: tuple[ReportPlaced, ...]
    letters: Mapping[bytes, str]
    of_source: Mapping[bytes, int]
    repeated: frozenset[int]
    seen_until: datetime


def _placed(whole: Complaint) -> ReportsPlaced:
    rows = ComplaintReport.objects.filter(Q(complaint=whole) | Q(before=whole)).order_by("pk")
    fields = (
        "pk",
        "source",
        "channel",
        "mark",
        "is_harmed",
        "is_raised",
        "wished_at",
        "unread_at",
        "complaint_id",
    )
    marks: set[bytes] = set()
    repeated, placed, seen = [], [], whole.received_at
    for pk, source, channel, mark, is_harmed, is_raised, wished_at, unread_at, of in rows.values_list(
        *fields
    ):
        if bytes(mark) in marks:
            repeated.append(pk)
        marks |= {bytes(mark)} - {b""}
        if unread_at is not None and of == whole.pk:
            seen = max(seen, unread_at)
        # each that staff took without a number came from somebody else
        is_known = source or channel == ReportChannel.PAGE
        origin = bytes(source) if is_known else f"report:{pk}".encode()
        placed.append(
            ReportPlaced(
                pk=pk,
                origin=origin,
                is_harmed=is_harmed,
                is_raised=is_raised,
                is_wish=wished_at is not None,
                is_unread=unread_at is not None,
            )
        )
    order, counted = tuple(in_order(placed)), Counter(one.origin for one in placed)
    letters = {
        origin: _letter(number) for number, origin in enumerate(dict.fromkeys(one.origin for one in order))
    }
    return ReportsPlaced(
        order=order, letters=letters, of_source=counted, repeated=frozenset(repeated), seen_until=seen
    )


def _reports(actor: Actor, whole: Complaint, placed: ReportsPlaced, page: int) -> tuple[ReportRead, ...]:
    shown = placed.order[(page - 1) * SHOWN_MOST : page * SHOWN_MOST]
    found = ComplaintReport.objects.in_bulk([one.pk for one in shown])
    rows = [(one.origin, found[one.pk]) for one in shown if one.pk in found]
    earlier = _earlier(whole, {bytes(row.source) for _, row in rows}) if actor.role in STAFF else {}
    opener = seals.Opener().fetch(bytes(row.said) for _, row in rows if row.said is not None)
    files = _files(actor, [row for _, row in rows])
    return tuple(
        ReportRead(
            row=row,
            source=placed.letters[origin],
            of_source=placed.of_source[origin],
            is_repeated=row.pk in placed.repeated,
            moved_to=row.complaint_id if row.complaint_id != whole.pk else None,
            channel=None if row.channel == ReportChannel.PAGE else ReportChannel(row.channel).text,
            hears=HearsBy(row.hears).text,
            earlier=earlier.get(bytes(row.source)),
            files=files.get(about_report(row.ref), ()),
            said=said_of(row, opener),
        )
        for origin, row in rows
    )


def _letter(number: int) -> str:
    """Return A … Z, then A1 … Z1 and on."""
    return chr(ord("A") + number % 26) + (str(number // 26) if number >= 26 else "")


def _earlier(whole: Complaint, sources: set[bytes]) -> Mapping[bytes, SourceBefore]:
    """Return how what came earlier from these sources ended: a hint for people, by which no danger is ever weighed less."""
    rows = ComplaintReport.objects.filter(
        source__in=sources - {b""}, complaint__closed_at__isnull=False, complaint__pk__lt=whole.pk
    )
    counted = rows.values("source", "complaint__state").annotate(number=Count("complaint", distinct=True))
    found: dict[bytes, SourceBefore] = {}
    for one in counted:
        before = found.get(bytes(one["source"]), SourceBefore(upheld=0, decided=0))
        upheld = one["number"] if one["complaint__state"] == ComplaintState.UPHELD else 0
        found[bytes(one["source"])] = SourceBefore(
            upheld=before.upheld + upheld, decided=before.decided + one["number"]
        )
    return found


def _files(actor: Actor, rows: Sequence[ComplaintReport]) -> dict[str, tuple[FileShown, ...]]:
    if actor.role not in STAFF:
        return {}
    kept = vault.files_about_each([about_report(row.ref) for row in rows], named=True)
    return {
        about: tuple(file_shown(number, one) for number, one in enumerate(ones, 1))
        for about, ones in kept.items()
    }


def picture_of(actor: Actor, report: int, file: int, page: int) -> vault.Picture:
    """Return one page of a file that came with a report, for staff."""
    row = ComplaintReport.objects.filter(pk=report).first()
    kept: Sequence[vault.FileFact] = vault.files_about(about_report(row.ref)) if row else ()
    if actor.role not in STAFF or not 1 <= file <= len(kept):
        raise NoSuchComplaint
    return vault.picture(kept[file - 1].id, page)


# What staff bore and what was done for them: for who bore it and for leads, never for a consumer or a seller.


FLAG = "/desk/complaints/care/?about={about}"
"""Where staff note what they bore on a case."""


class NoSuchCare(Refusal, code="no-such-care", status=404):
    """Given when there is no such record for this actor, or no such case."""

    text = Text(
        "この記録、または記録しようとした案件が見つかりません。記録を見られるのは、受けた本人と責任者・法務担当です。",
        "There is no such record, or no such matter. A record is for who bore it, leads and counsel.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CareShown:
    """A record of abuse: what it was, who bore it, what was done on the call and for them."""

    row: CareRecord
    conduct: Text
    staff: str
    may_care: bool = False
    path: str = ""
    past: tuple[PastAct, ...] = field(default=(), repr=False)
    said: str = field(default="", repr=False)


def about_care(number: int) -> str:
    """Return the name under which acts of a record are known."""
    return f"complaints.care:{number}"


def subject_of_record(row: CareRecord) -> str:
    """Return whose key seals the words of a record."""
    return f"care:{row.ref}"


def place_of_record(row: CareRecord) -> Place:
    """Return where they lie."""
    return Place("complaints_carerecord", row.ref, "said")


def may_care(actor: Actor, row: CareRecord) -> bool:
    """Say whether the actor may note what was done for who bore it: a lead or counsel, and never themselves."""
    return actor.role in HEADS and is_second(actor, than=row.staff)


def is_there(about: str) -> bool:
    """Say whether a record may name that: a case of the centre, or none, as on a call of which nothing was taken yet."""
    return not about or cases.is_entered(about)


def records_for(actor: Actor) -> QuerySet[CareRecord]:
    """Return the records that are for this actor: to leads and counsel all, to anybody else their own."""
    rows = CareRecord.objects.all()
    if actor.role in HEADS:
        return rows
    return rows.filter(staff=people.subject_of(actor)) if actor.role in STAFF else rows.none()


def record_of(actor: Actor, number: int, *, locked: bool = False) -> CareRecord:
    """Return a record that is for this actor."""
    rows = records_for(actor).filter(pk=number)
    row = (rows.select_for_update() if locked else rows).first()
    if row is None:
        raise NoSuchCare
    return row


def rows_of(rows: Iterable[CareRecord], actor: Actor) -> list[CareShown]:
    """Return what the list tells of these; the words stay sealed."""
    names = people.names()
    return [
        CareShown(row=row, conduct=ConductKind(row.conduct).text, staff=people.called(row.staff, names))
        for row in rows
    ]


def care_of(actor: Actor, number: int) -> CareShown:
    """Return a record, with its words, for who bore it, a lead or counsel."""
    row = record_of(actor, number)
    plain = seals.opened(subject=subject_of_record(row), place=place_of_record(row), sealed=row.said)
    return replace(
        rows_of([row], actor)[0],
        path=f"/desk/cases/{cases.case_of(row.about).number}/" if row.about else "",
        may_care=may_care(actor, row),
        past=past_of(about_care(number), CARE_ACTS),
        said=(plain or b"").decode(),
    )
