"""The room of enforcement without tables says the same as the room itself: the same steps, refusals, states and clocks."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks.models import IS_OPEN, Clock
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, ListingLine
from mamori.ground.market.models import Instruction
from mamori.ground.outbox import actions as outbox
from mamori.ground.people.models import Account
from mamori.law.clauses import CLAUSES
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.appeals.actions import GrantedPart
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.lifecycle import AppealState, FindingState
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.models import Appeal, Finding, Measure, Strike
from mamori.rooms.enforcement.rules.bounds import Dismissed, Source
from mamori.site import wiring
from tests.journeys.wanderer import is_taken, walk_seed
from tests.shops import put_shop
from trials.matter import PEOPLE, Fault, Matter, Move
from trials.measures import begun, drawn, take
from trials.sizes import sized_by_engine

pytestmark = [pytest.mark.django_db, pytest.mark.sized]
TOLD: dict[str, Any] = {"buyers_told": "電子メールで知らせた", "told_on": date(2020, 1, 6)}
MATTERS = int(os.environ.get("MAMORI_MODEL_MATTERS", sized_by_engine(4, 12)))
STEPS = 150
BEGAN = datetime(2026, 4, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Nothing(Refusal, code="test.no-such-thing", status=409):
    """Given when there is nothing of the kind, which in the house nobody can even try."""

    text = Text("ありません。お確かめください。", "There is none. Please check it.")


@dataclass(slots=True)
class Real:
    """One finding in the house, moved by the room's actions."""

    finding: int
    seller: str
    now: datetime

    def take(self, move: Move) -> None:
        """Do the same step through the room's actions, and work off what follows from it.

        :raises Refusal: when the room refuses it.
        """
        self.now += timedelta(seconds=1)
        by = {Role.SELLER: f"seller:{self.seller}", Role.DELEGATE: f"seller:{self.seller}/hanako"}
        actor = Actor(
            by=by.get(move.role, f"{move.role}:{move.who}"), role=move.role, at=self.now, via="test"
        )
        DEEDS[move.name](self, actor, move)
        while outbox.work(at=self.now):
            pass

    @property
    def measure(self) -> Measure | None:
        """Return the newest measure, or nothing."""
        return Measure.objects.filter(finding=self.finding).order_by("-id").first()

    @property
    def appeal(self) -> Appeal | None:
        """Return the newest appeal, or nothing."""
        return Appeal.objects.filter(measure__finding=self.finding).order_by("-id").first()

    def running(self) -> dict[str, Clock]:
        """Return the clocks that run, by their kind."""
        measure, appeal = self.measure, self.appeal
        names = [f"enforcement.finding:{self.finding}"]
        names += [f"enforcement.measure:{measure.pk}"] if measure else []
        names += [f"enforcement.appeal:{appeal.pk}"] if appeal else []
        return {row.kind: row for row in Clock.objects.filter(IS_OPEN, about__in=names)}

    def out(self) -> list[Instruction]:
        """Return what the shop has not answered, the oldest first."""
        measure = self.measure
        about = f"enforcement.measure:{measure.pk if measure else 0}"
        return list(Instruction.objects.filter(about=about, closed_at__isnull=True).order_by("number"))

    def shown(self) -> dict[str, object]:
        """Return what is compared."""
        finding, measure, appeal = Finding.objects.get(pk=self.finding), self.measure, self.appeal
        running = self.running()
        return {
            "finding": finding.state,
            "measure": measure.state if measure else None,
            "because": measure.ended_because if measure else "",
            "appeal": appeal.state if appeal else None,
            "clocks": sorted(running),
            "paused": any(clock.next_try_at is None for clock in running.values()),
            "out": [(one.undoes_id is not None, one.recalled_at is not None) for one in self.out()],
            "counts": Strike.objects.filter(finding=self.finding, ended_at__isnull=True).exists(),
        }


def shown(matter: Matter) -> dict[str, object]:
    """Return the same of the model."""
    return {
        "finding": matter.finding,
        "measure": matter.measure,
        "because": matter.because or "",
        "appeal": matter.appeal,
        "clocks": sorted(matter.clocks),
        "paused": matter.paused or matter.finding is FindingState.HEARING,
        "out": [(one.undoes, one.recalled) for one in matter.shop.out],
        "counts": matter.count,
    }


def _machine(at: datetime) -> Actor:
    return Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test")


def _measure(real: Real) -> int:
    if real.measure is None:
        raise Nothing
    return int(real.measure.pk)


def _appeal(real: Real) -> int:
    if real.appeal is None:
        raise Nothing
    return int(real.appeal.pk)


def _decide(real: Real, actor: Actor, move: Move) -> None:
    why = Text("事情があるため。", "The circumstances ask for it.")
    wish = Wish(
        measure=move.measure,
        days=move.days,
        amount=move.amount,
        unheard=move.unheard,
        at_once=move.at_once,
        reason="記録のとおり",
        why_other=why,
        why_amount=why,
    )
    deciding.decide(actor, finding=real.finding, wish=wish)


