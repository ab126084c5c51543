"""The next step that a case shows is right after each verb, and no button stays that was pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.market import actions as market
from mamori.law.grounds import BUYER_CONSENT
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.kinds import ATTENTIONS
from mamori.rooms.contact.lifecycle import (
    MediationState,
    RecoveryState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.models import Proposal, Remedy, Trouble
from mamori.rooms.contact.queries.staff import matter_of_case
from mamori.rooms.contact.rules import nextact
from mamori.rooms.contact.rules.duties import Duty
from mamori.rooms.contact.rules.nextact import NEXT_ACTS, OF_REMEDY, next_act
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.reasons import Inspected
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.tests.conftest import (
    ANSWERED,
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from mamori.rooms.contact.topics import Harm
from tests import taking

pytestmark = pytest.mark.usefixtures("market_of_two")
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A verb, what the case says is to be done next after it, and whether the agent is offered to take the mediation on."""

    verb: str
    do: Callable[[int], object]
    then: Text


def thread(trouble: int) -> int:
    return Trouble.objects.get(pk=trouble).thread_id


def offer(trouble: int) -> int:
    return Proposal.objects.filter(trouble=trouble).latest("pk").pk


def call(trouble: int) -> int:
    return sellers_calls()[0].id


def follow(trouble: int, to: str) -> None:
    contact.follow_case(machine(MONDAY + HOUR), trouble=trouble, to=to)


def take(trouble: int) -> None:
    taking.take(agent(), trouble)


def give_back(trouble: int) -> None:
    case_actions.give_back(agent(), about=f"contact.trouble:{trouble}")
    follow(trouble, "")


def arrange(trouble: int) -> None:
    contact.arrange_return(lead(), trouble=trouble, amount=8_000, reason="動作しない")


def confirm(trouble: int) -> None:
    label = Remedy.objects.get(trouble=trouble).label
    market.confirm(machine(), instruction=label, outcome="confirmed", tracking="1234-5678")
    pass_time(MONDAY)


def inspect(trouble: int) -> None:
    contact.inspect(agent(), trouble=trouble, result=Inspected.AS_REPORTED, note="写真3枚")


def grant(trouble: int) -> None:
    contact.grant_remedy(lead(), trouble=trouble, amount=8_000, reason="回答なし")


ASKED = NEXT_ACTS["mediation-asked"]
ASK = Step(verb="request", do=lambda n: contact.request_mediation(buyer(), trouble=n), then=ASKED)
TAKE = Step(verb="take mediation", do=take, then=nextact.PROPOSE)
CALLS = Step(
    verb="danger",
    do=lambda n: contact.raise_harm(buyer(), trouble=n, said="煙が出ました"),
    then=NEXT_ACTS["danger"],
)
OFFER = Step(
    verb="propose",
    do=lambda n: contact.propose(agent(), trouble=n, kind=Kind.FULL_REFUND),
    then=nextact.REPLY_WAITS,
)
WAYS: dict[str, tuple[Step, ...]] = {
    "taken by itself": (
        ASK,
        Step(
            verb="read the words",
            do=lambda n: contact.look(agent(), thread=thread(n), ground=BUYER_CONSENT),
            then=ASKED,
        ),
        TAKE,
        Step(verb="take again", do=take, then=nextact.PROPOSE),
    ),
    "taken with its case, given back, taken again": (
        ASK,
        Step(verb="take the case", do=take, then=nextact.PROPOSE),
        Step(verb="give it back", do=give_back, then=ASKED),
        Step(verb="take the case again", do=take, then=nextact.PROPOSE),
    ),
    "begun by the agent": (
        Step(
            verb="mediate",
            do=lambda n: contact.request_mediation(agent(), trouble=n),
            then=ASKED,
        ),
        TAKE,
    ),
    "proposed and agreed to": (
        ASK,
        TAKE,
        OFFER,
        Step(
            verb="accept", do=lambda n: contact.accept(buyer(), proposal=offer(n)), then=nextact.REPLY_WAITS
        ),
        Step(verb="agree", do=lambda n: contact.accept(seller(), proposal=offer(n)), then=nextact.AGREED),
    ),
    "proposed and declined": (
        ASK,
        TAKE,
        OFFER,
        Step(
            verb="decline",
            do=lambda n: contact.decline(buyer(), proposal=offer(n)),
            then=nextact.PROPOSE,
        ),
        OFFER,
        Step(
            verb="withdraw the proposal",
            do=lambda n: contact.withdraw_proposal(agent(), proposal=offer(n)),
            then=nextact.PROPOSE,
        ),
    ),
    "answered": (
        Step(
            verb="acknowledge",
            do=lambda n: contact.acknowledge(seller(), thread=thread(n), said="確認します"),
            then=nextact.ANSWER_WAITS,
        ),
        Step(
            verb="answer",
            do=lambda n: contact.answer(seller(), thread=thread(n), said="交換します"),
            then=nextact.BUYER_WAITS,
        ),
        Step(
            verb="not solved",
            do=lambda n: contact.say_unsolved(buyer(), trouble=n, said="直りません"),
            then=nextact.ANSWER_WAITS,
        ),
    ),
    "missed": (
        Step(
            verb="miss the answer",
            do=lambda n: pass_time(MONDAY + timedelta(days=1)),
            then=NEXT_ACTS["answer-missed"],
        ),
        Step(
            verb="voicemail",
            do=lambda n: contact.record_call(
                agent(MONDAY + timedelta(days=1)), call=call(n), outcome=Outcome.VOICEMAIL
            ),
            then=ASKED,
        ),
        TAKE,
    ),
    "in danger": (
        CALLS,
        Step(
            verb="call the seller",
            do=lambda n: contact.record_call(agent(), call=call(n), outcome=Outcome.REACHED),
            then=NEXT_ACTS["danger"],
        ),
        Step(
            verb="request",
            do=lambda n: contact.request_mediation(buyer(), trouble=n),
            then=NEXT_ACTS["danger"],
        ),
        Step(
            verb="reach the buyer",
            do=lambda n: contact.reach_buyer(agent(), trouble=n, answers=ANSWERED),
            then=ASKED,
        ),
        TAKE,
    ),
    "sent back and refunded": (
        ASK,
        TAKE,
        Step(verb="arrange", do=arrange, then=OF_REMEDY[RemedyState.ORDERED]),
        Step(verb="label", do=confirm, then=OF_REMEDY[RemedyState.LABELLED]),
        Step(
            verb="send",
            do=lambda n: contact.note_sent(buyer(), trouble=n),
            then=OF_REMEDY[RemedyState.SENT],
        ),
        Step(
            verb="arrive",
            do=lambda n: contact.note_arrival(agent(), trouble=n),
            then=ATTENTIONS["inspect-return"],
        ),
        Step(verb="inspect", do=inspect, then=OF_REMEDY[RemedyState.INSTRUCTED]),
    ),
    "refunded at once": (
        ASK,
        TAKE,
        Step(verb="grant", do=grant, then=OF_REMEDY[RemedyState.INSTRUCTED]),
    ),
}


