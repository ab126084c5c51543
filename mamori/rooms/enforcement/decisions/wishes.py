"""What staff filled in to decide on a measure, as the verb takes it."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.actions import Wish
from mamori.rooms.enforcement.rules.reasons import Unheard


def decide_on(hand: Hand, *, finding: int, version: int, **given: Any) -> None:
    """Decide on a finding as it was filled in, page by page."""
    unheard = given.get("unheard")
    wish = Wish(
        measure=given["measure"],
        days=given["days"],
        reason=given["reason"],
        unheard=Unheard(unheard) if unheard else None,
        ground=given.get("ground", ""),
        document=given.get("document", ""),
        at_once=given.get("at_once", ""),
        amount=given.get("amount") or 0,
        why_other=_said(given, "other"),
        why_amount=_said(given, "why_amount"),
        hinders=_said(given, "hinders"),
        beside=given.get("beside", ""),
        beside_days=given.get("beside_days") or 0,
    )
    actions.decide(hand, finding=finding, wish=wish, version=version)


def _said(given: dict[str, Any], name: str) -> Text | None:
    """Return what the seller reads, in both languages."""
    words = given.get(name, "").strip()
    return Text(words, given.get(f"{name}_en", "").strip() or words) if words else None
