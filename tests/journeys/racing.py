"""What one process of the races does: it prepares, races for every deed on every trouble, or examines what is left."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

BEGAN = datetime(2026, 11, 16, 1, tzinfo=UTC)
OVERDUE = BEGAN + timedelta(days=4)
TIMES = 2


def main() -> None:
    """Do what the command line says and print JSON."""
    import django

    django.setup()
    what, *words = sys.argv[1:]
    print(json.dumps(WHAT[what](*words)))


def prepare(rounds: str, racers: str) -> dict[str, list[int]]:
    """Open troubles of one buyer and let half of them become overdue, and one for each racer of another buyer."""
    from conftest import in_force
    from mamori.grammar.actor import Actor, Role
    from mamori.ground.market import actions as market
    from mamori.ground.market.actions import Accepted, BuyerLine, OrderLine
    from mamori.ground.terms import actions as terms
    from mamori.law.settings import REMEDY_TIMES
    from mamori.rooms.contact import actions as contact
    from mamori.rooms.contact.topics import Harm, Topic
    from mamori.site import work
    from tests.shops import put_shop

    early = BEGAN - timedelta(days=9)
    machine = Actor(by="machine:test", role=Role.MACHINE, at=early, via="test")
    in_force("recovery", at=early)
    accepted = (Accepted(clause="recovery", version=1, at=early),)
    put_shop(machine, ref="S", name="店", mail="s@example.jp", accepted=accepted)
    for buyer in ("B", "C"):
        market.put_buyer(machine, BuyerLine(ref=buyer, name="買手"))
    terms.set(machine, setting=REMEDY_TIMES, value=TIMES)

    def trouble(number: int, buyer: str, at: datetime) -> int:
        order = OrderLine(ref=f"{buyer}{number}", buyer=buyer, seller="S", amount=8_000, ordered_at=early)
        market.put_order(machine, order)
        return contact.open_trouble(
            Actor(by=f"buyer:{buyer}", role=Role.BUYER, at=at, via="test"),
            order_ref=order.ref,
            topic=Topic.BROKEN,
            harm=Harm.DANGER,
            said="動きません",
            centre_may_read=True,
        )

    moments = (BEGAN, OVERDUE - timedelta(days=1))
    plan = {
        "shared": [trouble(number, "B", moments[number % 2]) for number in range(2 * int(rounds))],
        "own": [trouble(number, "C", BEGAN) for number in range(int(racers))],
    }
    work.settle(at=OVERDUE - timedelta(hours=1))
    return plan


def race(seed: str, plan: str) -> dict[str, list[str]]:
    """Try every deed on every trouble, in an order of one's own within each; return what was done and what broke."""
    from mamori.grammar.refusal import Refusal

    dice = random.Random(int(seed))
    known = json.loads(plan)
    wait_for(len(known["own"]), seed)
    done, faults = _grant_own(known["own"][int(seed)])
    for trouble in known["shared"]:
        deeds = _deeds(trouble)
        for name in dice.sample(sorted(deeds), len(deeds)):
            try:
                if deeds[name]():
                    done.append(name)
            except Refusal:
                continue
            except Exception as error:
                faults.append(f"{name}: {type(error).__name__}: {error}")
    return {"done": done, "faults": faults}


def wait_for(racers: int, seed: str, *, of: str = "start") -> None:
    """Wait until every racer stands at the start, so that they do meet; whoever only waits has no seed."""
    start = Path(os.environ["MAMORI_HOME"]) / of
    start.mkdir(exist_ok=True)
    if seed:
        (start / seed).touch()
    until = time.monotonic() + 300
    while len(list(start.iterdir())) < racers and time.monotonic() < until:
        time.sleep(0.001)


def _grant_own(trouble: int) -> tuple[list[str], list[str]]:
    """Grant the refund of a trouble that is nobody else's, of a buyer who may have only some of them."""
    from mamori.grammar.actor import Actor, Role
    from mamori.rooms.contact import actions as contact
    from mamori.rooms.contact.claiming import RemedyHindered

    lead = Actor(by="lead:l", role=Role.LEAD, at=OVERDUE, via="test")
    try:
        contact.grant_remedy(lead, trouble=trouble, amount=8_000, reason="x")
    except RemedyHindered:
        return [], []
    except Exception as error:
        return [], [f"grant own: {type(error).__name__}: {error}"]
    return [f"grant own {trouble}"], []


