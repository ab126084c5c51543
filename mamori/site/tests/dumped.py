"""Signs people in to a house that is thrown away, dumps the whole of it, and tries every string of the dump as a key to it."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
import jwt
from django.conf import settings

django.setup()

from django.contrib.auth.middleware import AuthenticationMiddleware  # noqa: E402  # needs Django to be set up
from django.contrib.sessions.middleware import SessionMiddleware  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402

from mamori.grammar.actor import Actor, Role  # noqa: E402
from mamori.grammar.businesstime import Hours  # noqa: E402
from mamori.ground.market import actions as market  # noqa: E402
from mamori.ground.market.actions import Item, OrderLine  # noqa: E402
from mamori.ground.outbox import actions as outbox  # noqa: E402
from mamori.ground.people import actions as people  # noqa: E402
from mamori.ground.people.facts import is_invited, machine_of  # noqa: E402
from mamori.ground.people.rules import Profile, Size  # noqa: E402
from mamori.ground.web.signing.here import presence  # noqa: E402
from mamori.rooms.contact import (  # noqa: E402
    actions as contact,
    facts,
    helping,
)
from mamori.rooms.contact.models import Helper  # noqa: E402
from mamori.rooms.contact.rules.helping import May  # noqa: E402
from mamori.rooms.contact.topics import Harm, Topic  # noqa: E402
from mamori.site.backup.parts import _program  # noqa: E402
from tests.permissions import world as small  # noqa: E402
from trials.sizes import WHOLE  # noqa: E402

CUT = re.compile(r"[A-Za-z0-9_-]{8,}")
WORD = re.compile(r"""[^\s"'|,;]{8,}""")
KEY = 32
"""So long Django makes its keys, of small letters and digits."""
RUN = re.compile(r"[a-z0-9]{32,}")
BYTES = re.compile(r"\\x((?:[0-9a-f]{2})+)")
"""A column of bytes, as PostgreSQL dumps it."""


def main() -> None:
    """Do it and print what came of it; with `plain`, sessions are kept as Django keeps them."""
    if sys.argv[1] == "plain":
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    secrets, cookies = signed_in()
    told, raw = dumped()
    words = sorted(strings(told, raw))
    print(
        json.dumps(
            {
                "visits": [who(cookie) for cookie in cookies],
                "words": len(words),
                "let_in": [word for word in words if who(word)],
                "lets_in": [word for word in words if opens(word)],
                "readable": [name for name, secret in secrets.items() if secret.encode() in told + raw],
            }
        )
    )


def signed_in() -> tuple[dict[str, str], list[str]]:
    """Let buyers, a seller and staff come in by the house's own pages; return every secret that was given, and the cookies."""
    world, now = small.build(), datetime.now(UTC)
    keeper = Actor(by="machine:test", role=Role.MACHINE, at=now, via="test")
    buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=now, via="test")
    profile = Profile(size=Size.THREE, delay=Hours(48))
    secrets = {"api key": world.api_key, "link key": world.link_secret}
    visitors = {}
    for number, whose in enumerate(("buyer:B-1", "buyer:B-2", "seller:S-1")):
        visitors[whose] = Client(SERVER_NAME="localhost")
        link = _link(world, whose, number)
        assert visitors[whose].post(f"/in/{link}").status_code == 302
        secrets[f"link of {whose}"] = link
    for mail in ("one@example.jp", "two@example.jp"):
        account = people.add_account(keeper, email=mail, name="人", role=Role.AGENT, profile=profile)
        token = people.invite(keeper, account=account).token
        visitors[mail] = Client(SERVER_NAME="localhost")
        assert visitors[mail].post(f"/account/invited/{token}/").status_code == 302
        page = visitors[mail].get("/account/factors/app/add/").content.decode()
        secrets[f"app of {mail}"] = re.findall(r"\b[A-Z2-7]{32}\b", page)[0]
        secrets[f"invitation of {mail}"] = token
    waiting = people.add_account(
        keeper, email="three@example.jp", name="人", role=Role.AGENT, profile=profile
    )
    secrets["invitation"] = people.invite(keeper, account=waiting).token
    secrets["helper's code"] = contact.let_help(
        buyer, thread=_thread(keeper, buyer), name="妹", may=May.READ, days=30
    )
    secrets["webhook's secret"] = outbox.add_endpoint(keeper, url="http://127.0.0.1/hook")[1]
    cookies = [one.cookies[settings.SESSION_COOKIE_NAME].value for one in visitors.values()]
    return secrets | {f"cookie {n}": cookie for n, cookie in enumerate(cookies)}, cookies


