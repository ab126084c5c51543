"""An erasure whose process is killed between two batches, and in the midst of one, ends erased and accounted for."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest

from trials.scratch import ENGINES, loaded, scratch

MANY = 420

WRITE = f"""
from datetime import UTC, datetime
from django.db import transaction
from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import actions as cases
from mamori.ground.ledger import actions as ledger
actor = Actor(by="lead:1", role=Role.LEAD, at=datetime.now(UTC), via="test")
with transaction.atomic():
    for n in range({MANY}):
        ledger.record(actor, kind="test.act", subject="seller:S-1", about=f"t:{{n}}", reason=f"理由{{n}}")
        cases.open(kind="test.kind", about=f"t:{{n}}", title="話題", buyer_ref="B-1", seller_ref="S-1",
                   order_ref="O-1", at=actor.at, subject="seller:S-1", called="高橋商店")
ledger.shred(actor, subject="seller:S-1", reason="請求")
"""
GO_ON = """
import sys, time
from datetime import UTC, datetime
from django.db import transaction
from mamori.ground.ledger import actions as ledger
while True:
    with transaction.atomic():
        if not ledger.go_on_erasing(at=datetime.now(UTC)):
            break
        if sys.argv[1] == "within":
            print("batch", flush=True)
            time.sleep(60)
    print("batch", flush=True)
    if sys.argv[1] == "between":
        time.sleep(60)
"""
EXAMINE = """
import json
from datetime import UTC, datetime
from mamori.ground.cases import facts as cases
from mamori.ground.cases.models import Entry
from mamori.ground.ledger import actions as ledger, facts
from mamori.ground.ledger.models import Erasure
ledger.sequence(at=datetime.now(UTC))
acts = [act for act in facts.acts_about("seller:S-1") if act.kind == ledger.SHREDDED]
print(json.dumps({
    "open": Erasure.objects.count(),
    "accounted": [row for act in acts for row, _ in act.content["payload"]["contents"]],
    "entries": Entry.objects.filter(subject="seller:S-1").count(),
    "found": len(cases.search("高橋").hits),
    "topic": len(cases.search("話題").hits),
    "findings": [finding.place for finding in facts.verify(at=datetime.now(UTC)).findings],
}))
"""


def script(words: str) -> list[str]:
    return loaded("-c", f"import django; django.setup()\n{words}")


def killed(env: dict[str, str], where: str) -> None:
    """Let somebody go on with the erasure, and kill them after their first batch, or in the midst of it."""
    worker = subprocess.Popen([*script(GO_ON), where], env=env, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "batch\n"
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=30)


def examined(env: dict[str, str]) -> dict[str, object]:
    done = subprocess.run(script(EXAMINE), env=env, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.processes
@pytest.mark.parametrize("engine", ENGINES)
def test_an_erasure_that_is_killed_on_its_way_ends_erased(engine: str) -> None:
    with scratch(engine) as (env, _):
        subprocess.run(script(WRITE), env=env, check=True)
        begun = examined(env)
        killed(env, "within")
        undone = examined(env)
        killed(env, "between")
        after = examined(env)
        subprocess.run([*script(GO_ON), "on"], env=env, check=True, stdout=subprocess.DEVNULL)
        ended = examined(env)

    assert (begun["open"], len(begun["accounted"]), begun["found"]) == (1, 100, 0)  # type: ignore[arg-type]
    assert undone == begun
    assert len(after["accounted"]) == 200  # type: ignore[arg-type]
    assert (ended["open"], ended["entries"], ended["found"]) == (0, 0, 0)
    assert len(ended["accounted"]) == len(set(ended["accounted"])) == MANY  # type: ignore[arg-type,call-overload]
    assert ended["topic"] == 20  # a page of what stays findable by its topic
    assert begun["findings"] == after["findings"] == ended["findings"] == []
