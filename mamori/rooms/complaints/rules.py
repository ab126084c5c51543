"""Pure rules of reports and of consultations: what belongs together, what should stand, and what may be asked or seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from mamori.grammar.text import Text
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.japan.folding import mentions
from mamori.law.calls import COMPLAINT_CALL, CallRecording, HearsBy, ReportChannel
from mamori.law.complaints import (
    BECAUSE,
    COMPLAINT_DANGER,
    COMPLAINT_DECISION,
    FOUND_SO,
    ComplaintOutcome,
    ComplaintReason,
    DangerAnswer,
    ReportedWhat,
)
from mamori.law.counselling import (
    CONSENT_ENDS,
    COUNSELLOR_ANSWER,
    LASTING,
    ConsentGiven,
    ConsentLasts,
    ConsentTo,
)
from mamori.law.dangerwords import DANGER_NOT_MEANT, DANGER_WORDS, DANGER_WORDS_EN
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.complaints.lifecycle import ASKED_AGAIN, WAITING, ComplaintState, ConsultationState

# Pure rules of reports: what is reported on the same thing, what should stand, and when another look may be asked.


MOST_TOKENS = 20
CODE_MINUTES, CODE_TRIES = 30, 5
HARMS = frozenset({DangerAnswer.INJURY, DangerAnswer.FIRE})
"""The answers by which somebody was hurt, or it burnt."""
HIDDEN_CLOCK, UNREAD_KEY = "complaints.danger_hidden", "unread"
"""Looked at again so often while the listing is provisionally hidden: nobody owes anything then."""


class ReportInput(msgspec.Struct, frozen=True, kw_only=True):
    """A report as somebody makes it: `where` is as it was typed, a reference or an address; `mail` "" where none is left.

    `items` are those of the shop's display that are missing or untrue, `danger` what happened: it is asked whatever the reason.
    """

    what: ReportedWhat
    reason: ComplaintReason
    where: str
    words: str
    mail: str = ""
    language: str = "ja"
    items: tuple[DisplayItem, ...] = ()
    danger: tuple[DangerAnswer, ...] = ()

    @property
    def is_harm(self) -> bool:
        """Say whether somebody was hurt or it burnt, by what is answered or by the words: these only ever raise."""
        return is_harm(self.danger) or raises(self.words)


class ReportSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed in a report: its words, what was added and when, where to be told, and the answers about a danger."""

    where: str = ""
    words: str = ""
    more: tuple[tuple[datetime, str], ...] = ()
    mail: str = ""
    page: str = ""
    danger: tuple[str, ...] = ()
    lot: str = ""
    items: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    when: str = ""
    post: str = ""
    recording: CallRecording = CallRecording.NONE
    read_back: str = ""


def is_harm(danger: Iterable[str]) -> bool:
    """Say whether somebody was hurt or it burnt, as it was answered."""
    return bool(HARMS & set(danger))


def raises(words: str) -> bool:
    """Say whether words let fear that somebody was hurt or it burnt, whatever the reason is."""
    return mentions(words, DANGER_WORDS, DANGER_WORDS_EN, DANGER_NOT_MEANT)


def remains_of(said: ReportSaid, *, dangerous: bool) -> ReportSaid | None:
    """Return what stays of a report that is taken back: of a danger what it is about and what was answered, else nothing.

    The operator has to be able to act on a danger, and to account for it, whoever told of it.
    """
    if not dangerous:
        return None
    return ReportSaid(where=said.where, danger=said.danger, lot=said.lot)


