"""Is each payout decided once and each yen paid once, when twelve ask, reconsider and order at once and are killed with -9?

The racers are forked from one process, so that a killed one is back at once; all of them work on the same few payouts of
the moment.  Planted: nobody locks a seller or a run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import Hours
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.models import ActContent
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, ContactsLine, SellerLine, VerificationLine
from mamori.ground.market.models import Buyer, Order
from mamori.ground.people.facts import Profile, Size
from mamori.ground.terms import actions as terms
from mamori.law.clauses import CHANGES, CLAUSES, PAYOUT_HOLD, RECOVERY
from mamori.law.identification import Method, Registrant
from mamori.law.settings import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME
from mamori.rooms.contact.lifecycle import RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.models import Remedy, Thread, Trouble
from mamori.rooms.payouts import actions as payouts, matters
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.accounts.details import Given
from mamori.rooms.payouts.actions import Asked
from mamori.rooms.payouts.lifecycle import LIVE
from mamori.rooms.payouts.models import Payout, Run, Transfer
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.runs.actions import RunRow
from mamori.site import work
from mamori.site.sqlite.base import DatabaseWrapper
from trials.harness import Found, actor, measured, within
from trials.scratch import scratch

NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)
OPENED = NOW - timedelta(days=60)
PAYS_ON = date(2026, 11, 20)
SELLERS, RUNS = 12, 8
PACE, LEAST = 0.4, 6.0
"""Seconds between two kills, on average, and that a race takes at least."""
PAYER = {PAYER_CODE: "1234567890", PAYER_NAME: "カ）マモリ マーケット", PAYER_ACCOUNT: "0001-001-1-7654321"}
KANA = "サトウ ハナコ"


def prepare(many: int) -> None:
    """Tell of a few sellers who may be paid, refunds open against every second, and begin the runs."""
    early = NOW - timedelta(days=100)
    lead = actor(early, "lead:bench")
    words = [terms.Words(clause=one.code, version=one.version) for one in CLAUSES]
    profile = Profile(size=Size.ONE, delay=Hours(1))
    terms.propose_change(lead, words=words, profile=profile, binds_on=early.date())
    work.settle(at=early + timedelta(days=7))
    for setting, value in PAYER.items():
        terms.set(lead, setting=setting, value=value)
    refs = [f"S-{number:07d}" for number in range(SELLERS)]
    less = {ref: (number % 2) * (number + 1) * 700 for number, ref in enumerate(refs)}
    Buyer.objects.create(ref="B-0", has_contact=False, sealed=b"")
    for ref, amount in less.items():
        _seller(ref)
        _claim(ref, amount) if amount else None
    for run in range(RUNS):
        runs.begin_run(actor(NOW), ref=f"R-{run}", pays_on=PAYS_ON)
    asked = [[f"P-{n}", refs[n % SELLERS], 1_000 + n, n // SELLERS % 2 == 0] for n in range(many)]
    _plan().write_text(json.dumps({"asked": asked, "less": less}), encoding="utf-8")


def _seller(ref: str) -> None:
    """Tell of a seller with a contact, a verified name and an account, who accepted what binds it."""
    by, bound = actor(OPENED), (PAYOUT_HOLD, RECOVERY, CHANGES)
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=OPENED) for one in bound)
    market.put_seller(by, SellerLine(ref=ref, name="店", accepted=accepted))
    market.put_contacts(by, ContactsLine(ref=ref, mail=f"{ref}@example.jp".lower()))
    known: dict[str, Any] = {"legal_name": "佐藤 花子", "legal_kana": KANA, "verified_by": Method.IC_CHIP}
    person = VerificationLine(ref=ref, registered_as=Registrant.PERSON, verified_at=OPENED, **known)
    market.put_verification(by, person)
    given = Given(bank="0001", branch="001", kind="1", number=ref[-7:], holder=KANA)
    accounts.set_account(by, seller_ref=ref, given=given)


def _claim(ref: str, amount: int) -> None:
    """Let a refund be considered of a seller: its order, thread, trouble and remedy."""
    began = NOW - timedelta(days=3)
    Order.objects.create(ref=f"O-{ref}", buyer_id="B-0", seller_id=ref, amount=amount, ordered_at=began)
    who = {"buyer_ref": "B-0", "seller_ref": ref, "order_ref": f"O-{ref}", "topic": "broken"}
    thread = Thread.objects.create(state=ThreadState.ANSWERED.value, opened_at=began, last_at=began, **who)
    due = {"answer_due_at": NOW, "resolution_due_at": NOW, "harm": "money", "progress": ""}
    trouble = Trouble.objects.create(thread=thread, state=TroubleState.OVERDUE.value, opened_at=began, **due)
    state = RemedyState.CONSIDERED.value
    Remedy.objects.create(trouble=trouble, buyer_ref="B-0", state=state, opened_at=began)


def _plan() -> Path:
    return Path(os.environ["MAMORI_HOME"]) / "plan.json"


def race(processes: int, kills: int, seed: int, planted: bool = False) -> dict[str, Any]:
    """Let so many processes race, kill one at a random moment and put another in its place, so often; return what broke."""
    if planted:
        _lock_nothing()
    dice, errors = random.Random(seed), _plan().with_name("errors")  # noqa: S311
    began = time.time()
    span = (began, began + max(LEAST, kills * PACE))
    running = [_fork(span, seed + number, errors) for number in range(processes)]
    for number in range(kills):
        time.sleep(dice.uniform(0.2, 1.8) * PACE)
        at = dice.randrange(processes)
        os.kill(running[at], signal.SIGKILL)
        os.waitpid(running[at], 0)
        running[at] = _fork(span, seed + processes + number, errors)
    for child in running:
        os.waitpid(child, 0)
    said = errors.read_text(encoding="utf-8").splitlines() if errors.exists() else []
    return {"errors": len(said), "first_error": said[0] if said else ""}


def _fork(span: tuple[float, float], seed: int, errors: Path) -> int:
    child = os.fork()
    if child:
        return child
    try:
        _run(span, random.Random(seed), errors)  # noqa: S311
    finally:
        os._exit(0)


def _run(span: tuple[float, float], dice: random.Random, errors: Path) -> None:
    """Ask, ask many, reconsider, take lines and order, always where the others are just now."""
    asked = json.loads(_plan().read_text(encoding="utf-8"))["asked"]
    began, until = span
    while (now := time.time()) < until:
        at = int(len(asked) * (now - began) / (until - began))
        try:
            _deed(dice, asked, (at + dice.randrange(6)) % len(asked))
        except Refusal:
            continue
        except Exception as error:
            with errors.open("a", encoding="utf-8") as file:
                file.write(f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}\n")


def _deed(dice: random.Random, asked: list[list[Any]], number: int) -> None:
    by, what, one = actor(NOW + timedelta(seconds=number)), dice.random(), Asked(*asked[number])
    if what < 0.5:
        payouts.authorize(by, asked=one)
    elif what < 0.65:
        some = dice.sample(range(number + 1), min(8, number + 1))
        payouts.authorize_all(by, asked=[Asked(*asked[at]) for at in some])
    elif what < 0.8:
        payouts.reconsider(by, seller_ref=one.seller_ref)
    else:
        run = Run.objects.get(ref=f"R-{dice.randrange(RUNS)}").pk
        if what < 0.97:
            runs.take_lines(by, run=run, rows=[RunRow(number + 1, one)])
        else:
            runs.order_run(by, run=run)
            runs.write_run(by, run=run)


def _lock_nothing() -> None:
    """Plant: decide without a lock, and let the database's transactions begin late, as by somebody who forgot both."""

    careless: Any = matters, runs
    careless[0].lock = lambda seller_refs: time.sleep(0.001)
    careless[1].the_run = lambda run, *, lock=False: Run.objects.get(pk=run)
    if connection.vendor == "sqlite":
        backend: Any = DatabaseWrapper
        backend._start_transaction_under_autocommit = lambda self: self.cursor().execute("BEGIN")


