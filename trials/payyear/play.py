"""The year played: every payout, change, look and trouble goes through the rooms' own actions and clocks, in order of time."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import (
    Accepted,
    BuyerLine,
    ContactsLine,
    OrderLine,
    SellerLine,
    VerificationLine,
)
from mamori.ground.market.models import Instruction
from mamori.ground.outbox import actions as outbox
from mamori.japan.bankdays import why_banks_close
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import CLAUSES
from mamori.law.identification import Method, Registrant
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Recovery, Remedy
from mamori.rooms.contact.rules.reasons import DeductBecause
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.answers import PayoutFact
from mamori.rooms.payouts.models import Account
from mamori.site.wiring import RINGS
from trials.payyear.people import DAY, Behaviour, Kind, Seller

BEGIN = datetime(2026, 1, 5, 9, tzinfo=JAPAN)
END = datetime(2026, 12, 28, tzinfo=JAPAN)
PAYDAY = 15
PRICE = 4_800
SHIFT = range(10, 17)
"""The hours at which somebody at the centre looks what waits, on business days."""
type Deed = Callable[[datetime], None]


def hand(by: str, role: Role, at: datetime) -> Hand:
    """Return a hand of the simulation."""
    return Hand(by=by, role=role, at=at, via="bench")


def machine(at: datetime) -> Hand:
    """Return the marketplace's hand."""
    return hand("machine:market", Role.MACHINE, at)


