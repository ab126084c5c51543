"""The cast: a sole trader, a company, a private person and one of whom nobody said anything; a day on which to act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market.actions import SellerLine
from mamori.ground.market.events import PersonErasedOnRequest
from mamori.ground.market.importing import apply_lines
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.ground.outbox.models import Effect
from mamori.ground.seal import actions as sealing
from mamori.japan.calendar import JAPAN
from mamori.law.outreach import Audience, CampaignCode
from mamori.rooms.outreach import tasks
from mamori.rooms.outreach.campaigns import actions
from mamori.rooms.outreach.models import Campaign, SellerTold
from mamori.rooms.outreach.tasks import RINGS
from tests.laid import laid
from tests.shops import asks_no_displays, put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)


def actor(by: str, role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


def machine(at: datetime = MONDAY) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


def agent(at: datetime = MONDAY) -> Actor:
    return actor("agent:1", Role.AGENT, at)


def lead(at: datetime = MONDAY) -> Actor:
    return actor("lead:1", Role.LEAD, at)


def seller(ref: str = "S-1", at: datetime = MONDAY) -> Actor:
    return actor(f"seller:{ref}", Role.SELLER, at)


def shop(ref: str, private: bool | None, at: datetime = MONDAY) -> None:
    """Let the marketplace tell a seller: a business, a private person, or one of whom it does not say."""
    put_shop(
        machine(at),
        ref=ref,
        name=f"店 {ref}",
        mail=f"{ref.lower()}@shop.example.jp",
        legal_name="山田 花子",
        private=private,
    )


def shops_told(count: int, letter: str = "T") -> None:
    """Let the marketplace tell so many businesses at once; what else hears of them has heard."""
    lines = [SellerLine(ref=f"{letter}-{n:05}", name=f"店 {n}", private=False) for n in range(count)]
    with transaction.atomic():
        apply_lines(machine(), lines)
    Effect.objects.filter(done_at=None).update(done_at=MONDAY)


def erase(ref: str, at: datetime = MONDAY) -> None:
    """Destroy a seller's key, as an erasure that was agreed to does."""
    sealing.shred(subject=f"seller:{ref}", at=at)
    tasks.person_erased(PersonErasedOnRequest(subject=f"seller:{ref}"), at)


def hear(at: datetime = MONDAY) -> None:
    """Let what was told be heard."""
    while outbox.work(at=at):
        pass


def ring(until: datetime) -> None:
    """Let every clock ring that is due by then, and what is told be heard."""
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=RINGS)
        assert not clock_facts.stuck()
        hear(due)


def drafted(audience: Audience = Audience.ALL, at: datetime = MONDAY) -> int:
    """Draft a campaign and let it be counted."""
    number = actions.draft_campaign(agent(at), code=CampaignCode.ARTICLE5, audience=audience)
    hear(at)
    return number


def started(audience: Audience = Audience.ALL, at: datetime = MONDAY, *, again: bool = False) -> int:
    """Draft a campaign, start it, and let it tell whomever it tells at once."""
    number = drafted(audience, at)
    actions.start_campaign(lead(at), campaign=number, reason="知らせる。", again=again)
    hear(at)
    return number


def one(number: int) -> Campaign:
    return Campaign.objects.get(pk=number)


def told_of(number: int) -> list[str]:
    """Return whom a campaign told, in their order."""
    rows = SellerTold.objects.filter(campaign=number)
    return sorted(rows.values_list("seller_ref", flat=True))


def notices(ref: str = "S-1") -> list[str]:
    """Return the notices of this room to a seller, the newest first."""
    found = outbox_facts.notices(to=f"seller:{ref}", limit=99)
    return [notice.template for notice in found if notice.template.startswith("outreach.")]


@laid
def shops(db: None) -> None:
    """S-1 and S-2 are businesses, S-3 a private person; of S-4 nobody said anything."""
    asks_no_displays("lead:1", MONDAY)
    shop("S-1", False)
    shop("S-2", False)
    shop("S-3", True)
    shop("S-4", None)
    hear()


@pytest.fixture
def told(shops: None) -> int:
    """Return the number of what S-1 was told."""
    number = started()
    return SellerTold.objects.get(campaign=number, seller_ref="S-1").pk


def take(client: Client, path: str, **told: Any) -> Any:
    """Open a form, fill in what is told beside the state that it shows, and follow where it leads."""
    page = client.get(path, secure=True).context
    told = {"version": page["form"].initial.get("version", 0)} | told
    return client.post(path, {"token": page["token"], **told}, secure=True, follow=True)
