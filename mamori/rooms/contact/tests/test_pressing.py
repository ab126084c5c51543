"""While the operator refunds in the seller's place nobody presses the seller; where it does not come about, it owes again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.businesstime import Hours
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.granting import PartReasonUntrue
from mamori.rooms.contact.models import Call, Trouble
from mamori.rooms.contact.rules.eligibility import Kind as Wish
from mamori.rooms.contact.rules.reasons import Part, PartBecause, is_true
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.topics import Harm

pytestmark = pytest.mark.usefixtures("market_of_two")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def running(trouble: int) -> set[str]:
    return {clock.kind for clock in clocks.open_clocks(f"contact.trouble:{trouble}")}


def mediated(harm: Harm = Harm.MONEY) -> int:
    trouble = open_trouble(harm=harm)
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble


def told_since(count: int) -> list[str]:
    return [notice.template for notice in outbox.notices(to="seller:S-1")][: -count or None]


def test_neither_letter_nor_call_nor_a_late_answer_while_goods_come_back() -> None:
    trouble = mediated()
    label = contact.arrange_return(agent(MONDAY + HOUR), trouble=trouble, amount=8_000, reason="x")
    market.confirm(machine(MONDAY + HOUR), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY + HOUR)
    before = len(list(outbox.notices(to="seller:S-1")))

    pass_time(MONDAY + 5 * DAY)

    assert told_since(before) == []
    assert not Call.objects.filter(closed_at__isnull=True).exists()
    acts = {act.kind for act in ledger.acts_about(f"contact.trouble:{trouble}")}
    assert not {"contact.miss_answer", "contact.urge", "contact.remind_call"} & acts


def test_a_seller_owes_its_answer_again_by_a_new_clock_when_the_refund_does_not_come_about() -> None:
    trouble = mediated()
    instruction = contact.grant_remedy(agent(MONDAY + HOUR), trouble=trouble, amount=8_000, reason="x")
    assert "contact.answer" not in running(trouble)

    market.confirm(machine(MONDAY + DAY), instruction=instruction, outcome="refused")
    pass_time(MONDAY + DAY)

    assert running(trouble) >= {"contact.answer", "contact.urge", "contact.remedy_decision"}
    found = Trouble.objects.select_related("thread").get(pk=trouble)
    assert found.answer_due_at == found.thread.answer_due_at == found.thread.seller_due_at
    assert found.answer_due_at > MONDAY + DAY


def test_who_has_answered_already_owes_nothing_new_when_a_return_is_given_up() -> None:
    trouble = mediated()
    contact.answer(
        seller(MONDAY + HOUR), thread=Trouble.objects.get(pk=trouble).thread_id, said="返品してください"
    )
    label = contact.arrange_return(agent(MONDAY + HOUR), trouble=trouble, amount=8_000, reason="x")
    market.confirm(machine(MONDAY + HOUR), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY + HOUR)

    contact.give_up_return(agent(MONDAY + DAY), trouble=trouble, reason="紛失")

    assert not {"contact.answer", "contact.urge"} & running(trouble)


def test_an_overdue_answer_stays_overdue_and_the_seller_is_urged_again() -> None:
    trouble = mediated()
    pass_time(MONDAY + DAY + HOUR)
    instruction = contact.grant_remedy(agent(MONDAY + DAY + HOUR), trouble=trouble, amount=8_000, reason="x")
    before = len(list(outbox.notices(to="seller:S-1")))

    market.confirm(machine(MONDAY + DAY + 2 * HOUR), instruction=instruction, outcome="refused")
    pass_time(MONDAY + DAY + 2 * HOUR)

    assert Trouble.objects.get(pk=trouble).thread.state == "missed"
    assert "contact.answer" not in running(trouble)
    assert Call.objects.filter(closed_at__isnull=True).exists() or told_since(before)


def test_a_promise_by_telephone_is_called_about_no_more() -> None:
    trouble = mediated(Harm.DANGER)
    call = Call.objects.get(closed_at__isnull=True, whom="seller")
    contact.record_call(agent(), call=call.pk, outcome=Outcome.PROMISED, promised_within=Hours(2))
    contact.grant_remedy(agent(MONDAY + HOUR), trouble=trouble, amount=8_000, reason="x")

    pass_time(MONDAY + 3 * HOUR)

    assert Call.objects.get(pk=call.pk).kept is False
    assert not Call.objects.filter(closed_at__isnull=True, whom="seller").exists()


WHOLE = Part(amount=3_000, wished=None, most=8_000, comes_back=False)


@pytest.mark.parametrize(
    ("because", "part", "holds"),
    [
        (PartBecause.AS_ASKED, WHOLE, False),
        (PartBecause.AS_ASKED, Part(amount=3_000, wished=3_001, most=8_000, comes_back=False), False),
        (PartBecause.AS_ASKED, Part(amount=3_000, wished=3_000, most=8_000, comes_back=True), True),
        (PartBecause.GOODS_KEPT, WHOLE, True),
        (PartBecause.GOODS_KEPT, Part(amount=3_000, wished=None, most=8_000, comes_back=True), False),
        (PartBecause.CEILING, WHOLE, False),
        (PartBecause.CEILING, Part(amount=3_000, wished=None, most=3_000, comes_back=False), True),
        (PartBecause.PART_OF_GOODS, WHOLE, True),
    ],
)
def test_a_reason_for_a_part_fits_what_is_known(because: PartBecause, part: Part, holds: bool) -> None:
    assert is_true(because, part) is holds


def test_no_buyer_is_told_a_reason_that_is_not_so() -> None:
    trouble = mediated()
    contact.ask_remedy(buyer(), trouble=trouble, wish=Wish.REFUND)

    with pytest.raises(PartReasonUntrue) as refusal:
        contact.grant_remedy(agent(), trouble=trouble, amount=1, reason="x", because=PartBecause.AS_ASKED)
    with pytest.raises(PartReasonUntrue):
        contact.arrange_return(agent(), trouble=trouble, amount=1, reason="x", because=PartBecause.GOODS_KEPT)
    contact.ask_remedy(buyer(), trouble=trouble, wish=Wish.PART, amount=500)
    contact.grant_remedy(agent(), trouble=trouble, amount=500, reason="x", because=PartBecause.AS_ASKED)

    assert "part of the money" in refusal.value.sentence.en
