"""An appeal as its seller and its reviewers see it: what it is against, what was said, what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text, yen
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.fields import IS_OPEN, alike
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.objections import Objectable
from mamori.ground.people import facts as people
from mamori.japan.calendar import spoken
from mamori.law.measures import PAYOUT_HELD, PROVISIONAL_HIDING, measure as measure_of
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import RecoveryFact
from mamori.rooms.enforcement.acts import version_of
from mamori.rooms.enforcement.appeals import matter as appeal_records
from mamori.rooms.enforcement.appeals.actions import is_reviewer_there, may_review, must_be_open
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.matter import NotThere, may_see
from mamori.rooms.enforcement.lifecycle import APPEAL, STANDING, AppealState
from mamori.rooms.enforcement.measures import execution, statements
from mamori.rooms.enforcement.measures.queries import proposal_of
from mamori.rooms.enforcement.measures.refusals import Basis
from mamori.rooms.enforcement.measures.rules import Statement
from mamori.rooms.enforcement.models import Appeal, Measure
from mamori.rooms.enforcement.policy.rules.judging import called, read_trace, said_answer
from mamori.rooms.enforcement.policy.rules.table import cell_of, said_cell
from mamori.rooms.enforcement.rules.standing import BITES


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealWords:
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
    messages: tuple[AppealWords, ...]
    notes: tuple[AppealWords, ...]
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


def appeal_of(actor: Actor, number: str) -> AppealShown:
    """Return the appeal behind a case number as this actor may know it."""
    found = appeal_behind(actor, number)
    state = AppealState(found.state)
    against = _against(found)
    running = clocks.open_clocks(appeal_records.about(found))
    return alike(
        AppealShown,
        found,
        version=version_of(appeal_records.about(found)),
        number=number,
        state=state,
        state_text=APPEAL.states[state],
        against=against.text,
        matter_number=against.number,
        deducted=against.deducted,
        due=running[0] if running else None,
        reviewer_name=people.named(found.reviewer, people.names()) if actor.is_staff else None,
        to_invite=_to_invite(actor, found),
        messages=tuple(
            AppealWords(by_seller=row.by_seller, at=row.at, words=words)
            for row, words in appeal_records.messages(found)
        ),
        notes=tuple(
            AppealWords(by_seller=False, at=row.at, words=words) for row, words in appeal_records.notes(found)
        )
        if actor.is_staff
        else (),
        outcome=records.read("enforcement_appeal", found.pk, "outcome", found.seller_ref, found.outcome),
        steps=_steps(actor, found, state),
        stands=found.measure is not None and found.measure.state in STANDING,
        has_points=found.measure is not None and execution.has_points(found.measure, actor.at),
    )


def _steps(actor: Actor, found: Appeal, state: AppealState) -> frozenset[str]:
    """Return the steps that are there for this actor: of staff none where it took part, the reviewer's for the reviewer alone.

    Who reviews it has taken it, and is not asked to take it again.
    """
    steps = frozenset(step.name for step in APPEAL.allowed(state, actor.role))
    if not actor.is_staff or not steps:
        return steps
    if not may_review(actor, found):
        return frozenset()
    return steps - {"take"} if people.subject_of(actor) == found.reviewer else steps & {"take", "go_on"}


TO_INVITE = Text(
    "この件にかかわった人のほかに、見直せる責任者も法務担当もいません。社外の弁護士など信頼する人を、"
    "「担当者」の画面から法務担当として招いてください。見直しだけをお願いできます。",
    "There is no lead or counsel who took no part in this. Please invite somebody you trust from outside, such as your "
    "lawyer, as counsel under “People”. They need do nothing but the review.",
)


def _to_invite(actor: Actor, found: Appeal) -> Text | None:
    """Say to staff that somebody has to be invited, where nobody may take the review."""
    is_waiting = actor.is_staff and found.closed_at is None and not found.reviewer
    if not is_waiting or is_reviewer_there(found, actor.at):
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
    taken = appeal_records.deduction(found)
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


def appeals_waiting(actor: Actor) -> QuerySet[Appeal]:
    """Return the open appeals."""
    return Appeal.objects.filter(IS_OPEN).select_related("measure")


def rows_due_first(rows: Sequence[Appeal], actor: Actor) -> list[AppealRow]:
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
            received_at=row.received_at,
            against=measure_of(row.measure.kind).title
            if row.measure is not None
            else DEDUCTION.fill(amount=f"{deducted[row.recovery or 0]:,}"),
            state_text=APPEAL.states[AppealState(row.state)],
            reviewer_text=people.named(row.reviewer, called) if row.reviewer else NOBODY,
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


def appeal_behind(actor: Actor, number: str) -> Appeal:
    """Return the appeal behind a case number."""
    kind, row = cases.behind(number)
    rows = Appeal.objects.select_related("measure__finding")
    found = rows.filter(pk=row).first() if kind == "enforcement.appeal" else None
    if found is None or not may_see(actor, found.seller_ref):
        raise NotThere()
    return found


DECIDED = Text("決めた人", "Decided by")
BASIS = Text("根拠", "Basis")
BY = Text("{who}・{at}", "{who}, {at}")
ROW = Text("適用した基準", "Row that fired")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDecision:
    """What was decided first, row by row, why in the words of who decided, and the statement of reasons as it was given."""

    rows: tuple[tuple[Text, Text], ...]
    reason: str
    statement: Statement | None = None


def first_decision(appeal: int) -> FirstDecision:
    """Return the decision that an appeal is against; of a person whose key is destroyed without its words."""
    found = Appeal.objects.select_related("measure__finding").get(pk=appeal)
    return _of_measure(found.measure) if found.measure else _of_money(appeal_records.deduction(found))


def _of_measure(measure: Measure) -> FirstDecision:
    proposal, called_by = proposal_of(measure), people.names()
    rows = [(ROW, _row(measure)), *proposal.rows]
    by = BY.fill(who=people.named(measure.decided_by, called_by), at=spoken(measure.decided_at))
    rows.append((DECIDED, by))
    if measure.approved_by:
        rows.append((Text("承認した人", "Approved by"), people.named(measure.approved_by, called_by)))
    return FirstDecision(rows=tuple(rows), reason=proposal.reason, statement=statements.read(measure))


def _row(measure: Measure) -> Text:
    """Say the version and the row of the policy, the case for which it fired, and what it answered, as was recorded then."""
    asked, policy = read_trace(measure.trace), called(measure.policy)
    assert asked is not None, "what a measure was decided by was recorded with it"
    case, answer = said_cell(cell_of(asked.situation)), said_answer(asked.answer)
    return Text(
        f"{policy.ja}・行{measure.row}：{case.ja} → {answer.ja}",
        f"{policy.en}, row {measure.row}: {case.en} → {answer.en}",
    )


def _of_money(taken: RecoveryFact) -> FirstDecision:
    clause = Basis(clause=taken.clause, version=taken.clause_version)
    rows = [(Text("差し引ける上限", "At most"), yen(taken.most)), (BASIS, clause.title)]
    if taken.decided_at:
        by = BY.fill(who=people.named(taken.decided_by, people.names()), at=spoken(taken.decided_at))
        rows.append((DECIDED, by))
    name = f"contact.recovery:{taken.id}"
    acts = ledger.acts_about(name, kind="contact.claim_recovery")
    return FirstDecision(
        rows=tuple(rows), reason=str((acts[-1].content or {}).get("reason", "")) if acts else ""
    )


# What a seller can appeal against just now, measures and deductions alike, and how its appeals stand.


MOST = 50


def objections(seller_ref: str, *, at: datetime) -> tuple[Objectable, ...]:
    """Return what this seller can appeal against, then what it has appealed against, the newest first."""
    return (
        *_hidden(seller_ref),
        *_measures(seller_ref, at),
        *_deductions(seller_ref, at),
        *_made(seller_ref),
    )


def _hidden(seller_ref: str) -> Iterator[Objectable]:
    """Yield what is provisionally hidden: it is objected to on the finding's page, where the seller gives its view."""
    rows = Measure.objects.filter(kind=PROVISIONAL_HIDING.code, seller_ref=seller_ref, state__in=BITES)
    found = list(
        rows.filter(finding__closed_at__isnull=True).select_related("finding").order_by("-id")[:MOST]
    )
    numbers = cases.numbers_of([records.about(row.finding) for row in found])
    for row in found:
        number = numbers[records.about(row.finding)]
        path = reverse("enforcement_seller:matter", args=(number,))
        yield Objectable(title=PROVISIONAL_HIDING.title, number=number, path=f"{path}#view", until=None)


