"""What staff can do with a matter just now: the buttons, read from the lifecycles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.statechart import Statechart
from mamori.rooms.contact.lifecycle.mediation import MEDIATION
from mamori.rooms.contact.lifecycle.recovery import GIVE_BACK, RECOVERY, GiveBackState, RecoveryState
from mamori.rooms.contact.lifecycle.remedy import FIXED, REMEDY, UNDER_WAY, RemedyState
from mamori.rooms.contact.lifecycle.trouble import CALL, TROUBLE, CallState
from mamori.rooms.contact.rules.proposals import Side
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.topics import Harm


class Duty(StrEnum):
    """Something that staff can do, named as in the address of its page."""

    MEDIATE = "mediate"
    GRANT = "grant"
    ARRANGE = "arrange"
    SENT = "sent"
    ARRIVE = "arrive"
    INSPECT = "inspect"
    GIVE_UP = "give-up"
    REFUSE = "refuse"
    PROPOSE = "propose"
    TAKE_BACK = "withdraw-proposal"
    REACH = "reach"
    NO_DANGER = "no-danger"
    DANGER = "danger"
    LOWER = "lower-harm"
    SOLVE = "solve"
    CLAIM = "claim"
    WAIVE = "waive"
    GIVE_AGAIN = "give-again"


_OF_RETURN = (Duty.INSPECT, Duty.ARRIVE, Duty.SENT, Duty.GIVE_UP)
_OF_REMEDY = (Duty.GRANT, Duty.ARRANGE)


_READ_FROM: Mapping[Duty, tuple[tuple[Statechart[Any], str], ...]] = {
    Duty.MEDIATE: ((TROUBLE, "mediate"),),
    Duty.GRANT: ((REMEDY, "grant"),),
    Duty.ARRANGE: ((REMEDY, "arrange"),),
    Duty.SENT: ((REMEDY, "send"),),
    Duty.ARRIVE: ((REMEDY, "arrive"),),
    Duty.INSPECT: ((REMEDY, "accept"),),
    Duty.GIVE_UP: ((REMEDY, "give_up"),),
    Duty.REFUSE: ((REMEDY, "refuse"), (TROUBLE, "decline")),
    Duty.PROPOSE: ((MEDIATION, "propose"),),
    Duty.TAKE_BACK: ((MEDIATION, "propose"),),
    Duty.REACH: ((CALL, "record"),),
    Duty.NO_DANGER: ((CALL, "rule_out"),),
    Duty.DANGER: ((TROUBLE, "raise_harm"),),
    Duty.LOWER: ((TROUBLE, "lower_harm"),),
    Duty.SOLVE: ((TROUBLE, "solve"),),
    Duty.CLAIM: ((RECOVERY, "claim"),),
    Duty.WAIVE: ((RECOVERY, "waive"),),
    Duty.GIVE_AGAIN: ((GIVE_BACK, "instruct"),),
}
"""The steps that each duty takes: who may take all of them may do it."""


def roles_of(duty: Duty) -> frozenset[Role]:
    """Return which of the staff may ever do it."""
    return STAFF.intersection(*(chart.step(step).roles for chart, step in _READ_FROM[duty]))


def _step(duty: Duty) -> str:
    return _READ_FROM[duty][0][1]


def duties(matter: Matter, role: Role) -> tuple[Duty, ...]:
    """Return what `role` can do with a thread, the usual first; a refund under way cannot be overtaken by an end.

    A danger comes before all, also when the trouble is over.
    """
    found = list(_of_danger(matter, role))
    if matter.trouble is None or matter.trouble in TROUBLE.ends:
        return tuple(found)
    steps = {step.name for step in TROUBLE.allowed(matter.trouble, role)}
    if "mediate" in steps and matter.mediation is None:
        found.append(Duty.MEDIATE)
    remedy = matter.remedy or RemedyState.CONSIDERED
    decisions = {step.name for step in REMEDY.allowed(remedy, role)}
    found += [duty for duty in _OF_RETURN if _step(duty) in decisions]
    harm = _of_harm(matter, steps)
    if remedy in FIXED:
        return (*found, *harm)
    found += _of_offers(matter, role)
    if "solve" in steps:
        found.append(Duty.SOLVE)
    found += [duty for duty in _OF_REMEDY if _step(duty) in decisions]
    if "refuse" in decisions and "decline" in steps:
        found.append(Duty.REFUSE)
    return (*found, *harm)


def _of_danger(matter: Matter, role: Role) -> Iterator[Duty]:
    """Yield what ends a danger that stands: the buyer was reached, or it is ruled out."""
    if not matter.in_danger:
        return
    if CALL.allows("record", CallState.WAITING, role):
        yield Duty.REACH
    if CALL.allows("rule_out", CallState.WAITING, role):
        yield Duty.NO_DANGER


def _of_harm(matter: Matter, steps: Collection[str]) -> list[Duty]:
    """Return what can be said of the harm: that it is danger, or less than it was told to be."""
    if matter.harm is None:
        return []
    found = [Duty.DANGER] if "raise_harm" in steps and not matter.in_danger else []
    may_lower = "lower_harm" in steps and matter.harm is not Harm.INCONVENIENCE and not matter.in_danger
    return [*found, Duty.LOWER] if may_lower else found


def _of_offers(matter: Matter, role: Role) -> tuple[Duty, ...]:
    """Return what can be done about solutions: propose one where none is open, or take the centre's back."""
    if matter.mediation is None or matter.remedy in UNDER_WAY:
        return ()
    if not MEDIATION.allows("propose", matter.mediation, role):
        return ()
    if matter.offer is None:
        return (Duty.PROPOSE,)
    return (Duty.TAKE_BACK,) if matter.offer.by is Side.CENTRE and matter.offer.awaits else ()


def may_give_back(role: Role) -> bool:
    """Say who may let money go back to a seller."""
    return GIVE_BACK.allows("instruct", GiveBackState.STALLED, role) and role is not Role.MACHINE


def duties_of_recovery(
    state: RecoveryState, role: Role, giving: GiveBackState | None = None
) -> tuple[Duty, ...]:
    """Return what `role` can do with a recovery, and with what of it goes back."""
    if giving is GiveBackState.STALLED and may_give_back(role):
        return (Duty.GIVE_AGAIN,)
    return tuple(duty for duty in (Duty.CLAIM, Duty.WAIVE) if RECOVERY.allows(duty.value, state, role))
