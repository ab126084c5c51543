"""Does an upgrade keep its promise?  A filled house of a release is upgraded to this version while requests come in.

The house is the one that is kept with the tests (`trials.releases`); the release's code is taken from git by its tag into a
folder of its own, and opens it.  Then the code under it is exchanged, as `git pull` does, `mamori setup` runs, and the house
is renewed.  Planted: a column that is renamed under running code.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest import mock

from django.db import connection

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.site.backup.parts import table
from trials import releases
from trials.harness import Found, measured, within
from trials.house import reasons, up
from trials.rolling import failed, lost, visited
from trials.scratch import python, scratch

HERE = Path(__file__).parents[1]
WINDOW = 5.0
"""Seconds for which the old code runs on the new tables, between `setup` and the renewal."""
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


class NoEarlierVersion(Refusal, code="bench.no_earlier_version", status=409):
    """Given when the commit cannot be taken from git: a folder without a history, or one that is cut short."""

    text = Text(
        "コミット {commit} を取り出せません（{why}）。履歴の揃った git の作業場所で実行してください。",
        "The commit {commit} cannot be taken from git ({why}). Run it in a checkout with its whole history.",
    )


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
        with mock.patch.dict(os.environ, PYTHONPATH=str(code)), contextlib.chdir(room):
            yield code


def exchange(code: Path, by: Path) -> None:
    """Let the folder lead elsewhere, in one moment."""
    draft = code.with_name("draft")
    draft.symlink_to(by)
    draft.replace(code)


def rows() -> dict[str, int]:
    """Count the rows of every table."""
    return {name: table(name, "default").rows for name in connection.introspection.table_names()}


def rename() -> None:
    """Rename a column for three seconds, as a careless migration does for good. The planted fault."""
    for before, after in (("sealed", "closed"), ("closed", "sealed")):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE market_buyer RENAME COLUMN {before} TO {after}")
        time.sleep(3)


def commit_of(version: str) -> str:
    """Return the tag of a release; while it is being made there is none, and its code is what is committed."""
    words = ["git", "-C", str(HERE), "tag", "--list", f"v{version}"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip() or "HEAD"  # noqa: S603


@measured(
    "前の版で満ちた家を、動かしたまま新しい版にする",
    "bring a house that an earlier version filled to this version while it is open",
)
def measure(*, engine: str, earlier: str = "", rate: int = 50) -> Found:
    """Open by the earlier version (by itself the newest release), upgrade under load, look at what is left; plant the fault.

    With fewer than 30 requests a second kept connections are idle for longer than a renewal waits.
    """
    version = earlier or releases.versions()[-1]
    commit, house_kept = commit_of(version), releases.kept(version, engine)
    with code_of(commit) as code, scratch(engine, house_kept) as (env, _):
        _ended(env, "setup")
        tokens, before = within(env, "trials.rolling:keys"), within(env, "trials.upgrading:rows")

        def upgrade() -> None:
            exchange(code, HERE)
            _ended(env, "setup")
            time.sleep(WINDOW)
            house.renew()

        with up(env) as house:
            replies = visited(house, tokens, "upgraded", rate, upgrade)
            written, gone = lost(replies, env)
            rename = partial(within, env, "trials.upgrading:rename")
            planted = visited(house, tokens, "planted", rate, rename)
        after = within(env, "trials.upgrading:rows")
        verified = _ended(env, "ledger", "verify", check=False)
    counted = {name: many for name, many in before.items() if not name.startswith(PASSING)}
    fewer = {name: many - after.get(name, 0) for name, many in counted.items() if many > after.get(name, 0)}
    return Found(
        {
            "no request failed": failed(replies) == 0,
            "every write that was answered is there": gone == 0 < written,
            "every row of the earlier version is there": not fewer,
            "the log is verified": verified == 0,
            "planted: a column renamed under running code is noticed": failed(planted) > 0,
        },
        release=(version, commit),
        requests=len(replies),
        why=reasons(replies),
        written=(written, gone),
        rows_lost=fewer,
        planted_rename_failed=failed(planted),
    )


def _ended(env: dict[str, str], *words: str, check: bool = True) -> int:
    command = python("-m", "mamori.site", *words)
    return subprocess.run(command, env=env, check=check, stdout=subprocess.DEVNULL).returncode  # noqa: S603
