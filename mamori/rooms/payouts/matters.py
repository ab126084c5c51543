"""How this room names, finds and locks what it acts on, who may, and what is settled, told and recorded of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Deadline, Template
from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.declared.casekinds import Lead
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance
from mamori.ground.matters.standing import Stands, asks, runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.rooms.payouts import rules
from mamori.rooms.payouts.lifecycle import ACCOUNT, PAYOUT, AccountState
from mamori.rooms.payouts.models import Account, Objection, Payee, Payout
from mamori.rooms.payouts.refusals import NoSuchAccount, NoSuchPayout, NotForThisRole

# How this room names what it acts on, locks payees, enters cases, tells and records.


PAYOUT_TITLE = Text("売上金の支払い", "payout")
ACCOUNT_TITLE = Text("口座名義の確認", "the account holder's name")

LOCKED = "payouts.locked"
"""The sellers whose rows an act holds locked."""


def about(thing: Payout | Account) -> str:
    """Return the name under which acts, clocks and cases know the thing."""
    return f"payouts.payout:{thing.ref}" if isinstance(thing, Payout) else f"payouts.account:{thing.pk}"


def subject(seller_ref: str) -> str:
    """Return the seller as notices and keys name it."""
    return f"seller:{seller_ref}"


def lock(seller_refs: Collection[str]) -> None:
    """Lock the rows of these sellers in the caller's transaction, made where they are missing: one decides at a time."""
    refs = sorted(set(seller_refs) - memory.all_of(LOCKED).keys())
    if not refs:
        return
    known = set(Payee.objects.filter(pk__in=refs).values_list("pk", flat=True))
    new = [Payee(seller_ref=ref) for ref in refs if ref not in known]
    Payee.objects.bulk_create(new, ignore_conflicts=True)
    list(Payee.objects.select_for_update().filter(pk__in=refs).order_by("pk").values_list("pk"))
    for ref in refs:
        memory.put(LOCKED, ref, True)


def is_known(seller_ref: str) -> bool:
    """Say whether this room keeps a row of a seller; whose row is locked has one."""
    return seller_ref in memory.all_of(LOCKED) or Payee.objects.filter(pk=seller_ref).exists()


def due(deadline: Deadline, at: datetime) -> datetime:
    """Return when a span that begins at the moment is over."""
    return clock_facts.after(at, terms.duration(deadline, at=at)).astimezone(UTC)


def case_number(thing: Payout | Account) -> str:
    """Return the number that people use, "" where there was never anything for a person."""
    return case_facts.numbers_of([about(thing)]).get(about(thing), "")


def enter(thing: Payout | Account, at: datetime) -> None:
    """Enter a thing into the case index, unless it was before; an act looks once."""
    if case_facts.is_entered(about(thing)):
        return
    is_payout = isinstance(thing, Payout)
    title, shop = PAYOUT_TITLE if is_payout else ACCOUNT_TITLE, market.seller(thing.payee_id)
    cases.open(
        kind="payouts.payout" if is_payout else "payouts.account",
        about=about(thing),
        title=title.ja,
        buyer_ref="",
        seller_ref=thing.payee_id,
        order_ref="",
        at=at,
        subject=subject(thing.payee_id),
        called=f"{title.en} {shop.name if shop else ''} {thing.ref if isinstance(thing, Payout) else ''}",
    )


def notify(seller_ref: str, template: Template, thing: Payout | Account, at: datetime, **values: Any) -> None:
    """Write a notice to the seller."""
    outbox.notify(to=subject(seller_ref), template=template, values=values, about=about(thing), at=at)


def notify_former(seller_ref: str, template: Template, thing: Account, at: datetime, **values: Any) -> None:
    """Write a notice to the addresses that the seller's present one replaced, where it did."""
    seller = market.seller(seller_ref)
    if seller is not None and seller.contact.former:
        outbox.notify(
            to=f"former:{subject(seller_ref)}", template=template, values=values, about=about(thing), at=at
        )


