"""What is read of measures: what was decided and why, what is not confirmed, how promptly, and the figures of a month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, Count, DurationField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce, Least, TruncMonth

from mamori.grammar.actor import Actor
from mamori.grammar.figures import Removals, Unit, span
from mamori.grammar.measure import Concerns, Severity
from mamori.grammar.outline import MonthCount
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared.counted import ExportedRow, Ranked, by_group, exported
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.web.pictures import SpanSeen
from mamori.japan.calendar import JAPAN, spoken
from mamori.law import promptness as law
from mamori.law.breaches import breach as breach_of
from mamori.law.clauses import called
from mamori.law.figures import MEDIAN, P95
from mamori.law.measures import PROVISIONAL_HIDING, measure as declared, measure as measure_of
from mamori.law.shown import BREACHES
from mamori.rooms.contact.facts import Month, Reading, month_of
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.lifecycle import FINDING, FindingState, MeasureState
from mamori.rooms.enforcement.measures import execution, statements
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.policy import records as policy
from mamori.rooms.enforcement.policy.records import decided_with
from mamori.rooms.enforcement.policy.rules.judging import said_pair, traced_pair
from mamori.rooms.enforcement.rules.bounds import ALL, UNHEARD_TEXTS, Source, Unheard, cap_text
from mamori.rooms.enforcement.rules.standing import BITES

# What a second person approves, and a reviewer looks at again: everything that was decided, and why; for staff alone.


NO_END = Text("終わりの定めなし", "no end")
HEARD = Text("意見を聴いた", "it was heard")
NOT_NEEDED = Text("聴かなくてよい措置", "this measure needs no hearing")
WITH_THE_OTHER = Text(
    "あわせて決めた措置に付く（この措置には付かない）", "with the measure beside which it comes"
)
AS_TABLE = Text("基準のとおり", "as the policy answers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What was proposed, row by row, and the reason of who proposed or decided it."""

    rows: tuple[tuple[Text, Text], ...]
    reason: str


def proposal_of(measure: Measure) -> Proposal:
    """Return what a measure would do that waits for a second person, or does, and on what it rests."""
    rows = [
        (Text("期間", "For"), _days(measure.days)),
        (Text("根拠", "Basis"), _basis(measure)),
        (Text("出品者の意見", "Hearing"), _hearing(measure)),
        (Text("措置の基準", "Policy"), _policy(measure)),
    ]
    if measure_of(measure.kind).concerns is Concerns.MONEY:
        rows.insert(1, (Text("保留する額", "Held"), cap_text(measure.amount) if measure.amount else ALL))
    rows.append((Text("点数", "Points"), _points(measure)))
    why = statements.why_of(measure)
    rows += [(title, why[name]) for name, title in WHY.items() if name in why]
    once = statements.once(measure)
    if once is not None:
        rows.append((Text("予告しないで始める事情", "Why it is not announced ahead"), once))
    return Proposal(rows=tuple(rows), reason=_reason(measure))


KINDS = ("enforcement.propose_measure", "enforcement.decide")
"""The acts that say why: a measure is proposed, or decided on by one person."""
WHY = {
    "other": Text("基準と別にする理由（出品者が読みます）", "Why it is other (the seller reads it)"),
    "amount": Text("この額を保留する理由（出品者が読みます）", "Why so much is held (the seller reads it)"),
}


def _points(measure: Measure) -> Text:
    together = decided_with(measure)
    if together and together[0].pk != measure.pk:
        return WITH_THE_OTHER
    taken = [one.kind for one in together] or [measure.kind]
    points = policy.points_of(measure.trace, measure.policy, *taken)
    return Text(f"{points}点", f"{points} points")


def _days(days: int) -> Text:
    return Text(f"{days}日", f"{days} days") if days else NO_END


def _basis(measure: Measure) -> Text:
    basis = statements.basis_of(measure)
    if basis.clause_title is None:
        return _of_law(basis.title, measure.document)
    title, number, ground = basis.clause_title, basis.version, basis.ground_title
    ja, en = (f"、および{ground.ja}", f", and {ground.en}") if ground else ("", "")
    said = Text(f"規約「{title.ja}」第{number}版{ja}", f"the clause “{title.en}”, version {number}{en}")
    return _of_law(said, measure.document)


def _of_law(ground: Text, document: str) -> Text:
    if not document:
        return ground
    return Text(f"{ground.ja}（文書：{document}）", f"{ground.en} (document: {document})")


def _hearing(measure: Measure) -> Text:
    finding = measure.finding
    if finding.because_unheard:
        why = UNHEARD_TEXTS[Unheard(finding.because_unheard)]
        if finding.heard_at:
            return Text(
                f"期限を待たない：{why.ja}。提案のあとに意見が届いた（{spoken(finding.heard_at).ja}）",
                f"not waited for: {why.en}. Its view came after the proposal ({spoken(finding.heard_at).en})",
            )
        return Text(f"先に聴かない：{why.ja}", f"not heard first: {why.en}")
    return HEARD if finding.heard_at else NOT_NEEDED


