"""A link with a seller's reference leads to that seller, whatever signs the marketplace writes it with."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape, unescape
from urllib.parse import quote

import pytest

from mamori.doors.desk.tests.conftest import Enter, actor
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import SellerLine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ref", ["=1+1", "@shop?x=1#y", "a%2e%2e&b", "...", "\\..", "-;drop"])
def test_every_link_with_an_odd_ref_leads_to_its_seller(enter: Enter, ref: str) -> None:
    machine = actor("machine:test", Role.MACHINE, datetime.now(UTC))
    market.put_seller(machine, SellerLine(ref=ref, name="みずうみ商店"))
    desk = enter(Role.LEAD)
    found = [f"/desk/sellers/{quote(ref, safe='')}/"]
    seen: set[str] = set()

    while found:
        address = found.pop()
        seen.add(address)
        page = desk.get(
            address, follow=True
        )  # a form that is asked in steps leads to the first that is not answered
        assert page.status_code == 200, address
        text = page.content.decode()
        assert escape(ref) in text, address
        links = {unescape(link) for link in re.findall(r'href="(/desk/[^"]*)"', text)}
        found += [link for link in links if quote(ref, safe="") in link and link not in seen]

    assert {address.partition(quote(ref, safe=""))[0] for address in seen} >= {
        "/desk/sellers/",
        "/desk/payouts/sellers/",
    }
