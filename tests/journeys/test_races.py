"""Everybody at once on the same trouble, from processes of their own: each effect once, and all rows tell the same story."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from trials.scratch import loaded, scratch
from trials.sizes import sized_by_engine

pytestmark = [pytest.mark.processes, pytest.mark.sized]

PROCESSES = int(os.environ.get("MAMORI_RACERS", "4"))
ROUNDS = int(os.environ.get("MAMORI_RACE_ROUNDS", sized_by_engine(2, 5)))
FEW = int(os.environ.get("MAMORI_RACE_ROUNDS", "2"))
TROUBLES = "from tests.journeys import racing; racing.main()"
MEASURES = "from tests.journeys import racing_measures; racing_measures.main()"
OFFERS = "from tests.journeys import racing_offers; racing_offers.main()"
LAST = "from tests.journeys import racing_last; racing_last.main()"
ENGINE = "postgres" if os.environ.get("MAMORI_DATABASE_URL", "").startswith("postgres") else "sqlite"


def test_whoever_comes_first_everything_happens_once_and_nothing_breaks() -> None:
    with scratch(ENGINE) as (env, _):
        env["PYTHONPATH"] = str(Path(__file__).parents[2])
        plan = _run(env, "prepare", str(ROUNDS), str(PROCESSES))

        racers = [_start(env, "race", str(seed), json.dumps(plan)) for seed in range(PROCESSES)]
        told = [json.loads(_output(racer)) for racer in racers]
        story = _run(env, "examine")

    assert [fault for racer in told for fault in racer["faults"]] == []
    assert story["faults"] == []
    done: list[str] = [deed for racer in told for deed in racer["done"]]
    assert all(deed.startswith("turn:") or done.count(deed) == 1 for deed in done), done
    assert story["refunds"] <= story["times"]
    assert story["own"] == story["times"] < PROCESSES


def test_whoever_decides_first_on_a_finding_a_measure_or_an_appeal_it_is_decided_once() -> None:
    faults, done = _raced()

    assert faults == []
    assert set(done.values()) == {1}, done
    kinds = Counter(deed.rpartition(" ")[0] for deed in done)
    assert kinds["decide"] == kinds["approve"] == kinds["end appeal"] == FEW, kinds


def test_somebody_who_does_not_look_again_behind_the_lock_would_be_noticed() -> None:
    faults, done = _raced(MAMORI_RACE_PLANT="1")

    assert faults
    assert max(done.values()) > 1, done


def test_of_two_who_act_at_once_the_second_sees_what_the_first_has_left() -> None:
    with scratch(ENGINE) as (env, _):
        env["PYTHONPATH"] = str(Path(__file__).parents[2])
        plan = json.dumps(_run(env, "prepare", main=LAST))
        told, left = {}, {}
        for which in ("passkeys", "app", "codes", "leads", "first", "erased", "points", "delegates", "key"):
            racers = [_start(env, "race", which, str(seed), plan, main=LAST) for seed in range(2)]
            told[which] = sorted(json.loads(_output(racer)) for racer in racers)
            left[which] = _run(env, "examine", main=LAST)

    assert left["passkeys"]["passkeys"] == left["app"]["app"] == 1
    assert (left["codes"]["codes"], told["codes"]) == (9, ["", ""])
    assert (left["leads"]["leads"], told["leads"]) == (1, ["", "people.last-lead"])
    assert (left["first"]["leads"], told["first"]) == (1, ["", "proposed"])
    assert (left["erased"]["buyer lives"], told["erased"]) == (True, ["", "market.matters_open"])
    given, answered = left["points"]["points"]
    assert (given, told["points"]) == (answered, ["", ""])
    assert given > 0
    assert (left["delegates"]["delegates"], told["delegates"]) == (50, ["", "people.too-many-delegates"])
    meanwhile = "people.key-rotated-meanwhile" if ENGINE == "postgres" else ""
    assert (told["key"], left["key"]["generations"][:2]) == (["", meanwhile], [1, 2])


def test_of_two_refunds_offered_or_accepted_at_once_one_stands_and_the_other_reads_why() -> None:
    with scratch(ENGINE) as (env, _):
        env["PYTHONPATH"] = str(Path(__file__).parents[2])
        plan, told = json.dumps(_run(env, "prepare", main=OFFERS)), {}
        for which in ("presses", "tabs", "staff", "accepts"):
            racers = [_start(env, "race", which, str(seed), plan, main=OFFERS) for seed in range(2)]
            told[which] = sorted(json.loads(_output(racer)) for racer in racers)
        left = _run(env, "examine", main=OFFERS)

    assert told.pop("presses") == ["", ""]  # one form that is sent twice leads twice to where it led
    done, read = zip(*told.values(), strict=True)
    assert done == ("", "", "")
    assert "提案は一度に一つだけです" in read[0]
    assert "という提案が進んでいます" in read[1]
    assert "今「合意した」なので" in read[2]
    offered = (
        "双方の返事を待つか" in read[1]
    )  # the shop came first: else its answer was refused with the offer
    assert left == {
        "presses": {"offers": ["offered"], "answers": 1, "twice": []},
        "tabs": {"offers": ["offered"], "answers": 1, "twice": []},
        "staff": {"offers": ["offered"], "answers": int(offered), "twice": []},
        "accepts": {"offers": ["accepted"], "answers": 0, "twice": []},
    }


def _raced(**planted: str) -> tuple[list[str], Counter[str]]:
    """Race for the same findings; return what does not fit together, and how often each deed succeeded."""
    with scratch(ENGINE) as (env, _):
        env.update(planted, PYTHONPATH=str(Path(__file__).parents[2]))
        plan = _run(env, "prepare", str(FEW), str(PROCESSES), main=MEASURES)
        racers = [
            _start(env, "race", str(seed), json.dumps(plan), main=MEASURES) for seed in range(PROCESSES)
        ]
        told = [json.loads(_output(racer)) for racer in racers]
        story = _run(env, "examine", main=MEASURES)
    faults = [*(fault for racer in told for fault in racer["faults"]), *story["faults"]]
    return faults, Counter(deed for racer in told for deed in racer["done"] if not deed.startswith("turn:"))


def _start(env: dict[str, str], *words: str, main: str = TROUBLES) -> subprocess.Popen[str]:
    return subprocess.Popen(
        loaded("-c", main, *words), env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _output(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=600)
    sys.stderr.write(err)
    assert process.returncode == 0, err[-3000:]
    return out


def _run(env: dict[str, str], *words: str, main: str = TROUBLES) -> Any:
    return json.loads(_output(_start(env, *words, main=main)))
