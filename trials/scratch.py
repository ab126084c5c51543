"""Databases to measure on, thrown away afterwards: never the operator's own, and a PostgreSQL that may be killed."""

from __future__ import annotations

import atexit
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.site.command.speak import say

ENGINES = ("sqlite", "postgres")
OURS = ("MAMORI_", "PYTHON", "DJANGO_")
STATEMENTS = "tables.sql"
"""In the archive of a house on PostgreSQL: what makes its tables and their rows."""
LOADED = "MAMORI_TRIAL_PYTHON"
"""What runs words in a Python that has loaded the house already, where there is one: among the tests (`tests/forkserver`)."""


class NoPostgres(Refusal, code="bench.no-postgres", status=409):
    """Given when a PostgreSQL is to be started and none is installed."""

    text = Text(
        "PostgreSQL のプログラムがありません。`apt install postgresql` で入れてから実行してください。",
        "There is no PostgreSQL to start. Please install it with `apt install postgresql`.",
    )


def engine_option() -> click.Option:
    """Return the option that chooses the engine; by itself it follows MAMORI_DATABASE_URL."""
    default = "postgres" if os.environ.get("MAMORI_DATABASE_URL", "").startswith("postgres") else "sqlite"
    words = say("データベース(使い捨て)", "which database, thrown away afterwards")
    return click.Option(
        ["--engine"], type=click.Choice(ENGINES), default=default, show_default=True, help=words
    )


@dataclass(slots=True)
class Cluster:
    """A PostgreSQL of our own in a folder, reached by a socket there."""

    folder: Path
    password: str = field(default_factory=lambda: secrets.token_hex(12))

    @property
    def url(self) -> str:
        """Return where it is reached."""
        return f"postgres://mamori:{self.password}@{quote(str(self.folder), safe='')}/postgres"

    def make(self) -> None:
        """Lay the cluster out and start it, as durable as in production."""
        pwfile = self.folder / "password"
        pwfile.write_text(self.password, encoding="ascii")
        if os.getuid() == 0:  # PostgreSQL refuses root
            self.folder.chmod(0o755)
            for path in (self.folder, pwfile):
                shutil.chown(path, "postgres")
        words = (
            "-U",
            "mamori",
            "--pwfile",
            str(pwfile),
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        self._run("initdb", "-D", str(self._data), *words, "--no-sync")
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers, after recovery where that is due.

        Tried again for a while: it refuses to start as long as one of the killed is still dying.
        """
        options = (
            f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=on -c timezone=UTC"
        )
        log = self.folder / "log"
        words = ("-D", str(self._data), "-l", str(log), "-w", "-t", "120", "-s", "-o", options, "start")
        for _ in range(100):
            if self._run("pg_ctl", *words, check=False):
                return
            time.sleep(0.2)
        raise RuntimeError(f"PostgreSQL does not start: {log.read_text(encoding='utf-8')[-2000:]}")

    def kill(self) -> None:
        """Kill every process of it at once, as `kill -9` and the out-of-memory killer do."""
        master = int((self._data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        os.kill(master, signal.SIGSTOP)  # or it would start new ones while we count
        for process in (master, *children(master)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it for good; `fast` leaves nothing to recover."""
        self._run("pg_ctl", "-D", str(self._data), "-s", "-m", mode, "stop", check=False)

    def ask(self, program: str, *words: str, said: bytes = b"") -> bytes:
        """Let a program of PostgreSQL speak to it, and return what it answers."""
        command = [
            str(binaries() / program),
            "-h",
            str(self.folder),
            "-U",
            "mamori",
            "-d",
            "postgres",
            *words,
        ]
        env = {**os.environ, "PGPASSWORD": self.password}
        done = subprocess.run(command, env=env, input=said, stdout=subprocess.PIPE, check=True)  # noqa: S603
        return done.stdout

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *words: str, check: bool = True) -> bool:
        user = "postgres" if os.getuid() == 0 else None  # PostgreSQL refuses root
        command = [str(binaries() / program), *words]
        # A server that inherited a pipe would keep it open: output goes nowhere.
        nowhere: Any = dict.fromkeys(("stdout", "stderr"), subprocess.DEVNULL)
        done = subprocess.run(command, check=check, cwd="/", user=user, group=user, **nowhere)  # noqa: S603
        return done.returncode == 0


