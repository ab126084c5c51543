"""What one process of the races for a refund does: a shop answers with one, staff propose beside it, the buyer accepts.

Each looks and waits a moment before it acts, on the page and behind it, so that two who hold no lock do meet.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.racing import wait_for
from tests.journeys.racing_last import wait_after

RACES = ("presses", "tabs", "staff", "accepts")


def main() -> None:
    """Do what the command line says and print JSON."""
    import django

    django.setup()
    what, *words = sys.argv[1:]
    print(json.dumps(WHAT[what](*words)))


def prepare() -> dict[str, dict[str, Any]]:
    """Open a trouble for each race; in one the centre mediates, in one the shop has offered a refund."""
    from mamori.ground.market import actions as market
    from mamori.rooms.contact import actions as contact, keeping
    from mamori.rooms.contact.rules.proposals import Kind
    from mamori.rooms.contact.topics import Harm, Topic
    from tests.shops import put_shop

    machine, buyer = _actor("machine:test", "machine"), _actor("buyer:B", "buyer")
    put_shop(machine, ref="S", name="店", mail="s@example.jp")
    market.put_buyer(machine, market.BuyerLine(ref="B", name="買手"))
    plan: dict[str, dict[str, Any]] = {}
    for which in RACES:
        ordered = machine.at - timedelta(days=5)
        line = market.OrderLine(ref=which, buyer="B", seller="S", amount=8_000, ordered_at=ordered)
        market.put_order(machine, line)
        said: dict[str, Any] = {
            "topic": Topic.BROKEN,
            "harm": Harm.MONEY,
            "said": "動きません",
            "centre_may_read": True,
        }
        trouble = contact.open_trouble(buyer, order_ref=which, **said)
        number = keeping.case_number(f"contact.trouble:{trouble}")
        plan[which] = {"trouble": trouble, "number": number, "token": str(uuid.uuid4())}
    contact.request_mediation(buyer, trouble=plan["staff"]["trouble"])
    contact.propose(_actor("seller:S", "seller"), trouble=plan["accepts"]["trouble"], kind=Kind.FULL_REFUND)
    return plan


def race(which: str, seed: str, plan: str) -> str:
    """Do one of two things at once; return the sentence that was read of a refusal, "" where it was done."""
    from mamori.rooms.contact.actions import proposals, replies
    from mamori.rooms.contact.queries import thread as threads

    for where, name in ((threads, "page_of"), (proposals, "open_proposal"), (replies, "the_proposal")):
        wait_after(where, name)
    wait_for(2, f"{which}-{seed}", of=which)
    one = json.loads(plan)[which]
    if which == "accepts":
        return _send("buyer:B", f"/threads/{one['number']}/accept/", {"offer": "1"})
    if which == "staff" and seed == "1":
        return _propose(one["trouble"])
    token = one["token"] if which == "presses" else str(uuid.uuid4())
    said = {
        "said": "割れていました。お返しします。",
        "refund": "part_refund",
        "amount": "3000",
        "token": token,
    }
    return _send("seller:S", f"/seller/threads/{one['number']}/answer/", said)


def _propose(trouble: int) -> str:
    """Propose as staff."""
    from mamori.grammar.refusal import Refusal
    from mamori.rooms.contact import actions as contact
    from mamori.rooms.contact.rules.proposals import Kind

    try:
        contact.propose(_actor("agent:9", "agent"), trouble=trouble, kind=Kind.FULL_REFUND)
    except Refusal as refusal:
        return refusal.sentence.ja
    return ""


def _send(who: str, path: str, form: dict[str, str]) -> str:
    """Send a form as a party."""
    from django.conf import settings
    from django.test import Client

    from tests.journeys.stage import let_in

    settings.ALLOWED_HOSTS = ["testserver"]
    client, guest = Client(), f"{who.partition(':')[0]}={who}"
    client.cookies.load(let_in(guest)[guest])
    answer = client.post(path, form)
    if answer.status_code == 302:
        return ""
    assert answer.status_code == 409, answer.content.decode()
    found = re.search(r'role="alert".*?<li>(.*?)</li>', answer.content.decode(), re.DOTALL)
    assert found, answer.content.decode()
    return found[1]


def _actor(by: str, role: str) -> Any:
    from mamori.grammar.actor import Actor, Role

    return Actor(by=by, role=Role(role), at=datetime.now(UTC), via="test")


def examine() -> dict[str, dict[str, Any]]:
    """Say of each race what is left: proposals by state, the shop's messages, what was told of most often."""
    from mamori.ground.outbox.models import Event, Notice
    from mamori.rooms.contact.models import Message, Proposal

    left: dict[str, dict[str, Any]] = {}
    for which in RACES:
        offers = Proposal.objects.filter(trouble__thread__order_ref=which)
        about = f"contact.trouble:{offers[0].trouble_id}"
        told = Counter(Notice.objects.filter(about=about).values_list("to", "template"))
        news = Counter(Event.objects.filter(subject=about).values_list("kind", flat=True))
        left[which] = {
            "offers": sorted(offers.values_list("state", flat=True)),
            "answers": Message.objects.filter(thread__order_ref=which, by_seller=True).count(),
            "twice": [f"{one}" for one, count in (*told.items(), *news.items()) if count > 1],
        }
    return left


WHAT: dict[str, Callable[..., Any]] = {"prepare": prepare, "race": race, "examine": examine}
