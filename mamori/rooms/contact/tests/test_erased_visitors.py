"""Who was erased while signed in writes nothing any more; a refund that was already instructed comes to its end all the same."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import actions as ledger
from mamori.ground.ledger.models import Act
from mamori.ground.market import actions as market
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal.models import SubjectKey
from mamori.law.deadlines import CONFIRMATION
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Remedy, Thread
from mamori.rooms.contact.tests.conftest import MONDAY, actor, agent, buyer, machine, open_trouble, pass_time
from mamori.rooms.contact.tests.test_buyer_pages import now, sends

pytestmark = pytest.mark.usefixtures("market_of_two")
STEPS = (
    ("order", {"order": "O-1"}),
    ("topic", {"topic": "broken"}),
    ("harm", {"harm": "money"}),
    ("words", {"said": "届いた品が動きません。"}),
    ("reading", {"may_read": "yes"}),
)


def kept() -> tuple[int, int, int]:
    return Act.objects.count(), SubjectKey.objects.count(), Thread.objects.count()


def test_an_erased_buyer_reports_no_trouble_and_gets_no_new_key(enter: Enter) -> None:
    client = enter(Role.BUYER, "buyer:B-1")
    for step, answer in STEPS:
        assert client.post(f"/report/{step}/", answer).status_code == 302
    sent = sends(client.get("/report/check/").content.decode())
    ledger.shred(actor("lead:1", Role.LEAD, now()), subject="buyer:B-1", reason="people.proposal:1")
    before = kept()

    client.post("/report/check/", sent)
    for step, answer in STEPS:
        client.post(f"/report/{step}/", answer)

    assert kept() == before
    assert not SubjectKey.objects.filter(subject="buyer:B-1", shredded_at=None).exists()


@pytest.mark.parametrize(("outcome", "state"), [("confirmed", "done"), ("refused", "failed")])
@pytest.mark.parametrize("gone", ["buyer:B-1", "seller:S-1"])
def test_a_refund_of_somebody_who_was_erased_meanwhile_ends_with_the_marketplaces_answer(
    gone: str, outcome: str, state: str
) -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    ledger.shred(actor("lead:1", Role.LEAD, MONDAY), subject=gone, reason="restored")

    market.confirm(machine(), instruction=refund, outcome=outcome)
    pass_time(MONDAY)

    assert Remedy.objects.get(trouble=trouble).state == state
    running = {clock.kind for clock in clocks.open_clocks(f"contact.trouble:{trouble}")}
    assert CONFIRMATION.code not in running
    assert (running == set()) == (outcome == "confirmed")
    assert outbox.count_stuck() == 0
