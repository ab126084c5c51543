"""Do limits hold exactly when twelve processes guess at once, and do answers tell whom we know by how long they take?"""

from __future__ import annotations

import json
import subprocess
from collections import Counter

from mamori.grammar.text import Text
from trials.harness import Found, command_of, role_of, within
from trials.scratch import scratch

LIMIT, TRIES, GAP = 10, 5, 5.0


def measure(*, engine: str, racers: int = 12, rounds: int = 20, pairs: int = 500) -> Found:
    """Race and probe in houses of their own."""
    with scratch(engine) as (env, _):
        plan = within(env, "trials.guessed:prepare", rounds=rounds, racers=racers)
        words = [
            role_of("trials.guessed:race", number=number, racers=racers, plan=plan)
            for number in range(racers)
        ]
        running = [subprocess.Popen(one, env=env, stdout=subprocess.PIPE, text=True) for one in words]  # noqa: S603
        done: Counter[str] = Counter()
        for process in running:
            done.update(json.loads(process.communicate(timeout=3000)[0].splitlines()[-1]))
        left = within(env, "trials.guessed:examine")
    with scratch(engine) as (env, _):
        gaps = within(env, "trials.guessed:pairs", count=pairs, planted=False)
    with scratch(engine) as (env, _):
        planted = within(env, "trials.guessed:pairs", count=max(20, pairs // 10), planted=True)
    once = (done["right codes"], done["links"], done["invitations"])
    return Found(
        {
            "five tries are five, exactly": left["tries"] == [TRIES] and done["wrong codes"] == 0,
            "the limit of passwords is exact": done["passwords"] == LIMIT * rounds,
            "codes, links and invitations work once": once == (rounds, rounds, rounds),
            "what was agreed happens once": left["epochs"] == [1] and left["approvals"] == rounds,
            "nothing broke": done["faults"] == 0,
            "answers differ by less than 5 ms at the median": max(gaps["sign_in"], gaps["code"]) < GAP,
            "planted: look-first counts too few": done["planted"] > LIMIT * rounds,
            "planted: work saved on strangers is seen": planted["sign_in"] >= GAP,
        },
        engine=engine,
        racers=racers,
        rounds=rounds,
        done=dict(done),
        left=left,
        gaps_ms=gaps,
        planted_gap_ms=planted["sign_in"],
    )


command = command_of(
    Text(
        "総当たりと、知っている人かどうかの探りを試す",
        "guess with twelve processes, and probe whom the house knows",
    ),
    measure,
)
