"""How a registered name stands: not verified, changed since, expired, or verified."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.identification import Method, Registrant


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
