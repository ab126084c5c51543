"""Is every change to the log found, and named by its place?  Planted: a verification without evidence that others kept."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.ledger import facts
from trials.harness import Found, command_of, within
from trials.scratch import scratch
from trials.spoil import scene as scenes
from trials.spoil.deeds import DEEDS, cut
from trials.spoil.scene import Deed, Scene, Spoil

CUTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the verification said of one deed."""

    found: bool
    placed_right: bool
    places: frozenset[str]


def spoilt(*, count: int, seed: int) -> dict[str, Any]:
    """Build a log in the house of the settings and spoil it `count` times; return what was found."""
    scene = scenes.build(Path(settings.HOME) / "kept", seed)
    clean = facts.verify(scene.kept)
    if not clean.is_clean:
        raise RuntimeError(f"the log is not clean before anything was done: {clean.findings[:3]}")
    dice, kinds = random.Random(seed), Counter[str]()  # noqa: S311
    problems: list[str] = []
    found = right = 0
    for number in range(count):
        deed, answer = _try(scene, DEEDS[number % len(DEEDS)], dice)
        kinds[deed.what] += 1
        found += answer.found
        right += answer.placed_right
        if not answer.placed_right:
            problems.append(f"{deed.what}: {sorted(deed.must)[:3]} named {sorted(answer.places)[:5]}")
    blind = [_try(scene, cut, dice, outside=False)[1] for _ in range(CUTS)]
    missed = sum(not answer.placed_right for answer in blind)
    return {
        "spoilt": count,
        "found": found,
        "placed_right": right,
        "kinds": dict(sorted(kinds.items())),
        "problems": problems[:10],
        "cuts_missed_without_outside": missed,
    }


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


def measure(*, engine: str, count: int = 10_000, seed: int = 1) -> Found:
    """Spoil a log `count` times in a scratch house and a process of its own: in this one it would be the operator's."""
    with scratch(engine) as (env, _):
        found = within(env, "trials.log:spoilt", count=count, seed=seed)
    return Found(
        {
            "every change is found": found["found"] == count,
            "the place is named right": found["placed_right"] == count,
            "planted: without outside evidence a cut passes": found["cuts_missed_without_outside"] == CUTS,
        },
        engine=engine,
        seed=seed,
        **found,
    )


command = command_of(
    Text("記録を壊して、場所が名指しされるかを見る", "spoil the log, and see whether the place is named"),
    measure,
)