def _decide_appeal(real: Real, actor: Actor, move: Move) -> None:
    part = GrantedPart(move.part) if move.part else None
    outcome = AppealState(move.outcome)
    appeals.decide_appeal(actor, appeal=_appeal(real), outcome=outcome, said="記録のとおり", part=part)


def _market_answers(real: Real, _: Actor, move: Move) -> None:
    out = real.out()
    if not out:
        raise Nothing
    one = out[move.which % len(out)]
    market.confirm(_machine(real.now), instruction=one.pk, outcome="confirmed" if move.yes else "refused")


def _ring(real: Real, _: Actor, move: Move) -> None:
    clock = real.running().get(move.clock)
    if clock is None or clock.next_try_at is None:
        raise Nothing
    Clock.objects.filter(pk=clock.pk).update(next_try_at=LONG_AGO)
    clocks.fire_due(at=real.now, tasks=wiring.RINGS, limit=1)
    clock.refresh_from_db()
    assert clock.outcome == "rung", clock.error


DEEDS: dict[str, Callable[[Real, Actor, Move], object]] = {
    "ask": lambda real, actor, _: findings.ask_view(actor, finding=real.finding),
    "state_view": lambda real, actor, _: findings.state_view(actor, finding=real.finding, said="x"),
    "note_cured": lambda real, actor, _: standing.note_cured(actor, finding=real.finding, reason="x", **TOLD),
    "read_view": lambda real, actor, _: standing.read_view(actor, finding=real.finding, reason="x"),
    "dismiss": lambda real, actor, _: findings.dismiss(
        actor, finding=real.finding, because=Dismissed.NO_BREACH, reason="x"
    ),
    "decide": _decide,
    "approve": lambda real, actor, _: deciding.approve(actor, measure=_measure(real)),
    "send_back": lambda real, actor, _: deciding.send_back(actor, measure=_measure(real), reason="x"),
    "lift": lambda real, actor, move: standing.lift(
        actor, measure=_measure(real), because=move.because, reason="x"
    ),
    "order_again": lambda real, actor, _: standing.order_again(actor, measure=_measure(real)),
    "appeal": lambda real, actor, _: appeals.appeal(actor, measure=_measure(real), said="x"),
    "take": lambda real, actor, _: appeals.take_appeal(actor, appeal=_appeal(real)),
    "write": lambda real, actor, _: appeals.write_appeal(actor, appeal=_appeal(real), said="x"),
    "reply": lambda real, actor, _: appeals.reply_appeal(actor, appeal=_appeal(real), said="x"),
    "ask_more": lambda real, actor, _: appeals.reply_appeal(actor, appeal=_appeal(real), said="x", asks=True),
    "go_on": lambda real, actor, _: appeals.go_on_appeal(actor, appeal=_appeal(real)),
    "withdraw": lambda real, actor, _: appeals.withdraw_appeal(actor, appeal=_appeal(real)),
    "decide_appeal": _decide_appeal,
    "market_answers": _market_answers,
    "ring": _ring,
}


def opened(number: int, matter: Matter) -> Real:
    """Open the same finding in the house, about a seller of its own."""
    given, at = matter.given, BEGAN + timedelta(days=number)
    seller = f"S{number}"
    accepted = tuple(
        Accepted(clause=one.code, version=one.version, at=BEGAN - timedelta(days=60)) for one in CLAUSES
    )
    put_shop(_machine(at), ref=seller, name="店", mail="s@example.jp", accepted=accepted)
    category = "衣類" if given.category else ""
    line = ListingLine(ref=f"L{number}", seller=seller, name="品", price=8_000, category=category)
    market.put_listing(_machine(at), line)
    Account.objects.update(is_active=not given.alone)
    finding = findings.find(
        Actor(by="agent:1", role=Role.AGENT, at=at, via="test"),
        breach=given.breach,
        severity=given.severity,
        harm=given.harm,
        subject=Subject(
            seller=seller,
            listing=f"L{number}" if given.listing else "",
            category=category,
        ),
        facts=(Text("表示がない。", "Nothing is shown."),),
        origin=f"test:{number}",
        source=Source.STAFF,
    )
    return Real(finding, seller, at)


def test_the_room_of_enforcement_and_its_model_take_the_same_steps() -> None:
    seed = walk_seed()
    dice = random.Random(seed)
    done = refused = 0
    early = BEGAN - timedelta(days=60)
    in_force(at=early, since=early.date())
    for who, role in PEOPLE.items():
        Account.objects.create(pk=who, email=f"{who}@example.jp", name="x", role=role, added_at=early)

    for number in range(MATTERS):
        matter = begun(dice, Fault.NONE)
        real = opened(number, matter)
        for step in range(STEPS):
            move = drawn(dice, matter)
            told = (is_taken(partial(take, move=move), matter), is_taken(real.take, move))
            where = f"seed {seed}, matter {number}, step {step}: {move}"
            assert told[0] == told[1], (where, shown(matter), real.shown())
            assert real.shown() == shown(matter), where
            done, refused = done + told[0], refused + (not told[0])
            if matter.is_over and dice.random() < 0.3:
                break

    assert done >= 3 * MATTERS
    assert refused > 0