@contextmanager
def scratch(engine: str, kept: Path | None = None) -> Iterator[tuple[dict[str, str], Cluster | None]]:
    """Yield the environment of a house of its own, and its cluster if it has one; remove both afterwards.

    The house is set up, or one that is `kept` as it was (`trials.releases`).

    :raises NoPostgres: when PostgreSQL is asked for and not installed.
    """
    folder = Path(tempfile.mkdtemp(prefix="mamori-trial."))
    whose = tuple(sorted((name, value) for name, value in os.environ.items() if name.startswith(OURS)))
    cluster = Cluster(folder) if engine == "postgres" else None
    try:
        if kept:
            _lay_out(kept, folder, cluster)
        else:
            prepared, password = _prepared(engine, whose)
            subprocess.run(["cp", "-a", f"{prepared}/.", str(folder)], check=True)  # noqa: S603, S607
            if cluster:
                cluster.password = password
                cluster.start()
        yield _env(folder, cluster), cluster
    finally:
        if cluster:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(kept: Path, folder: Path, cluster: Cluster | None) -> None:
    with tarfile.open(kept) as tar:
        tar.extractall(folder / "home", filter="tar")  # an archive of ours; "data" would open its folders
    (folder / "home").chmod(0o700)
    if cluster:
        cluster.make()
        cluster.ask("psql", "-q", "-v", "ON_ERROR_STOP=1", said=(folder / "home" / STATEMENTS).read_bytes())


@cache
def _prepared(engine: str, whose: tuple[tuple[str, str], ...]) -> tuple[Path, str]:
    """Set a house up, once for each engine and what the surroundings say; return its folder, to be copied, and its password."""
    folder = Path(tempfile.mkdtemp(prefix="mamori-prepared."))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    cluster = Cluster(folder) if engine == "postgres" else None
    try:
        if cluster:
            cluster.make()
        setup = loaded("-c", "from mamori.site.command import main; main()", "setup")
        subprocess.run(setup, env=_env(folder, cluster), check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    finally:
        if cluster:
            cluster.stop(mode="fast")
    return folder, cluster.password if cluster else ""


def _env(folder: Path, cluster: Cluster | None) -> dict[str, str]:
    home = folder / "home"
    places = {"MAMORI_HOME": home, "MAMORI_KEYS": home / "keys", "MAMORI_LOG": home / "log"}
    env = {**os.environ, **{name: str(place) for name, place in places.items()}}
    env |= {"MAMORI_DATABASE_URL": cluster.url if cluster else "", "MAMORI_WEBHOOK_PRIVATE": "1"}
    return env | {"DJANGO_SETTINGS_MODULE": "mamori.site.settings"}


def python(*words: str) -> list[str]:
    """Return the command line of this same Python."""
    return [sys.executable, *words]


def loaded(*words: str) -> list[str]:
    """Return the command line of one that may have loaded the house: for what is not killed, timed or looked at itself."""
    return [*(shlex.split(os.environ.get(LOADED, "")) or python()), *words]


def binaries() -> Path:
    """Return where PostgreSQL's server programs stand.

    :raises NoPostgres: when there are none.
    """
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    for place in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        return place
    raise NoPostgres


def children(parent: int) -> list[int]:
    """Return the processes that a process started and that live; none where it is gone."""
    lists = Path(f"/proc/{parent}").glob("task/*/children")
    with suppress(OSError):
        return [int(child) for one in lists for child in one.read_text(encoding="ascii").split()]
    return []
