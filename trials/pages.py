"""Pages among a million cases, beside our nearest peer: django-helpdesk 2.6.1, the same server, workers and database.

Both houses are filled by SQL and serve at the same time from two databases of one PostgreSQL, or from two SQLite files;
the load goes to one after the other, in turns.  The peer's list is asked for its rows alone, without the page around
them, which favours it.  Planted: a house of ours that dawdles.  A lead who has 20,000 open cases looks at queue, workbench,
*today* and its own cases alone, too.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.load import percentile
from trials.scratch import Cluster, binaries, engine_option, python, scratch
from trials.verdict import told

TITLE = Text("百万件の中の画面を、近い仲間と比べる", "pages among a million cases, beside our nearest peer")
ROOT = Path(__file__).parents[1]
RIVAL = ROOT / "var" / "rival"
WORKERS, THREADS = "2", "4"
LOADERS, VISITORS = 2, 4
"""Processes that press, and connections of each."""
TWICE = 2.0
SOON_MS = 150.0
"""Within how many milliseconds 99 of 100 pages are there for one who looks alone."""
WARM = 2.0
LEADS_OWN = 20_000
"""How many open cases one lead has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One house under one page: answers a second, its 50th and 99th percentile in milliseconds, what failed."""

    per_second: float
    p50_ms: float
    p99_ms: float
    failed: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was measured, page by page."""

    engine: str
    cases: int
    open_cases: int
    peer_tickets: int
    peer_open: int
    rounds: int
    seconds_each: float
    ours: dict[str, Side]
    peer: dict[str, Side]
    ratio: dict[str, float]
    alone: dict[str, Side]
    planted_ratio: float


