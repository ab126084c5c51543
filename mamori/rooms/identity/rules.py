"""How a registered name stands, and what one that is not verified keeps a seller from: plain functions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from mamori.grammar.clearance import Doing, Hinders
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.law.identification import Method, Registrant

# How a registered name stands: not verified, changed since, expired, or verified.


class Standing(StrEnum):
    """How a registered name stands on a day."""

    UNVERIFIED = "unverified"
    CHANGED = "changed"
    EXPIRED = "expired"
    VERIFIED = "verified"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _TEXTS[self]


_TEXTS = {
    Standing.UNVERIFIED: Text("確かめていない", "not verified"),
    Standing.CHANGED: Text("確かめたあとに名前が変わった", "the name changed since it was verified"),
    Standing.EXPIRED: Text("確認の期限が過ぎた", "the check has ended"),
    Standing.VERIFIED: Text("確かめてある", "verified"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A registered name as the marketplace told it, and how it was verified; `until` is the last day on which that holds."""

    name: str
    kana: str = ""
    registrant: Registrant | None = None
    method: Method | None = None
    verified_at: datetime | None = None
    until: date | None = None

    @property
    def names(self) -> tuple[str, str, Registrant | None]:
        """Return what a check is about, with spelling that means the same made the same."""
        return _same(self.name), _same(self.kana), self.registrant


def covers(before: Registered | None, now: Registered, *, covered: bool) -> bool:
    """Say whether what was verified is the name that is registered now.

    A name that differs needs a check that is later than the last; `covered` is what was so of `before`.
    """
    if now.method is None or now.verified_at is None:
        return False
    if before is None or before.verified_at is None:
        return True
    if now.verified_at > before.verified_at:
        return True
    return covered and now.names == before.names


def standing(method: Method | None, until: date | None, *, covered: bool, on: date) -> Standing:
    """Say how a registered name stands on a day by its check; its last day is one on which it holds."""
    if method is None:
        return Standing.UNVERIFIED
    if not covered:
        return Standing.CHANGED
    if until is not None and until < on:
        return Standing.EXPIRED
    return Standing.VERIFIED


def _same(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


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