@dataclass(slots=True)
class Play:
    """The year of these sellers; `answers` are what was answered on each payout when it was asked for."""

    behaviour: Behaviour
    sellers: dict[str, Seller]
    dice: random.Random
    answers: list[tuple[Seller, PayoutFact]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    own: dict[int, bool] = field(default_factory=dict)
    waiting: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def go(self) -> None:
        """Play until the year is over."""
        for seller in self.sellers.values():
            self.later(BEGIN, partial(self._join, seller))
        for month in range(1, 13):
            for seller in self.sellers.values():
                at = datetime(2026, month, PAYDAY, 9, tzinfo=JAPAN) + timedelta(
                    seconds=self.dice.randrange(28_800)
                )
                self.later(at, partial(self._ask, seller))
        for day in (BEGIN.date() + DAY * number for number in range((END - BEGIN).days)):
            if why_banks_close(day) is None:
                for hour in SHIFT:
                    self.later(_at(day, hour), self._shift)
        while self.waiting:
            at, _, deed = heapq.heappop(self.waiting)
            self._ring(at)
            try:
                deed(at)
            except Refusal as refusal:
                self.counts[f"refused {refusal.code}"] += 1
            outbox.work(at=at, limit=1_000)

    def later(self, at: datetime, deed: Deed) -> None:
        """Do something at a moment to come, if the year is not over."""
        if at < END:
            heapq.heappush(self.waiting, (at, next(self._numbers), deed))

    def _ring(self, until: datetime) -> None:
        while (due := clock_facts.next_ring(until=until)) is not None:
            clocks.ring_due(at=due, tasks=RINGS)
            outbox.work(at=due, limit=1_000)

    def _some_day(self) -> datetime:
        return BEGIN + timedelta(minutes=self.dice.randrange(20 * 1_440, 350 * 1_440))

    def _happens(self, share: float) -> bool:
        return self.dice.random() < share

    # The seller.

    def _join(self, seller: Seller, at: datetime) -> None:
        seller.mail = f"{seller.ref}@example.jp"
        until = (at + DAY * self.dice.randrange(30, 1_095)).date()
        self._register(seller, at, until)
        seller.is_own = seller.kind in (Kind.HONEST, Kind.STOLEN)
        self._enter(seller, at, own=seller.is_own)
        self._renew_later(seller, until)
        if seller.kind is Kind.STOLEN:
            self.later(self._some_day(), partial(self._take_over, seller))
        elif seller.kind is Kind.HONEST:
            if self._happens(self.behaviour.changes_account):
                self.later(self._some_day(), partial(self._enter, seller, own=True))
            if self._happens(self.behaviour.troubled):
                self.later(self._some_day(), partial(self._trouble, seller))

    def _register(self, seller: Seller, at: datetime, until: date) -> None:
        company = seller.registrant is Registrant.COMPANY
        accepted = tuple(Accepted(clause=one.code, version=one.version, at=BEGIN) for one in CLAUSES)
        market.put_seller(machine(at), SellerLine(ref=seller.ref, name="店", accepted=accepted))
        market.put_contacts(machine(at), ContactsLine(ref=seller.ref, mail=seller.mail))
        line = VerificationLine(
            ref=seller.ref,
            legal_name=seller.name,
            legal_kana=seller.kana,
            registered_as=seller.registrant,
            verified_by=Method.CERTIFICATE if company else Method.IC_CHIP,
            verified_at=at,
            verified_until=until,
        )
        market.put_verification(machine(at), line)

    def _enter(self, seller: Seller, at: datetime, *, own: bool) -> None:
        seller.is_own = own
        given = actions.Given(**seller.account(self.dice, own=own))
        row = actions.set_account(
            hand(f"seller:{seller.ref}", Role.SELLER, at), seller_ref=seller.ref, given=given
        )
        self.own[row] = own

    def _renew_later(self, seller: Seller, until: date) -> None:
        is_late = self._happens(self.behaviour.renews_late)
        days = self.dice.randint(1, self.behaviour.late_days_most) if is_late else -self.dice.randint(1, 25)
        self.later(_at(until, 11) + DAY * days, partial(self._renew, seller))

    def _renew(self, seller: Seller, at: datetime) -> None:
        until = (at + DAY * 730).date()
        self._register(seller, at, until)

    def _take_over(self, seller: Seller, at: datetime) -> None:
        """Let somebody with the seller's session change the mail address and then the account; the seller stops it, or not."""
        seller.mail = f"thief-{seller.number}@example.com"
        line_until = (at + DAY * 400).date()
        self._register(seller, at, line_until)
        self.later(at + timedelta(minutes=20), partial(self._enter, seller, own=False))
        if self._happens(0.5):
            self.later(at + timedelta(hours=5), partial(self._stop, seller))

    def _stop(self, seller: Seller, at: datetime) -> None:
        for row in Account.objects.filter(payee=seller.ref, closed_at__isnull=True):
            if not self.own[row.pk]:
                actions.stop_account(hand("agent:1", Role.AGENT, at), account=row.pk)
                self.counts["stopped after the notice to the former address"] += 1

    # Money.

    def _ask(self, seller: Seller, at: datetime) -> None:
        asked = actions.Asked(f"P-{at:%m}-{seller.ref}", seller.ref, self.dice.randint(500, 90_000))
        answer = actions.authorize(machine(at), asked=asked)
        self.answers.append((seller, answer))
        if self._happens(self.behaviour.bounces) and answer.released:
            self.later(at + 2 * DAY, partial(self._bounce, seller, asked.ref))

    def _bounce(self, seller: Seller, ref: str, at: datetime) -> None:
        self.counts["came back from the bank"] += 1
        actions.note_returned(machine(at), payout=ref, why=Text("口座なし", "no such account"))
        self.later(at + DAY * self.dice.randint(1, 3), partial(self._enter, seller, own=seller.is_own))

    def _trouble(self, seller: Seller, at: datetime) -> None:
        """Let a buyer whom the seller never answers get its money back from the operator, who takes it from the seller."""
        buyer = f"B-{seller.number}"
        market.put_buyer(machine(at), BuyerLine(ref=buyer, name="買手"))
        line = OrderLine(
            ref=f"O-{seller.number}", buyer=buyer, seller=seller.ref, amount=PRICE, ordered_at=at - 3 * DAY
        )
        market.put_order(machine(at), line)
        by = hand(f"buyer:{buyer}", Role.BUYER, at)
        contact.open_trouble(
            by,
            order_ref=line.ref,
            topic=Topic.BROKEN,
            harm=Harm.MONEY,
            said="動きません",
            centre_may_read=True,
        )
        self.counts["troubles"] += 1

    # The centre.

    def _shift(self, at: datetime) -> None:
        """Look at every name that waits, decide on refunds and what sellers bear of them; the shop does what it was told."""
        agent, lead = hand("agent:1", Role.AGENT, at), hand("lead:2", Role.LEAD, at)
        for row in Account.objects.filter(look_since__isnull=False, closed_at__isnull=True):
            look = actions.accept_name if self.own[row.pk] else actions.refuse_name
            look(agent, account=row.pk, reason="書類と見比べた")
            self.counts["names looked at"] += 1
        for trouble in Remedy.objects.filter(state="considered").values_list("trouble_id", flat=True):
            self._try(partial(contact.grant_remedy, lead, trouble=trouble, amount=PRICE, reason="回答がない"))
        for ref in Instruction.objects.filter(closed_at__isnull=True).values_list("pk", flat=True):
            self._try(partial(market.confirm, machine(at), instruction=ref, outcome="confirmed"))
        for recovery, most in Recovery.objects.filter(closed_at__isnull=True, instruction="").values_list(
            "pk", "most"
        ):
            why = DeductBecause.NO_ANSWER
            self._try(
                partial(contact.claim, lead, recovery=recovery, amount=most, because=why, reason="回答がない")
            )

    def _try(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except Refusal as refusal:
            self.counts[f"refused {refusal.code}"] += 1


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=JAPAN)
