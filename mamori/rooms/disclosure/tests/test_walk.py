"""Whatever anybody does: nothing is disclosed without two people and ten elements met, and nothing waits for ever."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market_actions, facts as market
from mamori.ground.market.actions import ContactsLine
from mamori.law.article5 import Element, ElementVerdict, LeftOut, SellerItem
from mamori.rooms.disclosure import queries as sealed
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.lifecycle import GIVEN, OPEN, REQUEST, DisclosureState
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import about, found_now
from mamori.rooms.disclosure.rules.asked import BoughtAs, ClaimKind, Identity, NeedFor, Signal
from mamori.rooms.disclosure.rules.deciding import ReachResult, ReachWay, Weighed
from mamori.rooms.disclosure.rules.elements import EvidenceKind
from mamori.rooms.disclosure.tests.conftest import (
    DAY,
    MONDAY,
    WHY,
    agent,
    ask,
    buyer,
    counsel,
    decided,
    enter,
    lead,
    machine,
    note,
    ring,
    seller,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day", "staff")]
STEPS = 100  # more by hand: each step looks at all requests
WORDS = (WHY, "返金されません。裁判にします。", "会って話したい。家まで行きます。", "SNSに公開します。")


class Walk:
    """One walk: time goes on, somebody does something, and every request is held to what it must be."""

    def __init__(self, seed: int) -> None:
        self.dice, self.at = random.Random(seed), MONDAY
        self.met: dict[int, bool] = {}

    def one(self) -> int:
        """Return one of the requests, rather an open one."""
        some = list(SellerRequest.objects.filter(state__in=OPEN).order_by("pk")) or list(
            SellerRequest.objects.order_by("pk")
        )
        return int(self.dice.choice(some).pk)

    def somebody(self) -> Actor:
        return self.dice.choice([lead, counsel])(self.at)

    def ask(self) -> None:
        ref = self.dice.choice(["O-1", "O-1", "O-2", "O-2", "O-10000", "O-P"])
        if self.dice.random() < 0.5:
            ask(
                buyer(self.at, "B-2" if ref == "O-2" else "B-1"),
                order="O-2" if ref == "O-2" else "O-1",
                price=30_000,
            )
            return
        order = market.order(ref)
        assert order is not None
        ask(
            buyer(self.at, order.buyer_ref),
            order=ref,
            price=self.dice.choice([order.amount, order.amount, 0, 90_000]),
            bought_as=self.dice.choice([BoughtAs.CONSUMER, BoughtAs.CONSUMER, BoughtAs.BUSINESS]),
            need=self.dice.choice([NeedFor.SUIT, NeedFor.LETTER, NeedFor.TALK]),
            claim=self.dice.choice([ClaimKind.NOT_DELIVERED, ClaimKind.DAMAGES]),
            why=self.dice.choice(WORDS),
            items=self.dice.sample(list(SellerItem), 2),
            pledge=self.dice.random() < 0.8,
        )

    def enter(self) -> None:
        enter(
            order=self.dice.choice(["O-1", "O-2", "X-9", ""]),
            signed=self.dice.random() < 0.7,
            name=self.dice.choice(["買手", "別人"]),
        )

    def begin(self) -> None:
        deciding.begin_request(agent(self.at), request=self.one())

    def ask_more(self) -> None:
        deciding.ask_more(agent(self.at), request=self.one(), missing="金額の内訳")

    def complete(self) -> None:
        row = SellerRequest.objects.get(pk=self.one())
        asking.complete_request(
            self.dice.choice([buyer(self.at, row.buyer_ref or "B-1"), agent(self.at)]),
            request=row.pk,
            more=self.dice.choice(WORDS),
            price=self.dice.choice([0, 48_000]),
            pledge=True,
        )

    def note(self) -> None:
        note(
            self.one(),
            identity=self.dice.choice([Identity.ACCOUNT, Identity.DOCUMENT, Identity.NONE]),
            by_operator=self.dice.random() < 0.1,
            elsewhere=self.dice.random() < 0.1,
        )

    def flag(self) -> None:
        signal = self.dice.choice(list(Signal))
        deciding.flag_signal(agent(self.at), request=self.one(), signal=signal, reason="気づいた")

    def weigh(self) -> None:
        self.weigh_it(self.one(), self.dice.choice(list(Element)))

    def weigh_it(self, number: int, element: Element) -> None:
        deciding.weigh(
            self.somebody(),
            request=number,
            element=element,
            verdict=self.dice.choice([Weighed.MET, Weighed.MET, Weighed.NOT_MET]),
            evidence=self.dice.choice(list(EvidenceKind)),
            reason="証拠を見た",
        )

    def doubt(self) -> None:
        element = self.dice.choice(list(Element))
        deciding.mark_doubtful(agent(self.at), request=self.one(), element=element, reason="話が違う")

    def hear(self) -> None:
        deciding.ask_view(self.somebody(), request=self.one())

    def view(self) -> None:
        said = self.dice.choice(["かまいません。", "以前から付きまとわれています。"])
        agrees = self.dice.random() < 0.7
        outdated = self.dice.sample(list(SellerItem), self.dice.choice([0, 0, 1, 6]))
        deciding.state_view(seller(self.at), request=self.one(), agrees=agrees, said=said, outdated=outdated)

    def confirm(self) -> None:
        items = [self.dice.choice(list(SellerItem))]
        deciding.confirm_items(seller(self.at), request=self.one(), items=items)

    def put_right(self) -> None:
        address = f"東京都港区芝{self.dice.randrange(99)}"
        market_actions.put_contacts(machine(self.at), ContactsLine(ref="S-1", address=address))

    def try_it(self) -> None:
        deciding.note_try(
            self.dice.choice([agent, lead])(self.at),
            request=self.one(),
            way=self.dice.choice(list(ReachWay)),
            result=self.dice.choice(list(ReachResult)),
            reason="連絡した",
        )

    def unreachable(self) -> None:
        deciding.find_unreachable(self.somebody(), request=self.one(), reason="届かない")

    def propose(self) -> None:
        self.propose_it(self.one())

    def propose_it(self, number: int) -> None:
        items = self.dice.sample(list(SellerItem), self.dice.choice([0, 0, 1, 2]))
        left_out = {one: self.dice.choice(list(LeftOut)) for one in items}
        deciding.propose_disclosure(self.somebody(), request=number, reason="要件を満たす", left_out=left_out)

    def propose_refusal(self) -> None:
        deciding.propose_refusal(self.somebody(), request=self.one(), reason="満たさない")

    def agree(self) -> None:
        number = self.one()
        found = found_now(SellerRequest.objects.get(pk=number))
        self.met[number] = all(
            one.verdict is ElementVerdict.MET and bool(one.evidence) for one in found.values()
        )
        deciding.agree_request(self.somebody(), request=number)

    def send_back(self) -> None:
        deciding.send_back_request(self.somebody(), request=self.one(), reason="見直す")

    def withdraw(self) -> None:
        row = SellerRequest.objects.get(pk=self.one())
        asking.withdraw_request(buyer(self.at, row.buyer_ref or "B-1"), request=row.pk)

    def gone(self) -> None:
        if self.dice.random() < 0.1:
            asking.close_requests(machine(self.at), buyer_ref="B-2")

    def straight(self) -> None:
        """Do what plain work would do next, so that walks come to an end."""
        number = self.one()
        match SellerRequest.objects.get(pk=number).state:
            case DisclosureState.RECEIVED:
                deciding.begin_request(agent(self.at), request=number)
            case DisclosureState.EXAMINING:
                deciding.ask_view(self.somebody(), request=number)
            case DisclosureState.HEARING:
                deciding.state_view(seller(self.at), request=number, agrees=True, said="はい。")
            case DisclosureState.INCOMPLETE:
                asking.complete_request(agent(self.at), request=number, more="お送りします。", pledge=True)
            case DisclosureState.DECIDING:
                for element, one in found_now(SellerRequest.objects.get(pk=number)).items():
                    if one.verdict is ElementVerdict.COUNSEL:
                        self.weigh_it(number, element)
                self.propose_it(number)
            case _:
                self.agree()

    def deeds(self) -> list[Callable[[], None]]:
        return [
            self.ask, self.ask, self.enter, self.begin, self.ask_more, self.complete, self.note, self.flag, self.weigh,
            self.weigh, self.weigh, self.hear, self.view, self.try_it, self.try_it, self.unreachable, self.propose,
            self.propose_refusal, self.agree, self.agree, self.send_back, self.withdraw, self.gone,
            self.doubt, self.confirm, self.put_right, *[self.straight] * 20,
        ]  # fmt: skip

    def go(self) -> None:
        for _ in range(STEPS):
            self.at += timedelta(hours=self.dice.choice([0, 1, 5, 30, 24 * 9]))
            ring(self.at)
            with suppress(Refusal, IndexError):
                self.dice.choice(self.deeds())()
            assert list(faults(self.met)) == []


def faults(met: dict[int, bool]) -> Iterator[str]:
    """Say what is wrong: of what was given, who gave it and on what; of what goes on, whether it can end and rings."""
    for row in SellerRequest.objects.order_by("pk"):
        state, number = DisclosureState(row.state), row.pk
        if state in GIVEN:
            yield from _given_wrongly(row, met.get(number, False))
        elif row.given is not None:
            yield f"{number}: {state}, and something was disclosed"
        case = cases.case_of(about(number))
        if (state in OPEN) != (row.closed_at is None) or (state in OPEN) != (case.closed_at is None):
            yield f"{number}: {state}, and open and closed at once"
        if state in OPEN and not clocks.open_clocks(about(number)):
            yield f"{number}: {state}, and no clock runs"
        if state not in OPEN and clocks.open_clocks(about(number)):
            yield f"{number}: {state}, and a clock still runs"


def _given_wrongly(row: SellerRequest, met: bool) -> Iterator[str]:
    by = {act.kind: (act.content or {})["by"] for act in ledger.acts_about(about(row.pk)) if act.content}
    verb = "disclose" if row.state == DisclosureState.DISCLOSED else "disclose_partly"
    if by[f"disclosure.{verb}"] == by["disclosure.propose"]:
        yield f"{row.pk}: proposed and agreed to by one"
    if not met:
        yield f"{row.pk}: disclosed though an element was not met"
    weighed = (
        ["O-P"] if "counterparty" in row.weighed else []
    )  # sold by an account that only a person may call a business
    if row.order_refs not in (["O-1"], ["O-2"], weighed):
        yield f"{row.pk}: disclosed about {row.order_refs}"
    given = set(sealed.of_seller(row, "given") or {})
    if not given <= set(row.asked):
        yield f"{row.pk}: more was disclosed than asked for"
    if given & set(row.left_out):
        yield f"{row.pk}: disclosed what was left out"
    if row.left_out and row.state != DisclosureState.PARTLY:
        yield f"{row.pk}: something was left out, and it is no part"


def test_every_open_state_has_an_exit_that_a_person_can_take() -> None:
    ways = {
        (state, to, role) for step in REQUEST.steps for state, to in step.moves.items() for role in step.roles
    }
    exits = {state for state, to, role in ways if to != state and role is not Role.MACHINE}

    assert exits >= set(OPEN)


def test_what_was_left_out_and_is_given_all_the_same_is_noticed() -> None:
    number = ask()
    decided(number)
    SellerRequest.objects.update(left_out={"address": ["anothers", "0"]})

    assert list(faults({number: True})) == [
        f"{number}: disclosed what was left out",
        f"{number}: something was left out, and it is no part",
    ]


@pytest.mark.parametrize("seed", [9, 13, 17])  # walks in which something is disclosed, and something left out
def test_nothing_is_disclosed_without_two_and_nothing_waits_for_ever(seed: int) -> None:
    walk = Walk(seed)

    walk.go()

    states = set(SellerRequest.objects.values_list("state", flat=True))
    assert len(states) > 2
    assert states & {state.value for state in GIVEN}


def test_one_person_who_agrees_with_itself_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "is_second", lambda actor, *, than: True)
    number = ask()
    deciding.begin_request(agent(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(MONDAY + DAY), request=number, agrees=True, said="はい。")
    deciding.propose_disclosure(counsel(MONDAY + DAY), request=number, reason="満たす")
    deciding.agree_request(counsel(MONDAY + DAY), request=number)

    assert list(faults({number: True})) == [f"{number}: proposed and agreed to by one"]


def test_an_element_that_was_not_met_is_noticed() -> None:
    number = ask()
    decided(number)

    assert list(faults({number: True})) == []
    assert list(faults({})) == [f"{number}: disclosed though an element was not met"]


def test_a_request_for_which_no_clock_runs_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "of_seller_request", lambda row: ())
    number = ask()

    assert list(faults({})) == [f"{number}: received, and no clock runs"]
