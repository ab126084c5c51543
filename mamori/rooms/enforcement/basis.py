"""On what a measure rests: the clause that bound this seller on that day, or the law itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.measure import Concerns, Measure
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.law.clauses import CLAUSES
from mamori.law.grounds import EMERGENCY, MEASURE_GROUNDS


class NoClause(Refusal, code="no-clause", status=409):
    """Given when no version of the measure's clause binds the seller, and no law is named."""

    text = Text(
        "この出品者には、違反に気づいたときから今まで、条項「{clause}」のどの版も効力がないため、「{measure}」は行えません。"
        "規約の公表と同意の状況を、規約の画面で確かめてください。",
        "No version of the clause “{clause}” bound this seller from when the breach was noticed until now, so “{measure}” is "
        "not possible. Please look at the page on terms: what was published, and who accepted it.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A clause with its version, or a ground of the law; of a hold of money the clause, and the ground besides."""

    clause: str = ""
    version: int = 0
    ground: str = ""

    @property
    def clause_title(self) -> Text | None:
        """Return the clause's title in the operator's words of that version, None where the law is the basis."""
        published = terms.wording(self.clause, self.version) if self.clause else None
        return published.title if published else None

    @property
    def ground_title(self) -> Text | None:
        """Return the ground's title, None where a clause is the basis."""
        return next((one.title for one in (*MEASURE_GROUNDS, EMERGENCY) if one.code == self.ground), None)

    @property
    def title(self) -> Text:
        """Return all that it rests on."""
        clause, ground = self.clause_title, self.ground_title
        if clause and ground:
            return Text(f"{clause.ja}と{ground.ja}", f"{clause.en} and {ground.en}")
        return clause or ground or NONE


def basis(measure: Measure, *, seller_ref: str, ground: str, found_at: datetime, at: datetime) -> Basis:
    """Return what the measure rests on at a moment; money is never held without the clause that the seller accepted."""
    named = ground if any(one.code == ground for one in MEASURE_GROUNDS) else ""
    if named and measure.concerns is not Concerns.MONEY:
        return Basis(ground=named)
    binding = _bearing(seller_ref, (measure.clause,), found_at=found_at, at=at).get(measure.clause)
    if binding is None:
        raise NoClause(clause=_TITLES[measure.clause], measure=measure.title)
    return Basis(clause=measure.clause, version=binding.version, ground=named)


def bound(
    measures: Iterable[Measure], *, seller_ref: str, found_at: datetime, at: datetime
) -> frozenset[str]:
    """Return the codes of those measures whose clause bears them, all looked up at once."""
    known = list(measures)
    bearing = _bearing(seller_ref, {one.clause for one in known}, found_at=found_at, at=at)
    return frozenset(one.code for one in known if one.clause in bearing)


def _bearing(
    seller_ref: str, clauses: Iterable[str], *, found_at: datetime, at: datetime
) -> dict[str, terms.Binding]:
    """Return what binds the seller now of what some version of bound it, too, when the breach was noticed.

    Nobody is held to what came later.
    """
    found_at, now = min(found_at, at), terms.bindings(seller_ref, clauses, at)
    later = [code for code, one in now.items() if one.since > found_at]
    then = terms.bindings(seller_ref, later, found_at) if later else {}
    return {code: one for code, one in now.items() if code not in later or code in then}


NONE = Text("なし", "none")
_TITLES = {clause.code: clause.title for clause in CLAUSES}
