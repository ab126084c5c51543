"""No two sellers have names that differ by what nobody can see, by whatever way they were told."""

from __future__ import annotations

import pytest

from mamori.ground.market import facts
from mamori.ground.market.tests.conftest import Tell

pytestmark = pytest.mark.usefixtures("market")
HIDDEN = "\u200b\u2060\u00ad\ufeff\u3164\U000e0041"


def test_signs_that_show_nothing_are_no_part_of_a_sellers_names(tell: Tell) -> None:
    told = {"ref": "S-5", "legal_name": f"高橋{HIDDEN}花子\u202e", "legal_kana": f"タカハシ{HIDDEN}ハナコ"}

    tell({"kind": "seller", "ref": "S-5", "name": f"高橋{HIDDEN}商店"})
    tell({"kind": "contacts", "ref": "S-5", "person": f"{HIDDEN}高橋花子"})
    tell({"kind": "verification", **told})

    found = facts.seller("S-5")
    assert found
    contact = found.contact
    assert (contact.name, contact.person) == ("高橋商店", "高橋花子")
    assert (contact.legal_name, contact.legal_kana) == ("高橋花子", "タカハシハナコ")
