"""The room of contact without its tables: one trouble's states, clocks and money, moved by the lifecycles and rules themselves.

A test takes the same steps here and through the room's actions and compares what both say.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from mamori.grammar.actor import Role
from mamori.law import deadlines as due
from mamori.rooms.contact.lifecycle.mediation import MEDIATION, MediationState
from mamori.rooms.contact.lifecycle.proposal import PROPOSAL as OFFERS, ProposalState
from mamori.rooms.contact.lifecycle.recovery import GIVE_BACK, RECOVERY, TAKEN, GiveBackState, RecoveryState
from mamori.rooms.contact.lifecycle.remedy import FIXED, REMEDY, UNDER_WAY, RemedyState
from mamori.rooms.contact.lifecycle.thread import THREAD, ThreadState
from mamori.rooms.contact.lifecycle.trouble import TROUBLE, TroubleState
from mamori.rooms.contact.lifecycle.waits import WATCHED
from mamori.rooms.contact.rules.duties import may_give_back
from mamori.rooms.contact.rules.eligibility import Claim, Kind, against, kinds, most
from mamori.rooms.contact.rules.owed import Owed, asks_seller, is_buyers_deed, owed
from mamori.rooms.contact.rules.proposals import PARTIES, Kind as Offered, Side, least_instead, side_of
from mamori.rooms.contact.topics import Topic
from trials.trail import must, untouched

NOON = datetime(2026, 4, 1, 3, tzinfo=UTC)
FRESH: dict[str, Any] = {"ordered_at": NOON - timedelta(days=3), "reported_at": NOON, "days": 90, "times": 5}
FRESH |= {"answer_due_at": NOON + timedelta(days=1), "cancelled_at": None, "unsent": False}
FRESH |= {"refunds_this_year": 0, "free_at": None}
"""What is the same of every claim: in time, the first of this buyer's, of an order that was sent."""
RECOVERY_CLOCKS = frozenset({due.HEARING.code, due.RECOVERY_REVIEW.code})
INSPECTED = due.RETURN_INSPECTION.code
OF_RETURN = (due.RETURN_SENDING, due.RETURN_ARRIVAL, due.RETURN_INSPECTION)
REMEDY_CLOCKS = {deadline.code for deadline in (due.REMEDY_DECISION, due.CONFIRMATION, *OF_RETURN)}
CHARTS: dict[str, Any] = {"thread": THREAD, "trouble": TROUBLE, "mediation": MEDIATION, "remedy": REMEDY}
CHARTS |= {"recovery": RECOVERY, "proposal": OFFERS, "giving": GIVE_BACK}


