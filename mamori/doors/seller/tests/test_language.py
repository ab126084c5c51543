"""A seller chooses in which language notices are written to it; nobody chooses for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.post import facts as post
from tests.laid import laid
from tests.shops import put_shop

NOW = datetime(2026, 11, 16, 3, tzinfo=UTC)


@laid
def shop(db: None) -> None:
    by = Actor(by="machine:test", role=Role.MACHINE, at=NOW, via="test")
    put_shop(by, ref="S-1", name="店", mail="shop@example.jp")


@pytest.mark.usefixtures("shop")
def test_a_seller_chooses_and_is_written_to_in_it(enter: Enter) -> None:
    page = enter(Role.SELLER, "seller:S-1")
    assert post.languages_of("seller:S-1", NOW) == ("ja", "en")

    wrong = page.post("/seller/health/", {"language": "fr"})
    chosen = page.post("/seller/health/", {"language": "en"})

    assert (wrong.status_code, chosen.status_code) == (422, 302)
    assert post.languages_of("seller:S-1", NOW) == ("en",)
    assert 'value="en"' in page.get("/seller/health/").content.decode()


def test_the_head_says_for_which_shop_a_seller_or_its_delegate_acts_and_to_nobody_else(
    enter: Enter, shop: None
) -> None:
    by = Actor(by="machine:test", role=Role.MACHINE, at=NOW, via="test")
    put_shop(by, ref="S-2", name="<b>花</b>")
    said = '<span class="shop"><bdi>&lt;b&gt;花&lt;/b&gt;</bdi></span>'

    for role, who in ((Role.SELLER, "seller:S-2"), (Role.DELEGATE, "seller:S-2/hana")):
        assert said in enter(role, who).get("/seller/health/").content.decode()
    assert 'class="shop"' not in enter(Role.BUYER, "buyer:EVE").get("/").content.decode()
    assert said not in enter(Role.SELLER, "seller:S-1").get("/seller/health/").content.decode()
