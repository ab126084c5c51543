"""Does every open state of the room of contact have a way out and a clock, and does money add up, whatever anybody does?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from mamori.grammar.actor import Role
from mamori.law.deadlines import ANSWER, RESOLUTION, SILENCE
from mamori.rooms.contact.lifecycle import waits
from mamori.rooms.contact.lifecycle.proposal import ProposalState
from mamori.rooms.contact.lifecycle.remedy import UNDER_WAY, RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TROUBLE, TroubleState
from mamori.rooms.contact.rules.eligibility import Kind
from mamori.rooms.contact.topics import Topic
from trials.harness import Found, measured
from trials.room import CHARTS, DEEDS, RECOVERY_CLOCKS, Fault, Given, Move, Room
from trials.trail import Step, Walk, walked

OFFERING = frozenset({"propose", "accept", "decline", "counter", "withdraw_proposal"})
ANYBODY = tuple(role for role in Role if role is not Role.HELPER)
"""Who might try; a helper writes by a deed of its own."""
SELDOM = frozenset({"solve", "withdraw", "refuse", "charge_back", "pay_back"})
NAMES = tuple(name for name in DEEDS for _ in range(2 if name == "ring" else 1))


def drawn(dice: random.Random, room: Room) -> Move:
    """Draw a step, mostly by the right actor."""
    name = dice.choice(NAMES)
    while name in SELDOM and dice.random() < 0.8:
        name = dice.choice(NAMES)
    if room.may_give_back and dice.random() < 0.3:
        name = "give_back"
    usual = role = DEEDS[name][0]
    if name in OFFERING and dice.random() < 0.5:
        role = dice.choice((Role.BUYER, Role.SELLER, Role.AGENT))
    if dice.random() < 0.05:
        role = dice.choice(ANYBODY)
    price = room.given.price
    return Move(
        name=name,
        role=usual if usual is Role.MACHINE else role,
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
    over = room.trouble in TROUBLE.ends
    if over and room.proposal in waits.PROPOSAL_WAITS:
        yield f"the proposal is {room.proposal} while the trouble is {room.trouble}"
    for name in ("thread", "trouble", "mediation", "remedy"):
        if (state := getattr(room, name)) is not None and (state in CHARTS[name].ends) != over:
            yield f"the {name} is {state} while the trouble is {room.trouble}"
    if not over:
        silent = room.thread is ThreadState.ANSWERED and room.owed is None and not room.acted
        if (SILENCE.code in room.clocks) is not silent:
            yield f"the thread is {room.thread}, owed is {room.owed}, its clocks are {sorted(room.clocks)}"
        yield from _unwatched(room)
        pressed = room.thread is ThreadState.WAITING and room.remedy not in UNDER_WAY
        if (ANSWER.code in room.clocks) is not pressed:
            yield f"the thread is {room.thread}, the remedy {room.remedy}, its clocks are {sorted(room.clocks)}"
    offers = {one.code: state for state, one in waits.PROPOSAL_WAITS.items()}
    if room.clocks & offers.keys() != {code for code, state in offers.items() if state is room.proposal}:
        yield f"the proposal is {room.proposal}, its clocks are {sorted(room.clocks)}"
    awaited = waits.RECOVERY_WAITS.get(room.recovery) if room.recovery is not None else None
    if awaited is None and room.giving is not None:
        awaited = waits.GIVE_BACK_WAITS.get(room.giving)
    if room.clocks & RECOVERY_CLOCKS != ({awaited.code} if awaited else set()):
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
    own = {one.code for state, one in waits.REMEDY_WAITS.items() if state is room.remedy}
    if room.remedy is not RemedyState.CONSIDERED or room.asked or (is_late and not settled):
        wanted |= own
    if not wanted <= room.clocks or not room.clocks & waits.WATCHED:
        yield f"{room.trouble}, {room.remedy}: of {sorted(wanted)} run {sorted(room.clocks)}"
    if room.clocks & {one.code for one in waits.REMEDY_WAITS.values()} - own:
        yield f"the remedy is {room.remedy}, its clocks are {sorted(room.clocks)}"


def _wrong_sums(room: Room) -> Iterator[str]:
    open_ = room.paid if room.recovery is not None and room.recovery in waits.RECOVERY_WAITS else 0
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


def _step(dice: random.Random, room: Room) -> Step:
    move = drawn(dice, room)
    return move.name, partial(move.take, room), partial(faults, room)


def _walk(dice: random.Random, fault: Fault) -> Walk[Room]:
    def leaves(dice: random.Random, room: Room) -> bool:
        """Say whether the walk leaves a matter: what was deducted can still be appealed against for a while."""
        return not (room.may_give_back and dice.random() < 0.8)

    return Walk(dice, lambda dice: Room(given(dice), fault), leaves, _step)


@measured("窓口の部屋をでたらめに歩く（表なし）", "a random walk through the room of contact, without tables")
def measure(*, steps: int = 1_000_000, seed: int = 20_260_401) -> Found:
    """Walk `steps` steps, and with each planted fault until it is noticed."""
    return walked(_walk, Fault, names=set(NAMES), steps=steps, seed=seed)
