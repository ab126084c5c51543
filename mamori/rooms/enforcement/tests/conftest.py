"""The cast: a seller who accepted the terms, one who did not, staff of every kind, Eve; a marketplace that answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.clocks.firing import Task
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, ListingLine, OrderLine, SellerLine
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import CLAUSES
from mamori.rooms.enforcement import tasks
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.policy import actions as policy
from mamori.rooms.enforcement.rules.bounds import Source
from mamori.rooms.enforcement.tests import policy_changing as changing
from tests.laid import laid
from tests.shops import put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)

WHY_OTHER = Text("事情があるため。", "The circumstances ask for it.")
HINDERS = Text("問い合わせの半分がこの店のものになっている。", "Half of all inquiries are about this shop.")
WHY_AMOUNT = Text("返金の見込みと同じ額のため。", "It is what buyers will have to be refunded.")

type Settle = Callable[[datetime], None]


def actor(by: str, role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


def seller(at: datetime = MONDAY) -> Actor:
    return actor("seller:S-1", Role.SELLER, at)


def agent(at: datetime = MONDAY) -> Actor:
    return actor("agent:1", Role.AGENT, at)


def lead(at: datetime = MONDAY) -> Actor:
    return actor("lead:2", Role.LEAD, at)


def counsel(at: datetime = MONDAY) -> Actor:
    return actor("counsel:3", Role.COUNSEL, at)


def machine(at: datetime = MONDAY) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


EVES = [
    actor("seller:EVE", Role.SELLER),
    actor("seller:S-11/eve", Role.DELEGATE),
    actor("buyer:S-1", Role.BUYER),
    actor("seller:S-1", Role.BUYER),
    actor("eve", Role.ANONYMOUS),
    actor("officer:eve", Role.OFFICER),
    actor("holder:eve", Role.HOLDER),
    actor("eve", Role.MACHINE),
]
"""Eve as everybody she might pretend to be."""


@laid
def shops(db: None) -> None:
    """A marketplace: S-1 accepted every clause long ago, S-2 none."""
    early = MONDAY - timedelta(days=60)
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=early) for one in CLAUSES)
    by = machine(early)
    in_force(at=early, since=early.date())
    put_shop(by, ref="S-1", name="店", mail="shop@example.jp", accepted=accepted)
    market.put_seller(by, SellerLine(ref="S-2", name="影"))
    market.put_buyer(by, BuyerLine(ref="B-1", name="買手"))
    for ref, owner in (("L-1", "S-1"), ("L-2", "S-2"), ("L-3", "S-1")):
        market.put_listing(by, ListingLine(ref=ref, seller=owner, name="品", price=8_000))
    ordered(early)


def ordered(at: datetime) -> None:
    """Let the buyer order in both shops; to tell it anew makes the orders younger."""
    for ref, owner in (("O-1", "S-1"), ("O-2", "S-2")):
        line = OrderLine(ref=ref, buyer="B-1", seller=owner, amount=8_000, ordered_at=at)
        market.put_order(machine(max(at, MONDAY)), line)


def find(
    at: datetime = MONDAY,
    *,
    breach: str = "display",
    severity: Severity = Severity.SERIOUS,
    harm: Reach = Reach.NONE,
    seller_ref: str = "S-1",
    listing: str = "L-1",
    origin: str = "test:1",
    reporter: str = "",
) -> int:
    return findings.find(
        agent(at),
        breach=breach,
        severity=severity,
        harm=harm,
        subject=Subject(seller=seller_ref, listing=listing),
        facts=(Text("返品の条件が表示されていない。", "The conditions of return are not shown."),),
        origin=origin,
        source=Source.STAFF,
        reporter=reporter,
    )


def heard(at: datetime = MONDAY, **more: object) -> int:
    """Find something and hear the seller about it."""
    finding = find(at, **more)  # type: ignore[arg-type]
    findings.ask_view(agent(at), finding=finding)
    findings.state_view(seller(at), finding=finding, said="直します")
    return finding


def wish(measure: str = "listing-hidden", days: int = 14, **more: object) -> Wish:
    known: dict[str, object] = {
        "reason": "記録のとおり",
        "why_other": WHY_OTHER,
        "why_amount": WHY_AMOUNT,
        "hinders": HINDERS,
    }
    return Wish(measure=measure, days=days, **known | more)  # type: ignore[arg-type]


def decided(
    measure: str = "listing-hidden", days: int = 14, at: datetime = MONDAY, amount: int = 0, **more: object
) -> Measure:
    """Return a measure that a lead decided on, and counsel approved where that is needed."""
    finding = heard(at, **more)
    number = deciding.decide(lead(at), finding=finding, wish=wish(measure, days, amount=amount))
    if Finding.objects.get(pk=finding).state == "proposed":
        deciding.approve(counsel(at), measure=number)
    return Measure.objects.get(pk=number)


def send(client: Client, path: str, given: Mapping[str, object] | None = None) -> HttpResponse:
    """Open a page, fill in its form and send it, with what it carries unseen."""
    page = client.get(path).content.decode()
    carried = re.search(r'name="version" value="(\d+)"', page)
    return client.post(path, {"version": carried[1] if carried else "0"} | dict(given or {}))  # type: ignore[return-value]


def asked(client: Client, base: str, pages: Mapping[str, Mapping[str, object]]) -> HttpResponse:
    """Begin anew and answer page by page what is asked; return the first page that refuses or has no answer, else the last."""
    at = f"{base}{'&' if '?' in base else '?'}draft=new"
    while True:
        page = client.get(at, follow=True)
        step = page.redirect_chain[-1][0] if page.redirect_chain else at
        name = step.partition("?")[0].rstrip("/").rpartition("/")[2]
        if name == "check" or name not in pages:
            return page  # type: ignore[return-value]
        taken = client.post(step, {"token": page.context["token"]} | dict(pages[name]))
        if taken.status_code != 302:
            return taken  # type: ignore[return-value]
        at = taken.headers["Location"]


def sends(client: Client, checked: HttpResponse) -> HttpResponse:
    """Send what the last page shows."""
    page: Any = checked
    given = {"token": page.context["token"], "shown": page.context["shown"]}
    return client.post(page.request["PATH_INFO"], given)  # type: ignore[return-value]


def answer(instruction: str, at: datetime = MONDAY, outcome: str = "confirmed") -> None:
    """Let the marketplace answer, and the room hear it."""
    market.confirm(machine(at), instruction=instruction, outcome=outcome)
    outbox.work(at=at)


def ring(at: datetime, more: Mapping[str, Task] | None = None) -> None:
    """Let everything ring that is due until `at`, each at its moment, and everything be heard; `more` of other rooms."""
    while (due := clock_facts.next_firing(until=at)) is not None:
        clocks.fire_due(at=due, tasks={**tasks.RINGS, **(more or {})})
        stuck = [clock for clock in clock_facts.stuck() if clock.kind.startswith("enforcement.")]
        assert not stuck, stuck
        outbox.work(at=due)


@laid
def draft(db: None) -> int:
    """Begin a change of policy."""
    return policy.draft_policy(changing.actor())


@laid
def proposed(draft: int) -> int:
    """Propose a change of one row."""
    changing.change(draft)
    policy.propose_policy(
        changing.actor(), number=draft, version=changing.edited(draft), reason="苦情が増えたため"
    )
    return draft


@laid
def announced(proposed: int) -> int:
    """Let another person publish it."""
    policy.publish_policy(changing.other(), number=proposed, version=changing.edited(proposed))
    return proposed
