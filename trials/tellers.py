"""The processes of the measurement of campaigns: one that lays sellers out, workers that may be killed, one that counts."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from mamori.grammar.hand import Hand, Role

BATCH = 500
HOURLY = 200_000
"""As many as may be told within an hour at most: what is measured is the telling."""


def fill(count: int) -> None:
    """Put `count` businesses and as many private persons as a hundredth of them into the market; draft a campaign."""
    from django.db import transaction

    from mamori.ground.market.actions import ContactsLine, SellerLine
    from mamori.ground.market.applying import apply
    from mamori.ground.outbox.models import Effect
    from mamori.ground.terms import actions as terms
    from mamori.law.outreach import OUTREACH_HOURLY, Audience, CampaignCode
    from mamori.rooms.outreach import actions

    for numbers in batched(range(count), BATCH):
        lines = [SellerLine(ref=f"S-{n:07}", name=f"店 {n}", private=False) for n in numbers]
        reached = [ContactsLine(ref=one.ref, mail=f"{one.ref.lower()}@example.jp") for one in lines]
        with transaction.atomic():
            apply(_hand(), lines)
            apply(_hand(), reached)
    with transaction.atomic():
        apply(_hand(), [SellerLine(ref=f"P-{n:05}", name="個人", private=True) for n in range(count // 100)])
    Effect.objects.filter(done_at=None).update(done_at=datetime.now(UTC))
    terms.set(_hand(Role.LEAD), setting=OUTREACH_HOURLY, value=HOURLY)
    actions.draft_campaign(_hand(Role.LEAD), campaign=0, code=CampaignCode.ARTICLE5, audience=Audience.ALL)
    _effects()
    actions.start_campaign(_hand(Role.LEAD), campaign=_campaign(), reason="知らせる。")


def turn_back() -> None:
    """Stop the campaign and resume it at once: it goes through all sellers from the first."""
    from mamori.rooms.outreach import actions

    actions.stop_campaign(_hand(Role.LEAD), campaign=_campaign(), reason="測るため。")
    actions.resume_campaign(_hand(Role.LEAD), campaign=_campaign(), reason="測るため。")


def work(fault: str) -> None:
    """Do the work of the house until the process is killed; the first word on stdout says that it begins."""
    from mamori.site import work as house

    _plant(fault)
    print("up", flush=True)
    house.run(threading.Event(), tell=lambda _: None)


def drain(fault: str) -> None:
    """Do all that is left, as seen from an hour ahead, so that the leases of the killed have ended."""
    from mamori.ground.post import actions as post

    _plant(fault)
    _effects(ahead=timedelta(hours=1))
    while post.deliver(at=datetime.now(UTC) + timedelta(hours=1)):
        pass


def count() -> None:
    """Print how many were told, how often at most, and of how many notices nobody made a row."""
    from django.db.models import Count

    from mamori.ground.outbox.models import Notice
    from mamori.ground.post.models import Mail
    from mamori.law.outreach import ARTICLE5
    from mamori.rooms.outreach.models import Campaign, CampaignDay, SellerTold

    notices = Notice.objects.filter(template=ARTICLE5.notice.code)
    twice = notices.values("to").annotate(many=Count("id")).filter(many__gt=1)
    found = {
        "state": Campaign.objects.get().state,
        "rows": SellerTold.objects.count(),
        "notices": notices.count(),
        "told_twice": twice.count(),
        "private": notices.filter(to__startswith="seller:P-").count(),
        "mails": Mail.objects.count(),
        "figures": sum(CampaignDay.objects.values_list("told", flat=True)),
    }
    print(json.dumps(found))


def _campaign() -> int:
    from mamori.rooms.outreach.models import Campaign

    return int(Campaign.objects.values_list("pk", flat=True).get())


def _effects(ahead: timedelta = timedelta()) -> None:
    from mamori.ground.outbox import actions as outbox

    while outbox.work(at=datetime.now(UTC) + ahead):
        pass


def _hand(role: Role = Role.MACHINE) -> Hand:
    return Hand(by=f"{role}:bench", role=role, at=datetime.now(UTC), via="bench")


def _plant(fault: str) -> None:
    """Break the house on purpose: it keeps no rows of whom it told (forgetful), or names a mail anew at each try (renamed)."""
    if fault == "renamed":
        from trials import postmen

        postmen._plant(fault)
    elif fault == "forgetful":
        from mamori.rooms.outreach.models import SellerTold

        def unkept(rows: Iterable[Any]) -> list[Any]:
            kept = list(rows)
            for number, row in enumerate(kept):
                row.pk = time.time_ns() + number
            return kept

        SellerTold.objects.bulk_create = unkept  # type: ignore[method-assign, assignment]


def main() -> None:
    """Play the role that the command line names."""
    import django

    django.setup()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    role, word = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    match role:
        case "fill":
            fill(int(word))
        case "work":
            work(word)
        case "drain":
            drain(word)
        case "turn-back":
            turn_back()
        case "count":
            count()


if __name__ == "__main__":
    main()
