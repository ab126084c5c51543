"""What others may ask of this room: payouts, what waits, accounts as far as others may see them, runs and their reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum
from django.urls import reverse

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.matters.objections import Objectable
from mamori.rooms.payouts import matters
from mamori.rooms.payouts.holds.actions import ABOUT
from mamori.rooms.payouts.lifecycle import AccountState, TransferState
from mamori.rooms.payouts.matters import may_see
from mamori.rooms.payouts.models import Account, Line, Objection, Payout, Release, Run, Transfer
from mamori.rooms.payouts.outlines import (
    OUTLINES as OUTLINES,
    settled as settled,
    settled_rows as settled_rows,
)
from mamori.rooms.payouts.refusals import NoSuchAccount, NoSuchPayout
from mamori.rooms.payouts.rules import Code as Code
from mamori.rooms.payouts.runs.actions import NoSuchRun
from mamori.rooms.payouts.situations import (
    AccountFact as AccountFact,
    PayoutFact as PayoutFact,
    account_facts,
    facts_of,
    stands_in_the_way as stands_in_the_way,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFact:
    """A payout of which something waits, since when, its age in days, and the number of its case.

    Where only a name is in doubt, that look is the account's: `case` is then the account's number.
    """

    payout: PayoutFact
    since: datetime
    days: int
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BandFact:
    """How many payouts have waited so many whole days, and how many yen of them; `most` is None in the oldest band."""

    least: int
    most: int | None
    count: int
    waits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFact:
    """How a seller's money stands: how many payouts wait, how much of them, and its account.  Yen."""

    count: int
    waits: int
    has_account: bool
    is_changing: bool
    is_looked_at: bool


@dataclass(frozen=True, slots=True)
class PartFact:
    """A part of a payout that was let go: its number, which a bank's list carries, how many yen, and how it stands."""

    number: int
    amount: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFact:
    """A line of a run as it came, and how its payout stands; `why` says in words what is not paid and why."""

    number: int
    payout: str
    seller_ref: str
    amount: int
    verdict: str
    released: int
    waits: int
    why: Text | None
    abroad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFact:
    """What somebody proposed to pay in spite of a hold: how many yen of what waits, and the case to read before agreeing."""

    payout: PayoutFact
    amount: int
    case: str


def release(about: str) -> ReleaseFact | None:
    """Return the newest release that was proposed about a payout, by the name under which people agree on it."""
    last = (
        Release.objects.select_related("payout")
        .filter(payout__ref=about.removeprefix(ABOUT))
        .order_by("-id")
        .first()
    )
    if last is None:
        return None
    row = last.payout
    return ReleaseFact(payout=facts_of([row])[row.ref], amount=last.amount, case=matters.case_number(row))


def payout(actor: Actor, ref: str) -> PayoutFact:
    """Return the payout."""
    row = Payout.objects.filter(ref=ref).first()
    if row is None or not may_see(actor, row.payee_id):
        raise NoSuchPayout
    return facts_of([row])[ref]


def parts(ref: str) -> tuple[PartFact, ...]:
    """Return the parts of a payout that were let go, the oldest first; none that was taken back before it was ordered."""
    rows = Transfer.objects.filter(payout__ref=ref).exclude(state=TransferState.TAKEN_BACK).order_by("id")
    return tuple(PartFact(row.pk, row.amount, row.state) for row in rows)


def waiting(*, at: datetime, limit: int = 200) -> tuple[WaitingFact, ...]:
    """Return the payouts of which something waits, the oldest first."""
    return _waiting(
        list(Payout.objects.filter(waiting_since__isnull=False).order_by("waiting_since", "id")[:limit]), at
    )


BANDS = ((0, 7), (8, 30), (31, 60), (61, None))
"""Ages in whole days by which money that waits is counted, the first and the last day of each."""


def waiting_by_age(*, at: datetime) -> tuple[BandFact, ...]:
    """Return how much waits of everybody's payouts, band by band, the youngest first."""
    sums: dict[str, Count | Sum] = {}
    for least, most in BANDS:
        within = Q(waiting_since__lte=at - timedelta(days=least)) if least else Q()
        within &= Q(waiting_since__gt=at - timedelta(days=most + 1)) if most is not None else Q()
        sums |= {f"count_{least}": Count("id", filter=within), f"waits_{least}": Sum("waits", filter=within)}
    found = Payout.objects.filter(waiting_since__isnull=False).aggregate(**sums)
    return tuple(
        BandFact(least=least, most=most, count=found[f"count_{least}"], waits=found[f"waits_{least}"] or 0)
        for least, most in BANDS
    )


def waiting_of(seller_ref: str, *, at: datetime, limit: int = 50) -> tuple[WaitingFact, ...]:
    """Return what waits of one seller, the oldest first."""
    rows = Payout.objects.filter(payee=seller_ref, waiting_since__isnull=False).order_by("id")
    return _waiting(list(rows[:limit]), at)