def _measures(seller_ref: str, at: datetime) -> Iterator[Objectable]:
    rows = Measure.objects.filter(seller_ref=seller_ref).select_related("finding")
    in_time = rows.filter(Q(appeal_until__gte=at) | Q(kind=PAYOUT_HELD.code, closed_at__isnull=True))
    found = [row for row in in_time.order_by("-id")[:MOST] if may_appeal(row.pk, at)]
    numbers = cases.numbers_of([records.about(row.finding) for row in found])
    for row in found:
        number = numbers[records.about(row.finding)]
        yield Objectable(
            title=measure_of(row.kind).title,
            number=number,
            path=reverse("enforcement_seller:appealing", args=(number, row.pk)),
            until=None if row.appeal_until is None or row.appeal_until < at else row.appeal_until,
        )


def _deductions(seller_ref: str, at: datetime) -> Iterator[Objectable]:
    made = Appeal.objects.filter(seller_ref=seller_ref, recovery__isnull=False)
    standing = set(made.exclude(state=AppealState.WITHDRAWN).values_list("recovery", flat=True))
    for one in contact.deductions(seller_ref, at=at):
        if one.id not in standing:
            yield Objectable(
                title=DEDUCTION.fill(amount=f"{one.amount:,}"),
                number=one.case,
                path=reverse("enforcement_seller:appealing-money", args=(one.case,)),
                until=one.appeal_until,
            )


def _made(seller_ref: str) -> Iterator[Objectable]:
    for row in of_seller(seller_ref, MOST):
        yield Objectable(
            title=row.against,
            number=row.number,
            path=reverse("enforcement_seller:appeal", args=(row.number,)),
            until=row.due.due_at if row.due else None,
            stands=row.state_text,
        )
