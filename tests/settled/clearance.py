"""Where the answer on what a seller may do contradicts what the rooms say themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from mamori.ground.market import facts as market
from mamori.ground.market.facts import ClearanceFact, PayoutClearance
from mamori.ground.market.models import Seller
from mamori.ground.seal import facts as seals
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.facts import MeasureFact
from mamori.rooms.identity import facts as identity
from mamori.rooms.payouts import situations
from mamori.rooms.payouts.models import Payee
from mamori.rooms.payouts.rules import Code, Effect, Reason

BITES = ("ordered", "in_force")
HIDING = ("listing-hidden", "listing-removed", "listing-hidden-provisionally")


def contradictions(at: datetime, refs: Iterable[str] | None = None) -> Iterator[str]:
    """Say of each seller, or of these, what is answered otherwise than the rooms' facts have it."""
    for ref in Seller.objects.values_list("pk", flat=True) if refs is None else refs:
        biting = [one for one in enforcement.standing(ref) if one.state in BITES]
        biting = [one for one in biting if one.ends_at is None or one.ends_at > at]
        is_gone = bool(seals.erased([f"seller:{ref}"]))
        found = market.clearance(ref, at=at)
        assert found is not None
        yield from _of_goods(found, biting, is_gone=is_gone, at=at)
        wanted = PayoutClearance.HELD if is_gone else _payout(ref, biting, at)
        if found.payout is not wanted:
            yield f"{ref}: payout is {found.payout}, not {wanted}"


def _of_goods(
    found: ClearanceFact, biting: list[MeasureFact], *, is_gone: bool, at: datetime
) -> Iterator[str]:
    ref, kinds = found.seller_ref, {one.kind for one in biting}
    may_sell = not is_gone and not kinds & {"suspended", "closed"}
    may_list = may_sell and "new-listings-stopped" not in kinds
    closed = {one.target_ref for one in biting if one.kind == "category-closed"}
    if (found.may_sell, found.may_list) != (may_sell, may_list):
        yield f"{ref}: may sell, may list: {found.may_sell}, {found.may_list}, not {may_sell}, {may_list}"
    if set(found.closed_categories) != closed:
        yield f"{ref}: closed are {found.closed_categories}, not {closed}"
    hidden = {one.target_ref for one in biting if one.kind in HIDING}
    touched = {
        one.target_ref for one in enforcement.record(ref, at=at).measures if one.kind.startswith("listing-")
    }
    for listing in touched | {"L-none"}:
        said = market.clearance(ref, at=at, listing=listing)
        if said is None or said.may_offer(listing) != (may_sell and listing not in hidden):
            yield f"{ref}: {listing} may be on offer: {listing in hidden}"


def _payout(ref: str, biting: list[MeasureFact], at: datetime) -> PayoutClearance:
    """Say whether a seller may be paid: by the gate's reasons where it knows the seller, else by what is known below it."""
    held = [Reason(code=Code.MEASURE, amount=one.amount) for one in biting if one.kind == "payout-held"]
    if Payee.objects.filter(pk=ref).exists():
        with transaction.atomic():
            reasons = situations.gate([ref], at).situations[ref].reasons
            transaction.set_rollback(True)
        found = [one for one in reasons if one.code is not Code.MEASURE] + held
        if any(one.effect is not Effect.SUM for one in found):
            return PayoutClearance.HELD
        return PayoutClearance.PART if found else PayoutClearance.CLEAR
    known = identity.standings([ref], at=at).get(ref)
    is_held = any(one.effect is not Effect.SUM for one in held)
    return (
        PayoutClearance.HELD
        if is_held or (known and known.standing != "verified")
        else PayoutClearance.NOT_TOLD
    )
