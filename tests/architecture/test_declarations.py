"""What is declared is rendered, and a declaration that changes alone makes the checks fail."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.ground.web.problems import words_of
from mamori.site.wiring import OUTWARD
from tests.architecture.source import ROOT, copy_house, replace
from tools.reference import house as whole
from tools.reference.words import hearers


def run(house: Path, *command: str) -> tuple[int, str]:
    """Run a check in a copied house; return its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=house,
        env={
            **os.environ,
            "PYTHONPATH": str(house),
            "DJANGO_SETTINGS_MODULE": "mamori.site.settings",
            "MAMORI_DATABASE_URL": "sqlite://:memory:",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def add_a_state(house: Path) -> None:
    """Add a state, and nothing else, to the lifecycle of a call."""
    lifecycle = house / "mamori/rooms/contact/lifecycle/trouble.py"
    replace(lifecycle, '    DROPPED = "dropped"\n', '    DROPPED = "dropped"\n    PUT_OFF = "put_off"\n')
    state = "    states={\n        _C.WAITING"
    replace(lifecycle, state, state.replace("_C", '_C.PUT_OFF: Text("延期", "put off"),\n        _C'))
    step = '    steps=(\n        Step(\n            "record"'
    added = 'Step("put_off", Text("延ばす", "put off"), {_C.WAITING: _C.PUT_OFF}, frozenset({Role.AGENT})),'
    replace(lifecycle, step, step.replace("Step", f"{added}\n        Step"))


def test_a_state_that_is_added_alone_fails_until_migration_and_pages_are_made(tmp_path: Path) -> None:
    house = copy_house(tmp_path)

    add_a_state(house)
    reference = run(house, "tools.reference", "--check")
    migrations = run(house, "django", "makemigrations", "--check", "--dry-run")

    assert reference[0] == 1
    assert "docs/reference/states.md is stale" in reference[1]
    assert "docs/reference/permissions.md is stale" in reference[1]
    assert migrations[0] == 1
    assert "state_known" in migrations[1]

    assert run(house, "tools.migrations")[0] == 0
    assert run(house, "tools.reference")[0] == 0
    assert run(house, "django", "makemigrations", "--check", "--dry-run")[0] == 0


def test_every_event_is_heard_by_a_room_or_told_outward() -> None:
    whole.load()
    events = {kind: event for kind, event in Event.registry.items() if whole.ours(event)}

    heard = {kind for kind, event in events.items() if hearers(event)}

    assert heard | OUTWARD == set(events)
    assert not heard & OUTWARD


def test_every_refusal_and_every_event_has_its_line_in_the_reference() -> None:
    whole.load()
    pages = {
        name: (ROOT / f"docs/reference/{name}.md").read_text(encoding="utf-8")
        for name in ("refusals", "events")
    }

    for code, refusal in Refusal.registry.items():
        assert not whole.ours(refusal) or f"| `{code}` |" in pages["refusals"]
    for kind, event in Event.registry.items():
        shown = f"| `{kind}` |" if event.internal else f"### `{kind}`"
        assert not whole.ours(event) or shown in pages["events"]


def test_the_words_of_a_refusal_reads_without_its_values() -> None:
    whole.load()

    titles = [words_of(refusal).en for refusal in Refusal.registry.values() if whole.ours(refusal)]

    assert titles
    assert [title for title in titles if re.search(r"\b([Aa]n?|no) …", title)] == []
