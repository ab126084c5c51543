"""What became of the year's payouts: how soon honest sellers had their money, and whether anybody else's account was paid."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mamori.grammar.businesstime import BusinessDays
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.outbox import facts as outbox_facts
from mamori.japan.names import Verdict
from mamori.rooms.payouts import name_checks
from mamori.rooms.payouts.models import Account, Payout, Transfer
from mamori.rooms.payouts.rules.gate import Verdict as Answered
from trials.paying.filling import open_house
from trials.payyear.people import Behaviour, Kind, drawn
from trials.payyear.play import BEGIN, Play


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One run of the year.  Shares are per cent of honest sellers' payouts; `later` says of those that took longer why."""

    sellers: dict[str, int]
    payouts: int
    honest_payouts: int
    at_once: float
    within_a_day: float
    later: dict[str, int]
    to_others: dict[str, int]
    relatives_first: int
    relatives_first_automatic: int
    deeds: dict[str, int]
    stuck: int
    seconds: int


def played(*, sellers: int, seed: int, fault: str = "") -> Played:
    """Play the year in one transaction and measure it; `no-names` lets every holder pass, as if nobody compared names."""
    began, dice, behaviour = time.perf_counter(), random.Random(seed), Behaviour()  # noqa: S311  # replayable
    people = {one.ref: one for one in drawn(sellers, behaviour, dice)}
    play = Play(behaviour, people, dice)
    if fault == "no-names":
        everybody_passes: Any = name_checks
        everybody_passes.judged = lambda found, **_: (Verdict.MATCH, "")
    with transaction.atomic():
        open_house(BEGIN)
        play.go()
        return _summed(play, round(time.perf_counter() - began))


def _summed(play: Play, seconds: int) -> Played:
    honest = [answer for seller, answer in play.answers if seller.kind is Kind.HONEST]
    at_once = [one for one in honest if one.verdict is Answered.RELEASE]
    rows = Payout.objects.in_bulk([one.ref for one in honest], field_name="ref")
    soon, later = 0, Counter[str]()
    for one in honest:
        if one.verdict is Answered.RELEASE:
            continue
        row = rows[one.ref]
        by = clock_facts.after(one.asked_at, BusinessDays(1))
        if not row.waits and row.decided_at <= by:
            soon += 1
        else:
            later[",".join(sorted({reason.code.value for reason in one.reasons}))] += 1
    firsts = Account.objects.filter(
        number=1, payee__in=[one.ref for one in play.sellers.values() if one.kind is Kind.RELATIVE]
    )
    return Played(
        sellers=dict(Counter(one.kind.value for one in play.sellers.values())),
        payouts=len(play.answers),
        honest_payouts=len(honest),
        at_once=round(100 * len(at_once) / len(honest), 2),
        within_a_day=round(100 * (len(at_once) + soon) / len(honest), 2),
        later=dict(later),
        to_others=_to_others(play),
        relatives_first=firsts.count(),
        relatives_first_automatic=firsts.filter(verdict="match", looked_at__isnull=True).count(),
        deeds=dict(play.counts),
        stuck=len(clock_facts.stuck()) + len(outbox_facts.stuck()),
        seconds=seconds,
    )


def _to_others(play: Play) -> dict[str, int]:
    """Count the transfers that went to somebody else's account, by who tried."""
    found: Counter[str] = Counter({kind.value: 0 for kind in Kind if kind is not Kind.HONEST})
    rows = Transfer.objects.exclude(state="taken_back").values_list("account_id", "account__payee_id")
    for account, ref in rows:
        if not play.own[account]:
            found[play.sellers[ref].kind.value] += 1
    return dict(found)
