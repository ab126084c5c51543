"""Plants half a year of all that is counted for everybody, as bulk rows, of any size."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.db import models

from mamori.ground.clocks.models import RUNG, STOPPED, Clock
from mamori.japan.calendar import Month
from mamori.law.deadlines import ANSWER
from mamori.law.outreach import ARTICLE5
from mamori.rooms.contact.models import Call, Formal, Mediation, Proposal, Remedy, Thread, Trouble
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.display.models import Content, DisplayVersion, ItemRequest
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.identity.models import Version
from mamori.rooms.outreach.models import Campaign, CampaignDay
from mamori.rooms.payouts.models import Account, Payee

BATCH = 2_000
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ENDS = {"solved": 70, "made_good": 10, "withdrawn": 6, "declined": 6, "mediated": 8}
"""How troubles end, of a hundred; the last goes on."""
type Row = dict[str, Any]


def plant(months: Sequence[Month], *, each: int, seed: int = 6) -> None:
    """Plant about `each` troubles a month, and of the rest what goes with that."""
    dice = random.Random(seed)  # noqa: S311  # a replayable choice
    for month in months:
        count = max(0, each + dice.randint(-each // 10, each // 10))
        one = _Planting(month, dice)
        whats = {one.troubles: 1, one.clocks: 1, one.questions: 3, one.findings: 8, one.requests: 20}
        for what, share in (whats | {one.sellers: 5}).items():
            what(count // share)


class _Planting:
    """One month; what is made of a row's number and a moment is a row's columns."""

    def __init__(self, month: Month, dice: random.Random) -> None:
        self.month, self.dice = month, dice

    def moment(self) -> datetime:
        """Draw a moment of the month."""
        whole = (self.month.until - self.month.since).total_seconds()
        return self.month.since + timedelta(microseconds=self.dice.randrange(int(whole * 1_000_000)))

    def later(self, at: datetime, least: int, most: int) -> datetime:
        """Draw a moment so many seconds later."""
        return at + timedelta(seconds=self.dice.randint(least, most))

    def rows(
        self, model: type[models.Model], many: Iterable[Any], make: Callable[[Any, datetime], Row]
    ) -> list[Any]:
        """Write a row for each, and return them with their numbers."""
        made = (model(**make(one, self.moment())) for one in many)
        return [row for part in batched(made, BATCH) for row in model._default_manager.bulk_create(part)]

    def threads(self, count: int, order: str) -> list[Thread]:
        """Plant threads about an order, or about a listing."""

        def thread(number: int, at: datetime) -> Row:
            who = {"buyer_ref": f"B-{self.month}-{number}", "seller_ref": f"S-{number % 50}"}
            about = {"order_ref": f"{order}{self.month}-{number}"} if order else {"listing_ref": "L-1"}
            times = {"opened_at": at, "last_at": at, "closed_at": at + DAY}
            return {"topic": "broken", "state": "closed"} | who | about | times

        return self.rows(Thread, range(count), thread)

    def troubles(self, count: int) -> None:
        """Plant troubles, mediations, refunds, calls and proposals."""
        ways = [way for way, share in ENDS.items() for _ in range(share)]

        def trouble(thread: Thread, _: datetime) -> Row:
            state, took = self.dice.choice(ways), timedelta(seconds=self.dice.expovariate(1 / 90_000))
            due = thread.opened_at + self.dice.randint(48, 140) * HOUR
            told = {"thread": thread, "harm": "money", "progress": "started", "state": state}
            times = {"opened_at": thread.opened_at, "answer_due_at": due - DAY, "resolution_due_at": due}
            return told | times | {"closed_at": None if state == "mediated" else thread.opened_at + took}

        def mediation(one: Trouble, _: datetime) -> Row:
            at = one.opened_at + self.dice.randint(1, 60) * DAY
            return {"trouble": one, "cause": "asked", "state": "open", "opened_at": at}

        def remedy(one: Trouble, _: datetime) -> Row:
            times = {"opened_at": one.opened_at, "closed_at": self.later(one.opened_at, 60_000, 900_000)}
            return {
                "trouble": one,
                "buyer_ref": one.thread.buyer_ref,
                "amount": 1_000,
                "state": "done",
            } | times

        def call(one: Trouble, at: datetime) -> Row:
            times = dict.fromkeys(("due_at", "not_before", "promised_at", "opened_at", "closed_at"), at)
            said = {"why": "unanswered", "outcome": "promised", "kept": self.dice.random() < 0.7}
            return {"trouble": one, "seller_ref": "S-1", "state": "done"} | said | times

        def proposal(one: Trouble, at: datetime) -> Row:
            names = ("buyer_agreed_at", "seller_agreed_at", "due_at", "opened_at", "closed_at")
            offer = {"trouble": one, "number": 1, "by_side": "centre", "kind": "refund"}
            return offer | {"state": self.dice.choice(("kept", "kept", "missed"))} | dict.fromkeys(names, at)

        made = self.rows(Trouble, self.threads(count, "O-"), trouble)
        helped = [one for one in made if self.dice.random() < 0.2]
        self.rows(Mediation, helped, mediation)
        self.rows(Remedy, (one for one in made if one.state == "made_good"), remedy)
        self.rows(Call, (one for one in made if self.dice.random() < 0.1), call)
        self.rows(Proposal, helped, proposal)

    def clocks(self, count: int) -> None:
        """Plant answers in time and late."""

        def clock(number: int, done: datetime) -> Row:
            late = self.dice.random() < 0.15
            due = done - HOUR if late else done + HOUR
            times = {"started_at": done - DAY, "due_at": due, "done_at": done}
            outcome = RUNG if late and self.dice.random() < 0.5 else STOPPED
            told = {"duration": "24h", "calendar": "planted", "outcome": outcome, "why": "answered"}
            return {"kind": ANSWER.code, "about": f"planted:{self.month}-{number}"} | times | told

        self.rows(Clock, range(count), clock)

    def questions(self, count: int) -> None:
        """Plant questions, a quarter of them with a formal notice."""

        def formal(one: Thread, at: datetime) -> Row:
            who = {"buyer_ref": one.buyer_ref, "seller_ref": one.seller_ref, "order_ref": f"O-{one.pk}"}
            return {"notice": "return", "sealed": b"-", "arrived_at": at} | who

        self.rows(Formal, self.threads(count, "")[: count // 4], formal)

    def findings(self, count: int) -> None:
        """Plant findings, decided, dismissed and open."""

        def finding(number: int, at: datetime) -> Row:
            state = self.dice.choice(("decided", "decided", "decided", "dismissed", "found"))
            end = self.later(at, 3_600, 2_000_000)
            what = {"breach": "display", "harm": "none", "alleged": b"-"}
            what |= {"severity": self.dice.choice(("minor", "minor", "serious", "grave"))}
            origin = {"origin": f"planted:{self.month}-{number}", "source": "staff", "automated": False}
            times = {"found_at": at, "opened_at": at, "closed_at": None if state == "found" else end}
            decided = {"decided_at": end if state == "decided" else None, "state": state}
            return {"seller_ref": f"S-{number % 50}"} | what | origin | times | decided

        self.rows(Finding, range(count), finding)

    def requests(self, count: int) -> None:
        """Plant requests for who a seller is."""
        states = ("disclosed", "disclosed", "partly", "refused", "withdrawn", "examining")

        def request(_: int, at: datetime) -> Row:
            state = self.dice.choice(states)
            asks = {"channel": "page", "sealed_for": "market", "asking": "self", "bought_as": "consumer"}
            why = {"claim": "not_delivered", "need": "suit", "identity": "none", "state": state}
            refused = ["claim", "need"] if state == "refused" else []
            end = None if state == "examining" else self.later(at, 90_000, 3_000_000)
            return asks | why | {"received_at": at, "turn_at": at, "refused_on": refused, "closed_at": end}

        self.rows(SellerRequest, range(count), request)

    def sellers(self, count: int) -> None:
        """Plant displays, requests for omitted items, checks of names, accounts, and a campaign told day by day."""
        ref, dice, numbers = f"S-{self.month}", self.dice, range(1, count + 1)
        content = Content.objects.create(seller_ref=ref, digest=str(self.month), sealed=b"-")
        payee = Payee.objects.create(seller_ref=ref)

        def display(number: int, at: datetime) -> Row:
            told = {"content": content, "by": "seller", "act": number, "told_at": at}
            return {"seller_ref": ref, "number": number} | told

        def name(number: int, at: datetime) -> Row:
            how = {"sealed": b"-", "method": "card", "covered": dice.random() < 0.9}
            when = {"verified_at": self.month.since, "told_at": at}
            return {"seller_ref": ref, "number": number} | how | when

        def asked(_: int, at: datetime) -> Row:
            state = dice.choice(("given", "given", "given", "asked", "excused"))
            end = None if state == "asked" else self.later(at, 3_600, 6_000_000)
            who = {"seller_ref": ref, "buyer_ref": "B-1", "number": 1, "items": ["address"]}
            return who | {"asked_at": at, "begun_at": at, "state": state, "closed_at": end}

        def account(number: int, at: datetime) -> Row:
            adopted = self.later(at, 3_600, 6_000_000) if dice.random() < 0.8 else None
            who = {"payee": payee, "number": number, "sealed": b"-", "asked_by": "seller", "asked_at": at}
            return who | {"adopted_at": adopted, "closed_at": adopted or at, "state": "replaced"}

        self.rows(DisplayVersion, numbers, display)
        self.rows(Version, numbers, name)
        self.rows(ItemRequest, numbers, asked)
        self.rows(Account, numbers, account)
        times = {"drafted_at": self.month.since, "closed_at": self.month.until}
        campaign = Campaign.objects.create(code=ARTICLE5.code, audience="all", state="finished", **times)

        def day(place: int, _: datetime) -> Row:
            on = (self.month.since + place * DAY).date()
            told = {"told": dice.randint(0, count), "acknowledged": dice.randint(0, count)}
            return {"campaign": campaign, "on": on} | told

        self.rows(CampaignDay, range((self.month.until - self.month.since) // DAY), day)
