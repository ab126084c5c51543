"""The terms over the API: a seller reads what binds it and accepts with a receipt; the key alone accepts nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from conftest import in_force
from mamori.doors.gateway.tests.conftest import Software
from mamori.grammar.actor import Actor, Role
from mamori.ground.people import actions as people
from mamori.ground.terms.models import ClauseAcceptance
from mamori.law.clauses import BY_CODE, CLOSING, RECOVERY

SELLER = "seller:S-1"


def test_the_key_reads_every_clause_and_not_whom_it_binds(market: Software) -> None:
    in_force(at=datetime.now(UTC) - timedelta(days=1))

    items = market.call("GET", "/terms").json()["items"]

    assert {one["clause"] for one in items} == set(BY_CODE)
    assert all(one["bound"] is None for one in items)
    [recovery] = [one for one in items if one["clause"] == "recovery"]
    assert recovery["text"] == {"ja": RECOVERY.text.ja, "en": RECOVERY.text.en}


def test_a_seller_accepts_with_a_receipt_and_is_bound_from_then_on(market: Software) -> None:
    in_force("closing", at=datetime.now(UTC) - timedelta(days=1))

    answer = market.call("POST", "/terms/closing/accept", {"version": CLOSING.version}, party=SELLER)

    owner = Actor(by=SELLER, role=Role.SELLER, at=datetime.now(UTC), via="test")
    people.add_delegate(owner, name="hana", person="鈴木花子", mail="h@example.jp")
    assert answer.status_code == 200
    receipt = answer.json()["receipt"]
    for who in (SELLER, "seller:S-1/hana"):
        [shown] = market.call("GET", "/terms", party=who).json()["items"]
        assert (shown["bound"]["version"], shown["bound"]["by"], shown["bound"]["receipt"]) == (
            CLOSING.version, "acceptance", receipt,
        )  # fmt: skip
    assert market.call("GET", f"/receipts/{receipt}", party=SELLER).status_code in (200, 202)


def test_nobody_accepts_for_the_seller_nor_another_version(market: Software) -> None:
    in_force("closing", at=datetime.now(UTC) - timedelta(days=1))

    alone = market.call("POST", "/terms/closing/accept", {"version": CLOSING.version})
    buyer = market.call("POST", "/terms/closing/accept", {"version": CLOSING.version}, party="buyer:B-1")
    newer = market.call("POST", "/terms/closing/accept", {"version": CLOSING.version + 1}, party=SELLER)

    assert (alone.status_code, buyer.status_code, newer.status_code) == (403, 403, 409)
    assert not ClauseAcceptance.objects.filter(clause="closing").exists()
