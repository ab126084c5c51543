"""What tests of agreements do: mediate, agree, pay, look at the pages and clocks."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact, keeping
from mamori.rooms.contact.models import Thread, Trouble
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    buyer,
    machine,
    open_trouble,
    pass_time,
    seller,
)

HOUR = timedelta(hours=1)
MONTH = timedelta(days=30)
ORDER = {"buyer": "B-1", "seller": "S-1", "amount": 8_000, "ordered_at": MONDAY - timedelta(days=5)}


def mediated() -> int:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble


def agreed(kind: Kind = Kind.REPLACEMENT) -> tuple[int, int]:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=kind)
    contact.accept(buyer(MONDAY + HOUR), proposal=offered)
    return trouble, offered


def thread_of(trouble: int) -> Thread:
    return Trouble.objects.select_related("thread").get(pk=trouble).thread


def page(trouble: int, *, for_seller: bool = False) -> ThreadPage:
    number = page_number(trouble)
    return threads.page_of(seller() if for_seller else buyer(), number)


def page_number(trouble: int) -> str:
    return keeping.case_number(f"contact.trouble:{trouble}")


def running(trouble: int) -> set[str]:
    return {clock.kind for clock in clocks.open_clocks(f"contact.trouble:{trouble}")}


def told(to: str) -> list[str]:
    return [notice.template.removeprefix("contact.") for notice in outbox.notices(to=to)]


def state(trouble: int) -> str:
    return Trouble.objects.get(pk=trouble).state


def pay_back(amount: int, at: datetime) -> None:
    market.put_order(machine(at), OrderLine(ref="O-1", refunded=amount, **ORDER))
    pass_time(at)
