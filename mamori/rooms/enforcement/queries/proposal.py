"""What a second person approves, and a reviewer looks at again: everything that was decided, and why; for staff alone."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.measure import Concerns
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.japan.spoken import spoken
from mamori.law.measures import measure as measure_of
from mamori.rooms.enforcement import policies, records, statements
from mamori.rooms.enforcement.basis import Basis
from mamori.rooms.enforcement.judgement import decided_with
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.bounds import ALL, cap_text
from mamori.rooms.enforcement.rules.changed import traced_pair
from mamori.rooms.enforcement.rules.reasons import UNHEARD_TEXTS, Unheard
from mamori.rooms.enforcement.rules.telling import said_pair

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
    points = policies.points_of(measure.trace, measure.policy, *taken)
    return Text(f"{points}点", f"{points} points")


def _days(days: int) -> Text:
    return Text(f"{days}日", f"{days} days") if days else NO_END


def _basis(measure: Measure) -> Text:
    basis = Basis(clause=measure.clause, version=measure.clause_version, ground=measure.ground)
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
