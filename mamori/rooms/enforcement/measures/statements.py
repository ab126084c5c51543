"""The statement of reasons of one measure: made when it is decided, checked, sealed, and read as it was given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import convert

from mamori.grammar.businesstime import span_text
from mamori.grammar.measure import Concerns
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.law.breaches import breach as breach_of
from mamori.law.grounds import WITHOUT_WAITING
from mamori.law.measures import HIDING_LOOK, PROVISIONAL_HIDING, measure as declared
from mamori.rooms.enforcement.findings import matter as sealed
from mamori.rooms.enforcement.measures.refusals import Basis
from mamori.rooms.enforcement.measures.rules import (
    EuDecision,
    Given,
    Hidden,
    Paragraph,
    Statement,
    faults,
    hidden,
    statement,
)
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.policy.records import points_given
from mamori.rooms.enforcement.policy.rules.judging import traced_pair
from mamori.rooms.enforcement.policy.rules.table import Situation
from mamori.rooms.enforcement.rules.bounds import Source, Unheard
from mamori.rooms.enforcement.rules.standing import BITES

TABLE = "enforcement_measure"


def basis_of(measure: Measure) -> Basis:
    """Return what a measure rests on."""
    return Basis(clause=measure.clause, version=measure.clause_version, ground=measure.ground)


def facts_of(finding: Finding) -> tuple[Text, ...]:
    """Return what is alleged; nothing once the seller's key is destroyed."""
    return sealed.texts(
        sealed.read("enforcement_finding", finding.pk, "alleged", finding.seller_ref, finding.alleged)
    )


def state(measure: Measure) -> None:
    """Write the statement of a measure that is about to be carried out, and seal it.

    :raises RuntimeError: when the statement lacks something that it owes: a bug, and nothing is carried out.
    """
    given = given_of(measure)
    made = statement(given)
    if lacking := faults(given, made):
        raise RuntimeError(f"a statement of reasons lacks: {'; '.join(lacking)}")
    _seal(measure, made)


def state_hidden(hiding: Measure) -> None:
    """Write the reasons of a provisional hiding that was ordered just now, and seal them."""
    finding, basis = hiding.finding, basis_of(hiding)
    assert hiding.starts_at is not None
    assert hiding.view_due_at is not None
    facts = facts_of(finding)
    eu = EuDecision(
        number=hiding.pk,
        measure=declared(hiding.kind),
        breach=breach_of(finding.breach),
        by_law=bool(hiding.ground),
        basis=basis.title.en,
        facts=" ".join(fact.en for fact in facts),
        source=Source(finding.source),
        automated=finding.automated,
        since=since(hiding),
        starts_at=hiding.starts_at,
        ends_at=None,
    )
    made = hidden(
        Hidden(
            facts=facts,
            because=why_of(hiding)["hidden"],
            target=hiding.target_ref,
            basis=basis.title,
            clause_version=hiding.clause_version,
            view_due_at=hiding.view_due_at,
            look_within=span_text(terms.duration(HIDING_LOOK, at=hiding.decided_at)),
            eu=eu,
        )
    )
    _seal(hiding, made)


def _seal(measure: Measure, made: Statement) -> None:
    plain = {"parts": [[part.about, part.text.ja, part.text.en] for part in made.parts], "dsa": made.dsa}
    measure.statement = sealed.seal(TABLE, measure.pk, "statement", measure.seller_ref, plain)


def read(measure: Measure) -> Statement | None:
    """Return the statement exactly as it was given; None before, and once the seller's key is destroyed."""
    plain: Any = sealed.read(TABLE, measure.pk, "statement", measure.seller_ref, measure.statement)
    if plain is None:
        return None
    parts = tuple(Paragraph(about=about, text=Text(ja, en)) for about, ja, en in plain["parts"])
    return Statement(parts=parts, dsa=plain["dsa"])


def why_of(measure: Measure) -> dict[str, Text]:
    """Return what the decider tells the seller: why it is `other` than the policy answers, why that `amount` is held, what a
    repeated breach `hinders`."""
    plain: Any = sealed.read(TABLE, measure.pk, "why", measure.seller_ref, measure.why)
    return {name: Text(ja, en) for name, (ja, en) in (plain or {}).items()}


def keep_why(measure: Measure, why: dict[str, Text]) -> None:
    """Seal what the decider tells the seller, for the statement to be written of."""
    plain = {name: [text.ja, text.en] for name, text in why.items()}
    measure.why = sealed.seal(TABLE, measure.pk, "why", measure.seller_ref, plain) if plain else None


def given_of(measure: Measure) -> Given:
    """Return what the statement is made of: the trace of the table, the facts, the basis, the times."""
    finding, trace = measure.finding, measure.trace
    basis, why = basis_of(measure), why_of(measure)
    assert measure.starts_at is not None
    assert measure.appeal_until is not None
    return Given(
        number=measure.pk,
        situation=convert(trace, Situation),
        points_before=trace["before"],
        points=points_given(measure, finding.decided_at or measure.decided_at),
        facts=facts_of(finding),
        source=Source(finding.source),
        automated=finding.automated,
        measure=measure.kind,
        seller=measure.seller_ref,
        target=measure.target_ref,
        row=measure.row,
        policy=measure.policy,
        clause=basis.clause_title,
        clause_version=measure.clause_version,
        ground=basis.ground_title,
        document=measure.document,
        starts_at=measure.starts_at,
        ends_at=measure.ends_at,
        review_at=measure.review_at,
        heard=finding.heard_at is not None,
        unheard=Unheard(finding.because_unheard) if finding.because_unheard else None,
        deviation=is_other(measure),
        answered=traced_pair(trace),
        why_other=why.get("other"),
        why_amount=why.get("amount"),
        appeal_until=measure.appeal_until,
        since=since(measure),
        amount=measure.amount,
        of_breach=bool(trace.get("of_breach")),
        at_once=once(measure),
        hinders=why.get("hinders"),
        is_hidden=finding.measures.filter(kind=PROVISIONAL_HIDING.code, state__in=BITES).exists(),
    )


def is_other(measure: Measure) -> bool:
    """Say whether what was decided is other than the policy answered, alone or with what came beside it."""
    return (measure.kind, measure.days) not in traced_pair(measure.trace) or "other" in why_of(measure)


def once(measure: Measure) -> Text | None:
    """Return the listed ground on which a measure was not announced days ahead; None where it was."""
    return next((one.title for one in WITHOUT_WAITING if one.code == measure.at_once), None)


def since(measure: Measure) -> datetime:
    """Return when the review that a measure touches was posted; else the earliest moment at which its matter is known.

    That is when it was found, or the order made that it concerns: the marketplace does not tell when a listing or an
    account was opened.
    """
    finding = measure.finding
    review = market.review(finding.review_ref) if finding.review_ref else None
    if review is not None and declared(measure.kind).concerns is Concerns.REVIEW:
        return review.posted_at
    order = market.order(finding.order_ref) if finding.order_ref else None
    return min(finding.found_at, order.ordered_at) if order else finding.found_at
