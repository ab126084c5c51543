"""What the rules say should stand about a matter is compared with what the verbs let stand: a fault in either is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.declaration import Deadline
from mamori.ground.clocks.models import Clock
from mamori.rooms.contact import actions as contact, keeping, proposing, urging
from mamori.rooms.contact.models import Standstill, Trouble
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import MONDAY, buyer, open_trouble, pass_time, seller
from tests.settled import contact as looking
from tests.settled.tally import Tally

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")
HOUR = timedelta(hours=1)


def offered() -> int:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    proposal = contact.propose(seller(), trouble=trouble, kind=Kind.FULL_REFUND)
    contact.accept(buyer(MONDAY + HOUR), proposal=proposal)
    return trouble


def test_a_matter_that_goes_well_is_compared_after_each_act(settled_contact: Tally) -> None:
    before = settled_contact.acts.total(), settled_contact.clocks["contact.agreement"]

    offered()
    pass_time(MONDAY + timedelta(days=9))

    assert settled_contact.acts.total() > before[0] + 8
    assert settled_contact.clocks["contact.agreement"] > before[1]


def _nothing(*_: Any, **__: Any) -> Any:
    return ()


def _late(offer: Any) -> Any:
    offer.opened_at += HOUR
    return looking_of_offer(offer)


looking_of_offer = looking.of_offer
RULES: dict[str, tuple[str, Callable[..., Any], str]] = {
    "a rule that forgets a clock": ("of_offer", _nothing, "contact.proposal: should not run"),
    "a rule that names another moment": ("of_offer", _late, "contact.proposal: should run since"),
    "a rule that forgets what is asked for": ("of_trouble", _nothing, "should not"),
}


@pytest.mark.parametrize("name", RULES)
def test_a_planted_fault_of_a_rule_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, planted, said = RULES[name]
    monkeypatch.setattr(looking, rule, planted)

    with pytest.raises(AssertionError, match=said):
        offered()


def _start_none(deadline: Deadline, name: str, at: datetime, key: str = "", pauses: Any = ()) -> datetime:
    return keeping.due(deadline, at, pauses)


VERBS: dict[str, tuple[Any, str, Callable[..., Any], str]] = {
    "a verb that leaves a clock running": (proposing, "stop", _nothing, "contact.proposal: should not run"),
    "a verb that urges nobody": (urging, "turn_to", _nothing, "contact.urge: .* should run"),
    "a verb that starts no clock": (keeping, "start", _start_none, "contact.answer: should run since"),
}


@pytest.mark.parametrize("name", VERBS)
def test_a_planted_fault_of_a_verb_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, doing, planted, said = VERBS[name]
    monkeypatch.setattr(module, doing, planted)

    with pytest.raises(AssertionError, match=said):
        offered()


def test_another_due_moment_and_another_length_are_found() -> None:
    trouble = open_trouble()
    Clock.objects.filter(kind="contact.resolution").update(due_at=MONDAY + HOUR)

    with pytest.raises(AssertionError, match=r"contact\.resolution: is due at"):
        contact.acknowledge(seller(), thread=Trouble.objects.get(pk=trouble).thread_id, said="確認します")


def test_a_clock_that_runs_in_a_case_that_stands_still_is_found() -> None:
    trouble = open_trouble()
    Standstill.objects.create(
        about=f"contact.trouble:{trouble}",
        cause="disaster",
        began_at=MONDAY - HOUR,
        until=MONDAY + timedelta(days=3),
    )

    with pytest.raises(AssertionError, match=r"contact\.answer: should stand still"):
        contact.request_mediation(buyer(), trouble=trouble)
