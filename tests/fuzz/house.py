"""A running house with a small market, its keys, and a description that may be spoiled on purpose."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from trials.house import ShopKeys, made, up
from trials.scratch import loaded, scratch


@dataclass(frozen=True, slots=True, kw_only=True)
class Running(ShopKeys):
    """Where the house is reached, and the keys that were made."""

    url: str
    env: dict[str, str]

    def call(self, method: str, path: str, told: Any = None, **headers: str) -> tuple[int, Any]:
        """Call with the API key and return status and what was answered."""
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        body = None if told is None else json.dumps(told).encode()
        with urlopen(Request(f"{self.url}/api/v1{path}", body, sent, method=method), timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"null")


@contextmanager
def running(engine: str = "sqlite", *, calls: int = 10_000_000) -> Iterator[Running]:
    """Run a house of its own until the end of the block."""
    with scratch(engine) as (plain, _):
        env = {**plain, "MAMORI_API_CALLS": str(calls)}
        keys = asdict(made(env))
        with up(env) as house:
            yield Running(url=f"http://127.0.0.1:{house.port}", env=env, **keys)


def furnish(house: Running) -> list[str]:
    """Tell a small market with some troubles, so that what is tried finds something; return instructions that wait."""
    house.call("PUT", "/sellers/S-1", {"name": "山の店"})
    house.call("PUT", "/sellers/S-1/contacts", {"mail": "s@example.jp"})
    for buyer in ("B-1", "B-2"):
        house.call("PUT", f"/buyers/{buyer}", {"name": "買手"})
    house.call("PUT", "/listings/L-1", {"seller": "S-1", "name": "茶碗", "price": 8000})
    lately = (datetime.now(UTC) - timedelta(days=26)).isoformat()
    for number in range(200):
        buyer = f"B-{number % 2 + 1}"
        order = {"buyer": buyer, "seller": "S-1", "amount": 8000, "ordered_at": lately}
        house.call("PUT", f"/orders/O-{number}", order)
    for number in range(20):
        told = {"order": f"O-{number}", "topic": "broken", "harm": "money", "said": "割れていました"}
        party = house.party(f"buyer:B-{number % 2 + 1}")
        key = {"Idempotency-Key": f"furnish-{number}", "Mamori-Party": party}
        house.call("POST", "/threads", told, **key)
    for number in range(6):
        party = house.party(f"buyer:B-{number % 2 + 1}")
        for path, told in (
            (f"/threads/thr_{number + 1}/mediation", {}),
            (f"/threads/thr_{number + 1}/proposals", {"kind": "repair"}),
            ("/formal-notices", {"notice": "return", "order": f"O-{number}"}),
        ):
            key = {"Idempotency-Key": f"furnish{path}-{number}", "Mamori-Party": party}
            house.call("POST", path, told, **key)
    return _python(house.env, _INSTRUCT).split()


def _python(env: dict[str, str], code: str) -> str:
    done = subprocess.run(loaded("-c", code), env=env, check=True, capture_output=True, text=True)
    return done.stdout


_INSTRUCT = """
from datetime import UTC, datetime
import django
django.setup()
from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
actor = Actor(by="machine:fuzz", role=Role.MACHINE, at=datetime.now(UTC), via="test")
for n in range(100, 140):
    print(market.instruct(actor, kind="refund", order_ref=f"O-{n}", amount=500, about=f"test:{n}"))
"""


def written(folder: Path, document: dict[str, Any]) -> Path:
    """Write a description where Schemathesis reads it."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
