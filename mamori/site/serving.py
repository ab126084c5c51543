"""The web server: granian on one listening socket that all workers share, so that none takes a connection with it.

This module is started as a process of its own (`mamori serve` becomes it) and knows no Django until a worker loads the
pages: workers that are started later therefore run whatever code is installed by then.  The first worker looks whether the
house may open before any serves, so that nothing is loaded just to look.
"""

from __future__ import annotations

import gc
import json
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from typing import Any

from granian import _granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer

from mamori.site import logs
from mamori.site.arriving import Arrivals
from mamori.site.claiming import BACKLOG, say_open
from mamori.site.doorstep import Doorstep
from mamori.site.following import EXPECT, READY, REFUSED, end_with_parent, tell

GRACE = 20
"""Seconds that a worker has to finish what it holds, before it is killed."""
DRAIN = 1.0
"""Seconds in which connections that are kept open are told, with their next answer, to be opened anew elsewhere."""
SECRETS = ("MAMORI_SECRET_KEY", "MAMORI_DATABASE_URL")
"""Taken out of the environment once the settings have read them: nothing that runs later needs them there."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How pages are served: `fd` is the listening socket, `ready` where the workers say that they are loaded.

    `place` is where people reach it, told to whoever started it once it is ready to be reached; "" where that was told.
    """

    fd: int
    is_unix: bool
    workers: int
    threads: int
    body_limit: int
    body_seconds: float
    proxies: str
    place: str = ""
    ready: int | None = None
    drain: float = DRAIN


class Server(MPServer):
    """Granian with a socket that was opened before, and with an end that drops nobody."""

    def __init__(self, options: Options) -> None:
        self.is_open, self.is_lost = multiprocessing.Event(), multiprocessing.Event()
        ours = dict(logs.CONFIG)
        ours["loggers"] = {
            **ours["loggers"],
            "_granian": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
            "granian.access": {"level": "WARNING", "handlers": [], "propagate": False},
        }
        super().__init__(
            target="mamori.site.wsgi:application",
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            websockets=False,
            workers=options.workers,
            backlog=BACKLOG,
            http1_settings=HTTP1Settings(header_read_timeout=15_000),
            log_dictconfig=ours,
            workers_kill_timeout=GRACE,
        )
        self.options = options
        self.is_leaving = False

    @property
    def respawn_failed_workers(self) -> bool:
        """Say whether a worker that failed is started again: not where the house may not open."""
        return self.is_open.is_set()

    @respawn_failed_workers.setter
    def respawn_failed_workers(self, told: bool) -> None:
        pass

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:  # type: ignore[override]
        is_first = idx == 0 and not self.is_open.is_set()
        return super()._spawn_worker(
            idx, target, loader(self.options, self.is_open, self.is_lost, is_first=is_first)
        )

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop; where the house may not open, or not stay so, with the exit code of a refusal."""
        codes = [worker.inner.exitcode for worker in self.wrks]
        is_refused = self.is_lost.is_set() or (not self.is_open.is_set() and REFUSED in codes)
        super().shutdown(REFUSED if is_refused else exit_code)  # type: ignore[no-untyped-call]

    def _init_shared_socket(self) -> None:
        fd = self.options.fd
        os.set_blocking(fd, False)
        os.set_inheritable(fd, True)
        holder: Any = _granian.SocketHolder
        parent: Any = self  # private to granian: pinned by a test
        parent._ssp, parent._sfd = None, fd
        parent._shd = holder(fd, self.options.is_unix, BACKLOG)
        parent._sso = socket.socket(fileno=fd)

    @property
    def _bind_addr_fmt(self) -> str:
        return f"descriptor {self.options.fd}"

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Tell the workers to close connections with their next answer; a little later, or at once when told twice, stop."""
        end: Callable[[], None] = super().signal_handler_interrupt
        if self.is_leaving or not self.options.drain:
            end()
            return
        self.is_leaving = True
        for worker in self.wrks:
            process: BaseProcess = worker.inner
            if process.pid is not None and process.is_alive():
                os.kill(process.pid, signal.SIGUSR1)
        timer = threading.Timer(self.options.drain, end)
        timer.daemon = True
        timer.start()


def loader(options: Options, is_open: Event, is_lost: Event, *, is_first: bool) -> Callable[[], Arrivals]:
    """Return what a worker calls to load the pages: the first when the house may open, the others after it."""

    server = os.getpid()

    def load() -> Arrivals:
        logs.catch()
        end_with_parent()
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # told to leave while it loads: it holds nobody yet
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(
                number, signal.SIG_DFL
            )  # the parent's hands do not count here; granian sets its own later
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.site.settings")
        if is_first:
            _open()
            is_open.set()
        else:
            import django

            django.setup()
            is_open.wait()
        from django.urls import get_resolver

        from mamori.site.wsgi import application

        get_resolver().url_patterns  # noqa: B018  # loads every page now: the first visitor does not wait for it
        gc.collect()
        gc.freeze()  # what was loaded stays: the collector need not walk it again and again
        for name in SECRETS:
            os.environ.pop(name, None)
        step = Doorstep(application, body_limit=options.body_limit, proxies=options.proxies.split())
        signal.signal(signal.SIGUSR1, lambda *_: step.leave())
        _hold(is_lost, server)
        if is_first and options.place:
            say_open(options.place)
        tell(options.ready, READY)
        return Arrivals(step, threads=options.threads, body_seconds=options.body_seconds)

    return load


def _open() -> None:
    """See that the house may open, and collect the static files; end the process with a sentence where it may not."""
    from mamori.site.command import in_sentences, ready

    try:
        with in_sentences():
            ready()
            from django.db import connection

            from mamori.site import prepared, statics

            if prepared.must_be_prepared() is prepared.Tables.READY:
                prepared.claim()
                connection.close()
            statics.collect()
    except Exception:
        sys.excepthook(*sys.exc_info())
        sys.exit(1)


def _hold(is_lost: Event, server: int) -> None:
    """Hold the database for this house as long as this process lives; when another has it, the whole server ends."""
    from mamori.site import prepared

    def lost(_: object) -> None:
        is_lost.set()
        os.kill(server, signal.SIGTERM)

    prepared.keep(lost)


def become(options: Options) -> None:
    """Turn this process into the server; never returns."""
    for fd in (options.fd, options.ready):
        if fd is not None:
            os.set_inheritable(fd, True)
    tell(options.ready, f"{EXPECT} {options.workers}")
    words = [sys.executable, "-m", __name__, json.dumps(asdict(options))]
    os.execv(sys.executable, words)  # noqa: S606  # ourselves


def main() -> None:
    """Serve until told to stop."""
    logs.catch()
    options = Options(**json.loads(sys.argv[1]))
    sys.argv[0] = "web"
    Server(options).serve()


if __name__ == "__main__":
    main()