class SheetInput(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet asks beside the report: how it came, whether it is recorded, who it is if they say so, where to be told."""

    channel: ReportChannel
    hears: HearsBy
    recording: CallRecording = CallRecording.NONE
    name: str = ""
    phone: str = ""
    when: str = ""
    mail: str = ""
    post: str = ""
    danger: tuple[DangerAnswer, ...] = ()
    lot: str = ""


class ComplaintNow(Protocol):
    """What of a complaint it rests on."""

    received_at: datetime
    danger_at: datetime | None
    danger_ended_at: datetime | None
    alarm_at: datetime | None
    looked_at: datetime | None
    heard_at: datetime | None
    state: str
    closed_at: datetime | None
    again_at: datetime | None
    again_done_at: datetime | None


def of_complaint(one: ComplaintNow, *, hidden: bool = False) -> Iterator[Stands]:
    """Yield what is asked for, and the clocks: hours for a danger, days to the decision, or that on another look.

    A danger rings until it has ended, and is quiet while its listing is provisionally `hidden`.  While a complaint waits for an
    answer, the clock of what was asked runs instead, and the days begin anew with the last answer; in danger they run on.
    """
    if one.closed_at is None:
        yield from _of_danger(one, hidden)
        if one.state != ComplaintState.ASKING:
            yield Asks("begin" if one.looked_at is None else "decide")
        if one.danger_at is not None:
            yield Runs(COMPLAINT_DECISION, since=one.received_at, again=True)
        elif one.state != ComplaintState.ASKING:
            yield Runs(COMPLAINT_DECISION, since=one.heard_at or one.received_at, again=True)
    elif is_asked_again(one):
        assert one.again_at is not None
        yield Asks("look-again")
        yield Runs(COMPLAINT_DECISION, since=one.again_at, key="again", again=True)


def _of_danger(one: ComplaintNow, hidden: bool) -> Iterator[Stands]:
    if in_danger(one):
        assert one.danger_at is not None
        if hidden:
            yield Runs(HIDDEN_CLOCK, since=one.danger_at, span=COMPLAINT_DANGER, again=True)
        else:
            yield Asks("danger")
            yield Runs(COMPLAINT_DANGER, since=one.danger_at, again=True)
    if one.alarm_at is not None:
        yield Asks("unread")
        if hidden or not in_danger(one):
            yield Runs(COMPLAINT_DANGER, since=one.alarm_at, key=UNREAD_KEY, again=True)


def in_danger(one: ComplaintNow) -> bool:
    """Say whether a danger stands: neither decided upon, nor ruled out by a lead."""
    return one.closed_at is None and one.danger_at is not None and one.danger_ended_at is None


def urgent_since(one: ComplaintNow, *, hidden: bool) -> datetime | None:
    """Return since when it goes before all others: a danger stands, or nobody has read what came of one."""
    if in_danger(one) and not hidden:
        return one.danger_at
    return one.alarm_at if one.closed_at is None else None


def is_asked_again(one: ComplaintNow) -> bool:
    """Say whether another look is asked for and not made."""
    return one.again_at is not None and one.again_done_at is None


class ReportPlaced(NamedTuple):
    """What places a report among the others of its matter: where it came from, and what of it is there to be read."""

    pk: int
    origin: bytes
    is_harmed: bool
    is_raised: bool
    is_wish: bool
    is_unread: bool


def in_order(reports: Iterable[ReportPlaced]) -> list[ReportPlaced]:
    """Put harms first, whoever told what of anything else; among equals one of each source, then what nobody has read.

    What came from one source again stands behind all others of its kind, so that nobody pushes anybody away by sending more.
    """

    def place(one: ReportPlaced) -> tuple[bool, bool, bool, bool, int]:
        return not one.is_harmed, not one.is_raised, not one.is_wish, not one.is_unread, one.pk

    seen: set[bytes] = set()
    placed = []
    for one in sorted(reports, key=place):
        placed.append((place(one)[:3], one.origin in seen, place(one)[3:], one))
        seen.add(one.origin)
    return [one for *_, one in sorted(placed, key=lambda each: each[:3])]


def references(where: str) -> tuple[str, ...]:
    """Return what in something typed may be a reference of the marketplace: all of it, or a part of an address."""
    parts = re.split(r"[\s/?&=#]+", where)
    found = dict.fromkeys(one for one in (where.strip(), *reversed(parts)) if 0 < len(one) <= 64)
    return tuple(found)[:MOST_TOKENS]


def is_named(what: ReportedWhat, where: str) -> bool:
    """Say whether the very same words name the same thing: of an advertisement its address alone does, of a message nothing."""
    match what:
        case ReportedWhat.LISTING | ReportedWhat.SHOP | ReportedWhat.REVIEW:
            return bool(references(where))
        case ReportedWhat.ADVERTISEMENT:
            return re.fullmatch(r"\S+\.\S+/\S+", where.strip()) is not None
    return False


def items_text(items: Iterable[DisplayItem]) -> Text:
    """Return items of a display in words, in their order."""
    chosen = set(items)
    return Text.listed([one.text for item, one in ITEMS.items() if item in chosen])


TOO_LATE = Text(
    "見直しを求められる期間を過ぎました。新しい手がかりがあるときは、新しくお知らせください。",
    "The time to ask for another look is over. Please make a new report where you know more.",
)


def cannot_ask_again(
    state: ComplaintState, again_at: datetime | None, until: datetime | None, at: datetime
) -> Text | None:
    """Say why another look cannot be asked for, or nothing where it can."""
    if until is None:
        return Text("まだ結論が出ていません。", "Nothing is decided yet.")
    if state not in ASKED_AGAIN:
        return Text("申し出は取り上げられました。", "What you reported is taken up.")
    if again_at is not None:
        return Text(
            "見直しは一度だけです。すでに求められています。新しい手がかりがあるときは、新しくお知らせください。",
            "There is one other look, and it was asked for already. Please make a new report where you know more.",
        )
    return TOO_LATE if at > until else None


def heard(state: ComplaintState, because: str) -> tuple[Text, ...]:
    """Return what who reported hears: the kind of outcome and the reason, and nothing about anybody."""
    if state in WAITING:
        return ()
    outcome = ComplaintOutcome(state.value)
    return outcome.text, BECAUSE.get(because, FOUND_SO)


WHERE_TO_TELL = {HearsBy.MAIL: "mail", HearsBy.CALL: "phone", HearsBy.POST: "post"}
"""Which answer of a sheet says where somebody is told."""


def lacks(sheet: SheetInput) -> str:
    """Return the answer without which nobody could be told as they wish, or nothing."""
    asked = WHERE_TO_TELL.get(sheet.hears, "")
    return asked if asked and not getattr(sheet, asked) else ""


def summary(told: ReportInput, sheet: SheetInput) -> tuple[Text, ...]:
    """Return what is read back before a report is taken, or compared with the paper: all that it will say."""
    lines = [
        Text("申し出の対象：{what} {where}", "What it is about: {what} {where}").fill(
            what=told.what.text, where=told.where
        ),
        Text("理由：{reason}", "Why: {reason}").fill(reason=told.reason.text),
        *_of_display(told.items),
        Text("「{words}」", "“{words}”").fill(words=told.words),
        *(one.text for one in sheet.danger),
    ]
    if sheet.lot:
        lines.append(Text("型番・ロット番号：{lot}", "Model or lot: {lot}").fill(lot=sheet.lot))
    return *lines, _told_by(sheet), _named(sheet)


def _of_display(items: tuple[DisplayItem, ...]) -> Iterator[Text]:
    if items:
        yield Text("ない、またはうその表示：{items}", "Missing or untrue: {items}").fill(
            items=items_text(items)
        )


def _told_by(sheet: SheetInput) -> Text:
    match sheet.hears:
        case HearsBy.MAIL:
            spelt = " ".join(sheet.mail)
            return Text("結果はメールで：{mail}", "You are told by mail: {mail}").fill(mail=spelt)
        case HearsBy.CALL:
            words = Text("結果はお電話で：{phone} {when}", "We call you: {phone} {when}")
            return words.fill(phone=sheet.phone, when=sheet.when)
        case HearsBy.POST:
            return Text("結果は手紙で：{post}", "You are told by letter: {post}").fill(post=sheet.post)
    return Text(
        "結果の連絡はしません。受付番号をお伝えいただければ、お電話でお答えします。",
        "You are not told by us. With the number of the report you can call and ask.",
    )


def _named(sheet: SheetInput) -> Text:
    if sheet.name:
        return Text("お名前：{name}", "Your name: {name}").fill(name=sheet.name)
    return Text("お名前は伺わずに受け付けます。", "It is taken without your name.")


class CallBackNow(Protocol):
    """What of a call back it rests on."""

    since: datetime
    closed_at: datetime | None


def of_call_back(one: CallBackNow) -> Iterator[Runs]:
    """Yield the clock of a call back: until somebody is reached, anew from each try."""
    if one.closed_at is None:
        yield Runs(COMPLAINT_CALL, since=one.since, again=True)


# Pure rules of consultations: what is asked, what lies sealed, which clocks run, and what a consent lets a counsellor see.


class CounsellorSaid(msgspec.Struct, frozen=True, kw_only=True):
    """Who a counsellor is; sealed with their own key."""

    name: str = ""
    centre: str = ""
    mail: str = ""


class ConsultationLine(msgspec.Struct, frozen=True, kw_only=True):
    """What one side wrote: `by` is who wrote it, "" the counsellor's."""

    at: datetime
    words: str
    by: str = ""


class ConsultationInput(msgspec.Struct, frozen=True, kw_only=True):
    """What a counsellor asks: for whom, about what, and what that person allows until when."""

    consumer: str
    order: str
    words: str
    consent: ConsentTo
    given: ConsentGiven
    lasts: ConsentLasts


class ConsultationSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed in a consultation: the consumer, the order as it was typed, and what was written on both sides."""

    consumer: str = ""
    order: str = ""
    lines: tuple[ConsultationLine, ...] = ()


class ConsultationNow(Protocol):
    """What of a consultation its clocks, and what may be shown, rest on."""

    lasts: str
    consent: str
    received_at: datetime
    waits_since: datetime
    until: datetime
    confirmed_at: datetime | None
    state: str
    closed_at: datetime | None


def consent_runs(lasts: ConsentLasts, since: datetime) -> Runs:
    """Return the clock of a consent."""
    return Runs(CONSENT_ENDS, since=since, span=LASTING[lasts])


def of_consultation(one: ConsultationNow) -> Iterator[Stands]:
    """Yield what stands while it is open: the clock until the consent ends, and that a counsellor is to be answered in time."""
    if one.closed_at is not None:
        return
    yield consent_runs(ConsentLasts(one.lasts), one.received_at)
    if one.state == ConsultationState.RECEIVED:
        yield Asks("answer")
        yield Runs(COUNSELLOR_ANSWER, since=one.waits_since, again=True)


def is_shown(one: ConsultationNow, what: ConsentTo, at: datetime) -> bool:
    """Say whether a counsellor may be shown this of the consumer now: they confirmed it, it holds, and nobody ended it."""
    holds = one.confirmed_at is not None and one.closed_at is None and at < one.until
    return holds and ConsentTo(one.consent).holds(what)
