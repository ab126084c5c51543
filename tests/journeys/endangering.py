"""What a walk does about dangers: they are told of, ended by the two verbs that end one, and cases change hands meanwhile."""

from __future__ import annotations

from mamori.grammar.actor import Role
from mamori.ground.cases import actions as cases
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.danger import Answers, Known
from mamori.rooms.contact.rules.reasons import LowerBecause
from mamori.rooms.contact.topics import Harm
from tests.journeys.wanderer import Walk


def raise_harm(walk: Walk) -> None:
    """Say that it is dangerous."""
    trouble = walk.trouble()
    contact.raise_harm(walk.party(trouble), trouble=trouble.pk, said="煙が出ました")


def note_danger(walk: Walk) -> None:
    """Hold it for dangerous."""
    contact.note_danger(walk.staff(), trouble=walk.trouble().pk, reason="同じ品で発火の報告")


def lower_harm(walk: Walk) -> None:
    """Find it less grave."""
    harm, because = walk.dice.choice(list(Harm)), walk.dice.choice(list(LowerBecause))
    contact.lower_harm(walk.staff(), trouble=walk.trouble().pk, harm=harm, because=because, reason="検査した")


def reach_buyer(walk: Walk) -> None:
    """Reach the buyer and record the answers."""
    injured, fire, kept, stopped = (walk.dice.choice(list(Known)) for _ in range(4))
    answers = Answers(injured=injured, fire=fire, kept=kept, stopped=stopped)
    contact.reach_buyer(walk.staff(), trouble=_endangered(walk), answers=answers)


def rule_out_danger(walk: Walk) -> None:
    """Find that there is no danger."""
    harm, because = walk.dice.choice(list(Harm)), walk.dice.choice(list(LowerBecause))
    contact.rule_out_danger(
        walk.staff(), trouble=_endangered(walk), harm=harm, because=because, reason="箱の話"
    )


def take_case(walk: Walk) -> None:
    """Take a case."""
    cases.take(walk.staff(), about=f"contact.trouble:{walk.trouble().pk}")


def give_case_back(walk: Walk) -> None:
    """Give a case back."""
    cases.give_back(walk.staff(), about=f"contact.trouble:{walk.trouble().pk}")


def hand_case_over(walk: Walk) -> None:
    """Hand a case to somebody, or back to all."""
    to = walk.dice.choice(("", "agent:x", "lead:x"))
    cases.hand_over(
        walk.actor("lead:x", Role.LEAD), about=f"contact.trouble:{walk.trouble().pk}", to=to, reason="交代"
    )


def _endangered(walk: Walk) -> int:
    """Return a trouble in danger, also one that is over, or any."""
    found = Trouble.objects.filter(danger_since__isnull=False, danger_ended_at__isnull=True)
    one = walk.one_of(found) if walk.dice.random() < 0.9 else None
    return one.pk if one else walk.trouble().pk


ENDING = (reach_buyer, rule_out_danger)
ENDS = frozenset(act.__name__ for act in ENDING)
"""The only acts by which a danger may end."""
