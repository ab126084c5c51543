"""What the room of contact tells becomes a finding: a seller that cannot be reached is asked why; what is gone is no breach."""

from __future__ import annotations

import pytest

from mamori.grammar.actor import Role
from mamori.law.breaches import UNREACHABLE
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.events import RecoveryEnded, SellerNotReached
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.enforcement import tasks
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.tests.conftest import MONDAY, actor

pytestmark = pytest.mark.usefixtures("shops")


def not_reached(trouble: int) -> None:
    told = SellerNotReached(subject="seller:S-1", trouble=trouble, case="C", seller_ref="S-1", times=4)
    tasks.seller_not_reached(told, MONDAY)


def test_a_seller_whose_telephone_nobody_answers_is_found_not_to_be_reachable() -> None:
    trouble = contact.open_trouble(
        actor("buyer:B-1", Role.BUYER),
        order_ref="O-1",
        topic=Topic.BROKEN,
        harm=Harm.MONEY,
        said="動きません",
        centre_may_read=False,
    )

    not_reached(trouble)

    [finding] = Finding.objects.all()
    assert (finding.breach, finding.seller_ref, finding.order_ref) == (UNREACHABLE.code, "S-1", "O-1")
    assert (finding.automated, finding.origin) == (True, f"contact.trouble:{trouble}")
    assert "4回" in str([fact.ja for fact in statements.facts_of(finding)])


def test_what_is_told_of_a_trouble_or_a_recovery_that_is_not_there_is_no_breach() -> None:
    not_reached(7)
    tasks.recovery_ended(
        RecoveryEnded(subject="seller:S-1", recovery=7, case="C", seller_ref="S-1", amount=1, state="borne"),
        MONDAY,
    )

    assert not Finding.objects.exists()
