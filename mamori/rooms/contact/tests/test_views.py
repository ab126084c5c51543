"""The seller's view on a recovery: sealed with the seller's key, added to until the decision."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.statechart import StepNotOpen
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger.actions import shred
from mamori.ground.seal import facts as seals
from mamori.japan.written import TooManyWords
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.recovery import view_of, view_place
from mamori.rooms.contact.models import Recovery
from mamori.rooms.contact.tests.conftest import lead, pass_time, seller
from mamori.rooms.contact.tests.test_money import OVERDUE, claim, confirmed, recovery_of

pytestmark = pytest.mark.usefixtures("market_of_two")


def test_the_sellers_view_is_sealed_with_the_sellers_key_and_ends_the_hearing() -> None:
    recovery = recovery_of(confirmed())

    contact.state_view(seller(OVERDUE), recovery=recovery.id, said="入院していました")

    row = Recovery.objects.get(pk=recovery.id)
    sealed = bytes(row.view or b"")
    assert "入院".encode() not in sealed
    opened = seals.unseal(subject="seller:S-1", place=view_place(row.pk), sealed=sealed)
    assert opened.decode() == "入院していました"
    assert row.state == "heard"


def test_a_seller_adds_to_its_view_until_the_decision_and_moves_no_review() -> None:
    recovery = recovery_of(confirmed())
    pass_time(OVERDUE + timedelta(days=9))
    before = clocks.open_clocks(f"contact.recovery:{recovery.id}")
    late = OVERDUE + timedelta(days=10)

    for said in ("入院していました", "診断書もあります"):
        contact.state_view(seller(late), recovery=recovery.id, said=said)
    with pytest.raises(TooManyWords):
        contact.state_view(seller(late), recovery=recovery.id, said="あ" * 9_990)

    row = Recovery.objects.get(pk=recovery.id)
    assert view_of(row) == "入院していました\n\n診断書もあります"
    assert clocks.open_clocks(f"contact.recovery:{recovery.id}") == before
    claim(lead(late), recovery.id)
    with pytest.raises(StepNotOpen):
        contact.state_view(seller(late), recovery=recovery.id, said="もう一度")
    shred(lead(late), subject="seller:S-1", reason="請求")
    assert view_of(row) is None
