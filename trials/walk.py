"""Does every open state of the room of contact have a way out and a clock, and does money add up, whatever anybody does?"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import click

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import Statechart
from mamori.grammar.text import Text
from mamori.law.deadlines import ANSWER, RESOLUTION, SILENCE
from mamori.rooms.contact.lifecycle import (
    MEDIATION,
    REMEDY,
    THREAD,
    TROUBLE,
    UNDER_WAY,
    ProposalState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.lifecycle.waits import (
    GIVE_BACK_WAITS,
    PROPOSAL_WAITS,
    RECOVERY_WAITS,
    REMEDY_WAITS,
    WATCHED,
)
from mamori.rooms.contact.rules.eligibility import Kind
from mamori.rooms.contact.topics import Topic
from mamori.site.command.speak import LANG, say
from trials import room as deeds
from trials.room import Fault, Given, Room
from trials.trail import LONGEST, Tally, noticed
from trials.verdict import told

TITLE = Text(
    "窓口の部屋をでたらめに歩く（表なし）", "a random walk through the room of contact, without tables"
)
PEOPLE = {
    "write": Role.BUYER,
    "say_unsolved": Role.BUYER,
    "answer": Role.SELLER,
    "request_mediation": Role.BUYER,
    "take_mediation": Role.AGENT,
    "propose": Role.SELLER,
    "accept": Role.BUYER,
    "decline": Role.BUYER,
    "counter": Role.BUYER,
    "withdraw_proposal": Role.SELLER,
    "solve": Role.BUYER,
    "withdraw": Role.BUYER,
    "ask": Role.BUYER,
    "grant": Role.AGENT,
    "refuse": Role.LEAD,
    "arrange": Role.AGENT,
    "note_sent": Role.BUYER,
    "note_arrival": Role.AGENT,
    "inspect": Role.AGENT,
    "stand_down": Role.AGENT,
    "give_up": Role.AGENT,
    "state_view": Role.SELLER,
    "claim": Role.LEAD,
    "waive": Role.LEAD,
    "give_back": Role.LEAD,
    "give_again": Role.LEAD,
}
"""Who usually does it."""
OFFERING = frozenset({"propose", "accept", "decline", "counter", "withdraw_proposal"})
OFTEN = ("market_answers", "market_answers_claim", "market_answers_back", "ring", "ring")
ANYBODY = tuple(role for role in Role if role is not Role.HELPER)
"""Who might try; a helper writes by a deed of its own."""
SELDOM = frozenset({"solve", "withdraw", "refuse", "charge_back", "pay_back"})
NAMES = (*PEOPLE, *OFTEN, "pay_back", "charge_back", "tell_total")


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the walk: which deed, by whom, and what it is told."""

    name: str
    role: Role
    amount: int
    wish: Kind
    yes: bool
    clock: str

    def take(self, room: Room) -> None:
        """Do it.

        :raises Refusal: when it is not on.
        """
        deed: Callable[..., None] = getattr(deeds, self.name)
        match self.name:
            case "ask":
                deed(room, self.role, self.wish, self.amount)
            case "grant" | "arrange" | "claim" | "give_back":
                deed(room, self.role, self.amount)
            case "inspect" | "propose" | "counter":
                deed(room, self.role, self.yes)
            case "market_answers" | "market_answers_claim" | "market_answers_back":
                deed(room, self.yes)
            case "pay_back":
                deed(room, self.amount)
            case "charge_back" | "tell_total":
                deed(room)
            case "ring":
                deed(room, self.clock)
            case _:
                deed(room, self.role)


