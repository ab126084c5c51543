"""The log's own trial in small: each way to spoil it is found by its place, and a blind verifier misses a cut."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace

import pytest

from trials import log
from trials.scratch import python
from trials.sizes import sized

COUNT, SECONDS = sized((56, "0.4"), (120, "1"))
SPOILT = log.Spoilt(
    engine="sqlite",
    seed=1,
    spoilt=10,
    found=10,
    placed_right=10,
    kinds={},
    problems=(),
    cuts_without_outside=5,
    cuts_missed_without_outside=5,
    milliseconds_each=1.0,
    acts_per_second_without_log=2,
    acts_per_second_with_log=1,
    ratio=0.5,
    leaves_per_second=9,
)


def test_the_promises_are_kept_only_when_all_is_found_and_the_planted_fault_shows() -> None:
    assert all(log.promises(SPOILT).values())
    for broken in (
        replace(SPOILT, found=9),
        replace(SPOILT, placed_right=9),
        replace(SPOILT, cuts_missed_without_outside=4),
        replace(SPOILT, cuts_without_outside=0, cuts_missed_without_outside=0),
    ):
        assert not all(log.promises(broken).values())


@pytest.mark.sized
@pytest.mark.processes
def test_every_way_to_spoil_a_real_log_is_found_by_its_place() -> None:
    engine = "postgres" if os.environ.get("MAMORI_DATABASE_URL", "").startswith("postgres") else "sqlite"

    done = subprocess.run(
        python(
            "-m", "trials", "log", "--count", str(COUNT), "--seconds", SECONDS, "--json", "--engine", engine
        ),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    told = json.loads(done.stdout)
    assert told["spoilt"] == told["placed_right"] == COUNT
    assert len(told["kinds"]) >= 24
    assert told["cuts_missed_without_outside"] == told["cuts_without_outside"] > 0
