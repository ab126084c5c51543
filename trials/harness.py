"""What every measurement is made of: figures with their promises, the command that tells them, and processes to be killed."""

from __future__ import annotations

import inspect
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.site.command import ready
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, loaded, python

LONG = 0.4
"""Seconds that a planted fault lasts, so that it is met even where many others use the machine."""


def actor(at: datetime | None = None, by: str = "machine:bench") -> Actor:
    """Return the actor of the command line, or another, now or at a moment."""
    return Actor(by=by, role=Role(by.partition(":")[0]), at=at or datetime.now(UTC), via="bench")


class Found:
    """The figures of one run, each an attribute, and what became of each promise: that a planted fault is seen is one of them."""

    def __init__(self, promises: Mapping[str, bool], **figures: Any) -> None:
        self.promises, self.figures = dict(promises), figures

    def __getattr__(self, name: str) -> Any:
        if name in ("figures", "promises") or name not in self.figures:
            raise AttributeError(name)
        return self.figures[name]

    @property
    def broken(self) -> list[str]:
        """Name the promises that are not kept."""
        return [promise for promise, is_kept in self.promises.items() if not is_kept]

    def told(self, *, title: str, as_json: bool) -> None:
        """Print the figures with machine and date, and what became of each promise; end with 1 when one is broken."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        if as_json:
            more = {"promises": self.promises, "kept": not self.broken, "machine": machine(), "at": at}
            click.echo(json.dumps(self.figures | more, ensure_ascii=False))
        else:
            click.echo(f"{title}  ({at})")
            for name, value in self.figures.items():
                click.echo(f"  {name:28} {value}")
            for promise, is_kept in self.promises.items():
                click.echo(f"  {say('守った', 'kept') if is_kept else say('破れた', 'BROKEN'):8} {promise}")
        if self.broken:
            raise SystemExit(1)


COMMANDS: dict[str, click.Command] = {}
"""The measurements by the names of their modules, once these are loaded."""


def measured[F: Callable[..., Found]](ja: str, en: str) -> Callable[[F], F]:
    """Let a function be the measurement of its module."""

    def registered(measure: F) -> F:
        COMMANDS[measure.__module__.rpartition(".")[2]] = command_of(Text(ja, en), measure)
        return measure

    return registered


def command_of(title: Text, measure: Callable[..., Found]) -> click.Command:
    """Return the command that measures: what the function takes are its options; a seed of 0 is drawn, and told."""
    options: list[click.Parameter] = [click.Option(["--json", "as_json"], is_flag=True, help="JSON")]
    for name, one in inspect.signature(measure).parameters.items():
        plain = click.Option([f"--{name}"], type=type(one.default), default=one.default, show_default=True)
        options.append(engine_option() if name == "engine" else plain)

    def run(as_json: bool, **asked: Any) -> None:
        if asked.get("seed") == 0:
            asked["seed"] = random.SystemRandom().randrange(1, 10**9)
            click.echo(f"seed {asked['seed']}", err=True)
        began = time.monotonic()
        found = measure(**asked)
        found.figures = asked | {"seconds": round(time.monotonic() - began)} | found.figures
        found.told(title=title.in_(LANG), as_json=as_json)

    return click.Command(None, callback=run, params=options, help=title.in_(LANG))


def machine() -> dict[str, Any]:
    """Describe the machine that a figure was measured on."""
    memory, info = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    software = {"system": platform.platform(), "python": platform.python_version()}
    hardware = {"processor": next(names, platform.processor()), "cores": os.cpu_count() or 1}
    return software | hardware | {"memory_mib": memory // 2**20}


def within(env: Mapping[str, str], role: str, **words: Any) -> Any:
    """Play a role (`trials.module:function`) in a process of the house that `env` names; return what it returned."""
    command, told = loaded("-m", "trials.harness", role), json.dumps(words).encode()
    done = subprocess.run(command, env=dict(env), input=told, check=True, stdout=subprocess.PIPE)  # noqa: S603  # ourselves
    return json.loads(done.stdout.splitlines()[-1])


def role_of(role: str, **words: Any) -> list[str]:
    """Return the command line of a process that plays a role and may be killed."""
    return python("-m", "trials.harness", role, json.dumps(words))


class Victim:
    """A process that is killed with -9 wherever it is and comes back; it says `up` when it is at work, and then what it does."""

    def __init__(
        self, words: Callable[[], list[str]], env: Mapping[str, str], hear: Callable[[str], object]
    ) -> None:
        self.words, self.env, self.hear = words, env, hear
        self.start()

    def start(self) -> None:
        """Start it; `wait` waits until it is at work."""
        self.up, self.said = threading.Event(), tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(  # noqa: S603  # ourselves
            self.words(), env=self.env, stdout=subprocess.PIPE, stderr=self.said, text=True
        )
        self.thread = threading.Thread(target=self._listen, args=(self.process, self.up), daemon=True)
        self.thread.start()

    def wait(self) -> None:
        """Wait until it is at work: a kill while it still starts would try nothing."""
        for _ in range(1200):
            if self.up.wait(0.1) or self.process.poll() is not None:
                break
        if not self.up.is_set():
            self.said.seek(0)
            raise RuntimeError(f"does not start: {self.said.read()[-3000:]}")

    def end(self) -> None:
        """Kill it, and hear what the pipe still holds."""
        self.process.kill()
        self.process.wait()
        self.thread.join(5)

    def kill(self) -> None:
        """Kill it and start it anew."""
        self.end()
        self.start()

    def _listen(self, process: subprocess.Popen[str], up: threading.Event) -> None:
        for line in process.stdout or ():
            if line == "up\n":
                up.set()
            elif line.endswith("\n"):  # half a line was said by one who died in the middle of it
                self.hear(line.strip())


def main() -> None:
    """Play the role that the command line names, and print what it returns as JSON."""
    ready()
    module, _, name = sys.argv[1].partition(":")
    words = json.loads(sys.argv[2] if len(sys.argv) > 2 else sys.stdin.read())
    print(json.dumps(getattr(import_module(module), name)(**words), ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