class Fault(StrEnum):
    """Faults that are planted, to see that they are noticed."""

    NONE = ""
    FORGET = "a clock that is forgotten"
    TWICE = "limits that are not looked at"
    DEAF = "a buyer who acts is taken for silent"
    COUNT = "a refund that is counted twice"
    PRESS = "a seller who is pressed while the operator refunds"
    QUIET = "money on top of a refund of which no lead hears"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a matter begins with.  Yen."""

    price: int = 8_000
    ceiling: int = 100_000
    recovery_ceiling: int = 100_000
    topic: Topic = Topic.BROKEN
    returns: bool = True
    recovers: bool = True
    accepted: bool = True


@dataclass(slots=True)
class Room:
    """One trouble with everything that hangs on it.  Yen."""

    given: Given = field(default_factory=Given)
    fault: Fault = Fault.NONE
    thread: ThreadState = ThreadState.WAITING
    trouble: TroubleState = TroubleState.OPEN
    mediation: MediationState | None = None
    remedy: RemedyState | None = None
    recovery: RecoveryState | None = None
    proposal: ProposalState | None = None
    by: Side = Side.CENTRE
    agreed: frozenset[Side] = frozenset()
    broken: bool = False
    was_answer: bool = False
    missed_answer: bool = False
    offered: int = 0
    agreed_at: int = 0
    broken_at: int = 0
    clocks: set[str] = field(default_factory=lambda: {due.ANSWER.code, due.RESOLUTION.code})
    asked: bool = False
    acted: bool = False
    back: bool = False
    reminded: bool = False
    granted: int = 0
    recalled: bool = False
    counted: bool = False
    warned: int = 0
    before: int = 0
    refunded: int = 0
    elsewhere: int = 0
    charged_back: bool = False
    too_late: bool = False
    twice: bool = False
    paid: int = 0
    most: int = 0
    claimed: int = 0
    recovered: int = 0
    borne: int = 0
    giving: GiveBackState | None = None
    gives: int = 0

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left to do."""
        recovered = self.recovery is None or self.recovery in RECOVERY.ends
        back = self.giving is None or self.giving in GIVE_BACK.ends
        return self.trouble in TROUBLE.ends and recovered and back

    @property
    def out(self) -> bool:
        """Say whether the marketplace was asked for something, and has not answered."""
        return self.remedy in {RemedyState.ORDERED, RemedyState.INSTRUCTED}

    @property
    def is_offered(self) -> bool:
        """Say whether a proposal is open."""
        return self.proposal is not None and self.proposal not in OFFERS.ends

    @property
    def may_give_back(self) -> bool:
        """Say whether something was deducted and nothing of it goes back."""
        return self.recovery in TAKEN and self.giving is None

    @property
    def owed(self) -> Owed | None:
        kept = ProposalState.MISSED if self.broken else None
        return owed(
            remedy=self.remedy,
            asked=self.asked or self.granted > 0,
            agreement=self.proposal if self.proposal is ProposalState.ACCEPTED else kept,
            replying=self.proposal is ProposalState.OFFERED and self.agreed == {Side.BUYER},
        )

    @property
    def left(self) -> int:
        return max(0, self.given.price - self.refunded)

    @property
    def above(self) -> int:
        """Return what went back on top of all that was paid."""
        return max(0, self.refunded - self.given.price)

    @property
    def key(self) -> tuple[object, ...]:
        """Return what decides what may come next: two matters with the same key have the same ways on."""
        states = (self.thread, self.trouble, self.mediation, self.remedy, self.recovery, self.giving)
        offer = (self.proposal, self.by, self.agreed) if self.proposal not in OFFERS.ends else None
        said = (self.was_answer, self.missed_answer, self.asked, self.acted, self.back, self.reminded)
        left = 0 if self.left <= 0 else 1 if self.left < self.granted else 2
        money = (self.recalled, self.counted, self.charged_back, left)
        return (*states, offer, frozenset(self.clocks), self.owed, *said, *money)

    def step(self, what: str, name: str, role: Role, *, run: str = "", stop: Set[str] = frozenset()) -> None:
        """Take a step of one of the lifecycles, where there is something of the kind, and let clocks stop and one run."""
        must(getattr(self, what) is not None)
        setattr(self, what, CHARTS[what].take(name, getattr(self, what), role))
        self.clocks = self.clocks - stop | ({run} if run else set())

    def turn(self, step: str, role: Role, *clocks: str) -> None:
        """Take a step of the remedy, which comes under consideration by that, and let just these clocks of it run."""
        self.remedy = REMEDY.take(step, self.remedy or RemedyState.CONSIDERED, role)
        self.clocks = self.clocks - REMEDY_CLOCKS | set(clocks)

    def hear(self, role: Role) -> None:
        """End every deed as the room does: the buyer's word is no more waited for, and something runs on what is open."""
        if is_buyers_deed(role, taken_down=False):
            self.acted = True
            if self.fault is not Fault.DEAF:
                self.clocks.discard(due.SILENCE.code)
        if self.trouble not in TROUBLE.ends and not self.clocks & WATCHED:
            is_late = self.trouble is TroubleState.OVERDUE
            self.clocks.add((due.REMEDY_DECISION if is_late else due.RESOLUTION).code)

    def set_aside(self) -> None:
        """Let nobody decide on a refund that both have settled otherwise."""
        if self.remedy is RemedyState.CONSIDERED:
            self.asked, self.granted = False, 0
            self.clocks.discard(due.REMEDY_DECISION.code)

    def press_on(self) -> None:
        """Let the seller owe its answer again."""
        if self.thread is ThreadState.WAITING:
            self.clocks.add(due.ANSWER.code)

    def review(self, step: str = "", role: Role = Role.MACHINE) -> None:
        """Let the recovery be looked at again, after a step of it if any."""
        if step:
            self.step("recovery", step, role)
        self.clocks = self.clocks - RECOVERY_CLOCKS | {due.RECOVERY_REVIEW.code}

    def admit(self, kind: Kind | None, amount: int) -> None:
        """Pass what the rules allow."""
        if self.fault is not Fault.TWICE:
            of, refunded = self.given, self.given.price - self.left
            known: Any = {"topic": of.topic, "amount": of.price, "ceiling": of.ceiling, "returns": of.returns}
            now: Any = {"state": self.trouble, "refunded": refunded, "charged_back": self.charged_back}
            claim = Claim(**known, **now, **FRESH)
            must(not against(claim) and (kind is None or kind in kinds(claim)) and 1 <= amount <= most(claim))


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a walk: which deed, by whom, and what it is told."""

    name: str
    role: Role
    amount: int
    wish: Kind
    yes: bool
    clock: str

    def take(self, room: Room) -> None:
        """Do it, where it is on."""
        with untouched(room):
            DEEDS[self.name][1](room, self)
            room.hear(self.role)


def _tell(room: Room, role: Role, *, unsolved: bool) -> None:
    """Add words, and make it the seller's turn where they ask something of it."""
    if asks_seller(room.owed, unsolved=unsolved):
        _turn_to_seller(room, role)
    else:
        room.step("thread", "add" if room.thread is ThreadState.ANSWERED else "write", role)


