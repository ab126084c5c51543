"""The marketplace mirrored: what was told is answered, personal data lies sealed, nothing is paid twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from msgspec.structs import replace

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import actions as ledger_actions, facts as ledger
from mamori.ground.market import actions, facts
from mamori.ground.market.actions import Change
from mamori.ground.market.instructions import RefundedAboveAmount
from mamori.ground.market.lines import Item
from mamori.ground.market.models import Order
from mamori.ground.market.outcomes import (
    DateAhead,
    PersonErased,
    ReferenceUnknown,
    SellerDiffers,
)
from mamori.ground.market.sellerlines import Accepted
from mamori.ground.market.tests.conftest import (
    BUYER,
    CONTACTS,
    LISTING,
    MACHINE,
    MONDAY,
    ORDER,
    REVIEW,
    SELLER,
)
from mamori.ground.terms import facts as terms

pytestmark = pytest.mark.usefixtures("market")


def test_what_was_told_is_answered() -> None:
    seller, buyer = facts.seller("S-1"), facts.buyer("B-1")
    listing, order = facts.listing("L-1"), facts.order("O-1")

    assert seller
    assert (seller.name, seller.contact.person, seller.has_contact) == ("みずうみ商店", "髙橋 健", True)
    assert buyer
    assert (buyer.name, buyer.contact.phone, buyer.erased) == ("𠮷田 花", "", False)
    assert listing == facts.ListingFact(
        ref="L-1", seller_ref="S-1", name="木のスプーン", price=1_500, code=""
    )
    assert order
    assert (order.amount, order.refunded_amount, order.charged_back) == (3_000, 0, False)
    assert order.items == (facts.ItemFact(listing="L-1", name="木のスプーン", quantity=2, price=1_500),)


def test_what_nobody_told_is_none() -> None:
    asked: list[Callable[[str], Any]] = [
        facts.seller,
        facts.buyer,
        facts.listing,
        facts.order,
        facts.review,
        facts.instruction,
        lambda ref: facts.counts(ref, at=MONDAY),
    ]

    assert [ask("X-9") for ask in asked] == [None] * 7


def test_the_same_told_twice_changes_nothing() -> None:
    again = [
        actions.put_seller(MACHINE, SELLER),
        actions.put_contacts(MACHINE, CONTACTS),
        actions.put_buyer(MACHINE, BUYER),
        actions.put_listing(MACHINE, LISTING),
        actions.put_order(MACHINE, ORDER),
        actions.put_review(MACHINE, REVIEW),
    ]

    assert again == [Change.UNCHANGED] * 6
    assert len(ledger.acts_about("market.seller:S-1")) == 1


def test_what_is_told_anew_replaces_what_was_known() -> None:
    changes = [
        actions.put_contacts(MACHINE, replace(CONTACTS, mail="", phone="")),
        actions.put_listing(MACHINE, replace(LISTING, price=1_600)),
        actions.put_order(MACHINE, replace(ORDER, charged_back=True)),
    ]

    assert changes == [Change.CHANGED] * 3
    seller, listing, order = facts.seller("S-1"), facts.listing("L-1"), facts.order("O-1")
    assert seller
    assert not seller.has_contact
    assert listing
    assert listing.price == 1_600
    assert order
    assert order.charged_back


def test_a_cancellation_is_told_more_exactly_and_taken_back() -> None:
    on_monday, on_tuesday = MONDAY - timedelta(hours=2), MONDAY - timedelta(hours=1)
    early = replace(ORDER, ordered_at=MONDAY - timedelta(days=1))
    actions.put_order(MACHINE, replace(early, cancelled_at=on_monday, unsent=True))

    changed = actions.put_order(MACHINE, replace(early, cancelled_at=on_tuesday))
    exact = facts.order("O-1")
    taken_back = actions.put_order(MACHINE, early)

    order = facts.order("O-1")
    assert exact
    assert order
    assert (changed, taken_back) == (Change.CHANGED, Change.CHANGED)
    assert (exact.cancelled_at, exact.unsent) == (on_tuesday, False)
    assert order.cancelled_at is None


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"cancelled_at": MONDAY + timedelta(days=400)}, actions.DateAhead),
        ({"cancelled_at": MONDAY - timedelta(days=400)}, actions.CancelledBeforeOrder),
        ({"unsent": True}, actions.UnsentNotCancelled),
    ],
)
def test_a_cancellation_that_cannot_be_is_not_taken_in(told: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        actions.put_order(MACHINE, replace(ORDER, **told))

    order = facts.order("O-1")
    assert order
    assert (order.cancelled_at, order.unsent) == (None, False)


def test_personal_data_lies_nowhere_in_plain() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM market_seller")
        seller = b"".join(bytes(v) for v in cursor.fetchone() if isinstance(v, bytes | memoryview))
        cursor.execute("SELECT ref, has_contact FROM market_seller")
        plain = cursor.fetchone()

    for word in ("みずうみ商店", "髙橋", "a@shop.example", "050-0000-0001"):
        assert word.encode() not in seller
    assert plain[0] == "S-1"


def test_an_erased_person_stays_erased() -> None:
    officer = Actor(by="staff:2", role=Role.COUNSEL, at=MONDAY, via="test")
    with transaction.atomic():
        ledger_actions.shred(officer, subject="buyer:B-1", reason="asked")

    buyer = facts.buyer("B-1")
    with pytest.raises(PersonErased):
        actions.put_buyer(MACHINE, BUYER)

    assert buyer
    assert (buyer.erased, buyer.name, buyer.has_contact) == (True, "", False)
    assert facts.order("O-1") is not None


def test_an_erased_seller_is_named_by_its_ref_alone() -> None:
    officer = Actor(by="staff:2", role=Role.COUNSEL, at=MONDAY, via="test")
    with transaction.atomic():
        ledger_actions.shred(officer, subject="seller:S-1", reason="asked")

    seller = facts.seller("S-1")

    assert seller
    assert (seller.erased, seller.name, seller.has_contact) == (True, "", False)


def test_accepted_clauses_are_kept_in_the_terms() -> None:
    accepted = Accepted(clause="recovery", version=1, at=MONDAY - timedelta(days=90))

    first = actions.put_seller(MACHINE, replace(SELLER, accepted=(accepted,)))
    second = actions.put_seller(MACHINE, replace(SELLER, accepted=(accepted,)))

    assert (first, second) == (Change.CHANGED, Change.UNCHANGED)
    assert terms.accepted(seller_ref="S-1", clause="recovery", at=MONDAY) == 1


def test_what_has_not_happened_yet_is_refused() -> None:
    tomorrow = MONDAY + timedelta(days=1)

    with pytest.raises(DateAhead):
        actions.put_order(MACHINE, replace(ORDER, ordered_at=tomorrow))
    with pytest.raises(DateAhead):
        actions.put_seller(
            MACHINE, replace(SELLER, accepted=(Accepted(clause="recovery", version=1, at=tomorrow),))
        )

    assert terms.accepted(seller_ref="S-1", clause="recovery", at=tomorrow) is None


def test_a_moment_without_offset_is_japans() -> None:
    naive = MONDAY.replace(tzinfo=None)

    accepted = Accepted(clause="recovery", version=1, at=naive)

    assert accepted.at.astimezone(UTC) == MONDAY - timedelta(hours=9)


@pytest.mark.parametrize(
    ("change", "what"),
    [({"buyer": "B-9"}, "購入者「B-9」"), ({"seller": "S-9"}, "出品者「S-9」")],
)
def test_an_order_of_strangers_is_refused_by_name(change: dict[str, str], what: str) -> None:
    with pytest.raises(ReferenceUnknown) as refused:
        actions.put_order(MACHINE, replace(ORDER, ref="O-2", items=(), **change))

    assert what in refused.value.sentence.ja


def test_a_listing_needs_its_seller_and_an_order_its_listing() -> None:
    with pytest.raises(ReferenceUnknown):
        actions.put_listing(MACHINE, replace(LISTING, seller="S-9"))
    with pytest.raises(ReferenceUnknown):
        actions.put_order(MACHINE, replace(ORDER, items=(Item(listing="L-9", price=1),)))


def test_an_order_holds_goods_of_its_own_seller_only() -> None:
    actions.put_seller(MACHINE, replace(SELLER, ref="S-2"))

    with pytest.raises(SellerDiffers) as refused:
        actions.put_order(MACHINE, replace(ORDER, seller="S-2"))

    assert refused.value.code == "seller-differs"


def test_refunds_never_go_down_and_never_exceed_what_was_paid() -> None:
    actions.put_order(MACHINE, replace(ORDER, refunded=1_000))

    stale = actions.put_order(MACHINE, ORDER)
    with pytest.raises(RefundedAboveAmount):
        actions.put_order(MACHINE, replace(ORDER, refunded=3_001))
    with pytest.raises(RefundedAboveAmount):
        actions.put_order(MACHINE, replace(ORDER, amount=999))

    order = facts.order("O-1")
    assert stale is Change.UNCHANGED
    assert order
    assert order.refunded_amount == 1_000
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.update(refunded_elsewhere=3_001)


@pytest.mark.parametrize("ref", ["", "O-\0", "O-\ud800", "注文", "O-1 ", "O" * 1_000_000])
def test_what_cannot_be_a_reference_is_unknown_and_no_fault(ref: str) -> None:
    found = [look(ref) for look in (facts.seller, facts.buyer, facts.listing, facts.order, facts.instruction)]

    assert found == [None] * 5