def notify_staff(to: str, template: Template, thing: Payout | Account, at: datetime, **values: Any) -> None:
    """Write a notice about a case to the people of a role, with its number."""
    enter(thing, at)
    said = {"number": case_facts.case_of(about(thing)).number, **values}
    outbox.notify(to=to, template=template, values=said, about=about(thing), at=at)


def record(
    actor: Actor, thing: Payout | Account, verb: str, *, ground: str = "", reason: str = "", **payload: object
) -> int:
    """Put an act on a thing on record, and return its place there."""
    return ledger.record(
        actor,
        kind=f"payouts.{verb}",
        subject=subject(thing.payee_id),
        about=about(thing),
        ground=ground,
        reason=reason,
        payload=payload,
    )


def waits(row: Payout) -> dict[str, Any]:
    """Return what an act on money that waits says of it: the clause it waits by, and how much it is."""
    return {"ground": row.clause, "payout": row.ref, "waits": row.waits, "state": row.state}


DECIDERS = frozenset({Role.LEAD, Role.COUNSEL})


def may_see(actor: Actor, seller_ref: str) -> bool:
    """Say whether something of this seller's concerns the actor: the seller, its delegates, staff, a machine."""
    return actor.is_staff or is_machine(actor) or actor.is_sellers(seller_ref)


def is_machine(actor: Actor) -> bool:
    """Say whether the actor is software of the house or of the marketplace."""
    return actor.role is Role.MACHINE and actor.by.startswith("machine:")


def may_change(actor: Actor, seller_ref: str) -> None:
    """Let pass the seller itself and the marketplace: nobody else says where its money goes."""
    is_own = actor.role is Role.SELLER and actor.is_sellers(seller_ref)
    if not is_own and not is_machine(actor):
        raise NotForThisRole(roles=Text("出品者ご本人と通販サイト", "the seller itself and the marketplace"))


def must_decide(actor: Actor) -> None:
    """Let pass leads and counsel."""
    if actor.role not in DECIDERS:
        raise NotForThisRole(roles=Text("責任者と法務担当", "leads and counsel"))


def the_account(actor: Actor, account: int) -> Account:
    """Return the account, its payee locked."""
    ref = Account.objects.filter(pk=account).values_list("payee_id", flat=True).first()
    if ref is None or not may_see(actor, ref):
        raise NoSuchAccount
    lock([ref])
    return Account.objects.get(pk=account)


def account_in_use(seller_ref: str) -> Account | None:
    """Return the account that a seller's money goes to, or nothing."""
    return Account.objects.filter(payee=seller_ref, state=AccountState.IN_USE.value).first()


def the_payout(actor: Actor, ref: str) -> Payout:
    """Return the payout, its payee locked."""
    seller_ref = Payout.objects.filter(ref=ref).values_list("payee_id", flat=True).first()
    if seller_ref is None or not may_see(actor, seller_ref):
        raise NoSuchPayout
    lock([seller_ref])
    return Payout.objects.get(ref=ref)


type Part = Literal["said", "answer"]

_OPEN = "payouts.objected"
"""Since when an objection to a payout has waited for its answer, None where there is none, by the payout's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFact:
    """An objection and its answer in words; empty where it was erased, `answer` also while nobody answered."""

    said: str
    at: datetime
    answer: str
    answered_at: datetime | None


def seal_objection(seller_ref: str, number: int, part: Part, words: str) -> bytes:
    """Return words sealed with the seller's key."""
    return sealing.seal(
        subject=f"seller:{seller_ref}", place=Place("payouts_objection", number, part), plain=words.encode()
    )


def objected_since(payouts: Sequence[Payout]) -> dict[int, datetime]:
    """Return, of payouts whose payees are locked, those to which an objection waits for its answer, with since when."""
    known: dict[int, datetime | None] = {one.pk: memory.all_of(_OPEN).get(one.pk) for one in payouts}
    if unread := known.keys() - memory.all_of(_OPEN).keys():
        rows = Objection.objects.filter(payout__in=unread, answered_at__isnull=True)
        known |= dict(rows.values_list("payout_id", "at"))
    for number in unread:
        memory.put(_OPEN, number, known[number])
    return {number: at for number, at in known.items() if at is not None}


