"""Words of injury or fire that a buyer writes or says beside a proposal or a reply are heard as any others."""

from __future__ import annotations

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions import Told
from mamori.rooms.contact.models import Proposal, Trouble
from mamori.rooms.contact.rules.proposals import Kind, Reply
from mamori.rooms.contact.tests.agreeing import mediated
from mamori.rooms.contact.tests.conftest import buyer, seller
from mamori.rooms.contact.tests.telephoned import check, known_buyer, sellers, take

pytestmark = pytest.mark.usefixtures("settled_contact")

__all__ = ["known_buyer"]


def test_words_of_danger_beside_a_buyers_proposal_are_heard() -> None:
    trouble = mediated()

    contact.propose(seller(), trouble=trouble, kind=Kind.OTHER, said="発火はしません。お電話ください")
    assert not Trouble.objects.get().in_danger
    contact.withdraw_proposal(seller(), proposal=Proposal.objects.get().pk)
    contact.propose(
        buyer(), trouble=trouble, kind=Kind.OTHER, said="発火してやけどしました。治療費をください"
    )

    assert Trouble.objects.get().in_danger
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "danger"
    assert "contact.danger_staff" in {one.template for one in outbox.notices(to="agent")}


def test_words_of_danger_beside_a_buyers_other_proposal_are_heard() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.PART_REFUND, amount=1_000)

    contact.counter(
        buyer(), proposal=offered, kind=Kind.FULL_REFUND, said="発火して手をやけどした。返金してほしい"
    )

    assert Trouble.objects.get().in_danger
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "danger"


def test_words_of_danger_beside_a_reply_by_telephone_are_heard() -> None:
    trouble = mediated()
    take(check(trouble), sellers(trouble), Told(reply=Reply.DECLINE, said="使ったら発火して、やけどした"))

    assert Trouble.objects.get(pk=trouble).in_danger
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "danger"