def _turn_to_seller(room: Room, role: Role, step: str = "write") -> None:
    """Make it the seller's turn, with a new clock when it was the buyer's."""
    answered = room.thread is ThreadState.ANSWERED
    room.step("thread", step, role, run=due.ANSWER.code if answered else "", stop={due.SILENCE.code})


def _turn_to_buyer(room: Room, role: Role, step: str = "answer") -> None:
    """Make it the buyer's turn, and wait for the buyer's word unless something is owed."""
    room.was_answer = room.was_answer and step != "answer"
    room.step("thread", step, role, stop={due.ANSWER.code, due.SILENCE.code})
    if room.owed is None:
        room.acted = False
        room.clocks.add(due.SILENCE.code)


def _mediate(room: Room, role: Role, step: str = "mediate") -> None:
    room.step("trouble", step, role)
    room.mediation = room.mediation or MediationState.OPEN


def _propose(room: Room, move: Move) -> None:
    must(not room.is_offered)
    _offer(room, move)
    room.was_answer = _count_as_answer(room, move.role)


def _accept(room: Room, move: Move) -> None:
    side = side_of(move.role)
    last = PARTIES - {side} <= room.agreed
    room.step("proposal", "accept" if last else "agree", move.role)
    must(side not in room.agreed and room.remedy not in UNDER_WAY)
    must(not room.offered or (not room.charged_back and room.offered == room.left))
    room.agreed |= {side}
    _count_as_answer(room, move.role)
    if last:
        room.clocks = room.clocks - {due.PROPOSAL.code, due.SILENCE.code} | {due.AGREEMENT.code}
        room.set_aside()
        room.agreed_at = room.elsewhere + room.offered if room.offered else 0


def _counter(room: Room, move: Move) -> None:
    is_sellers = _close_offer(room, "counter", move.role)
    _offer(room, move)
    room.was_answer = not is_sellers and _count_as_answer(room, move.role)


def _take_case(room: Room, move: Move) -> None:
    """Take the case: the mediation goes with it."""
    must(move.role in (Role.AGENT, Role.LEAD))
    room.step("mediation", "pass", Role.MACHINE)


