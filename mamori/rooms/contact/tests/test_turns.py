"""Whose turn it is in the seller's inbox: an answer, a buyer's proposal and an agreement to keep all wait there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Proposal, Thread
from mamori.rooms.contact.queries import lists
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import MONDAY, buyer, open_trouble, seller

pytestmark = pytest.mark.usefixtures("market_of_two")


def after(minutes: int) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def owed() -> list[datetime | None]:
    return [row.due_at for row in lists.owed_by_seller("S-1").items]


def answered() -> int:
    """Return a trouble that the seller answered and the centre helps with: nothing is owed by the seller."""
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    contact.answer(seller(after(1)), thread=Thread.objects.get().pk, said="確かめます")
    assert (owed(), lists.count_owed("S-1")) == ([], 0)
    assert len(lists.waiting_for_buyer("S-1").items) == 1
    return trouble


def test_a_buyers_proposal_waits_for_the_seller_with_its_moment() -> None:
    trouble = answered()

    proposal = contact.propose(buyer(after(2)), trouble=trouble, kind=Kind.FULL_REFUND)

    due = Proposal.objects.get(pk=proposal).due_at
    assert (owed(), lists.count_owed("S-1")) == ([due], 1)
    assert lists.waiting_for_buyer("S-1").items == ()
    contact.decline(seller(after(3)), proposal=proposal)
    assert owed() == []


def test_an_agreement_waits_for_the_seller_until_it_is_kept() -> None:
    trouble = answered()
    proposal = contact.propose(buyer(after(2)), trouble=trouble, kind=Kind.FULL_REFUND)

    contact.accept(seller(after(3)), proposal=proposal)

    assert owed() == [Proposal.objects.get(pk=proposal).due_at]
    contact.solve(buyer(after(4)), trouble=trouble)
    assert owed() == []
    assert Thread.objects.get().seller_due_at is None


def test_its_own_proposal_waits_for_the_buyer() -> None:
    trouble = answered()

    contact.propose(seller(after(2)), trouble=trouble, kind=Kind.FULL_REFUND)

    assert owed() == []


def test_the_nearest_of_what_is_owed_counts() -> None:
    trouble = open_trouble()
    answer_due = Thread.objects.get().seller_due_at
    contact.request_mediation(buyer(), trouble=trouble)

    contact.propose(buyer(after(2)), trouble=trouble, kind=Kind.FULL_REFUND)

    assert owed() == [answer_due]
