"""Who was erased while signed in writes nothing any more: no trouble, no act, no new key."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.ledger.models import Act
from mamori.ground.seal.models import SubjectKey
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.tests.conftest import hand
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
    ledger.shred(hand("lead:1", Role.LEAD, now()), subject="buyer:B-1", reason="people.proposal:1")
    before = kept()

    client.post("/report/check/", sent)
    for step, answer in STEPS:
        client.post(f"/report/{step}/", answer)

    assert kept() == before
    assert not SubjectKey.objects.filter(subject="buyer:B-1", shredded_at=None).exists()
