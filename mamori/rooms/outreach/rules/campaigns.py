"""Who is told, how many at once, and which clocks run about a campaign: pure decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from mamori.ground.matters.standing import Runs, Stands
from mamori.law.outreach import OUTREACH_HOUR, OUTREACH_REMINDER, Audience
from mamori.rooms.outreach.lifecycle import LIVE


class CampaignNow(Protocol):
    """What of a campaign it rests on."""

    state: str
    rests_since: datetime | None
    remind_since: datetime | None


def of_campaign(one: CampaignNow) -> Iterator[Stands]:
    """Yield the clocks that should run: the rest of the hour once its most was told, and the first reminder that is due."""
    if one.state in LIVE and one.rests_since is not None:
        yield Runs(OUTREACH_HOUR, since=one.rests_since)
    if one.state in LIVE and one.remind_since is not None:
        yield Runs(OUTREACH_REMINDER, since=one.remind_since)


def chosen(
    audience: Audience,
    refs: Iterable[str],
    standings: Mapping[str, bool | None],
    *,
    lacking: Collection[str],
    passed: Collection[str],
) -> Sequence[str]:
    """Return to which of these sellers it goes, in the order in which they are given: that of the database, by which it walks.

    Businesses only, of them those of the audience; who is passed over is left out.
    """
    businesses = [ref for ref in refs if standings.get(ref) and ref not in passed]
    return [ref for ref in businesses if ref in lacking] if audience is Audience.LACKING else businesses


def passed_over(
    audience: Audience, told: Iterable[tuple[str, datetime]], *, started_at: datetime | None
) -> frozenset[str]:
    """Return who of those that were told the same is not told by this campaign.

    All of them where that was chosen, else those that it, or another one meanwhile, has told since it was started.
    """
    is_untold = audience is Audience.UNTOLD
    return frozenset(ref for ref, at in told if is_untold or (started_at is not None and at >= started_at))


def digest_of(title: Mapping[str, str], body: Mapping[str, str]) -> str:
    """Return the SHA-256 of a notice as it was sent, in both languages: the record names by it what was told and read."""
    words = "\n".join(each[lang] for each in (title, body) for lang in ("ja", "en"))
    return sha256(words.encode()).hexdigest()


def room_left(*, hourly: int, told: int) -> int:
    """Return how many more may be told within the hour; none where the most was lowered meanwhile."""
    return max(0, hourly - told)
