"""What one process of `trials abuse` does: it meets eleven others at a start and tries what may succeed only so often."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal


def main() -> None:
    """Do what the command line says, and print JSON."""
    import django

    django.setup()
    from trials import guessed

    what, words = sys.argv[1], json.loads(sys.argv[2])
    print(json.dumps(getattr(guessed, what)(**words) if hasattr(guessed, what) else race(**words)))


def race(*, number: int, racers: int, plan: dict[str, Any]) -> dict[str, int]:
    """Try everything of the plan at the same time as the others; return how often what succeeded, and what broke."""
    done = {"faults": 0}
    for kind, deeds in _deeds(plan, number).items():
        _meet(kind, number, racers)
        done[kind] = 0
        for deed in deeds:
            try:
                done[kind] += deed() is not False
            except Refusal:
                continue
            except Exception as error:
                done["faults"] += 1
                sys.stderr.write(f"{kind}: {error!r}\n")
    return done


def _deeds(plan: dict[str, Any], number: int) -> dict[str, list[Callable[[], Any]]]:
    from mamori.ground.people import actions as people
    from mamori.ground.people.facts import PASSWORDS
    from mamori.ground.web.signing import choices

    at = datetime.fromisoformat(plan["at"])
    profile = choices.profile(datetime.now(UTC))
    mine = Hand(by=f"agent:{plan['agents'][number]}", role=Role.AGENT, at=at, via="bench")

    def code(ticket: str, given: str) -> Callable[[], Any]:
        return lambda: people.sign_in_by_code(ticket=ticket, code=given, at=at)

    def counted(key: str) -> Callable[[], Any]:
        return lambda: people.count_exactly(PASSWORDS, key, at=at)

    def looked(key: str) -> Callable[[], Any]:
        return lambda: _look_first(PASSWORDS.most, key, at)

    def link(token: str) -> Callable[[], Any]:
        return lambda: people.sign_in_by_link(token=token, audience=plan["audience"], at=at)

    def invitation(token: str) -> Callable[[], Any]:
        return lambda: people.take_invitation(token=token, at=at)

    def agreed(proposal: int) -> Callable[[], Any]:
        return lambda: people.agree(mine, proposal=proposal, profile=profile)

    return {
        "wrong codes": [code(ticket, f"{n:08}") for ticket, _ in plan["wrong"] for n in range(7)],
        "right codes": [code(*pair) for pair in plan["right"]],
        "passwords": [counted(key) for key in plan["keys"] for _ in range(5)],
        "planted": [looked(key) for key in plan["keys"] for _ in range(5)],
        "links": [link(token) for token in plan["links"]],
        "invitations": [invitation(token) for token in plan["invitations"]],
        "proposals": [agreed(proposal) for proposal in plan["proposals"]],
    }


def _look_first(most: int, key: str, at: datetime) -> bool:
    """Do it the careless way: look, then write.  The planted fault."""
    from mamori.ground.people.models import Tally

    row = Tally.objects.filter(name="planted", key=key[:32], window=1).first()
    if row is not None and row.count >= most:
        return False
    time.sleep(0.002)  # as long as a page thinks between the two
    if row is None:
        Tally.objects.get_or_create(
            name="planted", key=key[:32], window=1, defaults={"count": 0, "until": at}
        )
    Tally.objects.filter(name="planted", key=key[:32], window=1).update(count=(row.count if row else 0) + 1)
    return True


def _meet(kind: str, number: int, racers: int) -> None:
    """Wait until all stand at the start."""
    start = Path(os.environ["MAMORI_HOME"]) / "starts" / kind
    start.mkdir(parents=True, exist_ok=True)
    (start / str(number)).touch()
    until = time.monotonic() + 120
    while len(list(start.iterdir())) < racers and time.monotonic() < until:
        time.sleep(0.001)


if __name__ == "__main__":
    main()
