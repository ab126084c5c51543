"""The versions of the policy without their tables: drafted, proposed by one, published by another, begun on their day."""

from __future__ import annotations

from dataclasses import dataclass, field

from mamori.grammar.hand import Role
from mamori.law.deadlines import POLICY_APPROVAL, POLICY_NOTICE
from mamori.rooms.enforcement.lifecycle import POLICY, PolicyState
from trials.matter.state import Fault, Move, NotNow

WORKED_ON = (PolicyState.DRAFT, PolicyState.PROPOSED)
WAITS = {PolicyState.PROPOSED: POLICY_APPROVAL.code, PolicyState.ANNOUNCED: POLICY_NOTICE.code}


@dataclass(slots=True)
class Version:
    """One version, who proposed and approved it, and the clock that runs on it."""

    state: PolicyState = PolicyState.DRAFT
    proposed_by: int = 0
    approved_by: int = 0
    clock: str = ""


@dataclass(slots=True)
class Versions:
    """All versions that are not over, and the one in force."""

    fault: Fault = Fault.NONE
    open: list[Version] = field(default_factory=list)

    def of(self, *states: PolicyState) -> Version | None:
        """Return the version in one of these states."""
        return next((one for one in self.open if one.state in states), None)

    @property
    def key(self) -> tuple[object, ...]:
        """Return what decides what may come next."""
        return tuple(sorted((one.state, one.clock) for one in self.open))

    def take(self, move: Move) -> None:
        """Do one thing to the versions.

        :raises Refusal: when it is not on.
        """
        if move.name == "draft":
            self._draft(move)
        elif move.name == "ring":
            self._ring(move)
        else:
            self._step(move)
        self.open = [one for one in self.open if one.state not in POLICY.ends]

    def _draft(self, move: Move) -> None:
        if move.role not in (Role.LEAD, Role.COUNSEL) or self.of(*WORKED_ON):
            raise NotNow
        self.open.append(Version())

    def _step(self, move: Move) -> None:
        where = PolicyState.ANNOUNCED if move.name == "discard" and move.yes else WORKED_ON
        one = self.of(*([where] if isinstance(where, PolicyState) else where))
        if one is None:
            raise NotNow
        state = POLICY.take(move.name, one.state, move.role)
        if move.name == "publish":
            if self.of(PolicyState.ANNOUNCED) or (
                move.who == one.proposed_by and self.fault is not Fault.ALONE
            ):
                raise NotNow
            one.approved_by = move.who
        if move.name in ("propose", "send_back"):
            one.proposed_by = move.who if move.name == "propose" else 0
        one.state = state
        one.clock = "" if self.fault is Fault.FORGET else WAITS.get(state, "")

    def _ring(self, move: Move) -> None:
        one = next((one for one in self.open if one.clock == move.clock), None)
        if one is None or not move.clock:
            raise NotNow
        if one.clock == POLICY_APPROVAL.code:
            one.state, one.proposed_by = POLICY.take("send_back", one.state, Role.MACHINE), 0
        else:
            if former := self.of(PolicyState.IN_FORCE):
                former.state = POLICY.take("replace", former.state, Role.MACHINE)
            one.state = POLICY.take("begin", one.state, Role.MACHINE)
        one.clock = ""
