"""Complaints come in by eight callers at once: is each that was answered written, with its mails?

`POST /api/v1/threads`, each on an order of its own; the house records, seals, starts clocks and queues notices, mails and a
webhook in the same transaction.  Planted: a house that says yes and writes nothing.
"""

from __future__ import annotations

import json
import time
from itertools import batched
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mamori.ground.post.models import Mail
from mamori.ground.terms import actions as terms
from mamori.law.settings import NOTICES_TO_BUYERS, NOTICES_TO_SELLERS
from mamori.rooms.contact.models import Trouble
from trials.harness import Found, actor, measured, within
from trials.house import Ask, Crowd, Reply, ShopKeys, Up, Visitor, made, reasons, up
from trials.planted import with_fault
from trials.scratch import scratch

CALLERS, BUYERS, SELLERS = 8, 200, 20
MOST = 200
"""Orders prepared for each second: nobody answers more on two cores; who does runs out, and that is a failure."""
SAID = "届いた器が割れていました。箱にへこみはありません。交換か返金をお願いします。"
HOOK = "http://127.0.0.1:8443/hook"
"""Where our webhooks would go: nobody listens there."""


def open_house() -> None:
    """Let sellers and buyers be told by webhook and by mail: all that a marketplace may wish for."""
    for setting in (NOTICES_TO_BUYERS, NOTICES_TO_SELLERS):
        terms.set(actor(), setting=setting, value="both")


def kept() -> dict[str, int]:
    """Count what lies in the tables."""
    return {"troubles": Trouble.objects.count(), "mails": Mail.objects.count()}


def prepared(house: Up, keys: ShopKeys, orders: int) -> None:
    """Tell a house its sellers, buyers and orders, and where its webhooks go."""
    lines: list[dict[str, Any]] = []
    for n in range(SELLERS):
        lines.append({"kind": "seller", "ref": f"S-{n}", "name": f"店{n}"})
        lines.append({"kind": "contacts", "ref": f"S-{n}", "mail": f"s{n}@example.jp"})
    told = {"kind": "buyer", "name": "買手"}
    lines += [told | {"ref": f"B-{n}", "mail": f"b{n}@example.jp"} for n in range(BUYERS)]
    for n in range(orders):
        who = {"buyer": f"B-{n % BUYERS}", "seller": f"S-{n % SELLERS}", "amount": 900}
        lines.append({"kind": "order", "ref": f"O-{n}", "ordered_at": "2026-11-02T10:00:00+09:00"} | who)
    for some in batched(lines, 2_000):
        found = _sent(house, keys, "events", "application/x-ndjson", "\n".join(map(json.dumps, some)))
        if found["refused"]:
            raise RuntimeError(f"lines were refused: {found}")
    _sent(house, keys, "webhooks", "application/json", json.dumps({"url": HOOK}))


def _sent(house: Up, keys: ShopKeys, path: str, kind: str, body: str) -> dict[str, Any]:
    headers = keys.headers | {"Content-Type": kind, "Idempotency-Key": "prepared"}
    ask = Ask(path=f"/api/v1/{path}", method="POST", body=body.encode(), headers=headers)
    reply = Visitor(house.port, patience=600).ask(0, ask)
    if not 200 <= reply.status < 300:
        raise RuntimeError(f"{path} was answered {reply.status}: {reply.body.decode()[:300]}")
    found: dict[str, Any] = json.loads(reply.body)
    return found


def pressed(house: Up, keys: ShopKeys, seconds: float, first: int) -> list[Reply]:
    """Let the callers press for so long, one trouble an order; return the replies."""
    parties: dict[int, str] = {}

    def ask(number: int) -> Ask:
        number += first
        buyer = number % BUYERS
        party = parties.get(buyer) or parties.setdefault(buyer, keys.party(f"buyer:B-{buyer}"))
        body = {"order": f"O-{number}", "topic": "broken", "said": SAID, "centre_may_read": True}
        headers = keys.headers | {"Mamori-Party": party, "Idempotency-Key": f"k-{number}"}
        whole = json.dumps(body).encode()
        return Ask(path="/api/v1/threads", method="POST", body=whole, headers=headers, good=frozenset({201}))

    crowd = Crowd(house.port, ask, visitors=CALLERS, patience=60)
    crowd.start()
    time.sleep(seconds)
    return crowd.end()


@measured("困りごとの受付を数える", "complaints that come in, counted where they lie")
def measure(*, engine: str, seconds: float = 30.0, most: int = MOST) -> Found:
    """Press on a house, count what came of it, and press once on the forgetful house."""
    orders = int(most * (seconds + 1)) + BUYERS
    with scratch(engine) as (plain, _):
        env = plain | {
            "MAMORI_API_CALLS": "10000000",
            "MAMORI_MAIL": f"folder://{quote(str(Path(plain['MAMORI_HOME']) / 'mail'))}",
            "MAMORI_MAIL_FROM": "centre@example.jp",
        }
        within(env, "trials.intake:open_house")
        keys = made(env)
        with up(env) as house:
            prepared(house, keys, orders)
            replies = pressed(house, keys, seconds, 0)
        rows = within(env, "trials.intake:kept")
        with up(env | with_fault("forgets")) as house:
            forgotten = pressed(house, keys, 0.5, len(replies))
        more = within(env, "trials.intake:kept")["troubles"] - rows["troubles"]
    answered, planted = (sum(one.is_good for one in some) for some in (replies, forgotten))
    return Found(
        {
            "nothing failed": answered == len(replies),
            "what was answered was written, no more and no less": rows["troubles"] == answered > 0,
            "each caused its mail, to the buyer and to the seller": rows["mails"] == 2 * answered,
            "planted: a house that writes nothing is noticed": more < planted,
        },
        answered=answered,
        failed=reasons(replies),
        **rows,
        planted=(planted, more),
    )