def _deeds(trouble: int) -> dict[str, Callable[[], Any]]:
    """Return the deeds on one trouble; those that begin with “turn:” may be done by several."""
    from mamori.grammar.actor import Actor, Role
    from mamori.ground.market import actions as market
    from mamori.ground.market.models import Instruction
    from mamori.rooms.contact import actions as contact
    from mamori.rooms.contact.models import Proposal, Trouble
    from mamori.rooms.contact.rules.proposals import Kind
    from mamori.rooms.contact.rules.reasons import NoRemedyBecause, PartBecause
    from mamori.rooms.contact.rules.told import Spoken
    from mamori.rooms.contact.topics import Harm, Topic
    from mamori.site import work
    from tests.journeys import telephoning

    buyer = Actor(by="buyer:B", role=Role.BUYER, at=OVERDUE, via="test")
    seller = Actor(by="seller:S", role=Role.SELLER, at=OVERDUE, via="test")
    lead = Actor(by="lead:l", role=Role.LEAD, at=OVERDUE, via="test")
    machine = Actor(by="machine:shop", role=Role.MACHINE, at=OVERDUE, via="test")
    found = Trouble.objects.select_related("thread").get(pk=trouble)

    def yes(deed: Callable[..., Any], actor: Actor, **values: Any) -> Callable[[], bool]:
        return lambda: (deed(actor, **values), True)[1]

    def confirm() -> bool:
        waiting = Instruction.objects.filter(about=f"contact.trouble:{trouble}", closed_at__isnull=True)
        for ref in waiting.values_list("pk", flat=True):
            market.confirm(machine, instruction=ref, outcome="refused" if trouble % 4 == 1 else "confirmed")
        return True

    def agree() -> bool:
        for proposal in Proposal.objects.filter(trouble=trouble, closed_at__isnull=True).values_list(
            "pk", flat=True
        ):
            for actor in (buyer, seller):
                contact.accept(actor, proposal=proposal)
        return True

    def agree_by_telephone() -> bool:
        rows = Proposal.objects.filter(trouble=trouble, closed_at__isnull=True)
        for proposal in rows.select_related("trouble__thread"):
            yes_said = contact.Told(answer=Spoken.ACCEPT, said="はい")
            telephoning.take(lead, proposal.pk, telephoning.called(lead, proposal), yes_said)
        return True

    def open_again() -> bool:
        contact.open_trouble(
            buyer,
            order_ref=found.thread.order_ref,
            topic=Topic.OTHER,
            harm=Harm.MONEY,
            said="また",
            centre_may_read=False,
        )
        return True

    because = NoRemedyBecause.LIMITS
    return {
        f"turn:answer {trouble}": yes(contact.answer, seller, thread=found.thread_id, said="交換します"),
        f"turn:write {trouble}": yes(contact.write, buyer, thread=found.thread_id, said="まだです"),
        f"turn:unsolved {trouble}": yes(contact.say_unsolved, buyer, trouble=trouble, said="まだです"),
        f"turn:grant {trouble}": yes(contact.grant_remedy, lead, trouble=trouble, amount=8_000, reason="x"),
        f"turn:grant once more {trouble}": yes(
            contact.grant_remedy,
            lead,
            trouble=trouble,
            amount=4_000,
            reason="x",
            because=PartBecause.GOODS_KEPT,
        ),
        f"turn:confirm {trouble}": confirm,
        f"turn:ring {trouble}": lambda: work.turn(at=OVERDUE + timedelta(hours=trouble)),
        f"turn:ring later {trouble}": lambda: work.turn(at=OVERDUE + timedelta(hours=trouble, seconds=5)),
        f"turn:open {trouble}": open_again,
        f"turn:propose {trouble}": yes(
            contact.propose, lead, trouble=trouble, kind=Kind.REPLACEMENT, said="交換"
        ),
        f"turn:agree {trouble}": agree,
        f"turn:agree once more {trouble}": agree,
        f"turn:agree by telephone {trouble}": agree_by_telephone,
        f"mediate {trouble}": yes(contact.request_mediation, buyer, trouble=trouble),
        f"share {trouble}": yes(contact.share, seller, thread=found.thread_id),
        f"end {trouble}": yes(contact.solve, buyer, trouble=trouble)
        if trouble % 3 == 0
        else yes(contact.withdraw, buyer, trouble=trouble)
        if trouble % 3 == 1
        else yes(contact.refuse_remedy, lead, trouble=trouble, because=because, reason="x"),
    }


def examine() -> dict[str, Any]:
    """Let everything come to rest and say what does not fit together."""
    from mamori.ground.ledger import facts as ledger
    from mamori.ground.outbox.models import Event
    from mamori.rooms.contact.models import Message, Remedy
    from mamori.site import work
    from tests.journeys.reckoning import faults, wrong_sums

    work.settle(at=OVERDUE + timedelta(days=2))
    found = [*faults(), *wrong_sums()]
    report = ledger.verify()
    if not report.is_clean:
        found.append(f"the log: {report}")
    for kind in (
        "contact.trouble_ended",
        "contact.mediation_opened",
        "contact.remedy_considered",
        "contact.agreement_reached",
    ):
        told = Counter(
            (e.subject, json.loads(e.body)["data"].get("proposal")) for e in Event.objects.filter(kind=kind)
        )
        found += [f"{kind} was told {count} times of {what}" for what, count in told.items() if count > 1]
    numbers: dict[int, list[int]] = {}
    for thread, number in Message.objects.order_by("number").values_list("thread_id", "number"):
        numbers.setdefault(thread, []).append(number)
    found += [f"thread {t} is numbered {n}" for t, n in numbers.items() if n != list(range(1, len(n) + 1))]
    refunds = Counter(
        Remedy.objects.filter(state__in=("instructed", "done")).values_list("buyer_ref", flat=True)
    )
    return {"faults": found, "refunds": max(refunds.values()), "own": refunds["C"], "times": TIMES}


WHAT: dict[str, Callable[..., Any]] = {"prepare": prepare, "race": race, "examine": examine}