def _withdraw_proposal(room: Room, move: Move) -> None:
    """Take back one's own proposal; the turn goes back to the seller whose only answer it was."""
    must(side_of(move.role) is room.by)
    _end_offer(room, "withdraw", move.role)
    if room.was_answer and room.thread is ThreadState.ANSWERED:
        step, run = ("give_back_late", "") if room.missed_answer else ("give_back", due.ANSWER.code)
        room.step("thread", step, move.role, run=run, stop={due.SILENCE.code})


def _offer(room: Room, move: Move) -> None:
    side, left = side_of(move.role), room.left
    if room.mediation is None and move.yes and side is Side.SELLER:
        room.step("trouble", "offer_refund", move.role)
    else:
        room.step("mediation", "propose", move.role)
    must(room.remedy not in UNDER_WAY)
    must(not move.yes or (left > 0 and not room.charged_back))
    room.offered = left if move.yes else 0
    room.proposal, room.by, room.agreed = ProposalState.OFFERED, side, PARTIES & {side}
    room.clocks.add(due.PROPOSAL.code)


def _close_offer(room: Room, step: str, role: Role) -> bool:
    """Let one side end what the other offers, and say whether it is the seller's turn again by that."""
    _end_offer(room, step, role)
    must(side_of(role) not in room.agreed)
    if side_of(role) is not Side.BUYER or room.thread is not ThreadState.ANSWERED:
        return False
    _turn_to_seller(room, role)
    return True


def _end_offer(room: Room, step: str, role: Role) -> None:
    room.step("proposal", step, role, stop={due.PROPOSAL.code, due.AGREEMENT.code})


def _give_way(room: Room, role: Role, amount: int) -> None:
    """Let the operator's refund take the place of what the seller owed and of what is offered, unless more was agreed on."""
    room.clocks.discard(due.SILENCE.code)
    if room.fault is not Fault.PRESS:
        room.clocks.discard(due.ANSWER.code)
    if room.is_offered:
        kind = Offered.FULL_REFUND if room.offered else Offered.REPLACEMENT
        enough = amount >= least_instead(kind, room.offered, room.left)
        must(room.proposal is not ProposalState.ACCEPTED or enough)
        _end_offer(room, "replace", role)


def _count_as_answer(room: Room, role: Role) -> bool:
    if side_of(role) is not Side.SELLER or room.thread is ThreadState.ANSWERED:
        return False
    room.missed_answer = room.thread is ThreadState.MISSED
    _turn_to_buyer(room, role)
    return True


def _note_paid(room: Room) -> bool:
    """See whether the money of an agreement has gone back, and say whether it has just been found so."""
    accepted = room.proposal is ProposalState.ACCEPTED
    wanted = room.agreed_at if accepted else room.broken_at if room.broken else 0
    if room.trouble in TROUBLE.ends or not wanted or room.elsewhere < wanted:
        return False
    if accepted:
        _end_offer(room, "keep", Role.MACHINE)
    room.broken = False
    _turn_to_buyer(room, Role.MACHINE, "pay")
    return True


def _note_all_back(room: Room) -> None:
    """See whether the whole price has gone back, so that only the buyer's word is waited for."""
    if room.trouble in TROUBLE.ends or room.left or room.back or room.remedy in UNDER_WAY:
        return
    room.back = True
    if room.proposal is ProposalState.ACCEPTED:
        _end_offer(room, "replace", Role.MACHINE)
    room.set_aside()
    room.clocks.discard(due.RESOLUTION.code)
    _turn_to_buyer(room, Role.MACHINE, "pay")


def _end(room: Room, step: str, role: Role, *, mediation: str) -> None:
    """End the trouble with everything that hangs on it, but the recovery."""
    room.step("trouble", step, role)
    if room.remedy is not None and room.remedy not in REMEDY.ends:
        must(room.remedy not in FIXED)
        room.step("remedy", "drop", role)
    if room.is_offered:
        kept = step == "solve" and room.proposal is ProposalState.ACCEPTED
        _end_offer(room, "keep" if kept else "overtake", role)
    if room.mediation is not None and room.mediation not in MEDIATION.ends:
        room.step("mediation", mediation, role)
    room.step("thread", "close", role)
    room.clocks &= RECOVERY_CLOCKS