def _policy(measure: Measure) -> Text:
    trace = measure.trace
    if not statements.is_other(measure):
        return AS_TABLE
    said = said_pair(traced_pair(trace))
    return Text(f"基準とは別（基準の答え：{said.ja}）", f"other than the policy, which answers: {said.en}")


def _reason(measure: Measure) -> str:
    name = records.about(measure.finding)
    acts = [act for kind in KINDS for act in ledger.acts_about(name, kind=kind)]
    contents = [act.content or {} for act in acts]
    base = next((one.pk for one in decided_with(measure)), measure.pk)
    of = (one for one in contents if one.get("payload", {}).get("measure") == base)
    return next((str(one["reason"]) for one in of), "")


# Measures that the marketplace has not confirmed, and what is provisionally hidden, as lists of staff tell of them.


LOOKED = Text("確かめた：続ける", "looked at: stays")
TO_LOOK = Text("確認待ち", "waits for a look")
SINCE = Text("{days}日目", "day {days}")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnconfirmedRow:
    """A measure in the list: on whom and what, for how many days the marketplace has not answered, and its bounds."""

    number: str
    title: Text
    seller_ref: str
    target_ref: str
    days: Text
    ends_at: datetime | None
    review_at: datetime | None
    cap: Text | None
    clause: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRow:
    """A listing that is provisionally hidden: since when, whether a lead or counsel looked, and how the seller's view stands."""

    number: str
    title: Text
    seller_ref: str
    target_ref: str
    since: datetime
    looked: Text
    looked_at: datetime | None
    state: Text
    view_due_at: datetime | None


def hidden(actor: Actor) -> QuerySet[Measure]:
    """Return what is provisionally hidden and not decided upon."""
    rows = Measure.objects.filter(IS_OPEN, kind=PROVISIONAL_HIDING.code, state__in=BITES)
    return rows.filter(finding__closed_at__isnull=True)


def hidden_rows(rows: Sequence[Measure], actor: Actor) -> list[HiddenRow]:
    """Return what the list tells of these."""
    numbers = cases.numbers_of({f"enforcement.finding:{row.finding_id}" for row in rows})
    findings = Finding.objects.in_bulk([row.finding_id for row in rows])
    return [
        HiddenRow(
            number=numbers[f"enforcement.finding:{row.finding_id}"],
            title=breach_of(findings[row.finding_id].breach).title,
            seller_ref=row.seller_ref,
            target_ref=row.target_ref,
            since=row.decided_at,
            looked=_looked(row),
            looked_at=row.reviewed_at,
            state=FINDING.states[FindingState(findings[row.finding_id].state)],
            view_due_at=row.view_due_at,
        )
        for row in rows
    ]


def _looked(row: Measure) -> Text:
    """Say whether somebody looked; what the marketplace refused is hidden from nobody, and reads so."""
    if row.state == MeasureState.ORDERED and execution.was_refused(row):
        return execution.REFUSED[MeasureState.ORDERED]
    return LOOKED if row.reviewed_at else TO_LOOK


def unconfirmed(actor: Actor) -> QuerySet[Measure]:
    """Return them."""
    return Measure.objects.filter(
        IS_OPEN, state__in=(MeasureState.ORDERED, MeasureState.LIFTING, MeasureState.UNDOING)
    )


def unconfirmed_rows(rows: Sequence[Measure], actor: Actor) -> list[UnconfirmedRow]:
    """Return what the list tells of these."""
    numbers = cases.numbers_of({f"enforcement.finding:{row.finding_id}" for row in rows})
    return [
        UnconfirmedRow(
            number=numbers[f"enforcement.finding:{row.finding_id}"],
            title=declared(row.kind).title,
            seller_ref=row.seller_ref,
            target_ref=row.target_ref,
            days=SINCE.fill(days=(actor.at - (row.lift_asked_at or row.starts_at or row.decided_at)).days),
            ends_at=row.ends_at if row.days else None,
            review_at=row.review_at,
            cap=cap_text(row.amount) if row.amount else None,
            clause=called(row.clause, row.clause_version) if row.clause else None,
        )
        for row in rows
    ]


_HEARD = Least(Coalesce("heard_at", "decided_at"), Coalesce("decided_at", "heard_at"))
"""When a hearing was over: the seller had spoken, its time was over, or the decision did not wait."""


def promptness(month: Month) -> tuple[Reading, ...]:
    """Return the month's figures, in the order of their declaration."""
    rows = Finding.objects.filter(found_at__gte=month.since, found_at__lt=month.until)
    rows = rows.exclude(state=FindingState.DISMISSED)
    asked = rows.filter(asked_at__isnull=False)
    taken = by_group(rows, F("decided_at") - F("found_at"), (MEDIAN, P95), groups=("severity",))
    heard = by_group(asked, _HEARD - F("asked_at"), (MEDIAN,), groups=("severity",))
    none = Ranked(0, {})
    each = (_of(one, taken.get((one,), none), heard.get((one,), none)) for one in Severity)
    found = {reading.figure.code: reading for readings in each for reading in readings}
    return tuple(found[figure.code] for figure in law.PROMPTNESS)


