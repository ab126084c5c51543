"""The decision that an appeal is against, as its reviewers see it: what was decided, by whom, why, and by which row."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.said import yen
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts as people
from mamori.japan.spoken import spoken
from mamori.rooms.contact.facts import RecoveryFact
from mamori.rooms.enforcement import moneyback, policies, statements
from mamori.rooms.enforcement.basis import Basis
from mamori.rooms.enforcement.models import Appeal, Measure
from mamori.rooms.enforcement.queries.proposal import proposal_of
from mamori.rooms.enforcement.rules.statement import Statement
from mamori.rooms.enforcement.rules.table import cell_of, said_cell
from mamori.rooms.enforcement.rules.telling import called, said_answer

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
    return _of_measure(found.measure) if found.measure else _of_money(moneyback.deduction(found))


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
    asked, policy = policies.read_trace(measure.trace), called(measure.policy)
    assert asked is not None, "what a measure was decided by was recorded with it"
    case, answer = said_cell(cell_of(asked.situation)), said_answer(asked.answer)
    return Text(
        f"{policy.ja}・行{measure.row}：{case.ja} → {answer.ja}",
        f"{policy.en}, row {measure.row}: {case.en} → {answer.en}",
    )


def _of_money(taken: RecoveryFact) -> FirstDecision:
    clause = Basis(clause=taken.clause, version=taken.clause_version)
    rows = [
        (Text("差し引ける上限", "At most"), yen(taken.most)),
        (BASIS, clause.title),
    ]
    if taken.decided_at:
        by = BY.fill(who=people.named(taken.decided_by, people.names()), at=spoken(taken.decided_at))
        rows.append((DECIDED, by))
    name = f"contact.recovery:{taken.id}"
    acts = ledger.acts_about(name, kind="contact.claim_recovery")
    return FirstDecision(
        rows=tuple(rows), reason=str((acts[-1].content or {}).get("reason", "")) if acts else ""
    )