def examine() -> dict[str, Any]:
    """Let the runs be ordered and written to their end, and say what does not fit together."""
    by, plan = actor(NOW + timedelta(hours=1)), json.loads(_plan().read_text(encoding="utf-8"))
    before, in_files = Payout.objects.count(), Counter[int]()
    faults = [*_asked(by, plan["asked"])]
    runs.begin_run(by, ref="R-last", pays_on=PAYS_ON)
    faults += _written(by, in_files)
    work.settle(at=NOW + timedelta(hours=2))
    faults += [*_sums(plan["asked"]), *_held(plan), *_files(in_files), *_decided()]
    faults += [] if (report := ledger.verify()).is_clean else [f"the log: {report}"]
    return {
        "faults": len(faults),
        "first_fault": faults[0] if faults else "",
        "raced": before,
        "in_files": in_files.total(),
    }


def _asked(by: Actor, asked: list[list[Any]]) -> Iterator[str]:
    """Ask for each payout once more; where the database bears no answer, say why."""
    for one in asked:
        try:
            payouts.authorize(by, asked=Asked(*one))
        except DatabaseError as error:
            yield f"{one[0]}: {str(error).splitlines()[0]}"


def _written(by: Actor, in_files: Counter[int]) -> Iterator[str]:
    """Order and write every run, count how often each transfer stands in a file, and name the files that are refused."""
    for run in Run.objects.order_by("id"):
        try:
            runs.order_run(by, run=run.pk)
            if Transfer.objects.filter(run=run).exists():
                records = runs.write_run(by, run=run.pk).decode("cp932").split("\r\n")
                in_files.update(int(record[91:111]) for record in records if record.startswith("2"))
        except Refusal as refusal:
            yield f"{run.ref}: {refusal.code}"


