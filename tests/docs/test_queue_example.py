"""The queue of the page on telling loses nothing, whenever the worker dies or Mamori is away."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from tests.docs.pages import ROOT, blocks


class Away(Exception):
    """Nobody answers."""


class Mamori:
    """Keeps what it was told; breaks off before or after each second telling."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}
        self.calls = 0

    def tell(self, kind: str, ref: str, **record: Any) -> None:
        self.calls += 1
        if self.calls % 3 == 1:
            raise Away
        self.told[f"{kind}/{ref}"] = record
        if self.calls % 3 == 2:
            raise Away


def test_an_order_goes_through_while_mamori_is_away_and_is_told_as_it_is_when_it_is_back() -> None:
    page = (ROOT / "docs" / "how-to" / "tell-from-a-queue.md").read_text("utf-8")
    (code,) = (block.text for block in blocks(page) if block.kind == "python")
    db, mamori = sqlite3.connect(":memory:"), Mamori()
    db.executescript("CREATE TABLE orders (ref, told); CREATE TABLE to_tell (kind, ref)")

    def now(db: sqlite3.Connection, kind: str, ref: str) -> Any:
        rows = db.execute(f"SELECT told FROM {kind} WHERE ref = ? ORDER BY rowid DESC", (ref,))
        return {name: value for name, value in json.loads(rows.fetchone()[0]).items() if name != "ref"}

    shop: dict[str, Any] = {"json": json, "now": now}
    exec(code, shop)  # our own page
    for number in range(4):
        shop["place_order"](db, {"ref": f"O-{number % 3}", "amount": number})

    for _ in range(20):
        try:
            shop["tell"](db, mamori)
        except Away:
            continue
    shop["tell"](db, mamori)

    assert {ref: record["amount"] for ref, record in mamori.told.items()} == {
        "orders/O-0": 3,
        "orders/O-1": 1,
        "orders/O-2": 2,
    }
    assert db.execute("SELECT count(*) FROM to_tell").fetchone() == (0,)