@dataclass(slots=True)
class House:
    """A server that runs: where its pages are, and who looks at them."""

    port: int
    paths: dict[str, list[str]]
    headers: dict[str, str]
    waits: dict[str, list[float]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: dict[str, dict[str, int]] = field(default_factory=dict)

    def press(
        self,
        page: str,
        seconds: float,
        dice: random.Random,
        *,
        loaders: int = LOADERS,
        visitors: int = VISITORS,
    ) -> None:
        """Let the loaders press on one page, each on an address of its own."""
        words = [
            {
                "port": self.port,
                "path": dice.choice(self.paths[page]),
                "headers": self.headers if page != "public" else {},
                "seconds": seconds,
                "visitors": visitors,
            }
            for _ in range(loaders)
        ]
        pressing = [
            subprocess.Popen(  # noqa: S603  # ourselves
                python("-m", "trials.load", json.dumps(word)), stdout=subprocess.PIPE, text=True
            )
            for word in words
        ]
        for one in pressing:
            found = json.loads(one.communicate()[0])
            self.waits.setdefault(page, []).extend(found["waits"])
            for why, count in found["failed"].items():
                known = self.failed.setdefault(page, {})
                known[why] = known.get(why, 0) + count
        self.seconds[page] = self.seconds.get(page, 0.0) + seconds

    def told(self, page: str) -> Side:
        """Return what the page did."""
        waits = self.waits.get(page, [])
        return Side(
            per_second=round(len(waits) / self.seconds[page], 1),
            p50_ms=round(statistics.median(waits) * 1000, 1) if waits else 0.0,
            p99_ms=percentile(waits, 99),
            failed=self.failed.get(page, {}),
        )


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as asked:
        return int(asked.getsockname()[1])


@contextmanager
def serving(words: list[str], env: Mapping[str, str], port: int, cwd: Path | None = None) -> Iterator[int]:
    """Run a server, wait until it answers and yield its process, which leads a group of its own.

    :raises RuntimeError: when it does not.
    """
    nowhere = subprocess.DEVNULL
    server = subprocess.Popen(  # noqa: S603  # ours, or the peer's
        words, env=dict(env), cwd=cwd, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
    try:
        for _ in range(600):
            if server.poll() is not None:
                raise RuntimeError(f"{words} ended with {server.returncode}")
            if _answers(port):
                break
            time.sleep(0.2)
        else:
            raise RuntimeError(f"{words} does not answer")
        yield server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _answers(port: int) -> bool:
    asked = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        asked.request("GET", "/")
        return asked.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def measure(*, engine: str, cases: int, open_: int, seconds: float, rounds: int, seed: int) -> Compared:
    """Fill both houses, serve both, press on each page in turns, and once on the dawdling house."""
    dice = random.Random(seed)  # noqa: S311  # a replayable choice
    with scratch(engine) as (env, cluster), ExitStack() as stack:
        rival_url = _rival_url(env, cluster)
        peer_told = _peer(rival_url, cases, open_)
        ours_told = _ours(env, {"cases": cases, "open_": open_, "acts": 0, "seed": seed})
        port, peer_port, slow_port = free_port(), free_port(), free_port()
        stack.enter_context(serving(serve(port), env, port))
        stack.enter_context(rival(rival_url, peer_port))
        ours = House(port, ours_told["paths"], {"Cookie": ours_told["cookie"]})
        peer = _peer_house(peer_port, peer_told)
        for page in ("queue", "case", "public"):
            for house in (ours, peer):
                House(house.port, house.paths, house.headers).press(page, WARM, dice)
            for _ in range(rounds):
                ours.headers = {"Cookie": _asked(env, {"what": "session"})["cookie"]}
                for house in (ours, peer):
                    house.press(page, seconds, dice)
        lead = {"Cookie": _asked(env, {"what": "session", "role": "lead"})["cookie"]}
        more = {"today": ["/desk/today/"], "own": ["/desk/?view=mine"]}
        alone = House(port, ours.paths | more, lead)
        for page in ("queue", "case", "today", "own"):
            House(port, alone.paths, lead).press(page, WARM, dice, loaders=1, visitors=1)
            for _ in range(rounds):
                alone.press(page, seconds, dice, loaders=1, visitors=1)
        slow_env = {**env, "DJANGO_SETTINGS_MODULE": "trials.slow"}
        stack.enter_context(serving(serve(slow_port), slow_env, slow_port))
        slow = House(slow_port, ours.paths, {})
        slow.press("public", WARM, dice)
        return _compared(
            engine, (ours, peer, slow, alone), ours_told | peer_told | {"rounds": rounds, "each": seconds}
        )


def _compared(engine: str, houses: tuple[House, House, House, House], told_: dict[str, Any]) -> Compared:
    ours, peer, slow, alone = houses
    pages = list(ours.waits)
    sides = {page: (ours.told(page), peer.told(page)) for page in pages}
    return Compared(
        engine=engine,
        cases=told_["cases"],
        open_cases=told_["open_cases"],
        peer_tickets=told_["count"],
        peer_open=told_["open"],
        rounds=told_["rounds"],
        seconds_each=told_["each"],
        ours={page: side[0] for page, side in sides.items()},
        peer={page: side[1] for page, side in sides.items()},
        ratio={page: round(a.per_second / max(b.per_second, 0.01), 1) for page, (a, b) in sides.items()},
        alone={page: alone.told(page) for page in alone.waits},
        planted_ratio=round(slow.told("public").per_second / max(sides["public"][1].per_second, 0.01), 2),
    )


def serve(port: int) -> list[str]:
    words = ("serve", "--port", str(port), "--workers", WORKERS, "--threads", THREADS)
    return python("-m", "mamori.site", *words)


def _rival_url(env: dict[str, str], cluster: Cluster | None) -> str:
    if cluster is None:
        return f"sqlite:///{quote(env['MAMORI_HOME'])}-rival.sqlite3"
    make = [str(binaries() / "createdb"), "-h", str(cluster.folder), "-U", "mamori", "rival"]
    subprocess.run(make, env={**env, "PGPASSWORD": cluster.password}, check=True)  # noqa: S603
    return f"postgres://mamori:{cluster.password}@{quote(str(cluster.folder), safe='')}/rival"


def _peer(url: str, cases: int, open_: int) -> dict[str, Any]:
    words = [str(ROOT / "tools" / "rival.sh"), "fill", str(cases), str(open_)]
    env = {**os.environ, "RIVAL_DATABASE_URL": url}
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def rival(url: str, port: int, **more: str) -> AbstractContextManager[int]:
    """Serve the peer as we are served."""
    words = [
        str(RIVAL / "venv" / "bin" / "granian"),
        "--interface",
        "wsgi",
        "--http",
        "1",
        "--no-ws",
        "--no-log",
    ]
    words += ["--port", str(port), "--workers", WORKERS, "--blocking-threads", THREADS]
    words += ["--blocking-threads-idle-timeout", "600", "rival_wsgi:application"]
    return serving(words, {**os.environ, "RIVAL_DATABASE_URL": url, **more}, port, RIVAL / "project")


def _peer_house(port: int, told_: dict[str, Any]) -> House:
    rows = f"/datatables_ticket_list/{told_['query']}?draw=1&start=0&length=50"
    tickets = [f"/tickets/{number}/" for number in told_["tickets"]]
    paths = {"queue": [rows], "case": tickets, "public": ["/"]}
    return House(port, paths, {"Cookie": f"sessionid={told_['session']}"})


def _ours(env: dict[str, str], asked: dict[str, Any]) -> dict[str, Any]:
    return _asked(env, {"what": "fill", **asked})


def _asked(env: dict[str, str], asked: dict[str, Any]) -> dict[str, Any]:
    words = python("-m", "trials.pages", json.dumps(asked))
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def fill(*, cases: int, open_: int, acts: int, seed: int) -> dict[str, Any]:
    """Fill this house and return where its pages are."""
    from mamori.ground.cases import number
    from mamori.ground.cases.models import Case
    from mamori.ground.declared.fields import IS_OPEN
    from trials import filling

    filling.fill(cases=cases, open_=open_, acts=acts, seed=seed)
    pages = [f"/desk/cases/{number.number_of(id_)}/" for id_ in filling.real_cases()[:100]]
    many = Case.objects.filter(IS_OPEN).order_by("pk").values_list("pk", flat=True)
    Case.objects.filter(pk__in=list(many[: min(LEADS_OWN, open_ // 5)])).update(assignee=_account("lead").who)
    return {
        "paths": {"queue": ["/desk/"], "case": pages, "public": ["/"]},
        "cases": Case.objects.count(),
        "open_cases": Case.objects.filter(IS_OPEN).count(),
        **session(),
    }


def session(role: str = "agent") -> dict[str, Any]:
    """Let somebody of the desk in, and return the cookie."""
    from datetime import UTC, datetime

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from mamori.ground.people.presence import BEGUN
    from mamori.ground.web.sessions import SessionStore

    now, account = datetime.now(UTC), _account(role)
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store[BEGUN] = now.isoformat()
    store.save()
    return {"cookie": f"{settings.SESSION_COOKIE_NAME}={store.session_key}"}


def _account(role: str) -> Any:
    """Return the account of somebody of the desk, who signs in with a code."""
    from datetime import UTC, datetime

    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from mamori.ground.people.models import Account

    now = datetime.now(UTC)
    known = {"name": "bench", "role": role, "added_at": now, "totp_allowed_at": now}
    account, is_new = Account.objects.get_or_create(email=f"{role}@bench.invalid", defaults=known)
    if is_new:
        TOTP.activate(account, generate_totp_secret())
    return account


@click.command(name="pages", help=TITLE.in_(LANG), params=[engine_option()])
@click.option(
    "--cases", type=click.IntRange(1_000), default=1_000_000, show_default=True, help=say("案件の数", "cases")
)
@click.option(
    "--open",
    "open_",
    type=click.IntRange(200),
    default=100_000,
    show_default=True,
    help=say("うち未了の数", "of these open"),
)
@click.option(
    "--seconds", type=float, default=10.0, show_default=True, help=say("一回の秒数", "seconds of a turn")
)
@click.option(
    "--rounds", type=click.IntRange(1), default=3, show_default=True, help=say("交代の回数", "turns each")
)
@click.option("--seed", type=int, default=1, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(
    *, engine: str, cases: int, open_: int, seconds: float, rounds: int, seed: int, as_json: bool
) -> None:
    """Compare; end with 1 when a page is not twice as fast, or its p99 worse, or the planted fault is missed."""
    found = measure(engine=engine, cases=cases, open_=open_, seconds=seconds, rounds=rounds, seed=seed)
    promises: dict[str, bool] = {}
    for page, ratio in found.ratio.items():
        ours, peer = found.ours[page], found.peer[page]
        promises[say(f"{page}：速さ2倍以上", f"{page}: at least twice the rate")] = ratio >= TWICE
        promises[say(f"{page}：p99 は悪くない", f"{page}: p99 no worse")] = ours.p99_ms <= peer.p99_ms
        promises[say(f"{page}：失敗なし", f"{page}: nothing failed")] = not ours.failed and not peer.failed
    for page, side in found.alone.items():
        promises[say(f"{page}：一人で見て p99 が150ミリ秒以内", f"{page}: alone, p99 within 150 ms")] = (
            side.p99_ms <= SOON_MS and not side.failed
        )
    promises[say("仕込んだ誤り：もたつく家", "planted: a house that dawdles is noticed")] = (
        found.planted_ratio < TWICE
    )
    told(TITLE, found, promises, as_json=as_json)


if __name__ == "__main__":
    from mamori.site.command import ready

    ready()
    wanted = json.loads(sys.argv[1])
    print(json.dumps(fill(**wanted) if wanted.pop("what") == "fill" else session(**wanted)))
