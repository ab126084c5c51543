"""The trial of the log: deed after deed, each verified and judged; then acts with and without it."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from django.db import connection, transaction

from mamori.grammar.hand import Hand, Role
from mamori.ground.cases import actions as cases
from mamori.ground.ledger import actions, facts
from mamori.ground.market.events import InstructionConfirmed
from mamori.ground.outbox import actions as outbox
from mamori.site.command.speak import say
from trials.log import Spoilt
from trials.spoil import scene as scenes
from trials.spoil.deeds import DEEDS, cut
from trials.spoil.scene import Deed, Scene, Spoil

ROUNDS = 4
CUTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the verification said of one deed."""

    found: bool
    placed_right: bool
    places: frozenset[str]


def trial(*, engine: str, count: int, seconds: float, seed: int, quiet: bool, kept: Path) -> Spoilt:
    """Build a log in the house of the settings, spoil it `count` times, and measure acts for `seconds`."""

    scene = scenes.build(kept, seed)
    clean = facts.verify(scene.kept)
    if not clean.is_clean:
        raise RuntimeError(f"the log is not clean before anything was done: {clean.findings[:3]}")
    dice = random.Random(seed)  # noqa: S311  a replayable choice, no secret
    kinds: Counter[str] = Counter()
    problems: list[str] = []
    found = right = 0
    began = time.perf_counter()
    with click.progressbar(length=count, hidden=quiet, label=say("壊す", "spoiling"), file=sys.stderr) as bar:
        for number in range(count):
            deed, answer = _try(scene, DEEDS[number % len(DEEDS)], dice)
            kinds[deed.what] += 1
            found += answer.found
            right += answer.placed_right
            if not answer.placed_right:
                problems.append(f"{deed.what}: {sorted(deed.must)[:3]} named {sorted(answer.places)[:5]}")
            bar.update(1)
    each = (time.perf_counter() - began) * 1000 / max(count, 1)
    blind = [_try(scene, cut, dice, outside=False)[1] for _ in range(CUTS)]
    without, with_log, leaves = _rates(seconds)
    return Spoilt(
        engine=engine,
        seed=seed,
        spoilt=count,
        found=found,
        placed_right=right,
        kinds=dict(sorted(kinds.items())),
        problems=tuple(problems[:10]),
        cuts_without_outside=len(blind),
        cuts_missed_without_outside=sum(not answer.placed_right for answer in blind),
        milliseconds_each=round(each, 1),
        acts_per_second_without_log=round(without),
        acts_per_second_with_log=round(with_log),
        ratio=round(with_log / without, 2),
        leaves_per_second=round(leaves),
    )


def _try(scene: Scene, spoil: Spoil, dice: random.Random, *, outside: bool = True) -> tuple[Deed, Answer]:
    """Do one deed on a copy, verify, and say whether the verification named its place and nothing else."""

    with scenes.copy(scene):
        deed = spoil(scene, dice)
        with scenes.guarded():
            report = facts.verify(scene.kept if deed.needs_outside and outside else None)
    places = frozenset(_file_of(finding.place) for finding in report.findings)
    named = bool(places & deed.must) and places <= deed.must | deed.may
    return deed, Answer(found=bool(places), placed_right=named, places=places)


def _file_of(place: str) -> str:
    """Return the file of a place within a tile."""
    return place.split(" ", maxsplit=1)[0] if place.startswith("tile/") else place


LEAVES = 333
"""Acts to be placed in the log at once, for each second that is measured."""


def _rates(seconds: float) -> tuple[float, float, float]:
    """Return effects per second alone and with their acts recorded (sequencer at work), and leaves per second."""
    hand = Hand(by="sato", role=Role.AGENT, at=datetime.now(UTC), via="bench")

    def effect(number: int, *, logged: bool) -> None:
        """Do what an action does: open a case, publish an event, and record the act or not."""
        about, buyer, seller = f"contact.trouble:{number}", f"B-{number % 50}", f"S-{number % 9}"
        with transaction.atomic():
            cases.open(
                kind="contact.trouble",
                about=about,
                title=about,
                buyer_ref=buyer,
                seller_ref=seller,
                order_ref=str(number),
                at=hand.at,
            )
            event = InstructionConfirmed(
                subject=about,
                instruction=str(number),
                what="refund",
                order_ref=str(number),
                seller_ref=seller,
                buyer_ref=buyer,
                amount=1000,
                about=about,
            )
            outbox.publish(event, at=hand.at)
            if logged:
                actions.record(hand, kind="contact.asked", subject=f"buyer:{buyer}", about=about)

    done: Counter[bool] = Counter()
    spent = {True: 0.0, False: 0.0}
    number = 0
    for turn in range(2 * ROUNDS):
        logged = bool(turn % 2)
        with _sequencing(logged):
            began = time.perf_counter()
            while (past := time.perf_counter() - began) < seconds / ROUNDS:
                number += 1
                effect(number, logged=logged)
                done[logged] += 1
            spent[logged] += past
    for more in range(number + 1, number + 1 + round(LEAVES * seconds)):
        effect(more, logged=True)
    began = time.perf_counter()
    placed = actions.sequence(at=datetime.now(UTC))
    leaves = placed / (time.perf_counter() - began)
    return done[False] / spent[False], done[True] / spent[True], leaves


class _sequencing:  # noqa: N801  reads as a phrase
    """Runs the sequencer twice a second beside what happens inside, as the worker does."""

    def __init__(self, at_work: bool) -> None:
        self.at_work = at_work
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        if self.at_work:
            self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        if self.at_work:
            self.thread.join()

    def _run(self) -> None:
        while not self.stop.wait(0.5):
            actions.sequence(at=datetime.now(UTC))
        connection.close()