def money(seller_ref: str) -> MoneyFact | None:
    """Return how a seller's money stands; nothing where this house was never told of an account or a payout."""
    accounts = list(Account.objects.filter(payee=seller_ref, closed_at__isnull=True))
    rows = Payout.objects.filter(payee=seller_ref, waiting_since__isnull=False)
    found = rows.aggregate(count=Count("id"), waits=Sum("waits"))
    if not (accounts or found["count"] or Account.objects.exists() or Payout.objects.exists()):
        return None
    return MoneyFact(
        count=found["count"],
        waits=found["waits"] or 0,
        has_account=bool(accounts),
        is_changing=any(one.state == AccountState.COOLING for one in accounts),
        is_looked_at=any(one.look_since is not None for one in accounts),
    )


def latest_of(seller_ref: str, *, without: str = "", limit: int = 10) -> tuple[PayoutFact, ...]:
    """Return the payouts asked for last of one seller, the newest first, but for one."""
    rows = list(Payout.objects.filter(payee=seller_ref).exclude(ref=without).order_by("-id")[:limit])
    known = facts_of(rows)
    return tuple(known[row.ref] for row in rows)


def run(ref: str) -> Run:
    """Return the run."""
    found = Run.objects.filter(ref=ref).first()
    if found is None:
        raise NoSuchRun(run=ref)
    return found


def lines(run: int, *, after: int = 0, limit: int = 1_000) -> tuple[LineFact, ...]:
    """Return some lines of a run in their order, each with why it is not paid, where it is not."""
    found = list(Line.objects.filter(run=run, number__gt=after).order_by("number")[:limit])
    return line_facts(found)


def report(run: int) -> Iterator[LineFact]:
    """Return every line of a run in its order."""
    after = 0
    while found := lines(run, after=after):
        yield from found
        after = found[-1].number


def accounts(actor: Actor, seller_ref: str, *, limit: int = 20) -> tuple[AccountFact, ...]:
    """Return a seller's accounts as others may see them, the newest first."""
    if not may_see(actor, seller_ref):
        raise NoSuchAccount
    return account_facts(list(Account.objects.filter(payee=seller_ref).order_by("-number")[:limit]))


def line_facts(lines: Sequence[Line]) -> tuple[LineFact, ...]:
    """Return lines with how their payouts stand, in one look."""
    rows = Payout.objects.filter(ref__in=[line.payout_ref for line in lines if not line.refused])
    known = facts_of(list(rows))
    return tuple(_line(line, known.get(line.payout_ref) if not line.refused else None) for line in lines)


def _line(line: Line, found: PayoutFact | None) -> LineFact:
    why = None
    if line.refused:
        refusal = Refusal.registry.get(line.refused)
        why = refusal.text.fill(**line.values) if refusal else Text(line.refused, line.refused)
    elif found is not None and found.waits:
        titles = [reason.code.words.title for reason in found.each_reason]
        why = Text.listed(titles)
    return LineFact(
        number=line.number,
        payout=line.payout_ref,
        seller_ref=line.seller_ref,
        amount=line.amount,
        verdict=found.verdict.value if found else "refused",
        released=found.released if found else 0,
        waits=found.waits if found else 0,
        why=why,
        abroad=found.abroad if found else False,
    )


def _waiting(rows: list[Payout], at: datetime) -> tuple[WaitingFact, ...]:
    known = facts_of(rows)
    numbers = cases.numbers_of([matters.about(row) for row in rows])
    looks = _looks([row.payee_id for row in rows if matters.about(row) not in numbers])
    return tuple(
        WaitingFact(
            payout=known[row.ref],
            since=row.waiting_since or at,
            days=(at - (row.waiting_since or at)).days,
            case=numbers.get(matters.about(row), "") or looks.get(row.payee_id, ""),
        )
        for row in rows
    )


def _looks(seller_refs: list[str]) -> dict[str, str]:
    """Return the case of the look at the account in use by its seller, where there is one."""
    rows = Account.objects.filter(payee__in=seller_refs, state=AccountState.IN_USE.value)
    abouts = {row.payee_id: matters.about(row) for row in rows}
    numbers = cases.numbers_of(list(abouts.values()))
    return {ref: numbers[about] for ref, about in abouts.items() if about in numbers}


_HOLD = Text("売上金の支払い（{ref}）の保留", "hold of the payout {ref}")
_READ = Text("別の責任者が読んでいる", "read by somebody who did not decide on it")
_ANSWERED = Text("返事が届いている", "answered")


def objections(seller_ref: str, *, at: datetime, limit: int = 50) -> tuple[Objectable, ...]:
    """Return the holds that a seller can object to as long as they last, then its objections, the newest first."""
    rows = Objection.objects.filter(payout__payee=seller_ref).select_related("payout").order_by("-id")[:limit]
    made, page = list(rows), reverse("payouts_seller:overview")
    unread = {row.payout.ref for row in made if row.answered_at is None}
    waits = [one for one in waiting_of(seller_ref, at=at, limit=limit) if one.payout.ref not in unread]
    can = [
        Objectable(
            title=_HOLD.fill(ref=one.payout.ref),
            number=one.case,
            path=f"{page}?object={one.payout.ref}",
            until=None,
        )
        for one in waits
    ]
    return (
        *can,
        *(
            Objectable(
                title=_HOLD.fill(ref=row.payout.ref),
                number="",
                path=page,
                until=None,
                stands=_ANSWERED if row.answered_at else _READ,
            )
            for row in made
        ),
    )
