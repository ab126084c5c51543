"""People whose every name and word is a canary come, write, attach and are written about; then the house is closed."""

from __future__ import annotations

import io
import json
import logging
import secrets
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from PIL import Image, PngImagePlugin

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import actions as cases
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ContactsLine, ListingLine, OrderLine, SellerLine
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.seal.models import SubjectKey
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Upload
from mamori.law.grounds import SUIT, WARRANT
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site import logs, work

MARK = "鶯谷サクマ"
LETTERS = "qzxcanary"
NOW = datetime.now(UTC)
PEOPLE = 22


class Birds:
    """Hands out canaries, each once, and remembers them."""

    def __init__(self) -> None:
        self.values: list[str] = []

    def word(self) -> str:
        """Return Japanese words with a canary in them."""
        return self._kept(f"{MARK}{secrets.token_hex(4)}")

    def mail(self) -> str:
        """Return an address."""
        return self._kept(f"{LETTERS}{secrets.token_hex(4)}@example.jp")

    def phone(self) -> str:
        """Return a number."""
        return self._kept(f"0904417{secrets.randbelow(10_000):04d}")

    def _kept(self, value: str) -> str:
        self.values.append(value)
        return value


def play(many: int) -> dict[str, list[str]]:
    """Play everything with so many people; return what was planted, and the wrapped keys of those shredded."""
    global PEOPLE  # noqa: PLW0603
    PEOPLE = many
    logs.catch()
    birds = Birds()
    _tell_the_market(birds)
    troubles = [_quarrel(birds, number) for number in range(PEOPLE)]
    _help(birds, troubles)
    _by_api(birds)
    shredded = _forget()
    _work(birds)
    return {"values": birds.values, "shredded": shredded}


def _actor(by: str, role: str, minutes: int = 0) -> Any:
    return Actor(by=by, role=Role(role), at=NOW + timedelta(minutes=minutes), via="bench")


def _tell_the_market(birds: Birds) -> None:
    machine = _actor("machine:bench", "machine")
    for number in range(PEOPLE):
        buyer = BuyerLine(
            ref=f"B-{number}",
            name=birds.word(),
            mail=birds.mail(),
            phone=birds.phone(),
            address=birds.word(),
        )
        market.put_buyer(machine, buyer)
        market.put_seller(machine, SellerLine(ref=f"S-{number}", name=birds.word()))
        reached = ContactsLine(
            ref=f"S-{number}",
            mail=birds.mail(),
            phone=birds.phone(),
            address=birds.word(),
            person=birds.word(),
            hours=birds.word(),
            returns_to=birds.word(),
        )
        market.put_contacts(machine, reached)
        market.put_listing(
            machine, ListingLine(ref=f"L-{number}", seller=f"S-{number}", name="皿", price=900)
        )
        order = OrderLine(
            ref=f"O-{number}", buyer=f"B-{number}", seller=f"S-{number}", amount=900, ordered_at=NOW
        )
        market.put_order(machine, order)
        changed = BuyerLine(ref=f"B-{number}", name=birds.word(), mail=birds.mail())
        market.put_buyer(machine, changed)


def _quarrel(birds: Birds, number: int) -> int:
    buyer, seller = _actor(f"buyer:B-{number}", "buyer", 1), _actor(f"seller:S-{number}", "seller", 2)
    trouble = contact.open_trouble(
        buyer,
        order_ref=f"O-{number}",
        topic=Topic.BROKEN,
        harm=Harm.MONEY,
        said=birds.word(),
        centre_may_read=True,
    )
    found = facts.trouble(trouble)
    assert found is not None
    contact.acknowledge(seller, thread=found.thread, said=birds.word())
    contact.answer(seller, thread=found.thread, said=birds.word())
    contact.write(buyer, thread=found.thread, said=birds.word())
    for by in (buyer, seller):
        _attach(birds, by, found.thread)
    contact.share(seller, thread=found.thread)
    contact.say_unsolved(buyer, trouble=trouble, said=birds.word()) if number % 2 else None
    return trouble


def _attach(birds: Birds, by: Any, thread: int) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", birds.word().encode().decode("latin-1"))
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(picture, "PNG", pnginfo=info)
    uploads = [
        Upload(name=f"{birds.word()}.txt", content=f"{birds.word()}\n{birds.mail()}".encode()),
        Upload(name=f"{birds.word()}.png", content=picture.getvalue()),
    ]
    with contact.ready_files(by, uploads) as ready:
        contact.attach(by, thread=thread, ready=ready)


def _help(birds: Birds, troubles: list[int]) -> None:
    lead = _actor("lead:1", "lead", 5)
    for trouble in troubles[:8]:
        found = facts.trouble(trouble)
        assert found is not None
        contact.look(lead, thread=found.thread, ground=WARRANT, reason=birds.word())
        contact.see_contact(lead, thread=found.thread, whose=Role.BUYER, reason=birds.word())
        cases.note(lead, about=f"contact.trouble:{trouble}", text=birds.word())
        if not found.mediation_state:
            contact.request_mediation(_actor(f"buyer:{found.buyer_ref}", "buyer", 6), trouble=trouble)
        contact.take_mediation(lead, trouble=trouble)
    vault.hold(lead, what="seller:S-3", ground=SUIT, reason=birds.word())


def _by_api(birds: Birds) -> None:
    """Tell the same kinds of thing by HTTP, as the marketplace's software does; some of it wrong."""
    scopes = [scope for scope in Scope if scope is not Scope.LINKS_SIGN]
    token = people.add_key(_actor("machine:bench", "machine"), name="shop", scopes=scopes).secret
    client = Client(
        raise_request_exception=False, headers={"Host": "localhost", "Authorization": f"Bearer {token}"}
    )
    kind = "application/json"
    for number in range(20):
        told = {"name": birds.word(), "mail": birds.mail(), "phone": birds.phone()}
        taken = client.put(f"/api/v1/buyers/A-{number}", json.dumps(told), content_type=kind)
        assert taken.status_code == 201, taken.status_code
        wrong = {"person": birds.word(), "mail": [birds.mail()], "hours": {"a": birds.word()}}
        client.put(f"/api/v1/sellers/A-{number}/contacts", json.dumps(wrong), content_type=kind)
        line = json.dumps(
            {"kind": "buyer", "ref": f"E-{number}", "name": birds.word(), "phone": 7, "mail": birds.mail()}
        )
        client.post("/api/v1/events", line, content_type="application/x-ndjson")
        client.post(
            "/api/v1/threads",
            json.dumps({"said": birds.word()}),
            content_type=kind,
            headers={"Idempotency-Key": uuid.uuid4().hex},
        )


def _forget() -> list[str]:
    """Shred two people and return the wrapped keys that must be nowhere any more, in hexadecimal."""
    gone = []
    for subject in ("buyer:B-1", "seller:S-1"):
        row = SubjectKey.objects.get(subject=subject, shredded_at=None)
        gone.append(bytes(row.wrapped or b"").hex())
        ledger.shred(_actor("lead:1", "lead", 9), subject=subject, reason="求めによる")
    return gone


def _work(birds: Birds) -> None:
    """Let the worker go round, and let something go wrong over somebody's words."""
    work.settle(at=NOW + timedelta(hours=1))
    try:
        raise ValueError(birds.word())
    except ValueError:
        logging.getLogger("mamori.site").exception("a fault over %s", birds.word())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
