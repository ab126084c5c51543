"""The walk without tables, short: it keeps its promises, and notices what is planted."""

from __future__ import annotations

from typing import Any

from mamori.law.deadlines import CONFIRMATION, RESOLUTION, SILENCE
from mamori.rooms.contact.lifecycle import (
    GiveBackState,
    MediationState,
    RecoveryState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from trials import measures, walk
from trials.room import Room
from trials.trail import Walk
from trials.walk import faults


def test_a_short_walk_finds_nothing_parked_and_no_wrong_yen() -> None:
    found = walk.measure(steps=20_000, seed=7)

    assert found.broken == [], found.figures


def test_a_short_walk_through_enforcement_breaks_no_promise_and_sees_each_planted_fault() -> None:
    found = measures.measure(steps=20_000, seed=7)

    assert found.broken == [], found.figures


def test_each_thing_that_is_not_as_promised_is_named() -> None:
    room = Room()
    assert list(faults(room)) == []

    for changed in (
        {"clocks": set()},
        {"remedy": RemedyState.CONSIDERED, "asked": True},
        {"remedy": RemedyState.INSTRUCTED, "clocks": {*Room().clocks, CONFIRMATION.code}},
        {"thread": ThreadState.ANSWERED, "acted": True, "clocks": {RESOLUTION.code, SILENCE.code}},
        {"refunded": 1},
        {"paid": 8_000, "borne": 8_000, "elsewhere": 1, "refunded": 8_001},
        {
            "paid": 8_000,
            "most": 8_000,
            "recovery": RecoveryState.HEARING,
            "elsewhere": 1,
            "refunded": 8_001,
            "warned": 1,
        },
        {"trouble": TroubleState.OVERDUE},
        {"thread": ThreadState.CLOSED},
        {"thread": ThreadState.ANSWERED},
        {"thread": ThreadState.ANSWERED, "broken": True, "clocks": {*Room().clocks, SILENCE.code}},
        {"mediation": MediationState.SETTLED},
        {"recovery": RecoveryState.HEARING},
        {"giving": GiveBackState.INSTRUCTED},
        {"giving": GiveBackState.STALLED},
        {"paid": 1},
        {"twice": True},
        {"elsewhere": 8_001},
        {"recovered": 1, "borne": -1},
    ):
        wrong = Room()
        for name, value in changed.items():
            setattr(wrong, name, value)
        assert list(faults(wrong)) != [], changed


def test_a_state_without_a_way_to_an_end_is_parked() -> None:
    nothing: Any = None
    ways = {("a",): {("b",)}, ("b",): {("end",)}, ("c",): {("c",)}}
    walk: Walk[Any] = Walk(nothing, nothing, nothing, nothing, ways=ways, ends={("end",)})

    assert walk.parked() == 1
