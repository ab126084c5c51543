"""A small market for the tests: one seller, one buyer, one listing, one order of 3,000 yen and its review."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions
from mamori.ground.market.importing import take_in
from mamori.ground.market.lines import BuyerLine, Item, ListingLine, OrderLine, ReviewLine
from mamori.ground.market.reading import look
from mamori.ground.market.sellerlines import ContactsLine, SellerLine
from tests.laid import laid

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
MACHINE = Actor(by="machine", role=Role.MACHINE, at=MONDAY, via="test")
LEAD = Actor(by="staff:1", role=Role.LEAD, at=MONDAY, via="test")

SELLER = SellerLine(ref="S-1", name="みずうみ商店")
CONTACTS = ContactsLine(ref="S-1", person="髙橋 健", mail="a@shop.example", phone="050-0000-0001")
BUYER = BuyerLine(ref="B-1", name="𠮷田 花", mail="b@mail.example")
LISTING = ListingLine(ref="L-1", seller="S-1", name="木のスプーン", price=1_500)
ORDER = OrderLine(
    ref="O-1",
    buyer="B-1",
    seller="S-1",
    amount=3_000,
    ordered_at=datetime(2026, 11, 1, 10, tzinfo=UTC),
    items=(Item(listing="L-1", quantity=2, price=1_500),),
)


REVIEW = ReviewLine(
    ref="R-1",
    listing="L-1",
    seller="S-1",
    order="O-1",
    stars=5,
    posted_at=datetime(2026, 11, 5, 10, tzinfo=UTC),
)


@laid
def market(db: None) -> None:
    """Put the small market in."""
    actions.put_seller(MACHINE, SELLER)
    actions.put_contacts(MACHINE, CONTACTS)
    actions.put_buyer(MACHINE, BUYER)
    actions.put_listing(MACHINE, LISTING)
    actions.put_order(MACHINE, ORDER)
    actions.put_review(MACHINE, REVIEW)


type Tell = Callable[[dict[str, Any]], None]


@pytest.fixture(params=["wire", "file"])
def tell(request: pytest.FixtureRequest, tmp_path: Path) -> Tell:
    """Tell one line: as the API's bulk address takes it, or in a file."""

    def by_wire(line: dict[str, Any]) -> None:
        (told,) = actions.take_lines_in(MACHINE, [(1, json.dumps(line).encode())], closed={})
        assert told.outcome in set(actions.Change)

    def by_file(line: dict[str, Any]) -> None:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.ndjson"
        path.write_text(json.dumps(line) + "\n", "utf-8")
        [report] = take_in(MACHINE, [look(path, "utf-8")], lambda _: None)
        assert (report.lines, report.refused) == (1, 0)

    return by_wire if request.param == "wire" else by_file
