"""The words of a review, sealed with the key of who wrote them."""

from __future__ import annotations

from collections.abc import Collection

from mamori.ground.market.lines import ReviewLine
from mamori.ground.market.models import Review, ReviewEdit
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place


def writers(buyers: Collection[str]) -> set[str]:
    """Return those of the buyers with whose key something new may be sealed: whoever was erased gets no words again."""
    asked = {f"buyer:{ref}" for ref in buyers}
    if not asked:
        return set()
    living = set(seals.living(asked))
    living -= set(seals.erased(living))
    return {who.removeprefix("buyer:") for who in living}


def kept(line: ReviewLine, before: Review | None) -> bytes | None:
    """Return the words of a line as they are kept: where they are as before, as they lie already."""
    if not line.text or line.author is None:
        return None
    if before is not None and before.author_id == line.author and opened(before) == line.text:
        return bytes(before.sealed) if before.sealed is not None else None
    return sealing.seal(subject=f"buyer:{line.author}", place=_place(line.ref), plain=line.text.encode())


def opened(row: Review | ReviewEdit) -> str:
    """Return the words of a review, or of what it said before; empty where there are none, or its author was erased."""
    if row.sealed is None:
        return ""
    ref = row.ref if isinstance(row, Review) else row.review_id
    try:
        plain = seals.unseal(subject=f"buyer:{row.author_id}", place=_place(ref), sealed=bytes(row.sealed))
    except seals.Shredded:
        return ""
    return plain.decode()


def _place(ref: str) -> Place:
    """Return where the words stand, whether they are the present ones or were changed since."""
    return Place("market_review", ref, "sealed")
