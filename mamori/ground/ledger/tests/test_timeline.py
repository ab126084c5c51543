"""Timelines that tell, and what they leave out once it was erased."""

from __future__ import annotations

from mamori.ground.ledger import actions, facts
from mamori.ground.ledger.tests.conftest import AGENT, NOON, Write


def test_an_act_that_is_not_placed_yet_has_no_receipt_yet(write: Write) -> None:
    number = write()

    assert facts.receipt(number) is None
    actions.sequence(at=NOON)
    assert facts.receipt(number) is not None


def test_a_timeline_tells_the_acts_about_a_thing_in_order(write: Write) -> None:
    first, _, last = write(reason="最初"), write(about="other:1"), write(reason="最後", subject="seller:S-1")

    timeline = facts.acts_about("contact.trouble:12")

    assert [act.number for act in timeline] == [first, last]
    assert timeline[1].content is not None
    assert timeline[1].content["reason"] == "最後"
    assert (timeline[0].kind, timeline[0].at, timeline[0].subject) == ("contact.asked", NOON, "buyer:B-1")


def test_an_erased_act_keeps_its_place_and_loses_its_words(write: Write) -> None:
    number = write(reason="秘密")
    actions.shred(AGENT, subject="buyer:B-1", reason="本人の請求")
    actions.sequence(at=NOON)

    receipt = facts.receipt(number)

    assert receipt is not None
    assert receipt.content is None
    assert facts.acts_about("contact.trouble:12")[0].content is None
