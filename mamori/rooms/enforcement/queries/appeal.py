"""An appeal as its seller and its reviewers see it: what it is against, what was said, what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.said import yen
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.people import facts as people
from mamori.law.measures import measure as measure_of
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import RecoveryFact
from mamori.rooms.enforcement import appeal_records, moneyback, records, reversal, sealed
from mamori.rooms.enforcement.access import NotThere, may_see
from mamori.rooms.enforcement.actions.appeals import must_be_open
from mamori.rooms.enforcement.lifecycle import APPEAL, STANDING, AppealState
from mamori.rooms.enforcement.models import Appeal, Measure
from mamori.rooms.enforcement.reviewers import is_reviewer_there, may_review
from mamori.rooms.enforcement.versions import version_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message, or one note; `words` is None once the seller's key is destroyed."""

    by_seller: bool
    at: datetime
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealShown:
    """Everything that the page of an appeal shows; `notes` and `to_invite` are the reviewers' alone."""

    id: int
    version: int
    number: str
    seller_ref: str
    state: AppealState
    state_text: Text
    against: Text
    matter_number: str
    deducted: int
    given_back: int
    received_at: datetime
    due: ClockFact | None
    reviewer: str
    reviewer_name: Text | None
    to_invite: Text | None
    messages: tuple[Said, ...]
    notes: tuple[Said, ...]
    outcome: str | None
    closed_at: datetime | None
    steps: frozenset[str]
    stands: bool
    has_points: bool

    @property
    def sums(self) -> tuple[Text, Text]:
        """Return the yen that were deducted and the yen that go back, as they are written."""
        return yen(self.deducted), yen(self.given_back)

    @property
    def is_of_money(self) -> bool:
        """Say whether it is against a deduction."""
        return self.deducted > 0


def appeal_of(hand: Hand, number: str) -> AppealShown:
    """Return the appeal behind a case number as this hand may know it."""
    found = appeal_behind(hand, number)
    state = AppealState(found.state)
    against = _against(found)
    running = clocks.open_clocks(appeal_records.about(found))
    return AppealShown(
        id=found.pk,
        version=version_of(appeal_records.about(found)),
        number=number,
        seller_ref=found.seller_ref,
        state=state,
        state_text=APPEAL.states[state],
        against=against.text,
        matter_number=against.number,
        deducted=against.deducted,
        given_back=found.given_back,
        received_at=found.received_at,
        due=running[0] if running else None,
        reviewer=found.reviewer,
        reviewer_name=people.named(found.reviewer, people.names()) if hand.is_staff else None,
        to_invite=_to_invite(hand, found),
        messages=tuple(
            Said(by_seller=row.by_seller, at=row.at, words=words)
            for row, words in appeal_records.messages(found)
        ),
        notes=tuple(
            Said(by_seller=False, at=row.at, words=words) for row, words in appeal_records.notes(found)
        )
        if hand.is_staff
        else (),
        outcome=sealed.read("enforcement_appeal", found.pk, "outcome", found.seller_ref, found.outcome),
        closed_at=found.closed_at,
        steps=_steps(hand, found, state),
        stands=found.measure is not None and found.measure.state in STANDING,
        has_points=found.measure is not None and reversal.has_points(found.measure, hand.at),
    )


def _steps(hand: Hand, found: Appeal, state: AppealState) -> frozenset[str]:
    """Return the steps that are there for this hand: of staff none where it took part, the reviewer's for the reviewer alone.

    Who reviews it has taken it, and is not asked to take it again.
    """
    steps = frozenset(step.name for step in APPEAL.allowed(state, hand.role))
    if not hand.is_staff or not steps:
        return steps
    if not may_review(hand, found):
        return frozenset()
    return steps - {"take"} if people.subject_of(hand) == found.reviewer else steps & {"take", "go_on"}


TO_INVITE = Text(
    "この件にかかわった人のほかに、見直せる責任者も法務担当もいません。社外の弁護士など信頼する人を、"
    "「担当者」の画面から法務担当として招いてください。見直しだけをお願いできます。",
    "There is no lead or counsel who took no part in this. Please invite somebody you trust from outside, such as your "
    "lawyer, as counsel under “People”. They need do nothing but the review.",
)


