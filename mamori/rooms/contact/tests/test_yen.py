"""Yen as people write them; a minus sign is never left out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mamori.ground.market import actions as marketing
from mamori.ground.market.actions import OrderLine
from mamori.ground.web.forms import YenField
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Proposal
from mamori.rooms.contact.rules.proposals import Kind as Solution
from mamori.rooms.contact.tests.conftest import MONDAY, agent, buyer, machine, open_trouble


@pytest.mark.parametrize("written", ["8000", "８，０００円", "8,000 ", "8 000", "¥8,000", "￥８０００"])
def test_an_amount_is_read_as_people_write_it(written: str) -> None:
    assert YenField().clean(written) == 8_000


@pytest.mark.parametrize("written", ["-5", "－5", "−5", "ー5", "5-", "8-000", "5.5", "五"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        YenField().clean(written)


@pytest.mark.usefixtures("market_of_two")
def test_a_solution_over_billions_is_agreed_on_as_it_was_proposed() -> None:
    order = {"buyer": "B-1", "seller": "S-1", "ordered_at": MONDAY - timedelta(days=5)}
    marketing.put_order(
        machine(), OrderLine(ref="O-1", amount=10_000_000_000, refunded=4_400_000_000, **order)
    )
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)

    contact.propose(agent(), trouble=trouble, kind=Solution.PART_REFUND, amount=5_300_000_000)

    assert Proposal.objects.get().amount == 5_300_000_000