def _decided() -> Iterator[str]:
    """Name payouts that were decided for the first time more than once."""
    acts = ActContent.objects.filter(act__kind="payouts.authorize").values_list("about", flat=True)
    yield from (f"{about} was decided {count} times" for about, count in Counter(acts).items() if count > 1)


def _held(plan: dict[str, Any]) -> Iterator[str]:
    """Name sellers of whose money more or less is held than the refunds against them come to."""
    waits: Counter[str] = Counter()
    for ref, amount in Payout.objects.values_list("payee_id", "waits"):
        waits[ref] += amount
    for ref, less in plan["less"].items():
        asked = sum(amount for _, seller, amount, _ in plan["asked"] if seller == ref)
        if waits[ref] != min(asked, less):
            yield f"{ref}: {waits[ref]} are held, {min(asked, less)} are to be"


def _sums(asked: list[list[Any]]) -> Iterator[str]:
    rows = {row.ref: row for row in Payout.objects.prefetch_related("transfers")}
    for ref, _, amount, _ in asked:
        if (row := rows.get(ref)) is None:
            yield f"{ref} is lost"
            continue
        out = sum(one.amount for one in row.transfers.all() if one.state in LIVE)
        if row.amount != amount or out + row.waits + row.settled_amount != amount:
            yield f"{ref}: {out} out, {row.waits} waits, of {amount}"


def _files(in_files: Counter[int]) -> Iterator[str]:
    yield from (f"transfer {number} is paid {count} times" for number, count in in_files.items() if count > 1)
    ordered = set(Transfer.objects.filter(run__isnull=False).values_list("pk", flat=True))
    yield from (f"transfer {number} is in a run or in a file alone" for number in ordered ^ in_files.keys())


def run(
    *, engine: str, payouts: int, processes: int, kills: int, seed: int, planted: bool = False
) -> dict[str, Any]:
    """Race in a house of its own and say what is left."""
    with scratch(engine) as (env, _):
        within(env, "trials.payraces:prepare", many=payouts)
        how = {"processes": processes, "kills": kills, "seed": seed, "planted": planted}
        found: dict[str, Any] = within(env, "trials.payraces:race", **how)
        found |= within(env, "trials.payraces:examine")
    return found


@measured("同じ支払いを12人で同時に", "twelve at once on the same payouts")
def measure(
    *, engine: str, payouts: int = 600, processes: int = 12, kills: int = 100, seed: int = 20261126
) -> Found:
    """Race under kills, and once more without locks and kills."""
    found = run(engine=engine, payouts=payouts, processes=processes, kills=kills, seed=seed)
    planted = run(engine=engine, payouts=payouts, processes=processes, kills=0, seed=seed, planted=True)
    whole = found["faults"] == 0 < min(found["raced"], found["in_files"])
    return Found(
        {
            "each payout decided once, no yen twice, none lost": whole,
            "no errors": found["errors"] == 0,
            "planted: a race without locks is caught": planted["faults"] + planted["errors"] > 0,
        },
        **found,
        planted=(planted["faults"], planted["errors"], planted["first_fault"] or planted["first_error"]),
    )