def drawn(dice: random.Random, room: Room) -> Move:
    """Draw a step, mostly by the right hand."""
    name = dice.choice(NAMES)
    while name in SELDOM and dice.random() < 0.8:
        name = dice.choice(NAMES)
    if room.may_give_back and dice.random() < 0.3:
        name = "give_back"
    role = PEOPLE.get(name, Role.MACHINE)
    if name in OFFERING and dice.random() < 0.5:
        role = dice.choice((Role.BUYER, Role.SELLER, Role.AGENT))
    if dice.random() < 0.05:
        role = dice.choice(ANYBODY)
    price = room.given.price
    return Move(
        name=name,
        role=role,
        amount=dice.choice((price, price // 2, 1, price + 1)),
        wish=dice.choice(list(Kind)),
        yes=dice.random() < 0.6,
        clock=dice.choice(sorted(room.clocks) or [""]),
    )


def given(dice: random.Random) -> Given:
    """Draw what a matter begins with."""
    return Given(
        ceiling=dice.choice((100_000, 3_000, 0)) if dice.random() < 0.2 else 100_000,
        recovery_ceiling=dice.choice((100_000, 5_000)),
        topic=dice.choice((Topic.BROKEN, Topic.NOT_ARRIVED)),
        returns=dice.random() < 0.9,
        recovers=dice.random() < 0.9,
        accepted=dice.random() < 0.8,
    )


def faults(room: Room) -> Iterator[str]:
    """Yield everything that is not as promised."""
    parts: tuple[tuple[Statechart[Any], Any], ...] = (
        (THREAD, room.thread),
        (TROUBLE, room.trouble),
        (MEDIATION, room.mediation),
        (REMEDY, room.remedy),
    )
    over = room.trouble in TROUBLE.ends
    if over and room.proposal in PROPOSAL_WAITS:
        yield f"the proposal is {room.proposal} while the trouble is {room.trouble}"
    for chart, state in parts:
        if state is not None and (state in chart.ends) != over:
            yield f"{chart.name} is {state} while the trouble is {room.trouble}"
    if not over:
        waits = room.thread is ThreadState.ANSWERED and room.owed is None and not room.acted
        if (SILENCE.code in room.clocks) is not waits:
            yield f"the thread is {room.thread}, owed is {room.owed}, its clocks are {sorted(room.clocks)}"
        yield from _unwatched(room)
        pressed = room.thread is ThreadState.WAITING and room.remedy not in UNDER_WAY
        if (ANSWER.code in room.clocks) is not pressed:
            yield f"the thread is {room.thread}, the remedy {room.remedy}, its clocks are {sorted(room.clocks)}"
    offered = PROPOSAL_WAITS.get(room.proposal) if room.proposal is not None else None
    if room.clocks & {d.code for d in PROPOSAL_WAITS.values()} != ({offered.code} if offered else set()):
        yield f"the proposal is {room.proposal}, its clocks are {sorted(room.clocks)}"
    awaited = RECOVERY_WAITS.get(room.recovery) if room.recovery is not None else None
    if awaited is None and room.giving is not None:
        awaited = GIVE_BACK_WAITS.get(room.giving)
    if room.clocks & deeds.RECOVERY_CLOCKS != ({awaited.code} if awaited else set()):
        yield f"the recovery is {room.recovery}, giving back {room.giving}, its clocks are {sorted(room.clocks)}"
    if room.is_over and room.clocks:
        yield f"all is over, and {sorted(room.clocks)} run"
    yield from _wrong_sums(room)


def _unwatched(room: Room) -> Iterator[str]:
    """Yield what is open and waits for nobody: the solution, and what is decided, granted or under way."""
    is_late = room.trouble is TroubleState.OVERDUE
    if is_late and room.remedy is None:
        yield "an overdue trouble has no remedy under consideration"
    wanted = set() if is_late or room.back else {RESOLUTION.code}
    settled = room.proposal is ProposalState.ACCEPTED or SILENCE.code in room.clocks
    if room.remedy is not None and (
        room.remedy is not RemedyState.CONSIDERED or room.asked or (is_late and not settled)
    ):
        wanted.add(REMEDY_WAITS[room.remedy].code)
    if not wanted <= room.clocks or not room.clocks & WATCHED:
        yield f"{room.trouble}, {room.remedy}: of {sorted(wanted)} run {sorted(room.clocks)}"
    of_remedy = room.clocks & {deadline.code for deadline in REMEDY_WAITS.values()}
    if of_remedy - ({REMEDY_WAITS[room.remedy].code} if room.remedy is not None else set()):
        yield f"the remedy is {room.remedy}, its clocks are {sorted(room.clocks)}"


def _wrong_sums(room: Room) -> Iterator[str]:
    open_ = room.paid if room.recovery is not None and room.recovery in RECOVERY_WAITS else 0
    if room.paid != room.recovered + room.borne + open_:
        yield f"{room.paid} paid, {room.recovered} recovered, {room.borne} borne, {open_} open"
    if room.twice:
        yield "paid after the card company had given it back, though nobody was too late"
    if room.refunded != room.elsewhere + room.paid + (room.granted if room.counted else 0):
        yield f"{room.refunded} counted, {room.paid} paid and {room.elsewhere} elsewhere"
    if not room.too_late and room.paid and room.paid + room.before > room.given.price:
        yield f"{room.paid} paid after {room.before} elsewhere, of a price of {room.given.price}"
    above = room.paid + room.elsewhere - room.given.price
    if above > max(0, room.warned) and room.paid:
        yield f"{above} above the price of {room.given.price}, of which a lead heard {room.warned}"
    if room.recovery in ("hearing", "heard") and room.most > room.paid - max(0, above):
        yield f"{room.most} may be recovered, {room.paid} paid, {above} of it on top"
    if not room.recovered <= room.most <= max(room.paid, 0):
        yield f"{room.recovered} recovered, at most {room.most}, {room.paid} paid"
    if (room.out, room.claim_out, room.gives_out) != (
        room.remedy in ("ordered", "instructed"),
        room.recovery == "claimed",
        room.giving == "instructed",
    ):
        yield f"out: {room.out}, {room.claim_out}; the remedy is {room.remedy}, the recovery {room.recovery}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What the walk found."""

    seed: int
    steps: int
    done: int
    refused: int
    matters: int
    ended: int
    states: int
    never_done: str
    parked: int
    faults: int
    first_fault: str
    forgotten_clock_noticed_at_step: int
    paid_twice_noticed_at_step: int
    unheard_buyer_noticed_at_step: int
    counted_twice_noticed_at_step: int
    pressed_seller_noticed_at_step: int
    untold_lead_noticed_at_step: int
    steps_per_second: int


@dataclass(slots=True)
class Walk:
    """Matters one after the other, each until its end, and what was seen on the way."""

    dice: random.Random
    fault: Fault = Fault.NONE
    tally: Tally = field(default_factory=Tally)

    def go(self, steps: int) -> Iterator[tuple[int, str]]:
        """Take `steps` steps and yield each fault with the number of the step that showed it."""
        room, length = self._anew(), 0
        key = room.key
        for number in range(1, steps + 1):
            if self._ends(room) or length >= LONGEST:
                self.tally.counts["ended"] += room.is_over
                room, length = self._anew(), 0
                key = room.key
            move, length = drawn(self.dice, room), length + 1
            try:
                move.take(room)
            except Refusal:
                self.tally.counts["refused"] += 1
                continue
            self.tally.note(move.name, key, room)
            key = room.key
            yield from ((number, f"step {number}, {move.name}: {wrong}") for wrong in faults(room))

    def _ends(self, room: Room) -> bool:
        """Say whether the walk leaves a matter: what was deducted can still be appealed against for a while."""
        return room.is_over and not (room.may_give_back and self.dice.random() < 0.8)

    def _anew(self) -> Room:
        self.tally.counts["matters"] += 1
        return Room(given(self.dice), self.fault)


def walk(*, steps: int, seed: int) -> Walked:
    """Walk `steps` steps, and with each planted fault until it is noticed."""
    began = time.perf_counter()
    walked = Walk(random.Random(seed))  # noqa: S311
    found = [wrong for _, wrong in walked.go(steps)]
    seconds = time.perf_counter() - began
    return Walked(
        seed=seed,
        steps=steps,
        done=walked.tally.counts["done"],
        refused=walked.tally.counts["refused"],
        matters=walked.tally.counts["matters"],
        ended=walked.tally.counts["ended"],
        states=len(walked.tally.trail.ways),
        never_done=", ".join(sorted(set(NAMES) - walked.tally.taken)),
        parked=walked.tally.trail.parked(),
        faults=len(found),
        first_fault=found[0] if found else "",
        forgotten_clock_noticed_at_step=_noticed(Fault.FORGET, seed),
        paid_twice_noticed_at_step=_noticed(Fault.TWICE, seed),
        unheard_buyer_noticed_at_step=_noticed(Fault.DEAF, seed),
        counted_twice_noticed_at_step=_noticed(Fault.COUNT, seed),
        pressed_seller_noticed_at_step=_noticed(Fault.PRESS, seed),
        untold_lead_noticed_at_step=_noticed(Fault.QUIET, seed),
        steps_per_second=round(steps / seconds),
    )


def _noticed(fault: Fault, seed: int) -> int:
    return noticed(Walk(random.Random(seed), fault))  # noqa: S311


@click.command(name="walk", help=TITLE.in_(LANG))
@click.option("--steps", type=click.IntRange(1000), default=1_000_000, help=say("歩数", "how many steps"))
@click.option("--seed", type=int, default=20_260_401, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(steps: int, seed: int, as_json: bool) -> None:
    """Walk; exit with 1 when a state has no way out or no clock, a yen is wrong, or a planted fault is missed."""
    found = walk(steps=steps, seed=seed)
    promises = {
        say("出口も時計もない状態は0", "no open state without its clock, and no wrong yen"): found.faults
        == 0,
        say("どの状態からも終わりに至る道がある", "from every state a way leads to an end"): found.parked
        == 0,
        say("終わらない案件はない", "no matter goes on for ever"): found.matters - found.ended <= 1,
        say("どの操作も試した", "every deed was done"): not found.never_done,
        say(
            "仕込んだ誤り(時計の掛け忘れ)を見つけた", "planted fault caught: a clock that is forgotten"
        ): found.forgotten_clock_noticed_at_step > 0,
        say(
            "仕込んだ誤り(二重払い)を見つけた", "planted fault caught: limits that are not looked at"
        ): found.paid_twice_noticed_at_step > 0,
        say(
            "仕込んだ誤り(動いた購入者を待ち続ける)を見つけた",
            "planted fault caught: a buyer who acts is taken for silent",
        ): found.unheard_buyer_noticed_at_step > 0,
        say(
            "仕込んだ誤り(同じ返金を二度数える)を見つけた",
            "planted fault caught: a refund that is counted twice",
        ): found.counted_twice_noticed_at_step > 0,
        say(
            "仕込んだ誤り(運営者が返金するのに出品者を急かす)を見つけた",
            "planted fault caught: a seller who is pressed while the operator refunds",
        ): found.pressed_seller_noticed_at_step > 0,
        say(
            "仕込んだ誤り(余分に戻ったお金を責任者が知らない)を見つけた",
            "planted fault caught: money on top of a refund of which no lead hears",
        ): found.untold_lead_noticed_at_step > 0,
    }
    told(TITLE, found, promises, as_json=as_json)
