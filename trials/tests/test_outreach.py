"""A campaign under kill -9, small; `python -m trials outreach` is the large form of it."""

from __future__ import annotations

import random

import pytest

from trials.outreach import play

pytestmark = pytest.mark.processes


def test_workers_that_are_killed_leave_nobody_out_and_tell_nobody_twice() -> None:
    run = play(engine="sqlite", sellers=120, kills=2, dice=random.Random(7), thinking=0.1, pause=0.1)

    assert (run.kills, run.turned_back) == (2, True)
    assert (run.lost, run.told_twice, run.private, run.unlike) == (0, 0, 0, 0)
    assert (run.renamed, run.unmailed, run.state) == (0, 0, "standing")


def test_a_house_that_forgets_whom_it_told_is_found() -> None:
    run = play(
        engine="sqlite",
        sellers=120,
        kills=2,
        dice=random.Random(7),
        fault="forgetful",
        thinking=0.02,
        pause=0.1,
    )

    assert run.told_twice > 0
