"""A payout as staff see it: where its money is, why it waits and what that comes from, who proposed to pay it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.people import facts as people
from mamori.ground.people.facts import ProposalFact
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.identity import facts as identity
from mamori.rooms.identity.facts import IdentityFact
from mamori.rooms.payouts import facts
from mamori.rooms.payouts.accounts.queries import AccountShown, shown
from mamori.rooms.payouts.holds.actions import ABOUT
from mamori.rooms.payouts.lifecycle import PayoutState
from mamori.rooms.payouts.matters import ObjectionFact, objections_of
from mamori.rooms.payouts.models import Account, Payout, Transfer
from mamori.rooms.payouts.refusals import NoSuchPayout
from mamori.rooms.payouts.rules import SETTLED, Effect, Reason, Settled
from mamori.rooms.payouts.situations import PayoutFact

KIND = "payouts.payout"
_OF_IDENTITY, _OF_ACCOUNT = (
    Text("登録名の確認", "the check of the registered name"),
    Text("振込先の口座", "the account"),
)
_OF_TROUBLE, _OF_MEASURE = (
    Text("購入者とのやり取り", "a conversation with a buyer"),
    Text("措置", "a measure"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonShown:
    """A reason in words: what it holds back, what it comes from, and the case of that where there is one."""

    title: Text
    holds: Text
    from_: Text
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutShown:
    """A payout with everything that a decision on it needs; so much is `proposed` to be paid, where something is."""

    payout: PayoutFact
    shop: str
    settled: Text | None
    settled_amount: int
    reasons: tuple[ReasonShown, ...]
    account: AccountShown | None
    cooling: AccountShown | None
    identity: IdentityFact | None
    transfers: tuple[Transfer, ...]
    before: tuple[PayoutFact, ...]
    proposal: ProposalFact | None
    proposed: int
    asks: bool
    objections: tuple[ObjectionFact, ...] = ()

    @property
    def may_answer(self) -> bool:
        """Say whether an objection waits for its answer."""
        return any(one.answered_at is None for one in self.objections)

    @property
    def may_review(self) -> bool:
        """Say whether somebody could say that it stays as it is."""
        return self.payout.state in (PayoutState.HELD, PayoutState.REVIEW)

    @property
    def may_settle(self) -> bool:
        """Say whether counsel could bring it to its end."""
        return self.payout.waits > 0


def ref_of(number: str) -> str:
    """Return the reference of the payout whose case has the number."""
    case = cases.by_number(number)
    if case is None or case.kind != KIND:
        raise NoSuchPayout
    return case.about.partition(":")[2]


def payout_of(actor: Actor, ref: str) -> PayoutShown:
    """Return a payout as staff see it."""
    found = facts.payout(actor, ref)
    row = Payout.objects.get(ref=ref)
    seller_ref = found.seller_ref
    accounts = shown(Account.objects.filter(payee=seller_ref, closed_at__isnull=True))
    proposal, last = proposal_of(row), None
    if proposal is not None:
        last = row.releases.order_by("-id").first()
    return PayoutShown(
        payout=found,
        shop=market.shop_names([seller_ref]).get(seller_ref, ""),
        settled=SETTLED[Settled(row.settled)] if row.settled else None,
        settled_amount=row.settled_amount,
        reasons=reasons_shown(found.reasons),
        account=next((one for one in accounts if not one.is_cooling), None),
        cooling=next((one for one in accounts if one.is_cooling), None),
        identity=identity.identity(seller_ref, at=actor.at),
        transfers=tuple(Transfer.objects.filter(payout=row).order_by("-id")[:20]),
        before=facts.latest_of(seller_ref, without=ref),
        proposal=proposal if last else None,
        proposed=last.amount if last else 0,
        asks=found.waits > 0,
        objections=objections_of(row),
    )


def reasons_shown(reasons: Sequence[Reason]) -> tuple[ReasonShown, ...]:
    """Return reasons with what they come from, the cases looked up at once."""
    abouts = {reason.ref: _about(reason.ref) for reason in reasons if reason.ref}
    numbers = cases.numbers_of(list(abouts.values()))
    return tuple(
        ReasonShown(
            title=reason.code.words.title,
            holds=_holds(reason),
            from_=_from(reason),
            case=numbers.get(abouts.get(reason.ref, ""), ""),
        )
        for reason in reasons
    )


def proposal_of(row: Payout) -> ProposalFact | None:
    """Return what waits for a second person about a payout, or nothing."""
    name = f"{ABOUT}{row.ref}"
    return next((one for one in people.open_proposals(about=name, limit=1000) if one.about == name), None)


def _about(ref: str) -> str:
    """Return what the case behind a reason is about: a measure's is its finding's."""
    kind, _, number = ref.partition(":")
    if kind != "enforcement.measure":
        return ref
    found = enforcement.measure(int(number))
    return f"enforcement.finding:{found.finding}" if found else ref


def _holds(reason: Reason) -> Text:
    if reason.effect is Effect.SUM:
        return Text(f"{reason.amount:,}円まで", f"up to {reason.amount:,} yen")
    if reason.effect is Effect.LOOK:
        return Text("人が確かめるまで全額", "all of it until a person has looked")
    return Text("全額", "all of it")


def _from(reason: Reason) -> Text:
    if reason.ref.startswith("contact."):
        return _OF_TROUBLE
    if reason.ref.startswith("enforcement."):
        return _OF_MEASURE
    return _OF_IDENTITY if reason.code.value.startswith("identity") else _OF_ACCOUNT
