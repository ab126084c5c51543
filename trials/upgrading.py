"""Does an upgrade keep its promise?  A house that an earlier version filled is upgraded to this one while requests come in.

The earlier version is taken from git into a folder of its own and does all of it by itself: it sets up, fills and opens.
Then the code under it is exchanged, as `git pull` does, `mamori setup` runs, and the house is renewed.  Planted: a column
that is renamed under running code.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.house import up
from trials.load import percentile, reasons
from trials.rolling import asked, visited
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

TITLE = Text(
    "前の版で満ちた家を、動かしたまま新しい版にする",
    "bring a house that an earlier version filled to this version while it is open",
)
HERE = Path(__file__).parents[1]
EARLIER = "eebc8f0"
WINDOW = 5.0
"""Seconds for which the old code runs on the new tables, between `setup` and the renewal."""
FILL = """
from mamori.site.command import ready; ready()
try:
    from mamori.site.bench import filling  # where an earlier version may have it
except ImportError:
    from trials import filling
filling.fill(**{})
"""
COUNT = """
from mamori.site.command import ready; ready()
import json
from django.db import connection
from mamori.site.backup.content import table
print(json.dumps({name: table(name, "default").rows for name in connection.introspection.table_names()}))
"""
RENAME = """
from mamori.site.command import ready; ready()
import time
from django.db import connection
def rename(before, after):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE market_buyer RENAME COLUMN {before} TO {after}")
rename("sealed", "closed")
time.sleep(3)
rename("closed", "sealed")
"""

TOMORROW = """
from mamori.site.command import ready; ready()
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connection).record_applied("contact", "9001_of_tomorrow")
"""
"""What a version after this one leaves behind: this one must refuse to go on."""
PASSING = (
    "sqlite_stat",
    "outbox_",
    "ledger_pending",
    "clocks_beat",
    "people_",
    "django_session",
    "cases_tokens",
)
"""Tables whose rows come and go while a house is open."""


class NoEarlierVersion(Refusal):
    """Given when the commit cannot be taken from git: a folder without a history, or one that is cut short."""

    code = "bench.no_earlier_version"
    status = 409
    text = Text(
        "コミット {commit} を取り出せません（{why}）。履歴の揃った git の作業場所で実行してください。",
        "The commit {commit} cannot be taken from git ({why}). Run it in a checkout with its whole history.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """What the visitors met, and what became of what was there."""

    engine: str
    earlier: str
    cases: int
    rows: int
    rate: int
    requests: int
    failed: int
    why: dict[str, int]
    written: int
    lost: int
    rows_lost: dict[str, int]
    setup_seconds: float
    p99_ms: float
    longest_ms: float
    is_verified: bool
    refuses_to_go_back: bool
    planted_rename_failed: int


@contextlib.contextmanager
def code_of(commit: str) -> Iterator[Path]:
    """Yield a folder that leads to the code of a commit; whoever points it elsewhere exchanges the code.

    Meanwhile nothing that is started by the path of a module finds this version's code first.

    :raises NoEarlierVersion: when git does not give it out.
    """
    with tempfile.TemporaryDirectory(prefix="mamori-upgrade.") as room:
        old, code = Path(room) / "old", Path(room) / "code"
        old.mkdir()
        words = ["git", "-C", str(HERE), "archive", "--format=tar", commit]
        taken = subprocess.run(words, capture_output=True, check=False)  # noqa: S603
        if taken.returncode:
            raise NoEarlierVersion(commit=commit, why=taken.stderr.decode(errors="replace").strip()[:200])
        subprocess.run(["tar", "-x", "-C", str(old)], input=taken.stdout, check=True)  # noqa: S603, S607
        code.symlink_to(old)
        former = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = str(code)
        try:
            with contextlib.chdir(room):
                yield code
        finally:
            os.environ.pop("PYTHONPATH")
            if former is not None:
                os.environ["PYTHONPATH"] = former


def exchange(code: Path, by: Path) -> None:
    """Let the folder lead elsewhere, in one moment."""
    draft = code.with_name("draft")
    draft.symlink_to(by)
    draft.replace(code)


def measure(*, engine: str, earlier: str, cases: int, rate: int) -> Upgraded:
    """Fill and open by the earlier version, upgrade under load, look at what is left; then plant the fault."""
    with code_of(earlier) as code, scratch(engine) as (env, _):
        fill = {"cases": cases, "open_": cases // 2, "acts": cases, "seed": 1}
        _said(env, FILL.format(fill))
        tokens = asked(env, "keys").split()
        before = json.loads(_said(env, COUNT))
        seconds = 0.0

        def upgrade() -> None:
            nonlocal seconds
            exchange(code, HERE)
            began = time.monotonic()
            _ended(env, "setup")
            seconds = time.monotonic() - began
            time.sleep(WINDOW)
            house.renew()

        with up(env) as house:
            replies, _ = visited(house, tokens, "upgraded", rate, upgrade)
            buyers = set(asked(env, "buyers").split())
            planted, _ = visited(house, tokens, "planted", rate, lambda: _rename(env))
        after = json.loads(_said(env, COUNT))
        verified = _ended(env, "ledger", "verify", check=False)
        _said(env, TOMORROW)
        refused = _ended(env, "work", "--once", check=False)
    written = {reply.path for reply in replies if reply.is_good and "/buyers/" in reply.path}
    waits = [reply.seconds for reply in replies]
    return Upgraded(
        engine=engine,
        earlier=earlier,
        cases=cases,
        rows=sum(before.values()),
        rate=rate,
        requests=len(replies),
        failed=sum(not reply.is_good for reply in replies),
        why=reasons(replies),
        written=len(written),
        lost=len({path.rpartition("/")[2] for path in written} - buyers),
        rows_lost={
            name: count - after.get(name, 0)
            for name, count in before.items()
            if count > after.get(name, 0) and not name.startswith(PASSING)
        },
        setup_seconds=round(seconds, 1),
        p99_ms=percentile(waits, 99),
        longest_ms=round(max(waits) * 1000, 1),
        is_verified=verified == 0,
        refuses_to_go_back=refused == 2,
        planted_rename_failed=sum(not reply.is_good for reply in planted),
    )


def _rename(env: dict[str, str]) -> None:
    _said(env, RENAME)


def _said(env: dict[str, str], script: str) -> str:
    done = subprocess.run(python("-c", script), env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return done.stdout.strip() or "done"


def _ended(env: dict[str, str], *words: str, check: bool = True) -> int:
    command = python("-m", "mamori.site", *words)
    return subprocess.run(command, env=env, check=check, stdout=subprocess.DEVNULL).returncode  # noqa: S603


@click.command(name="upgrading", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--earlier",
    default=EARLIER,
    show_default=True,
    help=say("前の版（コミット）", "the earlier version, a commit"),
)
@click.option(
    "--cases", type=click.IntRange(200), default=20_000, show_default=True, help=say("案件の数", "cases")
)
@click.option(
    "--rate",
    type=click.IntRange(30, 1000),  # with fewer, kept connections are idle for longer than a renewal waits
    default=50,
    show_default=True,
    help=say("毎秒の要求", "requests a second"),
)
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, earlier: str, cases: int, rate: int, as_json: bool) -> None:
    """Measure; end with 1 when a request failed, something is gone, or the planted fault is missed."""
    found = measure(engine=engine, earlier=earlier, cases=cases, rate=rate)
    promises = {
        say("失敗した要求は0", "no request failed"): found.failed == 0,
        say("応えた書き込みは残っている", "every write that was answered is there"): found.lost
        == 0
        < found.written,
        say("前の版の行は残っている", "every row of the earlier version is there"): not found.rows_lost,
        say("記録が検証できた", "the log is verified"): found.is_verified,
        say(
            "より新しい版の表では働かない", "tables of a newer version are refused"
        ): found.refuses_to_go_back,
        say(
            "仕込んだ誤り：列の改名", "planted: a column renamed under running code is noticed"
        ): found.planted_rename_failed > 0,
    }
    told(TITLE, found, promises, as_json=as_json)
