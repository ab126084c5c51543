"""What moves beside a finding: the deductions of the payouts, and the versions of the policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from mamori.grammar.hand import Role
from mamori.law.deadlines import APPEAL_ANSWER, APPEAL_DECISION, POLICY_APPROVAL, POLICY_NOTICE
from mamori.rooms.enforcement.lifecycle import APPEAL, POLICY, AppealState, PolicyState
from trials.matter.appeals import SELLERS, STEPS
from trials.matter.state import Fault, Move, NotNow


class Stand(StrEnum):
    """Where a deduction stands: the shop was told to make it, has made it, or could not, so that the operator bears it."""

    CLAIMED = "claimed"
    SETTLED = "settled"
    BORNE = "borne"


@dataclass(slots=True)
class Money:
    """One deduction, in yen: `granted` is to go back, `back` has been sent back."""

    fault: Fault = Fault.NONE
    amount: int = 8_000
    decided_by: int = 2
    stand: Stand = Stand.CLAIMED
    appeal: AppealState | None = None
    reviewer: int = 0
    granted: int = 0
    back: int = 0
    clocks: set[str] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        """Say whether nothing waits, but for an appeal that may come."""
        return self.stand is not Stand.CLAIMED and (self.appeal is None or self.appeal in APPEAL.ends)

    @property
    def key(self) -> tuple[object, ...]:
        """Return what decides what may come next."""
        return ("money", self.stand, self.appeal, self.reviewer > 0, self.granted > 0, frozenset(self.clocks))

    def take(self, move: Move) -> None:
        """Do one thing.

        :raises Refusal: when it is not on; nothing is changed then.
        """
        DEEDS[move.name](self, move)

    def make(self, move: Move) -> None:
        """Take the seller's appeal."""
        may = self.appeal in (None, AppealState.WITHDRAWN) and self.stand is not Stand.BORNE
        if move.role not in SELLERS or not may:
            raise NotNow
        self.appeal, self.reviewer = AppealState.RECEIVED, 0
        self.clocks.add(APPEAL_DECISION.code)

    def review(self, move: Move) -> None:
        """Take the review."""
        if move.who == self.decided_by and self.fault is not Fault.OWN:
            raise NotNow
        self._step("take", move.role)
        self.reviewer = move.who

    def ask_more(self, move: Move) -> None:
        """Ask the seller for more."""
        self._must_review(move)
        self._step("ask_more", move.role)
        self.clocks.add(APPEAL_ANSWER.code)

    def write(self, move: Move) -> None:
        """Let the seller add to it."""
        self._step("write", move.role)
        self.clocks.discard(APPEAL_ANSWER.code)

    def decide(self, move: Move) -> None:
        """Decide: all goes back, a part that is less than all, or nothing."""
        part = move.outcome is AppealState.PARTLY
        if part != (move.amount > 0) or (part and move.amount >= self.amount):
            raise NotNow
        self._must_review(move)
        self._step(STEPS[move.outcome], move.role)
        self.clocks.clear()
        self.granted = {AppealState.GRANTED: self.amount, AppealState.PARTLY: move.amount}.get(
            move.outcome, 0
        )
        if self.stand is Stand.SETTLED:
            self._give_back()

    def withdraw(self, move: Move) -> None:
        """Let the seller take it back."""
        self._step("withdraw", move.role)
        self.clocks.clear()

    def answer(self, move: Move) -> None:
        """Let the shop say whether it deducted; what was granted meanwhile goes back, and nothing is left to appeal against."""
        if self.stand is not Stand.CLAIMED:
            raise NotNow
        self.stand = Stand.SETTLED if move.yes else Stand.BORNE
        if move.yes:
            self._give_back()
        elif self.appeal in APPEAL.open_states and self.fault is not Fault.BORNE:
            self._step("end_reversed", Role.MACHINE)
            self.clocks.clear()

    def ring(self, move: Move) -> None:
        """Ring a clock that runs: the seller's time to answer ends, the decision is only reminded of."""
        if move.clock not in self.clocks:
            raise NotNow
        if move.clock == APPEAL_ANSWER.code:
            self._step("go_on", Role.MACHINE)
            self.clocks.discard(APPEAL_ANSWER.code)

    def _give_back(self) -> None:
        self.back += self.granted * (2 if self.fault is Fault.PAID else 1)

    def _step(self, name: str, role: Role) -> None:
        if self.appeal is None:
            raise NotNow
        self.appeal = APPEAL.take(name, self.appeal, role)

    def _must_review(self, move: Move) -> None:
        if move.who != self.reviewer:
            raise NotNow


DEEDS: dict[str, Callable[[Money, Move], None]] = {
    "appeal": Money.make,
    "take": Money.review,
    "ask_more": Money.ask_more,
    "write": Money.write,
    "decide_appeal": Money.decide,
    "withdraw": Money.withdraw,
    "market_answers": Money.answer,
    "ring": Money.ring,
}


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

    @property
    def is_over(self) -> bool:
        """Say whether nothing is worked on or waited for."""
        return all(one.state is PolicyState.IN_FORCE for one in self.open)

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
