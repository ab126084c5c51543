"""Who may review an appeal: nobody who took part in what it is against, by the rows and by the record."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import STAFF, Hand, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.people import facts as people
from mamori.rooms.enforcement import moneyback
from mamori.rooms.enforcement.access import somebody_else
from mamori.rooms.enforcement.kinds import ACTS
from mamori.rooms.enforcement.models import Appeal, Measure

PARTS = frozenset(code for code, words in ACTS.items() if words.takes_part) | frozenset(
    f"contact.{verb}"
    for verb in (
        *("take_mediation", "propose", "grant_remedy", "refuse_remedy", "arrange_return", "inspect_return"),
        *("claim_recovery", "waive_recovery"),
    )
)
"""The acts by which staff take part in a matter; who only reads it, is given the case or keeps a note takes none."""


def took_part(appeal: Appeal) -> frozenset[str]:
    """Return who took part in what the appeal is against ("staff:7"): who made the decision, and whoever acted on the matter."""
    acts = [act for name in _matters(appeal) for act in ledger.acts_about(name) if act.kind in PARTS]
    return frozenset({appeal.first_by, appeal.first_also, *map(_who, acts)} - {""})


def _matters(appeal: Appeal) -> tuple[str, ...]:
    """Return the names of what led to it: the finding and where it came from, or the deduction and its trouble."""
    if appeal.measure_id is not None:
        finding, origin = Measure.objects.values_list("finding_id", "finding__origin").get(
            pk=appeal.measure_id
        )
        return f"enforcement.finding:{finding}", origin
    taken = moneyback.deduction(appeal)
    return f"contact.recovery:{taken.id}", f"contact.trouble:{taken.trouble}"


def _who(act: ActFact) -> str:
    """Return who of staff did it, "" where nobody did, or the record was erased with its seller."""
    if act.content is None or Role(act.content["role"]) not in STAFF:
        return ""
    hand = Hand(by=act.content["by"], role=Role(act.content["role"]), at=act.at, via=act.content["via"])
    return people.subject_of(hand)


def may_review(hand: Hand, appeal: Appeal) -> bool:
    """Say whether this hand took no part in it."""
    return people.subject_of(hand) not in took_part(appeal)


def is_reviewer_there(appeal: Appeal, at: datetime) -> bool:
    """Say whether anybody who decides took no part in it."""
    return somebody_else(took_part(appeal), at)
