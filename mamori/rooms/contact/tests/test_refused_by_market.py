"""What the marketplace says when it cannot refund or deduct stands on the staff's page of the case, until it is tried anew."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Recovery
from mamori.rooms.contact.rules.reasons import DeductBecause
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)

pytestmark = pytest.mark.usefixtures("market_of_two")
NOTE = "決済会社の返金期限を過ぎています"


def refuse(instruction: str) -> None:
    market.confirm(machine(), instruction=instruction, outcome="refused", note=NOTE)
    pass_time(MONDAY)


def page(enter: Enter, about: str) -> str:
    return enter(Role.LEAD).get(f"/desk/cases/{cases.case_of(about).number}/").content.decode()


def answered(html: str) -> bool:
    return f"<dd><bdi>{NOTE}</bdi></dd>" in html


def granted() -> tuple[str, str]:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    return f"contact.trouble:{trouble}", refund


def test_a_refund_that_was_refused_shows_why_until_it_is_granted_anew(enter: Enter) -> None:
    about, refund = granted()
    before = answered(page(enter, about))

    refuse(refund)

    assert (before, answered(page(enter, about))) == (False, True)
    number = int(about.partition(":")[2])
    contact.grant_remedy(agent(), trouble=number, amount=8_000, reason="もう一度")
    assert not answered(page(enter, about))


def test_a_deduction_that_was_refused_shows_why(enter: Enter) -> None:
    _, refund = granted()
    market.confirm(machine(), instruction=refund, outcome="confirmed")
    pass_time(MONDAY)
    recovery = Recovery.objects.get()
    contact.state_view(seller(), recovery=recovery.pk, said="送りました")
    deduction = contact.claim(
        lead(), recovery=recovery.pk, amount=3_000, because=DeductBecause.NO_ANSWER, reason="記録のとおり"
    )

    refuse(deduction)

    assert answered(page(enter, f"contact.recovery:{recovery.pk}"))
