"""The year played: each trouble goes through the room's own actions and clocks, in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from mamori.grammar.businesstime import Hours
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.actions import Rang
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ContactsLine, OrderLine, SellerLine
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import AGREEMENT, ANSWER, PROPOSAL, REMEDY_DECISION, RESOLUTION, SILENCE
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.claiming import RemedyHindered
from mamori.rooms.contact.lifecycle import TroubleState
from mamori.rooms.contact.models import Call, Proposal, Trouble
from mamori.rooms.contact.rules.clocks.kinds import URGE_CLOCK
from mamori.rooms.contact.rules.danger import Answers, Known
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.reasons import NoRemedyBecause
from mamori.rooms.contact.rules.urging import Means
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site.wiring import RINGS
from trials.year.people import Behaviour, Matter

BEGIN = datetime(2026, 1, 1, tzinfo=JAPAN)
PRICE = 4_800
SAFE = Answers(injured=Known.NO, fire=Known.NO, kept=Known.YES, stopped=Known.YES)
MINUTE = timedelta(minutes=1)
type Deed = Callable[[datetime], None]
type Task = Callable[[Rang], None]
DECIDES = (RESOLUTION.code, AGREEMENT.code, PROPOSAL.code, REMEDY_DECISION.code)
"""When one of these rings, the centre decides on a refund at its next working hour."""


def hand(by: str, role: Role, at: datetime) -> Hand:
    """Return a hand of the simulation."""
    return Hand(by=by, role=role, at=at, via="bench")


@dataclass(slots=True)
class Play:
    """The year with or without our help; `deaf` are the kinds of clock that ring and nobody hears."""

    behaviour: Behaviour
    helps: bool = True
    deaf: frozenset[str] = frozenset()
    waiting: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    matters: dict[int, Matter] = field(default_factory=dict)
    heard: list[Rang] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=count)
    _called: set[int] = field(default_factory=set)

    def go(self, matters: list[Matter]) -> None:
        """Play until nothing waits and no clock is left to ring."""
        for matter in matters:
            self.later(BEGIN + matter.opened_minute * MINUTE, partial(self._report, matter))
        rings, end = self._rings(), BEGIN + timedelta(days=900)
        while True:
            until = self.waiting[0][0] if self.waiting else end
            ring = clock_facts.next_ring(until=until)
            if ring is not None:
                clocks.ring_due(at=ring, tasks=rings)
                heard, self.heard = self.heard, []
                for rang in heard:
                    self._hear(rang)
            elif self.waiting:
                at, _, deed = heapq.heappop(self.waiting)
                try:
                    deed(at)
                except (
                    Refusal
                ) as refusal:  # somebody else was first, such as a refund on its way: an answer, no fault
                    self._count(f"refused {refusal.code}")
            else:
                return

    def later(self, at: datetime, deed: Deed) -> None:
        """Do something at a moment to come."""
        heapq.heappush(self.waiting, (at, next(self._numbers), deed))

    def _rings(self) -> Mapping[str, Task]:
        """Return the room's own rings, listened to; without our help only the end for want of a reply is left."""

        def listened(kind: str, task: Task) -> Task:
            def ring(rang: Rang) -> None:
                if kind in self.deaf or not (self.helps or kind == SILENCE.code):
                    return
                task(rang)
                self.heard.append(rang)

            return ring

        return {kind: listened(kind, task) for kind, task in RINGS.items()}

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    # The buyer.

    def _report(self, matter: Matter, at: datetime) -> None:
        seller, buyer = self.seller(matter, at), self.buyer(matter, at)
        machine = hand("machine:market", Role.MACHINE, at)
        market.put_seller(machine, SellerLine(ref=seller.by[7:], name="店"))
        reached = ContactsLine(ref=seller.by[7:], mail="s@example.jp", phone="03-0000-0000")
        market.put_contacts(machine, reached)
        market.put_buyer(machine, BuyerLine(ref=buyer.by[6:], name="買手"))
        line = OrderLine(
            ref=matter.order_ref,
            buyer=buyer.by[6:],
            seller=seller.by[7:],
            amount=PRICE,
            ordered_at=at - timedelta(days=3),
        )
        market.put_order(machine, line)
        matter.trouble = contact.open_trouble(
            buyer,
            order_ref=matter.order_ref,
            topic=Topic.UNSAFE if matter.is_dangerous else Topic.BROKEN,
            harm=Harm.DANGER if matter.is_dangerous else Harm.MONEY,
            said="動きません。",
            centre_may_read=True,
        )
        matter.thread = Trouble.objects.values_list("thread_id", flat=True).get(pk=matter.trouble)
        self.matters[matter.trouble] = matter
        if matter.happens(matter.manner.answers):
            after = matter.within(matter.manner.after) * MINUTE
            solves = matter.happens(matter.manner.solves)
            self.later(at + after, lambda then: self._answer(matter, then, solves=solves))
        if matter.happens(self.behaviour.withdraws):
            after = matter.within((1, 40)) * MINUTE
            self.later(at + after, lambda then: self._withdraw(matter, then))
        self._see_call(matter, at)

    def _withdraw(self, matter: Matter, at: datetime) -> None:
        if self._is_open(matter) and not matter.is_settled:
            contact.withdraw(self.buyer(matter, at), trouble=matter.trouble, gives_up=self._waiting(matter))

    def _satisfied(self, matter: Matter, at: datetime) -> None:
        """The goods or the money have come; most buyers say so."""
        matter.has_come = True
        if matter.money_minute is None and matter.wants_money:
            matter.money_minute = round((at - BEGIN) / MINUTE)
        if self._is_open(matter) and matter.says_solved:
            contact.solve(self.buyer(matter, at), trouble=matter.trouble, gives_up=self._waiting(matter))

    def _unsolved(self, matter: Matter, at: datetime) -> None:
        found = self._trouble(matter)
        if found.closed_at or matter.is_settled or found.thread.state != "answered":
            return
        contact.say_unsolved(self.buyer(matter, at), trouble=matter.trouble, said="まだ解決していません。")
        if self.helps and found.state == TroubleState.OPEN:
            contact.request_mediation(self.buyer(matter, at), trouble=matter.trouble)
            self._mediate_later(matter, at)
        if matter.happens(matter.manner.retries):
            after = matter.within(self.behaviour.retries_after) * MINUTE
            mends = matter.happens(matter.manner.mends)
            self.later(at + after, lambda then: self._answer(matter, then, solves=mends))
        self._see_call(matter, at)

    # The seller.

    def _answer(self, matter: Matter, at: datetime, *, solves: bool) -> None:
        if not self._is_open(matter) or matter.is_settled:
            return
        contact.answer(self.seller(matter, at), thread=matter.thread, said="対応します。")
        self._count("answers")
        if solves:
            matter.is_settled = True
            after = matter.solved_minutes * MINUTE
            self.later(at + after, lambda then: self._satisfied(matter, then))
        elif matter.happens(self.behaviour.insists):
            after = matter.within(self.behaviour.unsolved_after) * MINUTE
            self.later(at + after, lambda then: self._unsolved(matter, then))

    def _urged(self, matter: Matter, at: datetime, share: float, span: tuple[int, int]) -> None:
        """A seller that is urged acts with the share, once."""
        if matter.urged or matter.is_settled or not matter.happens(share):
            return
        matter.urged = True
        is_again = self._trouble(matter).first_answered_at is not None
        solves = matter.happens(matter.manner.mends if is_again else matter.manner.solves)
        after = matter.within(span) * MINUTE
        self.later(at + after, lambda then: self._answer(matter, then, solves=solves))

    # The centre.

    def _hear(self, rang: Rang) -> None:
        matter = self.matters.get(int(rang.about.rpartition(":")[2]))
        if matter is None or not rang.about.startswith("contact.trouble:"):
            return
        self._count(rang.kind)
        if rang.kind == URGE_CLOCK and not rang.key.endswith(Means.CALL):
            self._urged(matter, rang.at, matter.manner.heeds, self.behaviour.heeds_after)
        if rang.kind == ANSWER.code:
            self._urged(matter, rang.at, matter.manner.heeds, self.behaviour.heeds_after)
            self._mediate_later(matter, rang.at)
        if rang.kind in DECIDES:
            self.later(self.working(rang.at), lambda then: self._decide(matter, then))
        self._see_call(matter, rang.at)

    def working(self, at: datetime) -> datetime:
        """Return the moment itself while the centre works, or when it next opens."""
        local, calendar = at.astimezone(JAPAN), clock_facts.calendar()
        day = local.replace(hour=self.behaviour.opens, minute=0, second=0, microsecond=0)
        if calendar.why_closed(local.date()) is None and local.hour < self.behaviour.closes:
            return max(local, day)
        day += timedelta(days=1)
        while calendar.why_closed(day.date()) is not None:
            day += timedelta(days=1)
        return day

    def _see_call(self, matter: Matter, at: datetime) -> None:
        """Plan the call that waits for the matter, if one does: at a working hour, and not before its time."""
        if not self.helps:
            return
        self._see_danger(matter, at)
        call = Call.objects.filter(trouble=matter.trouble, whom="seller", closed_at__isnull=True).first()
        if call is not None and call.pk not in self._called:
            self._called.add(call.pk)
            when = self.working(max(at + 30 * MINUTE, call.not_before))
            self.later(when, lambda then: self._call(matter, call.pk, then))

    def _see_danger(self, matter: Matter, at: datetime) -> None:
        """Plan to reach a buyer in danger, at a working hour."""
        call = Call.objects.filter(trouble=matter.trouble, whom="buyer", closed_at__isnull=True).first()
        if call is not None and call.pk not in self._called:
            self._called.add(call.pk)
            self.later(self.working(at + 30 * MINUTE), lambda then: self._reach(call.trouble_id, then))

    def _reach(self, trouble: int, at: datetime) -> None:
        if Call.objects.filter(trouble=trouble, whom="buyer", closed_at__isnull=True).exists():
            contact.reach_buyer(self.agent(at), trouble=trouble, answers=SAFE)
            self._count("buyers reached")

    def _call(self, matter: Matter, call: int, at: datetime) -> None:
        if not Call.objects.filter(pk=call, closed_at__isnull=True).exists():
            return
        is_reached = matter.happens(matter.manner.picks_up)
        contact.record_call(
            self.agent(at),
            call=call,
            outcome=Outcome.PROMISED if is_reached else Outcome.NO_ANSWER,
            promised_within=Hours(4) if is_reached else None,
        )
        self._count("calls")
        if is_reached:
            self._urged(matter, at, matter.manner.keeps, (1, 4))
        self._see_call(matter, at)

    def _mediate_later(self, matter: Matter, at: datetime) -> None:
        self.later(self.working(at + 30 * MINUTE), lambda then: self._mediate(matter, then))

    def _mediate(self, matter: Matter, at: datetime) -> None:
        if self._trouble(matter).state != TroubleState.MEDIATED:
            return
        contact.take_mediation(self.agent(at), trouble=matter.trouble)
        self._count("mediations")
        if not Proposal.objects.filter(trouble=matter.trouble, closed_at__isnull=True).exists():
            kind = Kind.FULL_REFUND if matter.wants_money else Kind.REPLACEMENT
            proposal = contact.propose(self.agent(at), trouble=matter.trouble, kind=kind)
            self._agree(matter, proposal, at)
        decides = self.working(at + timedelta(hours=self.behaviour.decides_after))
        self.later(decides, lambda then: self._decide(matter, then))

    def _agree(self, matter: Matter, proposal: int, at: datetime) -> None:
        """Both parties look at the centre's proposal; what the seller then does settles it."""
        if not matter.happens(matter.manner.agrees):
            return

        def buyer(then: datetime) -> None:
            if self._is_offered(proposal):
                contact.accept(self.buyer(matter, then), proposal=proposal)

        def seller(then: datetime) -> None:
            if not self._is_offered(proposal) or matter.is_settled:
                return
            contact.accept(self.seller(matter, then), proposal=proposal)
            matter.is_settled = True
            after = matter.solved_minutes * MINUTE
            self.later(then + after, lambda done: self._satisfied(matter, done))

        self.later(at + matter.within((1, 4)) * MINUTE, buyer)
        self.later(at + matter.within((1, 9)) * MINUTE, seller)

    def _decide(self, matter: Matter, at: datetime) -> None:
        """Refund in the seller's place, unless it is being settled (the buyer is asked) or something stands against it."""
        found = self._trouble(matter)
        remedy = getattr(found, "remedy", None)
        if found.closed_at:
            return
        if matter.is_settled:
            if matter.has_come and found.state == TroubleState.OVERDUE:
                contact.solve(
                    self.agent(at),
                    trouble=matter.trouble,
                    reason="購入者に電話で確かめた",
                    gives_up=self._waiting(matter),
                )
                self._count("asked")
            return
        if found.state == TroubleState.OPEN or (remedy is not None and remedy.instruction):
            return
        try:
            instruction = contact.grant_remedy(
                self.agent(at), trouble=matter.trouble, amount=PRICE, reason="期限までに解決しない"
            )
        except RemedyHindered:
            self._count("refused")
            lead = hand("lead:1", Role.LEAD, at)
            contact.refuse_remedy(
                lead, trouble=matter.trouble, because=NoRemedyBecause.LIMITS, reason="補償の範囲外"
            )
            return
        self._count("grants")
        after = matter.within(self.behaviour.confirms) * MINUTE
        self.later(at + after, lambda then: self._confirm(matter, instruction, then))

    def _confirm(self, matter: Matter, instruction: str, at: datetime) -> None:
        market.confirm(hand("machine:market", Role.MACHINE, at), instruction=instruction, outcome="confirmed")
        while outbox.work(at=at, limit=500):
            pass
        if matter.money_minute is None and matter.wants_money:
            matter.money_minute = round((at - BEGIN) / MINUTE)

    def _waiting(self, matter: Matter) -> int | None:
        """Return the proposal that an end lets go."""
        found = Proposal.objects.filter(trouble=matter.trouble, closed_at__isnull=True).first()
        return found.pk if found else None

    def _is_offered(self, proposal: int) -> bool:
        return Proposal.objects.filter(pk=proposal, state="offered").exists()

    def _is_open(self, matter: Matter) -> bool:
        return Trouble.objects.filter(pk=matter.trouble, closed_at__isnull=True).exists()

    def _trouble(self, matter: Matter) -> Trouble:
        return Trouble.objects.select_related("thread", "remedy").get(pk=matter.trouble)

    def buyer(self, matter: Matter, at: datetime) -> Hand:
        """Return the buyer's hand: a buyer for each order, as limits a year are not what is measured."""
        return hand(f"buyer:B-{matter.number}", Role.BUYER, at)

    def seller(self, matter: Matter, at: datetime) -> Hand:
        """Return the seller's hand."""
        return hand(f"seller:S-{matter.shop}", Role.SELLER, at)

    def agent(self, at: datetime) -> Hand:
        """Return the hand of the centre."""
        return hand("agent:1", Role.AGENT, at)
