"""What hinders sellers is settled: rows come and go as the rules of rooms say, and the marketplace is told in the same act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from mamori.grammar.clearance import Doing, Hinders, Vouches
from mamori.grammar.text import Text
from mamori.ground.market.events import ClearanceChanged
from mamori.ground.market.models import Impediment, Seller
from mamori.ground.outbox import actions as outbox

type Said = Hinders | Vouches
type _Key = tuple[str, str, str, str, str]

SAID = ("seller_id", "in_part", "vouches", "ja", "en", "todo_ja", "todo_en", "until")
"""What a row says besides its key and since when."""
ERASED = Text("求めにより、この出品者の内容は消去されました。", "This seller was erased on request.")
NO_MORE = Text(
    "この出品者としては、もう何もできません。お手続きはいりません。",
    "Nothing can be done as this seller any more. There is nothing to do.",
)


def settle(should: Mapping[str, Iterable[Said]], *, at: datetime) -> None:
    """Let exactly this hinder sellers on account of these matters, which the caller has locked; what changes is told.

    What begins later is kept from now on and told by the act that settles the matter then.
    """
    stood = {_key(row): row for row in Impediment.objects.filter(about__in=should)}
    wanted = {_key(row): row for row in _rows(should, at, stood)}
    new = [row for key, row in wanted.items() if row is not stood.get(key)]
    over = [row for key, row in stood.items() if row is not wanted.get(key)]
    begun = [row for row in wanted.values() if row.told_at is None and row.since <= at]
    started = [row.pk for row in begun if row.pk]
    for row in begun:
        row.told_at = at
    if over:
        Impediment.objects.filter(pk__in=[row.pk for row in over]).delete()
    if new:
        Impediment.objects.bulk_create(new)
    if started:
        Impediment.objects.filter(pk__in=started).update(told_at=at)
    _tell([*(row for row in over if row.told_at is not None), *begun], at)


def close_erased(subject: str, at: datetime, limit: int) -> int:
    """Say of a seller whose key is destroyed that it may do nothing any more; return how many rows that took."""
    del limit
    side, _, ref = subject.partition(":")
    about = f"market.{subject}"
    if side != "seller" or Impediment.objects.filter(about=about).exists():
        return 0
    if not Seller.objects.filter(pk=ref).exists():
        return 0
    said = [
        Hinders(what, "erased", ERASED, seller=ref, todo=NO_MORE, since=at)
        for what in (Doing.SELLING, Doing.PAYOUT)
    ]
    settle({about: said}, at=at)
    return len(said)


def _rows(
    should: Mapping[str, Iterable[Said]], at: datetime, stood: Mapping[_Key, Impediment]
) -> Iterable[Impediment]:
    """Yield what should stand: the row that does, where it says the same, else a new one."""
    for about, said in should.items():
        for one in said:
            row = _row(about, one, at)
            there = stood.get(_key(row))
            yield there if there is not None and _says(there, one) == _says(row, one) else row


def _row(about: str, one: Said, at: datetime) -> Impediment:
    row = Impediment(about=about, seller_id=one.seller, what=one.what.value, since=at)
    if isinstance(one, Vouches):
        row.vouches = True
        return row
    row.code, row.category, row.listing, row.in_part = one.code, one.category, one.listing, one.in_part
    row.ja, row.en, row.todo_ja, row.todo_en = one.text.ja, one.text.en, one.todo.ja, one.todo.en
    row.since, row.until = one.since or at, one.until
    return row


def _says(row: Impediment, one: Said) -> tuple[object, ...]:
    """Return what has to be the same, since when too where the matter keeps it."""
    keeps = isinstance(one, Hinders) and one.since is not None
    return (row.since if keeps else None, *(getattr(row, name) for name in SAID))


def _key(row: Impediment) -> _Key:
    return row.about, row.what, row.code, row.category, row.listing


def _tell(rows: Iterable[Impediment], at: datetime) -> None:
    """Publish each change of one seller's doing once."""
    changed = dict.fromkeys((row.seller_id, row.what, row.category, row.listing) for row in rows)
    news = [
        ClearanceChanged(
            subject=f"market.clearance:{ref}", seller_ref=ref, what=what, category=category, listing=listing
        )
        for ref, what, category, listing in changed
    ]
    if news:
        outbox.publish_all(news, at=at)
