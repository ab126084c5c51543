"""A copy of the database is no bunch of keys: nothing in it lets anybody in."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mamori.site.tests.houses import House, mamori, told_by
from mamori.site.tests.test_backup import unpacked
from trials.scratch import ENGINES, loaded, scratch
from trials.sizes import sized

pytestmark = pytest.mark.processes
ROOT = Path(__file__).parents[3]
VISITS = ["buyer:B-1", "buyer:B-2", "seller:S-1", "account", "account"]


def dumped(engine: str, how: str) -> dict[str, Any]:
    """Sign people in to a house of its own, dump it, try every string of the dump; return what came of it."""
    with scratch(engine) as (env, _):
        words = loaded("-m", "mamori.site.tests.dumped", how)
        done = subprocess.run(words, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.sized
@pytest.mark.parametrize("engine", ENGINES)
def test_no_string_of_a_dump_signs_anybody_in(engine: str) -> None:
    found = dumped(engine, "as-kept")

    assert [who.partition(":")[0] if who.startswith("account") else who for who in found["visits"]] == VISITS
    assert found["words"] > 1_000
    assert found["let_in"] == []
    assert found["lets_in"] == []
    assert found["readable"] == []


@pytest.mark.sized
@pytest.mark.parametrize("engine", sized(ENGINES[:1], ENGINES))
def test_the_keys_of_sessions_kept_as_the_framework_keeps_them_would_be_noticed(engine: str) -> None:
    found = dumped(engine, "plain")

    assert len(found["let_in"]) >= len(VISITS)
    assert {name for name in found["readable"] if name.startswith("cookie")} == {
        f"cookie {number}" for number in range(len(VISITS))
    }


SIGN_IN = """
from mamori.site.command import ready
ready()
from datetime import UTC, datetime
from mamori.ground.people.presence import BEGUN, VISITOR
from mamori.ground.web.sessions import SessionStore
session = SessionStore()
session[VISITOR] = {"who": "buyer:B-1", "role": "buyer", "name": ""}
session[BEGUN] = datetime.now(UTC).isoformat()
session.save()
print(session.session_key)
"""

TAKE_AS_BEFORE = """
import sys
from mamori.site.command import ready
ready()
from datetime import UTC, datetime
from pathlib import Path
from mamori.ground.seal.facts import TABLES
from mamori.site.backup import parts as engines, taking
engines.APART = TABLES
taking.take(Path({path!r}), at=datetime.now(UTC))
"""

VISITS_LEFT = """
from mamori.site.command import ready
ready()
from django.contrib.sessions.models import Session
print(Session.objects.count())
"""


def test_a_backup_holds_no_visit_and_none_comes_back_from_an_older_one(
    new_house: Callable[..., House], tmp_path: Path
) -> None:
    house, other = new_house(is_set_up=True), new_house()
    today, before = tmp_path / "today.backup", tmp_path / "before.backup"
    name = hashlib.sha256(told_by(SIGN_IN, house).splitlines()[-1].encode()).hexdigest()[:40].encode()

    assert mamori(house, "backup", str(today)).returncode == 0
    told_by(TAKE_AS_BEFORE.format(path=str(before)), house)
    answer = mamori(other, "restore", str(before))

    assert name not in unpacked(today)
    assert name in unpacked(before)
    assert answer.returncode == 0, answer.stderr
    assert told_by(VISITS_LEFT, house) == "1"
    assert told_by(VISITS_LEFT, other) == "0"
    assert name not in b"".join(file.read_bytes() for file in Path(other["MAMORI_HOME"]).glob("*.sqlite3*"))
