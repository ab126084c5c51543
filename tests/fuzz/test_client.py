"""The toy shop of examples/client connects to a running house with nothing but Python's standard library."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mamori.ground.market.kinds import UNDOING
from tests.fuzz.house import Running, running
from trials.scratch import loaded

CLIENT = Path(__file__).parents[2] / "examples/client/shop.py"
ORIGIN = "http://help.shop.example"


@pytest.fixture(scope="module")
def house() -> Iterator[Running]:
    """Run a house that people reach by an address of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAMORI_ORIGIN", ORIGIN)
        with running() as found:
            yield found


@pytest.fixture(scope="module")
def shop() -> Any:
    """Load the client as whoever copies it would."""
    spec = importlib.util.spec_from_file_location("shop", CLIENT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def mamori(shop: Any, house: Running) -> Any:
    """Return the client, connected."""
    return shop.Mamori(house.url, house.token, house.link_kid, house.link_secret, origin=ORIGIN)


class Receiver(ThreadingHTTPServer):
    """The shop's address for webhooks: keeps what came, headers and raw body."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), _Door)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Door(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, Receiver)
        self.server.came.append((dict(self.headers.items()), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_the_client_uses_nothing_but_the_standard_library() -> None:
    tree = ast.parse(CLIENT.read_text(encoding="utf-8"))

    names = {a.name.partition(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert names <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))


def test_the_shop_knows_every_measure_and_what_clears_it(shop: Any) -> None:
    assert {kind.code: kind.undoes for kind in UNDOING.values()} == shop.CLEARED


def test_the_shop_sets_and_clears_a_switch_once_and_never_by_what_is_overtaken(shop: Any) -> None:
    switches = shop.Switches()

    def hear(ref: str, what: str, number: int, name: str = "issued") -> str:
        said = {"instruction": ref, "what": what, "number": number, "target_ref": "L-1", "detail": ""}
        outcome: str = switches.carry_out({"type": f"market.instruction_{name}", "data": said})
        return outcome

    answers = [
        hear("i1", "hide_listing", 1),
        hear("i3", "show_listing", 3),
        hear("i1", "hide_listing", 1),
        hear("i2", "hide_listing", 2),
        hear("i4", "hide_listing", 4, "recalled"),
        hear("i4", "hide_listing", 4),
    ]

    assert answers == ["confirmed", "confirmed", "confirmed", "refused", "refused", "refused"]
    assert switches.on == set()
    hear("i5", "remove_listing", 5)
    assert switches.on == {("remove_listing", "L-1", "")}


@pytest.mark.processes
def test_the_shop_connects_and_its_buyer_is_answered(house: Running) -> None:
    env = {
        **os.environ,
        "MAMORI_URL": house.url,
        "MAMORI_KEY": house.token,
        "MAMORI_LINK_KID": house.link_kid,
        "MAMORI_LINK_SECRET": house.link_secret,
    }

    said = subprocess.run(
        [sys.executable, "-I", str(CLIENT)], env=env, capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stderr
    assert "answered answered ['割れて届きました。', '代わりの品をお送りします。']" in said.stdout
    assert "without a party's token: None" in said.stdout
    assert said.stdout.rstrip().endswith("True")


@pytest.mark.processes
def test_the_shop_verifies_webhooks_and_confirms_an_instruction(
    house: Running, shop: Any, mamori: Any
) -> None:
    receiver = Receiver()
    added = mamori.call(
        "POST", "/webhooks", {"url": f"http://127.0.0.1:{receiver.server_port}/", "kinds": ["market.*"]}
    )
    mamori.tell("sellers", "S-2", name="川の店")
    mamori.tell("buyers", "B-2", name="買手")
    mamori.tell(
        "orders", "O-2", buyer="B-2", seller="S-2", amount=900, ordered_at="2026-11-02T10:00:00+09:00"
    )
    subprocess.run(loaded("-c", INSTRUCT), env=house.env, check=True)

    until = time.monotonic() + 300
    while not receiver.came and time.monotonic() < until:
        time.sleep(0.1)
    headers, body = receiver.came[0]
    lower = {name.lower(): value for name, value in headers.items()}
    told = json.loads(body)

    assert told["type"] == "market.instruction_issued"
    assert shop.is_genuine(added["secret"], lower, body)
    assert not shop.is_genuine(added["secret"], lower, body.replace(b"500", b"900"))
    unsigned = {name: value for name, value in lower.items() if name != "webhook-signature"}
    assert not shop.is_genuine(added["secret"], unsigned, body)
    assert not shop.is_genuine(added["secret"], {**lower, "webhook-timestamp": "1700000000"}, body)
    assert mamori.confirm(told["data"]["instruction"], "confirmed", "tx-1")["state"] == "confirmed"
    receiver.shutdown()


@pytest.mark.processes
def test_a_link_that_the_shop_signs_lets_its_buyer_in_once(house: Running, mamori: Any) -> None:
    mamori.tell("buyers", "B-3", name="買手")
    link = mamori.link("buyer:B-3")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    page = browser.open(link).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    press = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    inside = browser.open(urllib.request.Request(link, press, {"Origin": house.url}))

    assert inside.status == 200
    with pytest.raises(urllib.error.HTTPError) as again:
        browser.open(urllib.request.Request(link, press, {"Origin": house.url}))
    assert again.value.code in (403, 410)


@pytest.mark.processes
def test_a_refusal_reaches_the_shop_with_its_code_and_fields(shop: Any, mamori: Any) -> None:
    with pytest.raises(shop.Refused) as refused:
        mamori.tell("buyers", "B-4", nmae="買手")

    assert refused.value.code == "fields-wrong"
    assert {error["field"] for error in refused.value.errors} == {"name", "nmae"}


INSTRUCT = """
from datetime import UTC, datetime
import django
django.setup()
from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
actor = Actor(by="machine:test", role=Role.MACHINE, at=datetime.now(UTC), via="test")
market.instruct(actor, kind="refund", order_ref="O-2", amount=500, about="test:1")
"""
