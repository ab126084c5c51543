"""The houses that complaints come in to: ours, our own code of before, and the peer; each made ready and asked."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from trials.pages import RIVAL, ROOT, THREADS, WORKERS, free_port, serving
from trials.scratch import Cluster, binaries, python
from trials.shopkeys import ShopKeys, made

BEFORE = "13c4ea7"
BUYERS, SELLERS = 200, 20
SAID = "届いた器が割れていました。箱にへこみはありません。交換か返金をお願いします。"
CSRF = "a" * 32
HOOK = "http://127.0.0.1:8443/hook"
"""Where our webhooks would go: nobody listens there."""

type Ask = tuple[str, dict[str, str], str]
"""Path, headers and body of a POST."""


@dataclass(slots=True, kw_only=True)
class House:
    """A server, its database and its Python."""

    words: list[str]
    env: dict[str, str]
    cwd: Path
    port: int = 0
    leader: int = 0

    def ask(self, code: str, *words: str) -> Any:
        """Run some Python in the house and return what it prints as JSON."""
        setup = "import json,sys,django;django.setup();from django.db import connection;"
        done = subprocess.run(  # noqa: S603  # ours, or the peer's
            [*self.words, "-c", setup + code, *words],
            env=self.env,
            cwd=self.cwd,
            check=True,
            stdout=subprocess.PIPE,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def count(self, rows: str) -> int:
        """Return how many such rows there are."""
        code = "c=connection.cursor();c.execute(f'SELECT COUNT(*) FROM {sys.argv[1]}');print(c.fetchone()[0])"
        return int(self.ask(code, rows))


def threads(keys: ShopKeys) -> Iterator[Ask]:
    """Yield a trouble with one order after the other, each of its own."""
    number, until, parties = 0, 0.0, dict[int, str]()
    while True:
        if time.monotonic() > until:
            parties, until = {}, time.monotonic() + 60
        buyer = number % BUYERS
        party = parties.get(buyer) or parties.setdefault(buyer, keys.party(f"buyer:B-{buyer}"))
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {keys.token}"}
        body = {"order": f"O-{number}", "topic": "broken", "said": SAID, "centre_may_read": True}
        yield (
            "/api/v1/threads",
            headers | {"Mamori-Party": party, "Idempotency-Key": f"k-{number}"},
            json.dumps(body),
        )
        number += 1


def tickets(session: str) -> Iterator[Ask]:
    """Yield a ticket of the peer's API after the other, sent by a member of staff who is signed in."""
    cookie = {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
    headers = {"Content-Type": "application/json", **cookie}
    ticket = {"queue": 1, "title": "器が割れていた", "description": SAID, "priority": 3}
    number = 0
    while True:
        yield "/api/tickets/", headers, json.dumps(ticket | {"submitter_email": f"a{number}@example.jp"})
        number += 1


def forms() -> Iterator[Ask]:
    """Yield a public form of the peer after the other, as a browser sends it."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={CSRF}"}
    ticket = {
        "queue": "1",
        "title": "器が割れていた",
        "body": SAID,
        "priority": "3",
        "csrfmiddlewaretoken": CSRF,
    }
    number = 0
    while True:
        yield "/tickets/submit/", headers, urlencode(ticket | {"submitter_email": f"f{number}@example.jp"})
        number += 1


def prepared(house: House, orders: int) -> ShopKeys:
    """Tell a house its sellers, buyers and orders, and where its webhooks go."""
    for who in ("buyers", "sellers"):  # by webhook and by mail: all that a marketplace may wish for
        subprocess.run(  # noqa: S603
            python("-m", "mamori.site", "set", f"post.to_{who}", "both"),
            env=house.env,
            cwd=house.cwd,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    keys = made(house.env, house.cwd)
    people = [
        line
        for n in range(SELLERS)
        for line in (
            {"kind": "seller", "ref": f"S-{n}", "name": f"店{n}"},
            {"kind": "contacts", "ref": f"S-{n}", "mail": f"s{n}@example.jp"},
        )
    ]
    people += [
        {"kind": "buyer", "ref": f"B-{n}", "name": f"買手{n}", "mail": f"b{n}@example.jp"}
        for n in range(BUYERS)
    ]
    known = {"kind": "order", "amount": 900, "ordered_at": "2026-11-02T10:00:00+09:00"}
    lines: list[dict[str, object]] = [
        *(dict[str, object](person) for person in people),
        *(
            {**known, "ref": f"O-{n}", "buyer": f"B-{n % BUYERS}", "seller": f"S-{n % SELLERS}"}
            for n in range(orders)
        ),
    ]
    for first in range(0, len(lines), 2_000):
        some = "\n".join(json.dumps(line) for line in lines[first : first + 2_000])
        told_ = _sent(house, keys, "events", "application/x-ndjson", some)
        if told_["refused"]:
            raise RuntimeError(f"lines were refused: {told_}")
    _sent(house, keys, "webhooks", "application/json", json.dumps({"url": HOOK}))
    return keys


def _sent(house: House, keys: ShopKeys, path: str, kind: str, body: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {keys.token}", "Content-Type": kind, "Idempotency-Key": "prepared"}
    asked = Request(f"http://127.0.0.1:{house.port}/api/v1/{path}", body.encode(), headers)
    with urlopen(asked, timeout=600) as answer:  # noqa: S310  # our own loopback
        found: dict[str, Any] = json.load(answer)
    return found


def ours(plain: dict[str, str]) -> House:
    """Return the house of this code: so many calls are let in, and mail goes into a folder."""
    home = Path(plain["MAMORI_HOME"])
    more = {
        "MAMORI_API_CALLS": "10000000",
        "MAMORI_MAIL": f"folder://{quote(str(home / 'mail'))}",
        "MAMORI_MAIL_FROM": "centre@example.jp",
    }
    return House(words=python(), env={**plain, **more}, cwd=ROOT)


def before(ours: House, url: str) -> House:
    """Lay out our own code of before with a home and a database of its own."""
    home = Path(ours.env["MAMORI_HOME"] + "-before")
    code = home / "code"
    code.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603, S607
    subprocess.run(["tar", "-x", "-C", str(code)], input=archive, check=True)  # noqa: S603, S607
    places = {
        "MAMORI_HOME": home,
        "MAMORI_KEYS": home / "keys",
        "MAMORI_LOG": home / "log",
        "PYTHONPATH": code,
    }
    env = {**ours.env, **{name: str(place) for name, place in places.items()}, "MAMORI_DATABASE_URL": url}
    env["MAMORI_MAIL"] = f"folder://{quote(str(home / 'mail'))}"
    setup = python("-m", "mamori.site", "setup")
    subprocess.run(setup, env=env, cwd=code, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return House(words=python(), env=env, cwd=code)


def peer(mail: Path, url: str) -> tuple[House, str]:
    """Prepare the peer, with a hundred tickets; return it and the session of a member of staff."""
    env = {
        **os.environ,
        "RIVAL_DATABASE_URL": url,
        "RIVAL_MAIL": str(mail),
        "DJANGO_SETTINGS_MODULE": "rival_settings",
    }
    words = [str(ROOT / "tools" / "rival.sh"), "fill", "100", "10"]
    done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    session = json.loads(done.stdout.splitlines()[-1])["session"]
    return House(words=[str(RIVAL / "venv" / "bin" / "python")], env=env, cwd=RIVAL / "project"), session


def database(cluster: Cluster | None, home: Path, name: str) -> str:
    """Make one more database beside the first, and return its address."""
    if cluster is None:
        return f"sqlite:///{quote(str(home))}-{name}.sqlite3"
    make = [str(binaries() / "createdb"), "-h", str(cluster.folder), "-U", "mamori", name]
    subprocess.run(make, env={**os.environ, "PGPASSWORD": cluster.password}, check=True)  # noqa: S603
    return f"postgres://mamori:{cluster.password}@{quote(str(cluster.folder), safe='')}/{name}"


def opened(stack: ExitStack, house: House, **more: str) -> None:
    """Serve a house, until the stack is unwound."""
    house.port, env = free_port(), {**house.env, **more}
    words = ("serve", "--port", str(house.port), "--workers", WORKERS, "--threads", THREADS)
    house.leader = stack.enter_context(
        serving(python("-m", "mamori.site", *words), env, house.port, house.cwd)
    )