def _to_invite(hand: Hand, found: Appeal) -> Text | None:
    """Say to staff that somebody has to be invited, where nobody may take the review."""
    is_waiting = hand.is_staff and found.closed_at is None and not found.reviewer
    if not is_waiting or is_reviewer_there(found, hand.at):
        return None
    return TO_INVITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What an appeal is against: in words, its case, and the yen where it is a deduction."""

    text: Text
    number: str
    deducted: int = 0


DEDUCTION = Text("売上金からの差し引き（{amount}円）", "deduction of {amount} yen")


def _against(found: Appeal) -> Against:
    if found.measure is not None:
        title = measure_of(found.measure.kind).title
        return Against(text=title, number=records.number(found.measure.finding))
    taken = moneyback.deduction(found)
    text = DEDUCTION.fill(amount=f"{taken.amount:,}")
    return Against(text=text, number=taken.case, deducted=taken.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """An appeal in the list of staff."""

    number: str
    seller_ref: str
    against: Text
    state_text: Text
    reviewer_text: Text
    received_at: datetime
    due: ClockFact | None


NOBODY = Text("担当なし", "nobody yet")


def appeals_waiting(hand: Hand) -> QuerySet[Appeal]:
    """Return the open appeals."""
    return Appeal.objects.filter(IS_OPEN).select_related("measure")


def rows_due_first(rows: Sequence[Appeal], hand: Hand) -> list[AppealRow]:
    """Return what a list tells of these, due first."""

    def order(one: AppealRow) -> tuple[bool, datetime, datetime]:
        return one.due is None, one.due.due_at if one.due else one.received_at, one.received_at

    return sorted(_rows(rows), key=order)


def of_seller(seller_ref: str, limit: int = 50) -> list[AppealRow]:
    """Return a seller's appeals, the newest first."""
    return _rows(
        Appeal.objects.filter(seller_ref=seller_ref).select_related("measure").order_by("-id")[:limit]
    )


def _rows(rows: Iterable[Appeal]) -> list[AppealRow]:
    rows = list(rows)
    names = [appeal_records.about(row) for row in rows]
    numbers, due, called = cases.numbers_of(names), clocks.clocks_next(names), people.names()
    deducted = contact.deducted({row.recovery for row in rows if row.recovery is not None})
    return [
        AppealRow(
            number=numbers[name],
            seller_ref=row.seller_ref,
            against=measure_of(row.measure.kind).title
            if row.measure is not None
            else DEDUCTION.fill(amount=f"{deducted[row.recovery or 0]:,}"),
            state_text=APPEAL.states[AppealState(row.state)],
            reviewer_text=people.named(row.reviewer, called) if row.reviewer else NOBODY,
            received_at=row.received_at,
            due=due.get(name),
        )
        for row, name in zip(rows, names, strict=True)
    ]


def number_against_recovery(recovery: int) -> str:
    """Return the number of the newest appeal against a recovery that was not withdrawn, "" for none."""
    rows = Appeal.objects.filter(recovery=recovery).exclude(state=AppealState.WITHDRAWN)
    newest = rows.order_by("-id").first()
    return appeal_records.number(newest) if newest else ""


def numbers_against(measures: tuple[int, ...]) -> dict[int, str]:
    """Return the number of the newest appeal against each of these measures."""
    rows = list(Appeal.objects.filter(measure__in=measures).order_by("id"))
    numbers = cases.numbers_of([appeal_records.about(row) for row in rows])
    return {row.measure_id or 0: numbers[appeal_records.about(row)] for row in rows}


def may_appeal(measure: int, at: datetime) -> bool:
    """Say whether a seller can appeal against a measure just now."""
    try:
        must_be_open(Measure.objects.get(pk=measure), at)
    except Refusal:
        return False
    return True


def recovery_behind(number: str) -> RecoveryFact | None:
    """Return the recovery behind a case number, or nothing."""
    kind, row = cases.behind(number)
    return contact.recovery(row) if kind == "contact.recovery" else None


def appeal_behind(hand: Hand, number: str) -> Appeal:
    """Return the appeal behind a case number."""
    kind, row = cases.behind(number)
    rows = Appeal.objects.select_related("measure__finding")
    found = rows.filter(pk=row).first() if kind == "enforcement.appeal" else None
    if found is None or not may_see(hand, found.seller_ref):
        raise NotThere()
    return found
