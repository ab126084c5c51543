"""Whether a seller is a business: every word that was said of it, from when it holds, when it came and whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.grammar.hand import Hand
from mamori.ground.declared.records import CLOCKS_DIFFER
from mamori.ground.market.sellerlines import SellerLine, WhoSaid


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One word: that the seller is no business, that it is one, or (None) that it is not told any longer.

    `by` is whose word it is, `told_by` who told us of it; both are empty of what was told before words were dated.
    """

    private: bool | None
    since: datetime
    said_at: datetime
    by: WhoSaid | None = None
    told_by: str = ""


def statuses_of(line: SellerLine, before: tuple[Status, ...], hand: Hand) -> tuple[Status, ...]:
    """Return the words with what a line adds; what it leaves out takes the last word back, from now on."""
    last = before[-1] if before else None
    is_other = line.private is not (last.private if last else None)
    tells_more = last is not None and (
        not (line.private_since is None or _is_same(line.private_since, last))
        or line.private_by not in (None, last.by)
    )
    if not is_other and not tells_more:
        return before
    since = line.private_since or (hand.at if is_other or last is None else last.since)
    by = line.private_by or (None if is_other or last is None else last.by)
    word = Status(private=line.private, since=since, said_at=hand.at, by=by, told_by=hand.by)
    return (*before, word)


def _is_same(since: datetime, last: Status) -> bool:
    """Say whether a word is said to hold since when the last one does, or since what was then ahead of our clock."""
    grace = CLOCKS_DIFFER if last.since == last.said_at else timedelta(0)
    return last.since <= since <= last.since + grace


def dated(undated_at: datetime | None) -> tuple[Status, ...]:
    """Return the one word of before words were dated: private, and known to hold since the house was told to ask."""
    if undated_at is None:
        return ()
    return (Status(private=True, since=undated_at, said_at=undated_at),)


def private_at(statuses: Iterable[Status], at: datetime) -> bool | None:
    """Return whether the seller was no business at a moment: by the last word that reaches back to it, None = not told."""
    found = None
    for word in statuses:
        if word.since <= at:
            found = word.private
    return found
