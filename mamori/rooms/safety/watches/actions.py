"""One walk through listings for all who look at them: those told or rewritten since, or all anew, some in each turn.

Each turn is the caller's transaction: what it found and how far it came stand or fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from mamori.ground.market import facts as market
from mamori.rooms.safety.models import ListingWatch

LOOKED_AT_ONCE, OVERLAP = 10_000, 1_000
"""So many versions of listings are looked at in one turn, and so many before them once more: a version has its number before
others see it."""

type Look = Callable[[Collection[str]], object]


def begin_watch(name: str, *, at: datetime, reached: int) -> None:
    """Begin a watch that has `reached` so far, or let the one of that name begin there anew."""
    ListingWatch.objects.update_or_create(name=name, defaults={"reached": reached, "looked_at": at})


def look_on(name: str, look: Look, *, at: datetime) -> bool:
    """Look at the next listings that were told or rewritten since, and return whether more of them wait."""
    watch = ListingWatch.objects.select_for_update().get(name=name)
    refs, last = market.goods_told(watch.reached - OVERLAP, most=LOOKED_AT_ONCE)
    look(refs)
    watch.reached, watch.looked_at = max(last, watch.reached), at
    watch.save()
    return watch.reached < market.goods_told_last()


def begin_again(name: str) -> None:
    """Let all listings be looked at once more, from the first one on."""
    ListingWatch.objects.filter(name=name).update(again="")


def look_again(name: str, look: Look) -> bool:
    """Look at the next of all listings, where they are to be looked at once more, and return whether more of them wait."""
    watch = ListingWatch.objects.select_for_update().get(name=name)
    if watch.again is None:
        return False
    refs = market.goods_after(watch.again, most=LOOKED_AT_ONCE)
    look(refs)
    watch.again = refs[-1] if len(refs) == LOOKED_AT_ONCE else None
    watch.save(update_fields=("again",))
    return watch.again is not None


def has_new(name: str) -> bool:
    """Say whether listings were told since this watch looked last."""
    reached = ListingWatch.objects.filter(name=name).values_list("reached", flat=True).first()
    return reached is not None and reached < market.goods_told_last()