def note_objection(payout: Payout, since: datetime | None) -> None:
    """Carry on in this act that an objection to a payout was made, or with None that it was answered."""
    memory.put(_OPEN, payout.pk, since)


def objections_of(payout: Payout) -> tuple[ObjectionFact, ...]:
    """Return what was said against a payout's waiting, the newest first."""
    rows = payout.objections.order_by("-id")
    return tuple(
        ObjectionFact(
            said=_opened_words(payout.payee_id, row, "said"),
            at=row.at,
            answer=_opened_words(payout.payee_id, row, "answer"),
            answered_at=row.answered_at,
        )
        for row in rows
    )


def _opened_words(seller_ref: str, row: Objection, part: Part) -> str:
    place = Place("payouts_objection", row.pk, part)
    plain = seals.opened(subject=f"seller:{seller_ref}", place=place, sealed=getattr(row, part))
    return (plain or b"").decode()


# The kinds of matter of this room, payouts and accounts: settled together, however many an act touches, with their cases.


def should(thing: Payout | Account, objected: Mapping[int, datetime]) -> Iterable[Stands]:
    """Return what should stand about a thing; `objected` are the payouts to which an objection is open, with since when."""
    if isinstance(thing, Payout):
        return rules.of_payout(thing, objected_at=objected.get(thing.pk))
    return rules.of_account(thing)


def settle(
    things: Sequence[Payout | Account],
    *,
    at: datetime,
    why: str,
    news: str | None = None,
    new: Collection[str] = (),
) -> None:
    """Let stand about things whose payees are locked what should, and bring their cases up to date.

    The clocks of all are read and written in one look each, and the objections to money that waits are read in one; about
    those that are `new` nothing is looked for.  The cases show `news`, "" for nothing, or where it is None what is asked for.
    """
    old = [one for one in things if isinstance(one, Payout) and about(one) not in new]
    objected = objected_since([one for one in old if one.waiting_since is not None])
    stands = {about(one): tuple(should(one, objected)) for one in things}
    settled = settlement.settle(stands, at=at, why=why, new=new)
    case_facts.carry(stands, new=new)
    for thing in things:
        name = about(thing)
        attention = next((one.what for one in asks(stands[name])), "") if news is None else news
        is_over = not any(one.again for one in runs(stands[name]))
        show(thing, at, attention=attention, lead=settled.lead([name]), is_over=is_over)


def show(thing: Payout | Account, at: datetime, *, attention: str, lead: Lead | None, is_over: bool) -> None:
    """Bring the case up to date: it is open as long as somebody is reminded.  What never had one and is over gets none."""
    name = about(thing)
    if is_over and not case_facts.is_entered(name):
        return
    enter(thing, at)
    cases.update(
        about=name,
        state=thing.state,
        lead=None if is_over else lead,
        closed_at=at if is_over else None,
        attention=None if is_over else attention or None,
        asks=(attention,) if attention and not is_over else (),
    )


def _record(act: Performance[Any], verb: str, *events: Event, **told: Any) -> int:
    number = record(act.actor, act.matter, verb, **told)
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return number


def _settle(act: Performance[Any]) -> None:
    """Settle one thing; where nothing was recorded its case shows what it showed."""
    news, name = act.news, about(act.matter)
    if news is None and not act.verb and case_facts.is_entered(name):
        news = case_facts.case_of(name).attention or ""
    settle([act.matter], at=act.actor.at, why=act.verb, news=news)


PAYOUTS: MatterKind[Payout, str] = MatterKind(
    chart=PAYOUT,
    find=lambda actor, ref, _version: the_payout(actor, ref),
    case=about,
    record=_record,
    settle=_settle,
    shows_news=True,
)
ACCOUNTS: MatterKind[Account, int] = MatterKind(
    chart=ACCOUNT,
    find=lambda actor, number, _version: the_account(actor, number),
    case=about,
    record=_record,
    settle=_settle,
    shows_news=True,
)