def _thread(shop: Actor, buyer: Actor) -> int:
    """Return a conversation that goes on, about an order of today's."""
    items = (Item(listing="L-1", price=8_000),)
    order = OrderLine(ref="O-2", buyer="B-1", seller="S-1", items=items, amount=8_000, ordered_at=shop.at)
    market.put_order(shop, order)
    trouble = contact.open_trouble(
        buyer, order_ref="O-2", topic=Topic.BROKEN, harm=Harm.MONEY, said="割れた", centre_may_read=False
    )
    known = facts.trouble(trouble)
    assert known is not None
    return known.thread


def _link(world: Any, whose: str, number: int) -> str:
    now = datetime.now(UTC)
    times = {"iat": now, "exp": now + timedelta(minutes=5)}
    said = {"sub": whose, "aud": settings.ORIGIN, "jti": f"j{number}", **times}
    return jwt.encode(said, world.link_secret, algorithm="HS256", headers={"kid": world.link_prefix})


def dumped() -> tuple[bytes, bytes]:
    """Return the database as text, and the bytes of its files beside each other."""
    if connection.vendor == "postgresql":
        words = [_program("pg_dump"), "--inserts", f"--dbname={settings.DATABASE_URL}"]
        return subprocess.run(words, check=True, capture_output=True).stdout, b""
    home = Path(settings.HOME)
    with sqlite3.connect(home / "mamori.sqlite3") as database:
        text = "\n".join(database.iterdump()).encode()
    files = sorted(home.glob("mamori.sqlite3*"))
    assert any(file.name.endswith("-wal") for file in files)
    return text, b"\n".join(file.read_bytes() for file in files)


def strings(told: bytes, raw: bytes) -> set[str]:
    """Return every string of the dump: whole words, what stands between marks, and each run as long as a key is."""
    text, bare = told.decode("utf-8"), raw.decode("latin-1")
    if not WHOLE:  # a column of bytes is read as what it holds, not at each of its hexadecimal digits
        bare += "\n".join(bytes.fromhex(found).decode("latin-1") for found in BYTES.findall(text))
        text = BYTES.sub("", text)
    found = {word[:200] for word in WORD.findall(text)} | set(CUT.findall(text)) | set(CUT.findall(bare))
    return found | set(_windows(RUN.findall(text) + RUN.findall(bare)))


def _windows(runs: Iterable[str]) -> Iterator[str]:
    for run in set(runs):
        yield from (run[at : at + KEY] for at in range(len(run) - KEY + 1))


def who(cookie: str) -> str:
    """Return whom the house takes somebody for who shows this as a session's cookie."""
    told: list[str] = []

    def page(request: Any) -> HttpResponse:
        request.received_at = request.came_at = datetime.now(UTC)
        here = presence(request)
        told.append(here.who or (f"account:{here.account}" if here.account else ""))
        return HttpResponse()

    request = RequestFactory().get("/")
    request.COOKIES = {settings.SESSION_COOKIE_NAME: cookie}
    SessionMiddleware(AuthenticationMiddleware(page))(request)
    return told[0]


def opens(word: str) -> bool:
    """Say whether the word opens anything else: as a machine's key, an invitation, a helper's code."""
    at = datetime.now(UTC)
    helps = Helper.objects.filter(helping.holds(at), digest=helping.digest(word)).exists()
    return helps or machine_of(word, at) is not None or is_invited(word, at=at)


if __name__ == "__main__":
    main()
