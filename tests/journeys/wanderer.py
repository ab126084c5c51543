"""Somebody who does something in the room of contact, again and again, in a small marketplace."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Manager, Model, QuerySet

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, ListingLine
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact.lifecycle import RETURNING
from mamori.rooms.contact.models import Proposal, Recovery, Thread, Trouble
from mamori.site import wiring
from tests.shops import put_shop

type Act = Callable[[Walk], None]
NOWHERE: Mapping[Act, Sequence[Act]] = {}
BEGAN = datetime(2026, 4, 1, 9, tzinfo=JAPAN)
BUYERS, SELLERS, PRICE = 6, 3, 8_000
GAPS = (0, 0, 0, 0, 1, 5, 30, 60, 60, 240, 240, 720, 1_440, 2_880)


def walk_seed() -> int:
    """Return the seed of MAMORI_WALK_SEED, or the one that every run of CI walks by; a soak brings others."""
    return int(os.environ.get("MAMORI_WALK_SEED", "20260401"))


@dataclass(slots=True)
class Walk:
    """Somebody does something, again and again; refusals are answers, all else is a fault."""

    dice: random.Random
    now: datetime = BEGAN
    done: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    last: str = ""

    def settle_in(self) -> None:
        """Tell a marketplace of a few; the last seller accepted no clause and has no contact."""
        by = Actor(by="machine:test", role=Role.MACHINE, at=BEGAN - timedelta(days=40), via="test")
        in_force("recovery", at=by.at)
        for number in range(SELLERS):
            known: dict[str, Any] = {}
            if number < SELLERS - 1:
                accepted = (Accepted(clause="recovery", version=1, at=by.at),)
                known = {"mail": f"s{number}@example.jp", "phone": "03-0000-0000", "accepted": accepted}
            put_shop(by, ref=f"S{number}", name="店", **known)
            market.put_listing(by, ListingLine(ref=f"L{number}", seller=f"S{number}", name="品", price=PRICE))
        for number in range(BUYERS):
            market.put_buyer(by, BuyerLine(ref=f"B{number}", name="買手"))

    def step(
        self, acts: Sequence[Act], *, rather: float = 0.05, leads: Mapping[Act, Sequence[Act]] = NOWHERE
    ) -> None:
        """Do one thing, `rather` one that was never done, mostly by the right actor, at times with an older moment.

        Half the time something that `leads` to what was never done is done instead.
        """
        self.now += timedelta(minutes=self.dice.choice(GAPS) if self.dice.random() < 0.25 else 1)
        if self.dice.random() < 0.3:
            self.play()
        undone = [act for act in acts if act.__name__.strip("_") not in self.done]
        act = self.dice.choice(undone if undone and self.dice.random() < rather else acts)
        if act in leads and act in undone and self.dice.random() < 0.5:
            act = self.dice.choice(leads[act])
        self.last = name = act.__name__.strip("_")
        try:
            act(self)
        except Refusal as refusal:
            self.refused[refusal.code] = self.refused.get(refusal.code, 0) + 1
        else:
            self.done[name] = self.done.get(name, 0) + 1

    def play(self) -> None:
        """Ring and work off up to now in the order of time, as `settle` does, without the log's fsyncs."""
        while (coming := clock_facts.next_firing(until=self.now)) is not None:
            clocks.fire_due(at=coming, tasks=wiring.RINGS, limit=1)
            outbox.work(at=coming)
        outbox.work(at=self.now)

    def one_of[M: Model](self, rows: Manager[M] | QuerySet[M], *by: str) -> M | None:
        """Return any of the rows, by the walk's own dice; `by` orders them where their keys are drawn at random."""
        found = list(rows.order_by(*by or ("pk",)))
        return self.dice.choice(found) if found else None

    def actor(self, by: str, role: Role) -> Actor:
        """Return the actor asked for, or now and then somebody else's."""
        at = self.now - timedelta(minutes=self.dice.choice((0, 0, 0, 0, 1, 90)))
        if self.dice.random() < 0.05:
            role = self.dice.choice(list(Role))
        return Actor(by=by, role=role, at=at, via="walk")

    def thread(self) -> Thread:
        """Return a thread, rather an open one."""
        found = Thread.objects.filter(closed_at__isnull=self.dice.random() < 0.95).order_by("-id")[:12]
        return self.dice.choice(found or [_nothing()])

    def trouble(self) -> Trouble:
        """Return a trouble, rather an open one."""
        is_open = self.dice.random() < 0.95
        found = (
            Trouble.objects.filter(closed_at__isnull=is_open).select_related("thread").order_by("-id")[:12]
        )
        return self.dice.choice(found or [Trouble(pk=0, thread=_nothing())])

    def returning(self) -> Trouble:
        """Return a trouble whose goods come back, or any."""
        rows = Trouble.objects.filter(remedy__state__in=sorted(RETURNING)).select_related("thread")
        found = rows.order_by("pk")[:6]
        return self.dice.choice(found or [self.trouble()])

    def recovery(self) -> Recovery:
        """Return a recovery, rather an open one."""
        found = Recovery.objects.filter(closed_at__isnull=self.dice.random() < 0.95).order_by("-id")[:6]
        return self.dice.choice(found or [Recovery(pk=0, seller_ref="S0")])

    def buyer(self, thread: Thread) -> Actor:
        """Return the thread's buyer."""
        return self.actor(f"buyer:{thread.buyer_ref}", Role.BUYER)

    def seller(self, ref: str) -> Actor:
        """Return the seller or a delegate."""
        if self.dice.random() < 0.3:
            return self.actor(f"seller:{ref}/hanako", Role.DELEGATE)
        return self.actor(f"seller:{ref}", Role.SELLER)

    def party(self, trouble: Trouble) -> Actor:
        """Return the buyer or the seller of a trouble."""
        thread = trouble.thread
        return self.buyer(thread) if self.dice.random() < 0.5 else self.seller(thread.seller_ref)

    def anybody(self, trouble: Trouble) -> Actor:
        """Return a party of a trouble, or staff."""
        return self.staff() if self.dice.random() < 0.4 else self.party(trouble)

    def proposal(self) -> Proposal:
        """Return a proposal, rather an open one."""
        is_open = self.dice.random() < 0.95
        rows = Proposal.objects.filter(closed_at__isnull=is_open).select_related("trouble__thread")
        return self.dice.choice(
            rows.order_by("-id")[:12] or [Proposal(pk=0, trouble=Trouble(pk=0, thread=_nothing()))]
        )

    def staff(self) -> Actor:
        """Return one of the staff."""
        role = self.dice.choice((Role.AGENT, Role.LEAD, Role.COUNSEL))
        return self.actor(f"{role}:x", role)


def _nothing() -> Thread:
    return Thread(pk=0, buyer_ref="B0", seller_ref="S0")


def is_taken[T](deed: Callable[[T], None], given_to: T) -> bool:
    """Do it, and say whether it was not refused."""
    try:
        deed(given_to)
    except Refusal:
        return False
    return True
