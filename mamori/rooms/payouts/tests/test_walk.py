"""Whatever anybody does: no yen twice, none lost, nothing held without a clause, nothing of which nobody is asked."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from django.db.models import Sum

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.people import actions as people, facts as people_facts
from mamori.ground.people.facts import Profile, Size
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import bank_day_from
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.returns import read_returns
from mamori.law.identification import Registrant
from mamori.law.settings import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME, PAYOUT_PROOF
from mamori.rooms.contact.lifecycle import RemedyState
from mamori.rooms.contact.models import Remedy
from mamori.rooms.payouts import actions as payouts, matters
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.actions import Asked
from mamori.rooms.payouts.holds import actions as holds
from mamori.rooms.payouts.lifecycle import LIVE, PayoutState
from mamori.rooms.payouts.models import Account, Payout, Run, Transfer
from mamori.rooms.payouts.rules import Settled
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.runs.actions import RunRow
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    HANAKO,
    MONDAY,
    OTHER,
    STRANGER,
    TARO,
    actor,
    agent,
    counsel,
    held,
    lead,
    machine,
    registered,
    settle,
)
from mamori.rooms.payouts.tests.test_below import considered
from tests.settled.clearance import contradictions
from tests.shops import asks_no_displays, put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]
PROFILE = Profile(size=Size.THREE, delay=Hours(48))
STEPS = 60
SELLERS = ("S-1", "S-2")


class Walk:
    """One walk: time goes on, somebody does something, and the books are held to what they must be."""

    def __init__(self, seed: int) -> None:
        self.dice, self.at, self.refs, self.runs = random.Random(seed), MONDAY, 0, 0
        self.files: dict[str, set[int]] = {}

    def seller(self) -> str:
        return self.dice.choice(SELLERS)

    def payout(self) -> str:
        return f"P-{self.dice.randint(1, max(1, self.refs))}"

    def ask(self) -> None:
        self.refs += 1
        asked = Asked(f"P-{self.refs}", self.seller(), self.dice.randint(1, 20_000), self.dice.random() < 0.6)
        for _ in range(self.dice.randint(1, 2)):
            payouts.authorize(machine(self.at), asked=asked)

    def enter_account(self) -> None:
        given = self.dice.choice([HANAKO, HANAKO, OTHER, OTHER, TARO, STRANGER])
        accounts.set_account(machine(self.at), seller_ref=self.seller(), given=given)

    def stop_account(self) -> None:
        row = self.dice.choice(list(Account.objects.all()))
        accounts.stop_account(actor(f"seller:{row.payee_id}", Role.SELLER, self.at), account=row.pk)

    def look_at_name(self) -> None:
        row = self.dice.choice(list(Account.objects.all()))
        do = self.dice.choice([accounts.accept_name, accounts.refuse_name])
        do(agent(self.at), account=row.pk, reason="見た")

    def check_identity(self) -> None:
        until = self.dice.choice(
            [None, (self.at - timedelta(days=1)).date(), (self.at + timedelta(days=9)).date()]
        )
        name = self.dice.choice(
            [("山田 花子", "ヤマダ ハナコ"), ("山田 花子", ""), ("鈴木 一郎", "スズキ イチロウ")]
        )
        put_shop(
            machine(self.at),
            **registered(
                ref=self.seller(),
                legal_name=name[0],
                legal_kana=name[1],
                registered_as=Registrant.PERSON,
                verified_at=min(self.at, self.at - timedelta(days=2 if until else 0)),
                verified_until=until,
            ),
        )

    def claim(self) -> None:
        if not Remedy.objects.exists():
            considered()
        else:
            gone = Remedy.objects.filter(closed_at__isnull=True).exists()
            state = RemedyState.DROPPED if gone else RemedyState.CONSIDERED
            Remedy.objects.update(state=state, closed_at=self.at if gone else None)
        payouts.reconsider(machine(self.at), seller_ref="S-1")

    def run(self) -> None:
        self.runs += 1
        day = bank_day_from((self.at + timedelta(days=1)).date())
        number = runs.begin_run(machine(self.at), ref=f"R-{self.runs}", pays_on=day)
        if self.dice.random() < 0.5:
            self.refs += 1
            row = RunRow(1, Asked(f"P-{self.refs}", self.seller(), self.dice.randint(1, 20_000), True))
            runs.take_lines(machine(self.at), run=number, rows=[row])
        if self.dice.random() < 0.8:
            runs.order_run(machine(self.at), run=number)
            if self.dice.random() < 0.3:
                runs.call_off_run(lead(self.at), run=number, reason="取りやめ")
            self.write(number, day)

    def write(self, number: int, day: date) -> None:
        content = runs.write_run(machine(self.at), run=number)
        assert content == runs.write_run(machine(self.at), run=number)
        self.files[str(number)] = {one.reference for one in read(content, on=day).payments}

    def bank(self) -> None:
        out = self.dice.choice(list(Transfer.objects.filter(run__isnull=False).order_by("id")))
        said = self.dice.choice(["入金,", "振込不能,口座なし", "組戻,依頼による組戻"])
        table = f"ref,outcome,reason\n{out.pk:020},{said}\n"
        for _ in range(self.dice.randint(1, 2)):
            payouts.note_returns(machine(self.at), rows=read_returns(table.encode()).rows)

    def tell(self) -> None:
        if self.dice.random() < 0.6:
            payouts.note_paid(machine(self.at), payout=self.payout())
        else:
            payouts.note_returned(machine(self.at), payout=self.payout(), why=Text("解約済み", "closed"))

    def review(self) -> None:
        holds.review(lead(self.at), payout=self.payout(), reason="まだ必要")

    def propose(self) -> None:
        row = Payout.objects.get(ref=self.payout())
        amount = self.dice.randint(1, max(1, row.waits))
        holds.propose_release(lead(self.at), payout=row.ref, amount=amount, reason="要る", profile=PROFILE)

    def agree(self) -> None:
        waiting = people_facts.open_proposals(limit=9)
        people.agree(counsel(self.at), proposal=self.dice.choice(waiting).number, profile=PROFILE)

    def object(self) -> None:
        row = Payout.objects.get(ref=self.payout())
        seller = actor(f"seller:{row.payee_id}", Role.SELLER, self.at)
        holds.object_to_hold(seller, payout=row.ref, said="違います")

    def answer(self) -> None:
        who: Actor = self.dice.choice([lead, counsel])(self.at)
        holds.answer_objection(who, payout=self.payout(), said="見ました")

    def end(self) -> None:
        how = self.dice.choice(list(Settled))
        holds.settle(counsel(self.at), payout=self.payout(), how=how, reason="終わり")

    def prove(self) -> None:
        value = self.dice.choice(["none", "test", "bank"])
        terms.set(lead(self.at), setting=PAYOUT_PROOF, value=value)
        accounts.prove_by_bank(machine(self.at), seller_ref=self.seller(), agrees=self.dice.random() < 0.7)

    def deeds(self) -> list[Callable[[], None]]:
        return [
            self.ask, self.ask, self.ask, self.enter_account, self.stop_account, self.look_at_name,
            self.check_identity, self.claim, self.run, self.bank, self.tell, self.review, self.propose,
            self.agree, self.agree, self.object, self.answer, self.end, self.prove,
        ]  # fmt: skip

    def go(self) -> None:
        for _ in range(STEPS):  # more by hand: each step looks at all books
            self.at += timedelta(hours=self.dice.choice([0, 1, 5, 30, 24 * 9]))
            settle(self.at)
            with suppress(Refusal, IndexError, Payout.DoesNotExist):
                self.dice.choice(self.deeds())()
            settle(self.at)
            while payouts.say_clearances(self.at):
                pass
            assert list(faults(self.files)) == []
            assert list(contradictions(self.at)) == []


def faults(files: dict[str, set[int]]) -> Iterator[str]:
    """Say what is wrong in the books."""
    for row in Payout.objects.all():
        live = row.transfers.filter(state__in=sorted(state.value for state in LIVE))
        goes = live.aggregate(sum=Sum("amount"))["sum"] or 0
        if goes + row.waits + row.settled_amount != row.amount:
            yield f"{row.ref}: {goes} + {row.waits} + {row.settled_amount} != {row.amount}"
        if row.state == PayoutState.HELD and not (row.clause and row.review_at and row.ends_at):
            yield f"{row.ref}: held without clause, look or end"
        if row.waits and not list(_asked(row)):
            yield f"{row.ref}: {row.state}, and nobody is asked"
    in_files = [number for numbers in files.values() for number in numbers]
    if len(in_files) != len(set(in_files)):
        yield "a transfer is in two files"
    for run in Run.objects.filter(state="written"):
        if set(run.transfers.values_list("pk", flat=True)) != files[str(run.pk)]:
            yield f"{run.ref}: the file pays otherwise than the run"


def _asked(row: Payout) -> Iterator[str]:
    """Return what sees to it that a payout does not wait for ever: a clock with an open case, its own or its account's."""
    names = [f"payouts.payout:{row.ref}"]
    names += [f"payouts.account:{one.pk}" for one in row.payee.accounts.filter(closed_at__isnull=True)]
    for name in names:
        case = cases.numbers_of([name])
        if clocks.open_clocks(name) and case and cases.case_of(name).closed_at is None:
            yield name


@pytest.mark.parametrize("seed", range(2))
def test_the_books_are_right_whatever_anybody_does(seed: int) -> None:
    asks_no_displays("lead:2", EARLY)
    for setting, value in (
        (PAYER_CODE, "1234567890"),
        (PAYER_NAME, "ミホン"),
        (PAYER_ACCOUNT, "0001-001-1-9999999"),
    ):
        terms.set(lead(EARLY), setting=setting, value=value)
    walk = Walk(seed)

    walk.go()

    assert Payout.objects.count() > 4
    assert Transfer.objects.exists()
    assert isinstance(walk.at, datetime)


def test_money_of_which_nobody_is_asked_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matters, "show", lambda row, at, **more: None)
    held()

    assert list(faults({})) == ["P-1: held, and nobody is asked"]


def test_a_yen_that_is_lost_and_a_transfer_in_two_files_are_noticed() -> None:
    held()
    Payout.objects.update(waits=9_999)

    assert list(faults({"1": {7}, "2": {7}})) == ["P-1: 0 + 9999 + 0 != 10000", "a transfer is in two files"]