def _ask(room: Room, move: Move) -> None:
    room.turn("ask", move.role, due.REMEDY_DECISION.code)
    must(room.proposal is not ProposalState.ACCEPTED)
    room.admit(move.wish, move.amount if move.wish is Kind.PART else 1)
    room.asked = True
    room.clocks.discard(due.SILENCE.code)


def _grant(room: Room, move: Move, step: str = "grant", kind: Kind | None = None) -> None:
    """Grant a refund, or a return before it."""
    room.turn(step, move.role, due.CONFIRMATION.code)
    room.admit(kind, move.amount)
    room.granted, room.recalled = move.amount, False
    if kind is None:
        room.counted = False
    else:
        room.reminded = False
    _give_way(room, move.role, move.amount)


def _refuse(room: Room, move: Move) -> None:
    room.turn("refuse", move.role)
    must(room.proposal is not ProposalState.ACCEPTED)
    _end(room, "decline", move.role, mediation="exhaust")


def _inspect(room: Room, move: Move) -> None:
    if not move.yes:
        _reopen(room, "find_otherwise", move.role)
        return
    room.turn("accept", move.role, due.CONFIRMATION.code)
    must(room.fault is Fault.TWICE or (not room.charged_back and room.granted <= room.left))
    room.recalled = room.counted = False


def _reopen(room: Room, step: str, role: Role) -> None:
    """Open the decision again after a return that did not come about, or whose money is back on another way."""
    must(step != "stand_down" or room.charged_back or room.left < room.granted)
    room.turn(step, role, due.REMEDY_DECISION.code)
    room.press_on()
    _note_all_back(room)


def _market_answers(room: Room, move: Move) -> None:
    must(room.out)
    is_label = room.remedy is RemedyState.ORDERED
    if not move.yes:
        room.turn("fail", Role.MACHINE, *([] if room.fault is Fault.FORGET else [due.REMEDY_DECISION.code]))
        theirs, room.counted = room.granted if room.counted else 0, False
        room.elsewhere += theirs
        room.press_on()
        _note_all_back(room)
        if theirs and not _note_paid(room):
            _note_all_back(room)
    elif is_label:
        room.turn("label", Role.MACHINE, due.RETURN_SENDING.code)
    else:
        room.too_late |= room.recalled
        room.twice |= room.charged_back and not room.recalled
        room.turn("confirm", Role.MACHINE)
        _end(room, "make_good", Role.MACHINE, mediation="exhaust")
        room.paid += room.granted
        room.before = room.before if room.counted else room.elsewhere
        if not room.counted or room.fault is Fault.COUNT:
            room.refunded += room.granted
        room.counted = False
        _open_recovery(room)
        _warn(room)


def _open_recovery(room: Room) -> None:
    most = min(max(0, room.paid - room.above), room.given.recovery_ceiling)
    if not room.given.recovers:
        room.borne += room.paid
    elif not room.given.accepted or not most:
        room.recovery = RECOVERY.take("bear", RecoveryState.HEARING, Role.MACHINE)
        room.borne += room.paid
    else:
        room.recovery, room.most = RecoveryState.HEARING, most
        room.clocks.add(due.HEARING.code)


def _tell_total(room: Room, _: Move) -> None:
    """Let the marketplace tell the order's total with our refund in it, before it confirms that."""
    must(room.remedy is RemedyState.INSTRUCTED and not room.counted and not room.recalled)
    room.refunded, room.counted, room.before = room.refunded + room.granted, True, room.elsewhere


def _pay_back(room: Room, move: Move) -> None:
    """Let the seller give money back through the marketplace, on top of what the operator gave too."""
    must(1 <= move.amount <= room.given.price - room.elsewhere)
    room.refunded += move.amount
    room.elsewhere += move.amount
    _call_back(room)
    if room.paid:
        _warn(room)
    if not _note_paid(room):
        _note_all_back(room)


