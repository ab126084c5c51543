"""The same account under several sellers: found by a blind index, for a person to look at, and never held against anybody."""

from __future__ import annotations

from mamori.ground.seal import facts as seals
from mamori.rooms.payouts import details
from mamori.rooms.payouts.details import Details
from mamori.rooms.payouts.models import Account

AT_ONCE = 1_000
GONE = b""


def place_of(holds: Details) -> bytes:
    """Return the blind index of where money goes, whatever its holder is called."""
    return seals.blind("payouts_account.place", "".join(holds.place))


def fill() -> None:
    """Make the index of some open accounts that are older than it; what somebody else is at work on is left to the next."""
    older = Account.objects.filter(closed_at__isnull=True, place__isnull=True)
    rows = list(older.select_for_update(skip_locked=True).order_by("id")[:AT_ONCE])
    known = details.opened_all(rows)
    for row in rows:
        row.place = place_of(known[row.pk]) if row.pk in known else GONE
    Account.objects.bulk_update(rows, ["place"])


def others(account: Account) -> tuple[str, ...]:
    """Return the other sellers whose proceeds go to the same account, or are to."""
    if not account.place:
        return ()
    rows = Account.objects.filter(closed_at__isnull=True, place=bytes(account.place))
    found = rows.exclude(payee=account.payee_id).values_list("payee_id", flat=True)
    return tuple(sorted(set(found)))


def forget(seller_ref: str, limit: int) -> int:
    """Empty the index of an erased seller's accounts; return how many, so many at most."""
    rows = Account.objects.filter(payee=seller_ref).exclude(place=GONE)
    chosen = list(rows.values_list("pk", flat=True)[:limit])
    return Account.objects.filter(pk__in=chosen).update(place=GONE)