def _of(severity: Severity, taken: Ranked, heard: Ranked) -> Iterator[Reading]:
    yield Reading(figure=law.FOUND[severity], value=Decimal(taken.of), of=taken.of)
    for figure, ranked, percent in (
        (law.MEDIANS[severity], taken, MEDIAN),
        (law.P95S[severity], taken, P95),
        (law.HEARING[severity], heard, MEDIAN),
    ):
        took = ranked.took.get(percent)
        yield Reading(figure=figure, value=None if took is None else span(took, figure.unit), of=ranked.of)


def promptness_of(months: Sequence[Month]) -> dict[Severity, tuple[SpanSeen, ...]]:
    """Return for each severity how many hours a measure took in each of these successive months, in one statement."""
    rows = Finding.objects.filter(found_at__gte=min(months).since, found_at__lt=max(months).until)
    rows = rows.exclude(state=FindingState.DISMISSED).annotate(month=TruncMonth("found_at", tzinfo=JAPAN))
    groups = by_group(rows, F("decided_at") - F("found_at"), (MEDIAN, P95), groups=("severity", "month"))
    found = {(severity, month_of(month)): ranked for (severity, month), ranked in groups.items()}
    return {one: tuple(_seen(month, found.get((one, month))) for month in months) for one in Severity}


def _seen(month: Month, ranked: Ranked | None) -> SpanSeen:
    if ranked is None:
        return SpanSeen(month=month, median=None, p95=None, of=0)
    median, p95 = (
        None if took is None else span(took, Unit.HOURS) for took in (ranked.took[MEDIAN], ranked.took[P95])
    )
    return SpanSeen(month=month, median=median, p95=p95, of=ranked.of)


def removals(since: datetime, until: datetime, *, kind: str, breach: str) -> Removals:
    """Count the measures of a kind for a breach that came into force from `since` to before `until`."""
    rows = Measure.objects.filter(
        kind=kind, finding__breach=breach, began_at__gte=since, began_at__lt=until
    ).order_by("pk")
    found = list(rows.values_list("ground", "finding__source", "target_ref", "state"))
    known = market.categories_of({target for *_, target, _ in found})
    by_source: dict[str, Counter[str]] = defaultdict(Counter)
    for ground, source, target, _ in found:
        by_source["" if ground else source][known.get(target, "")] += 1
    by_source.pop("", None)
    asked, reported = (by_source.pop(one.value, Counter()) for one in (Source.AUTHORITY, Source.REPORT))
    return Removals(
        on_ground=dict(Counter(ground for ground, *_ in found if ground)),
        asked=asked.total(),
        reported=dict(reported),
        own=dict(sum(by_source.values(), Counter[str]())),
        taken_back=sum(state == MeasureState.REVERSED for *_, state in found),
    )


def findings_of(month: Month, *, asof: datetime) -> QuerySet[Finding]:
    """Return the findings of a month, without those that had ended without a measure by `asof`."""
    dismissed = Q(state=FindingState.DISMISSED, closed_at__lte=asof)
    rows = Finding.objects.filter(found_at__gte=month.since, found_at__lt=month.until)
    return rows.exclude(dismissed)


def settled(month: Month, *, asof: datetime) -> tuple[MonthCount, ...]:
    """Return what is published of a month as it stood at `asof`."""
    rows = findings_of(month, asof=asof)
    by_severity = rows.values("severity").annotate(number=Count("pk")).order_by("severity")
    counts = dict(by_severity.values_list("severity", "number"))
    decided = Case(
        When(decided_at__lte=asof, then=F("decided_at") - F("found_at")), output_field=DurationField()
    )
    ranked = by_group(rows, decided, (MEDIAN, P95), groups=("severity",))
    return tuple(
        one
        for severity in Severity
        for one in _counts_of(severity, counts.get(severity, 0), ranked.get((severity,), Ranked(0, {})))
    )


def _counts_of(severity: Severity, count: int, ranked: Ranked) -> Iterator[MonthCount]:
    found, *ranks = BREACHES[severity]
    yield MonthCount(code=found.code, count=count)
    for figure in ranks:
        took = ranked.took.get(figure.percent)
        yield MonthCount(code=figure.code, took=None if took is None else span(took, figure.unit))


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each finding from `since` to before `until` what is counted of it; nothing names anybody."""
    rows = Finding.objects.filter(found_at__gte=since, found_at__lt=until)
    yield from exported("finding", rows, "severity", "found_at", "decided_at", "closed_at", "state")