def _warn(room: Room) -> None:
    """Tell a lead what the buyer has on top of what was paid, and recover so much less."""
    if not room.above or room.fault is Fault.QUIET:
        return
    room.warned, most = room.above, max(0, room.paid - room.above)
    if room.recovery in (RecoveryState.HEARING, RecoveryState.HEARD) and most < room.most:
        room.most = most
        if not most:
            _bear(room, "bear", Role.MACHINE)


def _bear(room: Room, step: str, role: Role) -> None:
    """End the recovery with nothing deducted."""
    room.step("recovery", step, role, stop=RECOVERY_CLOCKS)
    room.borne += room.paid


def _charge_back(room: Room, _: Move) -> None:
    """Let the card company give the money back, in place of what was agreed or offered about money."""
    must(not room.charged_back)
    room.charged_back = True
    _call_back(room)
    if room.trouble in TROUBLE.ends:
        return
    accepted = room.proposal is ProposalState.ACCEPTED
    is_owed = room.offered > 0 if accepted else room.broken and room.broken_at > 0
    if room.is_offered and room.offered:
        _end_offer(room, "reverse", Role.MACHINE)
    if is_owed:
        room.broken = False
        _turn_to_buyer(room, Role.MACHINE, "pay")


def _call_back(room: Room) -> None:
    left = room.left + (room.granted if room.counted else 0)
    if room.out and (room.charged_back or left < room.granted):
        room.recalled = True


def _claim(room: Room, move: Move) -> None:
    room.step("recovery", "claim", move.role)
    must(1 <= move.amount <= room.most)
    room.claimed = move.amount
    room.review()


def _market_answers_claim(room: Room, move: Move) -> None:
    must(room.recovery is RecoveryState.CLAIMED)
    room.step("recovery", "settle" if move.yes else "bear", Role.MACHINE, stop=RECOVERY_CLOCKS)
    taken = room.claimed if move.yes else 0
    room.recovered += taken
    room.borne += room.paid - taken
    if room.giving is GiveBackState.AWAITED and move.yes:
        _instruct_back(room, Role.MACHINE)
    elif room.giving is GiveBackState.AWAITED:
        room.step("giving", "spare", Role.MACHINE)


def _give_back(room: Room, move: Move) -> None:
    """Decide that something of a deduction goes back."""
    must(room.may_give_back and may_give_back(move.role) and 1 <= move.amount <= room.claimed)
    room.giving, room.gives = GiveBackState.AWAITED, move.amount
    if room.recovery is not RecoveryState.CLAIMED:
        _instruct_back(room, move.role)


def _instruct_back(room: Room, role: Role, *, again: bool = False) -> None:
    must(not again or (room.giving is GiveBackState.STALLED and may_give_back(role)))
    room.step("giving", "instruct", role)
    room.review()


def _market_answers_back(room: Room, move: Move) -> None:
    must(room.giving is GiveBackState.INSTRUCTED)
    room.step("giving", "confirm" if move.yes else "fail", Role.MACHINE)
    if move.yes:
        room.recovered -= room.gives
        room.borne += room.gives
        room.clocks -= RECOVERY_CLOCKS


def _ring(room: Room, move: Move) -> None:
    """Ring a clock that runs: something moves on, or a person is told and the clock runs anew."""
    must(move.clock in room.clocks)
    if move.clock in RINGS:
        room.clocks.discard(move.clock)
        RINGS[move.clock](room)


def _miss_answer(room: Room) -> None:
    room.step("thread", "miss", Role.MACHINE)
    _step_in(room)


def _step_in(room: Room) -> None:
    if room.trouble is TroubleState.OPEN:
        _mediate(room, Role.MACHINE)


def _miss_resolution(room: Room) -> None:
    _mediate(room, Role.MACHINE, "miss")
    room.remedy = room.remedy or RemedyState.CONSIDERED
    if room.remedy not in UNDER_WAY:
        room.clocks.add(due.REMEDY_DECISION.code)


def _sending(room: Room) -> None:
    if room.reminded:
        _reopen(room, "time_out", Role.MACHINE)
    else:
        room.reminded = True
        room.clocks.add(due.RETURN_SENDING.code)


