"""The process that is loaded once: listens, forks for each that asks, and tells each how its process ended."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import runpy
import selectors
import signal
import socket
import sys
import threading
import time
from array import array
from dataclasses import dataclass
from importlib import import_module, reload
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOADED = (
    "mamori.site.urls",
    "mamori.site.work",
    "mamori.site.prepared",
    "mamori.site.statics",
    "mamori.site.checks.house",
    "mamori.site.backup.taking",
    "mamori.site.backup.restoring",
    "django.core.management.commands.migrate",
)
LOADS = ("PYTHON", "LD_", "FAKETIME", "DJANGO_SETTINGS_MODULE")
"""Variables that decide what Python or the loader does at a start: whoever has others than the server starts in truth."""
TAKEN_ON = {"PYTHONPATH", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE"}
"""Among them those that a process takes on later, or that change nothing here: all is UTF-8, and what is loaded is compiled."""


@dataclass(slots=True)
class Fork:
    """A process that was forked, and the connection to who asked for it."""

    pid: int
    ended: int
    client: socket.socket


def load() -> None:
    """Load what commands need; nothing may have been said to the database or chosen by the language of a terminal."""
    import django

    django.setup()
    for name in LOADED:
        import_module(name)
    from django.db.migrations.loader import MigrationLoader

    MigrationLoader(None)
    spoken = [name for name in sys.modules if name.startswith("mamori.site.command")]
    assert not spoken, f"loaded in one language: {spoken}"
    gc.collect()
    gc.freeze()


def serve(listening: socket.socket, owner: int) -> dict[str, Any]:
    """Fork for whoever asks until the owner is gone; return, in each process that was forked, what it is asked to be."""
    selector = selectors.DefaultSelector()
    selector.register(listening, selectors.EVENT_READ)
    selector.register(gone := os.pidfd_open(owner), selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fd == gone:
                sys.exit()
            if key.data is not None:
                _ended(selector, key.data, is_over=key.fd == key.data.ended)
            elif (asked := _forked(selector, listening.accept()[0])) is not None:
                selector.close()
                listening.close()
                os.close(gone)
                return asked


def _ended(selector: selectors.BaseSelector, fork: Fork, *, is_over: bool) -> None:
    """Tell how a process ended; one whose client went away before, as by a kill, is killed."""
    if fork.ended not in selector.get_map():
        return
    if not is_over:
        os.kill(fork.pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(fork.pid, 0)[1])
    selector.unregister(fork.client)
    selector.unregister(fork.ended)
    os.close(fork.ended)
    with contextlib.suppress(OSError):
        fork.client.sendall(str(code).encode())
    fork.client.close()


def _forked(selector: selectors.BaseSelector, client: socket.socket) -> dict[str, Any] | None:
    """Fork for a client; return what it asked for in the process that was forked, None in the server."""
    head, told, *_ = client.recvmsg(8, socket.CMSG_SPACE(12), socket.MSG_WAITALL)
    fds = array("i", told[0][2]) if told else array("i")
    size, body = int.from_bytes(head), b""
    while len(body) < size and (part := client.recv(size - len(body))):
        body += part
    pid = 0
    if len(fds) == 3 and body and len(body) == size and _may_stand_in(asked := json.loads(body)):
        assert threading.active_count() == 1
        pid = os.fork()
        if not pid:
            client.close()
            for number, fd in enumerate(fds):
                os.dup2(fd, number)
                os.close(fd)
            for key in selector.get_map().values():
                if key.data is not None and key.fd == key.data.client.fileno():
                    key.data.client.close()
                    os.close(key.data.ended)
            return asked
    for fd in fds:
        os.close(fd)
    with contextlib.suppress(OSError):
        client.sendall(pid.to_bytes(8))
    if pid:
        fork = Fork(pid, os.pidfd_open(pid), client)
        selector.register(fork.ended, selectors.EVENT_READ, fork)
        selector.register(client, selectors.EVENT_READ, fork)
    else:
        client.close()
    return None


def _may_stand_in(asked: dict[str, Any]) -> bool:
    """Say whether a start would load just this: the same code, under the same orders to Python and the loader."""

    def loads(env: dict[str, str]) -> dict[str, str]:
        return {k: v for k, v in env.items() if k.startswith(LOADS) and k not in TAKEN_ON}

    found = {"DJANGO_SETTINGS_MODULE": "mamori.site.settings"} | loads(asked["env"])
    places = [asked["cwd"], *asked["env"].get("PYTHONPATH", "").split(os.pathsep)]
    others = [place for place in places if Path(place, "mamori").is_dir() and Path(place).resolve() != ROOT]
    return found == loads(dict(os.environ)) and not others


def become(asked: dict[str, Any]) -> None:
    """Do what was asked for, as if just started; Python ends the process as it ends any."""
    _as_started(asked)
    kind, what, *_ = asked["words"]
    if kind == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), sys.modules["__main__"].__dict__)


def _as_started(asked: dict[str, Any]) -> None:
    """Take on environment, folder, mask, path and streams, and know nothing of the server's."""
    kind, _, *words = asked["words"]
    ours = os.environ.pop("PYTHONPATH", "").split(os.pathsep)
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    os.umask(asked["umask"])
    os.chdir(asked["cwd"])
    more = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    installed = [place for place in sys.path[1:] if place not in ours]
    sys.path[:] = ["" if kind == "-c" else os.getcwd(), *filter(None, more), *installed]
    sys.argv = [kind, *words]
    sys.orig_argv = [sys.executable, *asked["words"]]
    sys.modules["__main__"] = ModuleType("__main__")
    _open_streams()
    _forget_settings()


def _open_streams() -> None:
    """Open the three streams in the manner of the server's own."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        old, mode = getattr(sys, name), "w" if number else "r"
        new = open(number, mode, encoding=old.encoding, errors=old.errors, closefd=False)  # noqa: SIM115
        assert isinstance(new, io.TextIOWrapper)
        if number:
            new.reconfigure(line_buffering=number == 2 or new.isatty())
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)


def _forget_settings() -> None:
    """Let settings, connections and applications be set up anew, as the environment says by now."""
    from django.apps import apps
    from django.conf import empty, settings
    from django.db import connections

    reload(sys.modules["mamori.site.logs"])  # it reads the environment, too
    sys.modules.pop("mamori.site.settings")
    settings.__dict__.clear()
    settings.__dict__["_wrapped"] = empty
    connections.__dict__.clear()
    connections.__init__()  # type: ignore[misc]

    def populate(installed_apps: Any = None) -> None:
        apps.apps_ready = apps.models_ready = apps.ready = True
        connections.__dict__.pop("configure_settings", None)

    apps.apps_ready = apps.models_ready = apps.ready = False
    apps.populate = populate  # type: ignore[method-assign]
    connections.configure_settings = lambda _: apps.check_apps_ready()  # type: ignore[method-assign]


if __name__ == "__main__":
    place, whose = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    load()
    become(serve(place, whose))
