"""Mail under kill -9 and by two workers at once, small; `python -m trials post` is the large form of it."""

from __future__ import annotations

import random

import pytest

from trials.post import play

pytestmark = pytest.mark.processes
DICE = random.Random(7)


def test_two_workers_at_once_send_each_mail_once() -> None:
    run = play(engine="sqlite", mails=120, kills=0, dice=DICE)

    assert (run.lost, run.renamed, run.altered) == (0, 0, 0)
    assert run.sink.count == 120


def test_workers_that_are_killed_lose_nothing_and_rename_nothing() -> None:
    run = play(engine="sqlite", mails=120, kills=2, dice=DICE)

    assert (run.lost, run.renamed, run.altered) == (0, 0, 0)


def test_a_worker_that_ticks_before_it_sends_is_found() -> None:
    run = play(
        engine="sqlite", mails=120, kills=1, dice=DICE, workers=1, fault="early"
    )  # who is killed, is sending

    assert run.lost > 0