def next_step(trouble: int, actor: Actor) -> tuple[Text, tuple[Duty, ...]]:
    """Return what a case shows as its next step, and its buttons."""
    case = cases.case_of(f"contact.trouble:{trouble}")
    matter = matter_of_case(actor, case)
    kind = case_kind(case.kind)
    fallback = kind.attention(case.attention) if case.attention else None
    return next_act(case.attention or "", fallback, matter.matter), matter.duties


@pytest.mark.parametrize("way", WAYS)
def test_after_each_verb_the_next_step_is_the_right_one_and_what_was_taken_is_not_offered_again(
    way: str,
) -> None:
    trouble = open_trouble(harm=Harm.INCONVENIENCE if way != "missed" else Harm.MONEY)

    for step in WAYS[way]:
        step.do(trouble)
        shown, _ = next_step(trouble, agent())
        assert (step.verb, shown) == (step.verb, step.then)


def test_somebody_else_can_take_a_mediation_over() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    take(trouble)

    taking.take(lead(), trouble)

    assert next_step(trouble, lead())[0] is nextact.PROPOSE
    assert Trouble.objects.get(pk=trouble).mediation.agent == lead().by


def test_a_recovery_and_an_answer_that_is_missed_while_somebody_mediates_have_their_own_next_step() -> None:
    waiting, taken = Matter(thread=ThreadState.MISSED), MediationState.TAKEN
    mediated = Matter(thread=ThreadState.MISSED, trouble=TroubleState.MEDIATED, mediation=taken)
    untaken = Matter(thread=ThreadState.MISSED, trouble=TroubleState.MEDIATED, mediation=MediationState.OPEN)

    over = replace(waiting, trouble=TroubleState.WITHDRAWN)
    assert next_act("danger", None, waiting) is NEXT_ACTS["danger"]
    assert next_act("danger", None, over) is nextact.DANGER_ALONE  # the seller needs no call any more
    assert next_act("answer-missed", None, waiting) is NEXT_ACTS["answer-missed"]
    assert next_act("answer-missed", None, mediated) is nextact.MISSED_WHILE_MEDIATED
    assert next_act("", None, untaken) is ASKED
    for state in RecoveryState:
        told = next_act("", None, waiting, recovery=state)
        assert told is nextact.OF_RECOVERY.get(state, nextact.WAITING)
