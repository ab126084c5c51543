"""What a registered name that is not verified, or not any more, keeps a seller from: its proceeds, and what it can do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Protocol

from mamori.grammar.clearance import Doing, Hinders
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.rooms.identity.rules.standing import Standing

WHY = {
    Standing.UNVERIFIED: Text(
        "登録された氏名・名称を、まだ確かめていません。", "The registered name has not been verified yet."
    ),
    Standing.CHANGED: Text(
        "確かめたあとに、登録された氏名・名称が変わりました。",
        "The registered name changed after it had been verified.",
    ),
    Standing.EXPIRED: Text(
        "登録名の確認の期限が過ぎています。", "The check of the registered name has ended."
    ),
}
CHECK = Text(
    "通販サイトの登録情報のページで、本人確認を受けてください。",
    "Please have the registered name checked on the marketplace's page of registered data.",
)


class CheckNow(Protocol):
    """What of a version it rests on."""

    seller_ref: str
    method: str
    until: date | None
    covered: bool


def of_version(one: CheckNow) -> Iterator[Hinders]:
    """Yield what the version that counts keeps its seller from, also from the day on which its check will be over."""
    if not one.method:
        yield _hinders(one, Standing.UNVERIFIED)
    elif not one.covered:
        yield _hinders(one, Standing.CHANGED)
    elif one.until is not None and one.until < date.max:
        yield _hinders(one, Standing.EXPIRED, since=_after(one.until))


def _after(last: date) -> datetime:
    """Return when the day after the last begins in Japan."""
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=JAPAN)


def _hinders(one: CheckNow, why: Standing, *, since: datetime | None = None) -> Hinders:
    return Hinders(
        Doing.PAYOUT, f"identity-{why.value}", WHY[why], seller=one.seller_ref, todo=CHECK, since=since
    )
