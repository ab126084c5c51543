"""A request of an authority laid as it came, before the listings of two shops, for the tests of what it means."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, ListingLine, SellerLine
from mamori.ground.market.facts import ListingState
from mamori.ground.matters.performance import entered
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import CLAUSES
from mamori.law.requests import RequestBasis
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.safety.lifecycle import AuthorityState
from mamori.rooms.safety.models import AuthorityRequest, RequestHit
from mamori.rooms.safety.requests.matter import REQUESTS, PaperSaid, enter_case, seal_said
from tests.shops import put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
URL = "https://market.example.jp/items/{}"


def actor(role: Role = Role.AGENT, at: datetime = MONDAY) -> Actor:
    return Actor(by=f"{role.value}:1", role=role, at=at, via="test")


def machine(at: datetime = MONDAY) -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")


def shops() -> None:
    """S-1 accepted every clause long ago, S-2 none."""
    early = MONDAY - timedelta(days=60)
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=early) for one in CLAUSES)
    in_force(at=early, since=early.date())
    put_shop(machine(early), ref="S-1", name="店", mail="shop@example.jp", accepted=accepted)
    market.put_seller(machine(early), SellerLine(ref="S-2", name="影"))


def listing(ref: str, seller: str = "S-1", at: datetime = MONDAY, **told: Any) -> None:
    known: dict[str, Any] = {"name": f"品 {ref}", "price": 3_000, "url": URL.format(ref)}
    line = ListingLine(ref=ref, seller=seller, **known | told)
    market.put_listing(machine(at), line)


def gone(ref: str, seller: str = "S-1") -> None:
    listing(ref, seller, MONDAY + timedelta(minutes=1), state=ListingState.GONE)


def request(
    basis: RequestBasis = RequestBasis.PRODUCT_SAFETY, *, verified: bool = True, at: datetime = MONDAY
) -> int:
    """Lay a request as it was entered; who sent it was called back where it is `verified`."""
    row = AuthorityRequest(
        basis=basis.value,
        channel="mail",
        mark=b"0" * 32,
        received_at=at,
        entered_by="agent:1",
        entered_at=at,
        state=(AuthorityState.VERIFIED if verified else AuthorityState.RECEIVED).value,
        verified_at=at if verified else None,
    )
    row.save(force_insert=True)
    row.said = seal_said(row, PaperSaid(by="消費者庁"))
    row.save(update_fields=("said",))
    enter_case(row)
    with entered(actor(at=at), REQUESTS, row):
        pass
    return row.pk


def row(number: int) -> AuthorityRequest:
    return AuthorityRequest.objects.get(pk=number)


def hits(number: int) -> list[RequestHit]:
    return list(RequestHit.objects.filter(request=number).order_by("line__number", "listing_ref"))


def found(number: int) -> list[tuple[int, str, str]]:
    return [(one.line.number, one.listing_ref, one.why) for one in hits(number)]


def confirm_all(at: datetime, outcome: str = "confirmed") -> None:
    """Let the marketplace answer everything that it was asked, and the rooms hear it."""
    for measure in Measure.objects.exclude(instruction="").order_by("pk"):
        asked = measure.undoing or measure.instruction
        market.confirm(machine(at), instruction=asked, outcome=outcome)
    outbox.work(at=at)
