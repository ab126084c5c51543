"""What an appeal against a deduction comes to: which recovery it is against, and how much of it goes back."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import facts as contact_facts
from mamori.rooms.contact.facts import RecoveryFact
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.models import Appeal

BY_APPEAL = "異議の申出への結論 / the outcome of an appeal"


class PartIsAll(Refusal, code="part-is-all", status=422):
    """Given when a part is granted and all is named."""

    text = Text(
        "一部を認めるときの額は、差し引いた{all}円より少なくしてください。全額を戻すときは「異議を認める」を選んでください。",
        "A part has to be less than the {all} yen that were deducted. To give all back, please choose to grant the appeal.",
    )


def deduction(appeal: Appeal) -> RecoveryFact:
    """Return the recovery that an appeal is against."""
    found = contact_facts.recovery(appeal.recovery or 0)
    assert found is not None
    return found


def follow(hand: Hand, appeal: Appeal, outcome: AppealState, amount: int) -> None:
    """Let go back what was granted: all of the deduction, or so much of it."""
    taken = deduction(appeal)
    if outcome is AppealState.KEPT:
        return
    if outcome is AppealState.PARTLY and amount == taken.amount:
        raise PartIsAll(all=f"{taken.amount:,}")
    back = taken.amount if outcome is AppealState.GRANTED else amount
    contact.give_back(hand, recovery=taken.id, amount=back, why=BY_APPEAL)
    appeal.given_back = back
    appeal.save(update_fields=("given_back",))
