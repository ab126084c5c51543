"""Plants half a year of all that is counted for everybody, as bulk rows, of any size."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.db import models

from mamori.ground.clocks.models import RUNG, STOPPED, Clock
from mamori.japan.months import Month
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
ENDS = (("solved", 70), ("made_good", 10), ("withdrawn", 6), ("declined", 6), ("mediated", 8))
"""How troubles end, of a hundred; the last goes on."""


def plant(months: Sequence[Month], *, each: int, seed: int = 5) -> None:
    """Plant about `each` troubles a month, and of the rest what goes with that."""
    dice = random.Random(seed)  # noqa: S311  # a replayable choice
    for month in months:
        count = max(0, each + dice.randint(-each // 10, each // 10))
        _troubles(month, count, dice)
        _clocks(month, count, dice)
        _questions(month, count // 3, dice)
        _findings(month, count // 8, dice)
        _requests(month, count // 20, dice)
        _sellers(month, count // 5, dice)


def _moment(month: Month, dice: random.Random) -> datetime:
    whole = (month.until - month.since).total_seconds()
    return month.since + timedelta(microseconds=dice.randrange(int(whole * 1_000_000)))


def _kept(model: type[models.Model], rows: Iterator[Any]) -> list[Any]:
    """Write the rows, and return them with their numbers."""
    return [row for part in batched(rows, BATCH) for row in model._default_manager.bulk_create(part)]


def _threads(month: Month, count: int, dice: random.Random, order: str) -> list[Thread]:
    def rows() -> Iterator[Thread]:
        for number in range(count):
            at = _moment(month, dice)
            yield Thread(
                topic="broken",
                buyer_ref=f"B-{month}-{number}",
                seller_ref=f"S-{number % 50}",
                order_ref=f"{order}{month}-{number}" if order else "",
                listing_ref="" if order else "L-1",
                opened_at=at,
                last_at=at,
                closed_at=at + DAY,
                state="closed",
            )

    return _kept(Thread, rows())


def _troubles(month: Month, count: int, dice: random.Random) -> None:
    ways = [way for way, share in ENDS for _ in range(share)]
    troubles = _kept(
        Trouble, (_trouble(one, dice.choice(ways), dice) for one in _threads(month, count, dice, "O-"))
    )
    helped = [one for one in troubles if dice.random() < 0.2]
    _kept(
        Mediation,
        (
            Mediation(
                trouble=one, cause="asked", state="open", opened_at=one.opened_at + dice.randint(1, 60) * DAY
            )
            for one in helped
        ),
    )
    _kept(Remedy, (_remedy(one, dice) for one in troubles if one.state == "made_good"))
    _kept(Call, (_call(one, month, dice) for one in troubles if dice.random() < 0.1))
    _kept(Proposal, (_proposal(one, month, dice) for one in helped))


def _trouble(thread: Thread, state: str, dice: random.Random) -> Trouble:
    took = timedelta(seconds=dice.expovariate(1 / 90_000))
    closed = (
        None
        if state == "mediated"
        else thread.opened_at + took + timedelta(microseconds=dice.randint(0, 999_999))
    )
    due = thread.opened_at + dice.randint(48, 140) * HOUR
    return Trouble(
        thread=thread,
        harm="money",
        progress="started",
        state=state,
        opened_at=thread.opened_at,
        answer_due_at=due - DAY,
        resolution_due_at=due,
        closed_at=closed,
    )


def _remedy(one: Trouble, dice: random.Random) -> Remedy:
    return Remedy(
        trouble=one,
        buyer_ref=one.thread.buyer_ref,
        amount=1_000,
        state="done",
        opened_at=one.opened_at,
        closed_at=one.opened_at + timedelta(seconds=dice.randint(60_000, 900_000)),
    )


def _call(one: Trouble, month: Month, dice: random.Random) -> Call:
    at = _moment(month, dice)
    return Call(
        trouble=one,
        seller_ref="S-1",
        why="unanswered",
        due_at=at,
        not_before=at,
        outcome="promised",
        promised_at=at,
        kept=dice.random() < 0.7,
        state="done",
        opened_at=at,
        closed_at=at,
    )


def _proposal(one: Trouble, month: Month, dice: random.Random) -> Proposal:
    at = _moment(month, dice)
    return Proposal(
        trouble=one,
        number=1,
        by_side="centre",
        kind="refund",
        buyer_agreed_at=at,
        seller_agreed_at=at,
        due_at=at,
        state=dice.choice(("kept", "kept", "missed")),
        opened_at=at,
        closed_at=at,
    )


def _clocks(month: Month, count: int, dice: random.Random) -> None:
    def rows() -> Iterator[Clock]:
        for number in range(count):
            done, late = _moment(month, dice), dice.random() < 0.15
            yield Clock(
                kind=ANSWER.code,
                about=f"planted:{month}-{number}",
                started_at=done - DAY,
                due_at=done - HOUR if late else done + HOUR,
                duration="24h",
                calendar="planted",
                done_at=done,
                outcome=RUNG if late and dice.random() < 0.5 else STOPPED,
                why="answered",
            )

    _kept(Clock, rows())


def _questions(month: Month, count: int, dice: random.Random) -> None:
    threads = _threads(month, count, dice, "")
    _kept(
        Formal,
        (
            Formal(
                notice="return",
                buyer_ref=one.buyer_ref,
                seller_ref=one.seller_ref,
                order_ref=f"O-{one.pk}",
                sealed=b"-",
                arrived_at=_moment(month, dice),
            )
            for one in threads[: count // 4]
        ),
    )


def _findings(month: Month, count: int, dice: random.Random) -> None:
    def rows() -> Iterator[Finding]:
        for number in range(count):
            at = _moment(month, dice)
            state = dice.choice(("decided", "decided", "decided", "dismissed", "found"))
            end = at + timedelta(seconds=dice.randint(3_600, 2_000_000))
            yield Finding(
                breach="display",
                severity=dice.choice(("minor", "minor", "serious", "grave")),
                harm="none",
                seller_ref=f"S-{number % 50}",
                origin=f"planted:{month}-{number}",
                source="staff",
                automated=False,
                alleged=b"-",
                state=state,
                found_at=at,
                opened_at=at,
                decided_at=end if state == "decided" else None,
                closed_at=end if state in ("dismissed", "decided") else None,
            )

    _kept(Finding, rows())


def _requests(month: Month, count: int, dice: random.Random) -> None:
    def rows() -> Iterator[SellerRequest]:
        for _ in range(count):
            at = _moment(month, dice)
            state = dice.choice(("disclosed", "disclosed", "partly", "refused", "withdrawn", "examining"))
            is_over = state != "examining"
            yield SellerRequest(
                channel="page",
                sealed_for="market",
                asking="self",
                bought_as="consumer",
                claim="not_delivered",
                need="suit",
                identity="none",
                received_at=at,
                turn_at=at,
                state=state,
                refused_on=["claim", "need"] if state == "refused" else [],
                closed_at=at + timedelta(seconds=dice.randint(90_000, 3_000_000)) if is_over else None,
            )

    _kept(SellerRequest, rows())


def _sellers(month: Month, count: int, dice: random.Random) -> None:
    """Plant displays, requests for omitted items, checks of names, accounts, and a campaign that tells sellers day by day."""
    seller = f"S-{month}"
    content = Content.objects.create(seller_ref=seller, digest=str(month), sealed=b"-")
    payee = Payee.objects.create(seller_ref=seller)
    numbers = range(1, count + 1)

    def versions() -> Iterator[DisplayVersion]:
        for number in numbers:
            at = _moment(month, dice)
            yield DisplayVersion(
                seller_ref=seller, number=number, content=content, by="seller", act=number, told_at=at
            )

    _kept(DisplayVersion, versions())
    _kept(Version, (_version(seller, number, month, dice) for number in numbers))
    _kept(ItemRequest, (_item_request(seller, _moment(month, dice), dice) for _ in numbers))
    _kept(Account, (_account(payee, number, _moment(month, dice), dice) for number in numbers))
    _campaign(month, count, dice)


def _version(seller: str, number: int, month: Month, dice: random.Random) -> Version:
    return Version(
        seller_ref=seller,
        number=number,
        sealed=b"-",
        method="card",
        verified_at=month.since,
        covered=dice.random() < 0.9,
        told_at=_moment(month, dice),
    )


def _campaign(month: Month, count: int, dice: random.Random) -> None:
    campaign = Campaign.objects.create(
        code=ARTICLE5.code,
        audience="all",
        drafted_at=month.since,
        closed_at=month.until,
        state="finished",
    )

    def days() -> Iterator[CampaignDay]:
        for place in range((month.until - month.since) // DAY):
            on = (month.since + place * DAY).date()
            told, answered = dice.randint(0, count), dice.randint(0, count)
            yield CampaignDay(campaign=campaign, on=on, told=told, acknowledged=answered)

    _kept(CampaignDay, days())


def _item_request(seller: str, at: datetime, dice: random.Random) -> ItemRequest:
    state = dice.choice(("given", "given", "given", "asked", "excused"))
    closed = None if state == "asked" else at + timedelta(seconds=dice.randint(3_600, 6_000_000))
    return ItemRequest(
        seller_ref=seller,
        buyer_ref="B-1",
        number=1,
        items=["address"],
        asked_at=at,
        begun_at=at,
        state=state,
        closed_at=closed,
    )


def _account(payee: Payee, number: int, at: datetime, dice: random.Random) -> Account:
    adopted = at + timedelta(seconds=dice.randint(3_600, 6_000_000)) if dice.random() < 0.8 else None
    return Account(
        payee=payee,
        number=number,
        sealed=b"-",
        asked_by="seller",
        asked_at=at,
        adopted_at=adopted,
        closed_at=adopted or at,
        state="replaced",
    )
