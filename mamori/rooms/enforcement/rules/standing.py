"""What should stand about findings, measures, appeals and versions of the policy: clocks, what is asked for, what hinders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from mamori.grammar.businesstime import CalendarDays, EveryHours, parse
from mamori.grammar.clearance import Doing, Hinders
from mamori.grammar.measure import Severity
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.deadlines import (
    APPEAL_ANSWER,
    APPEAL_DECISION,
    APPEAL_WINDOW,
    APPROVAL,
    BREACH_HEARING,
    CURE_LOOK,
    FINDING_GRAVE,
    FINDING_MINOR,
    FINDING_SERIOUS,
    MEASURE_CONFIRMATION,
    MEASURE_REVIEW,
    PHOTO_LOOK,
    POLICY_APPROVAL,
    POLICY_NOTICE,
    VIEW_LOOK,
)
from mamori.law.measures import (
    CATEGORY_CLOSED,
    CLOSED,
    HIDING_DECISION,
    HIDING_LOOK,
    LISTING_HIDDEN,
    LISTING_REMOVED,
    NEW_LISTINGS_STOPPED,
    NOTICE,
    PAYOUT_HELD,
    PROVISIONAL_HIDING,
    SUSPENDED,
    measure as declared,
)
from mamori.rooms.enforcement.lifecycle import AppealState, FindingState, MeasureState, PolicyState
from mamori.rooms.enforcement.rules.bounds import AGAIN_DAYS

# What a measure keeps a seller from while it bites, why, and what the seller can do about it.


KEEPS_FROM = {
    PROVISIONAL_HIDING.code: Doing.OFFER,
    LISTING_HIDDEN.code: Doing.OFFER,
    LISTING_REMOVED.code: Doing.OFFER,
    CATEGORY_CLOSED.code: Doing.CATEGORY,
    NEW_LISTINGS_STOPPED.code: Doing.LISTING,
    PAYOUT_HELD.code: Doing.PAYOUT,
    SUSPENDED.code: Doing.SELLING,
    CLOSED.code: Doing.SELLING,
}
"""What each measure keeps a seller from; the others keep it from nothing."""
WHY = {
    Doing.SELLING: Text(
        "「{measure}」の措置により、出品も販売もできません。",
        "A measure is in force (“{measure}”): nothing may be listed or sold.",
    ),
    Doing.LISTING: Text(
        "「{measure}」の措置により、新しい商品を出品できません。",
        "A measure is in force (“{measure}”): nothing new may be listed.",
    ),
    Doing.CATEGORY: Text(
        "「{measure}」の措置により、この分野の商品を出品できません。",
        "A measure is in force (“{measure}”): nothing may be listed in this category.",
    ),
    Doing.OFFER: Text(
        "「{measure}」の措置により、この商品を掲載できません。",
        "A measure is in force (“{measure}”): this listing may not be on offer.",
    ),
    Doing.PAYOUT: Text(
        "「{measure}」の措置により、売上金の支払いが止まっています。",
        "A measure is in force (“{measure}”): proceeds are not paid out.",
    ),
}
IN_PART = Text(
    "「{measure}」の措置により、売上金の一部の支払いが止まっています。",
    "A measure is in force (“{measure}”): a part of the proceeds is not paid out.",
)
APPEAL = Text(
    "理由と異議の申出については、「措置」のページをご覧ください。",
    "Please see the page “Measures” for why, and for how to appeal.",
)
OBJECTION = Text(
    "まだ何も決まっていません。「措置」のページで理由をご覧になり、ご意見や異議をそこからお寄せください。",
    "Nothing has been decided. Please see the page “Measures” for why, and give your view or object there.",
)
CURE = Text(
    "「措置」のページで理由をご覧になり、直したら、そこで知らせてください。異議もそこから申し出られます。",
    "Please see the page “Measures” for why, and say there once it is put right. You can appeal there, too.",
)


class Biting(Protocol):
    """What of a measure that bites it rests on."""

    kind: str
    seller_ref: str
    target_ref: str
    amount: int
    days: int
    starts_at: datetime | None
    ends_at: datetime | None


def of_biting(one: Biting) -> Iterator[Hinders]:
    """Yield what a measure that took effect keeps its seller from; until it ends, where it was given days."""
    what, kind = KEEPS_FROM.get(one.kind), declared(one.kind)
    if what is None:
        return
    in_part = what is Doing.PAYOUT and one.amount > 0
    yield Hinders(
        what,
        one.kind,
        (IN_PART if in_part else WHY[what]).fill(measure=kind.title),
        seller=one.seller_ref,
        todo=OBJECTION if kind is PROVISIONAL_HIDING else CURE if kind.ends_by_cure else APPEAL,
        category=one.target_ref if what is Doing.CATEGORY else "",
        listing=one.target_ref if what is Doing.OFFER else "",
        since=one.starts_at,
        until=one.ends_at if one.days else None,
        in_part=in_part,
    )


def may_be_cured(state: FindingState, *, stands: bool) -> bool:
    """Say whether it still matters that something was put right: until the decision, and while a measure `stands` after it."""
    return stands if state is FindingState.DECIDED else state is not FindingState.DISMISSED


def awaits_look(said_at: datetime | None, cured_at: datetime | None) -> bool:
    """Say whether the seller said that it put it right, and nobody has looked yet."""
    return said_at is not None and cured_at is None


END_CLOCK = "enforcement.end"
"""The clock by which a timed measure lifts by itself, or a correction is due."""
START_CLOCK = "enforcement.start"
"""The clock by which an announced measure takes effect."""
DECISIONS = {Severity.MINOR: FINDING_MINOR, Severity.SERIOUS: FINDING_SERIOUS, Severity.GRAVE: FINDING_GRAVE}
"""By when a finding is to be decided upon, by its severity."""
ASKED = ("hiding", "undecided", "view", "photo", "cure", "review")
"""What a finding asks for until it was dealt with, whatever else is done meanwhile."""
HEARD_FIRST = Text(
    "出品者の意見を待っている間は、判断の期限は進みません。",
    "While the seller is asked for its view, the time to decide does not run.",
)
UNDER_REVIEW = Text("異議の見直し中", "an appeal is under review")
ON_ITS_WAY = (MeasureState.LIFTING, MeasureState.UNDOING)
"""The states of a measure that is being taken back."""
BITES = (MeasureState.ORDERED, MeasureState.IN_FORCE)
"""The states of a measure that took effect: its end, or its review, is a clock, whatever the marketplace has answered."""


class FindingNow(Protocol):
    """What of a finding its clocks rest on."""

    severity: str
    state: str
    opened_at: datetime
    asked_at: datetime | None
    view_unread_since: datetime | None
    cure_said_at: datetime | None
    asked_photo_at: datetime | None
    cured_at: datetime | None
    closed_at: datetime | None


class MeasureNow(Biting, Protocol):
    """What of a measure its clocks rest on."""

    state: str
    decided_at: datetime
    announced_again_at: datetime | None
    market_asked_at: datetime | None
    market_asked_times: int
    review_at: datetime | None
    review_span: str
    reviewed_at: datetime | None
    review_due_since: datetime | None
    lift_asked_at: datetime | None
    view_due_at: datetime | None
    undecided_since: datetime | None


class AppealNow(Protocol):
    """What of an appeal its clocks rest on."""

    state: str
    received_at: datetime
    asked_at: datetime | None
    closed_at: datetime | None


class PolicyNow(Protocol):
    """What of a version of the policy its clocks rest on."""

    state: str
    proposed_at: datetime | None
    published_at: datetime | None
    notice: str


def of_finding(
    one: FindingNow, *, stands: bool, to_review: bool, hidings: Sequence[MeasureNow] = ()
) -> Iterator[Stands]:
    """Yield what should stand about a finding, the most urgent task first.

    `stands` = a measure stands or waits and is not being taken back; `to_review` = somebody has to look whether one still has to;
    `hidings` = what hides its listing provisionally.
    """
    if one.closed_at is None:
        if any(hiding.reviewed_at is None for hiding in hidings):
            yield Asks("hiding")
        if any(hiding.undecided_since is not None for hiding in hidings):
            yield Asks("undecided")
    is_hearing = one.state == FindingState.HEARING
    if one.closed_at is None:
        decision, still = DECISIONS[Severity(one.severity)], HEARD_FIRST if is_hearing else None
        yield Runs(decision, since=one.opened_at, again=True, still=still)
    if is_hearing and one.asked_at is not None:
        yield Runs(BREACH_HEARING, since=one.asked_at)
    if one.view_unread_since is not None:
        yield Asks("view")
        yield Runs(VIEW_LOOK, since=one.view_unread_since, again=True)
    matters = stands or one.closed_at is None
    if matters and one.cure_said_at is not None and awaits_look(one.cure_said_at, one.cured_at):
        if one.asked_photo_at is not None:
            yield Asks("photo")
            yield Runs(PHOTO_LOOK, since=one.asked_photo_at, again=True)
        yield Asks("cure")
        yield Runs(CURE_LOOK, since=one.cure_said_at, again=True)
    if to_review:
        yield Asks("review")


def of_measure(
    one: MeasureNow, *, told_at: datetime | None, is_under_appeal: bool = False
) -> Iterator[Stands]:
    """Yield what should stand about a measure; `told_at` is when it was decided upon and told, None while it is proposed.

    `is_under_appeal` = its effect waits for the outcome of an appeal.
    """
    if one.state == MeasureState.PROPOSED:
        yield Runs(APPROVAL, since=one.decided_at, again=True)
    if one.state == MeasureState.ANNOUNCED and told_at is not None:
        yield start_of(one, told_at, is_under_appeal=is_under_appeal)
    if one.state in BITES and one.starts_at is not None:
        if one.days:
            yield Runs(END_CLOCK, since=one.starts_at, span=CalendarDays(one.days))
        elif one.kind == NOTICE.code:
            yield Runs(APPEAL_WINDOW, since=one.starts_at)
        if one.kind != PROVISIONAL_HIDING.code:
            yield from _review(one, one.starts_at)
        elif told_at is None:
            yield from _hiding(one, one.starts_at)
        yield from of_biting(one)
    if one.state in (MeasureState.ORDERED, *ON_ITS_WAY):
        asked = one.market_asked_at or one.lift_asked_at or one.starts_at
        if asked is not None:
            span = HIDING_LOOK if one.kind == PROVISIONAL_HIDING.code else None
            yield Runs(MEASURE_CONFIRMATION, since=asked, span=span, key=str(one.market_asked_times))


def start_of(one: MeasureNow, told_at: datetime, *, is_under_appeal: bool = False) -> Runs:
    """Return the clock by which an announced measure takes effect: from when it was told, or announced anew."""
    days = AGAIN_DAYS if one.announced_again_at else declared(one.kind).announced_days
    return Runs(
        START_CLOCK,
        since=one.announced_again_at or told_at,
        span=CalendarDays(days),
        still=UNDER_REVIEW if is_under_appeal else None,
    )


def _review(one: MeasureNow, starts_at: datetime) -> Iterator[Stands]:
    """Yield the clock of the next look whether a measure has to stand, or once that is due of the next reminder."""
    if one.review_due_since is not None:
        yield Runs(MEASURE_REVIEW, since=one.review_due_since, span=VIEW_LOOK, key="due", again=True)
    elif one.review_at is not None:
        span = parse(one.review_span) if one.review_span else None
        yield Runs(MEASURE_REVIEW, since=one.reviewed_at or starts_at, span=span)


def _hiding(one: MeasureNow, starts_at: datetime) -> Iterator[Stands]:
    """Yield what reminds of a provisional hiding until its finding is decided; nothing of it ends by time."""
    if one.reviewed_at is None:
        yield Runs(HIDING_LOOK, since=starts_at, again=True)
    if one.undecided_since is not None:
        yield Runs(HIDING_DECISION, since=one.undecided_since, span=EveryHours(24), key="due", again=True)
    else:  # a day that ends at midnight is counted from, not the next
        yield Runs(HIDING_DECISION, since=(one.view_due_at or starts_at) - timedelta.resolution)


def of_appeal(one: AppealNow) -> Iterator[Stands]:
    """Yield what should stand about an appeal."""
    if one.closed_at is None:
        yield Runs(APPEAL_DECISION, since=one.received_at, again=True)
    if one.state == AppealState.ASKED and one.asked_at is not None:
        yield Runs(APPEAL_ANSWER, since=one.asked_at)


def of_policy(one: PolicyNow) -> Iterator[Stands]:
    """Yield what should stand about a version of the policy."""
    if one.state == PolicyState.PROPOSED and one.proposed_at is not None:
        yield Runs(POLICY_APPROVAL, since=one.proposed_at)
    if one.state == PolicyState.ANNOUNCED and one.published_at is not None:
        yield Runs(POLICY_NOTICE, since=one.published_at, span=parse(one.notice) if one.notice else None)
