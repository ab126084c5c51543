"""Who has the case mediates: the mediation follows a hand-over, and where there is none nothing happens."""

from __future__ import annotations

import pytest

from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Mediation
from mamori.rooms.contact.tests.conftest import buyer, machine, open_trouble

pytestmark = pytest.mark.usefixtures("market_of_two")


def followed(trouble: int) -> int:
    return [act.kind for act in ledger.acts_about(f"contact.trouble:{trouble}")].count("contact.follow_case")


def test_where_nobody_mediates_a_hand_over_changes_the_case_alone() -> None:
    trouble = open_trouble()

    contact.follow_case(machine(), trouble=trouble, to="agent:2")

    assert followed(trouble) == 0


def test_the_mediation_goes_on_with_whoever_has_the_case_and_is_told_of_once() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    told = len(outbox.notices(to="buyer:B-1"))

    contact.follow_case(machine(), trouble=trouble, to="agent:2")
    contact.follow_case(machine(), trouble=trouble, to="agent:2")

    assert Mediation.objects.get().agent == "agent:2"
    assert followed(trouble) == 1
    assert len(outbox.notices(to="buyer:B-1")) == told + 1


@pytest.mark.parametrize("to", ["counsel:3", ""])
def test_with_counsel_or_nobody_the_mediation_waits_for_an_agent(to: str) -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    contact.follow_case(machine(), trouble=trouble, to="agent:2")

    contact.follow_case(machine(), trouble=trouble, to=to)

    assert (Mediation.objects.get().agent, followed(trouble)) == ("", 2)
