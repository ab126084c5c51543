"""Who is told, how many at once, and which clocks run about a campaign: pure decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Runs, Stands
from mamori.law.outreach import OUTREACH_HOUR, OUTREACH_REMINDER, Audience
from mamori.rooms.outreach.lifecycle import LIVE, CampaignState


class CampaignNow(Protocol):
    """What of a campaign it rests on."""

    state: str
    rests_since: datetime | None
    remind_since: datetime | None


def of_campaign(one: CampaignNow) -> Iterator[Stands]:
    """Yield the clocks that should run: the rest of the hour once its most was told, and the first reminder that is due."""
    if one.state == CampaignState.RUNNING and one.rests_since is not None:
        yield Runs(OUTREACH_HOUR, since=one.rests_since)
    if one.state in LIVE and one.remind_since is not None:
        yield Runs(OUTREACH_REMINDER, since=one.remind_since)


def chosen(
    audience: Audience,
    standings: Mapping[str, bool | None],
    *,
    lacking: Collection[str],
    told_before: Collection[str],
) -> Sequence[str]:
    """Return to which of these sellers it goes, in their order: businesses only, of them those of the audience."""
    businesses = sorted(ref for ref, is_business in standings.items() if is_business)
    if audience is Audience.LACKING:
        return [ref for ref in businesses if ref in lacking]
    if audience is Audience.UNTOLD:
        return [ref for ref in businesses if ref not in told_before]
    return businesses


def room_left(*, hourly: int, told: int) -> int:
    """Return how many more may be told within the hour; none where the most was lowered meanwhile."""
    return max(0, hourly - told)