def _review(room: Room) -> None:
    room.review()
    if room.giving is GiveBackState.STALLED:
        _instruct_back(room, Role.MACHINE)


def _miss_agreement(room: Room) -> None:
    if _note_paid(room):
        return
    _end_offer(room, "miss", Role.MACHINE)
    _step_in(room)
    room.broken, room.broken_at = True, room.agreed_at
    if room.thread is ThreadState.ANSWERED:
        _turn_to_seller(room, Role.MACHINE, "give_back")
    room.remedy = room.remedy or RemedyState.CONSIDERED
    room.clocks.add(due.REMEDY_DECISION.code)


RINGS: dict[str, Callable[[Room], object]] = {
    due.ANSWER.code: _miss_answer,
    due.RESOLUTION.code: _miss_resolution,
    due.SILENCE.code: lambda room: _end(room, "lapse", Role.MACHINE, mediation="drop"),
    due.PROPOSAL.code: lambda room: _end_offer(room, "expire", Role.MACHINE),
    due.AGREEMENT.code: _miss_agreement,
    due.RETURN_SENDING.code: _sending,
    due.HEARING.code: lambda room: room.review("end_hearing"),
    due.RECOVERY_REVIEW.code: _review,
}
"""What moves when a clock rings; the others remind a person and run anew."""

DEEDS: dict[str, tuple[Role, Callable[[Room, Move], object]]] = {
    "write": (Role.BUYER, lambda room, move: _tell(room, move.role, unsolved=False)),
    "say_unsolved": (Role.BUYER, lambda room, move: _tell(room, move.role, unsolved=True)),
    "answer": (Role.SELLER, lambda room, move: _turn_to_buyer(room, move.role)),
    "request_mediation": (Role.BUYER, lambda room, move: _mediate(room, move.role)),
    "take_case": (Role.AGENT, _take_case),
    "propose": (Role.SELLER, _propose),
    "accept": (Role.BUYER, _accept),
    "decline": (Role.BUYER, lambda room, move: _close_offer(room, "decline", move.role)),
    "counter": (Role.BUYER, _counter),
    "withdraw_proposal": (Role.SELLER, _withdraw_proposal),
    "solve": (Role.BUYER, lambda room, move: _end(room, "solve", move.role, mediation="settle")),
    "withdraw": (Role.BUYER, lambda room, move: _end(room, "withdraw", move.role, mediation="drop")),
    "ask": (Role.BUYER, _ask),
    "grant": (Role.AGENT, _grant),
    "refuse": (Role.LEAD, _refuse),
    "arrange": (Role.AGENT, lambda room, move: _grant(room, move, "arrange", Kind.RETURN)),
    "note_sent": (Role.BUYER, lambda room, move: room.turn("send", move.role, due.RETURN_ARRIVAL.code)),
    "note_arrival": (Role.AGENT, lambda room, move: room.turn("arrive", move.role, INSPECTED)),
    "inspect": (Role.AGENT, _inspect),
    "stand_down": (Role.AGENT, lambda room, move: _reopen(room, "stand_down", move.role)),
    "give_up": (Role.AGENT, lambda room, move: _reopen(room, "give_up", move.role)),
    "state_view": (Role.SELLER, lambda room, move: room.review("state_view", move.role)),
    "claim": (Role.LEAD, _claim),
    "waive": (Role.LEAD, lambda room, move: _bear(room, "waive", move.role)),
    "give_back": (Role.LEAD, _give_back),
    "give_again": (Role.LEAD, lambda room, move: _instruct_back(room, move.role, again=True)),
    "market_answers": (Role.MACHINE, _market_answers),
    "market_answers_claim": (Role.MACHINE, _market_answers_claim),
    "market_answers_back": (Role.MACHINE, _market_answers_back),
    "ring": (Role.MACHINE, _ring),
    "pay_back": (Role.MACHINE, _pay_back),
    "charge_back": (Role.MACHINE, _charge_back),
    "tell_total": (Role.MACHINE, _tell_total),
}
"""What may be done, by its name, with who usually does it; the machine does the rest."""
