"""What tests of answers by telephone do: check who speaks, read back, take down."""

from __future__ import annotations

from typing import Any

import pytest

from mamori.grammar.actor import Actor
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.rooms.contact import actions, words
from mamori.rooms.contact.actions import Told
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.told import Spoken
from mamori.rooms.contact.tests.agreeing import page_number
from mamori.rooms.contact.tests.conftest import (
    agent,
    machine,
    seller,
)

RIGHT = {"amount": "8,000円", "phone": "1111"}
WORDS = "ええ、それで結構です"


@pytest.fixture(autouse=True)
def known_buyer(market_of_two: None) -> None:
    address = "〒920-0000 石川県金沢市架空町1-2"
    market.put_buyer(
        machine(), BuyerLine(ref="B-1", name="買手 花子", phone="090-0000-1111", address=address)
    )


def centres(trouble: int) -> int:
    return actions.propose(agent(), trouble=trouble, kind=Kind.PART_REFUND, amount=3_000, said="いかがですか")


def sellers(trouble: int) -> int:
    return actions.propose(seller(), trouble=trouble, kind=Kind.PART_REFUND, amount=3_000)


def check(trouble: int, channel: Channel = Channel.PHONE, by: Actor | None = None) -> str:
    number = page_number(trouble)
    return actions.check_caller(by or agent(), number=number, channel=channel, answers=RIGHT)


YES = Told(answer=Spoken.ACCEPT, said=WORDS)
NO = Told(answer=Spoken.DECLINE, said="お断りします")


def misheard(said: str) -> Told:
    return Told(answer=Spoken.CORRECT, said=said)


def take(
    check: str, proposal: int, told: Told = YES, by: Actor | None = None, *, confirmed: str | None = None
) -> None:
    by = by or agent()
    given: dict[str, Any] = {"check": check, "proposal": proposal, "told": told, "lang": "ja"}
    if confirmed is None:
        confirmed = words.digest(actions.text_to_read_back(by, **given))
    actions.take_reply(by, confirmed=confirmed, **given)


def acts(trouble: int) -> list[Any]:
    return list(ledger.acts_about(f"contact.trouble:{trouble}"))
