"""Of which held items it is open whether they are the seller's: what it called outdated, and what was left out before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import LEFT_OUT, LeftOut, SellerItem

type Marked = Mapping[str, Sequence[str]]
"""Items, each with how it stands or why it was left out, and the digest of what was registered then."""


class OutdatedState(StrEnum):
    """How an item stands that the seller called outdated."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    PUT_RIGHT = "put_right"
    SILENT = "silent"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _OUTDATED[self]


_OUTDATED = {
    OutdatedState.WAITING: Text("出品者が直すか確かめるのを待っている", "waits for the seller"),
    OutdatedState.CONFIRMED: Text(
        "出品者が、登録のとおりで正しいと答えた", "confirmed by the seller as registered"
    ),
    OutdatedState.PUT_RIGHT: Text("登録が直された", "put right in the registration"),
    OutdatedState.SILENT: Text(
        "直されも確かめられもしなかった（人が判断する）",
        "neither put right nor confirmed: a person weighs it",
    ),
}
_OPEN = (OutdatedState.WAITING, OutdatedState.SILENT)


def standing(outdated: Marked, registered: Mapping[str, str]) -> dict[SellerItem, OutdatedState]:
    """Return how each item stands that was called outdated; another value that is registered since puts it right."""
    return {
        SellerItem(item): OutdatedState.PUT_RIGHT
        if registered.get(item, digest) != digest
        else OutdatedState(state)
        for item, (state, digest) in outdated.items()
    }


def awaited(outdated: Marked, registered: Mapping[str, str]) -> tuple[SellerItem, ...]:
    """Return the items that the seller has still to put right or confirm."""
    stands = standing(outdated, registered)
    return tuple(one for one in SellerItem if stands.get(one) is OutdatedState.WAITING)


def called(
    outdated: Marked, items: Collection[SellerItem], registered: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return what is outdated once the seller has called these so.

    Its days run once: what it calls so after they are over, or calls so again, a person weighs at once.
    """
    is_first = not outdated or any(state == OutdatedState.WAITING for state, _ in outdated.values())
    now = {item: [*one] for item, one in outdated.items()}
    for item in (one for one in SellerItem if one in items and one.value in registered):
        state = OutdatedState.WAITING if is_first and item.value not in outdated else OutdatedState.SILENT
        if now.get(item.value, [""])[0] != OutdatedState.WAITING:
            now[item.value] = [state.value, registered[item.value]]
    return now


def ended(
    outdated: Marked, registered: Mapping[str, str], answer: Mapping[SellerItem, OutdatedState]
) -> dict[str, list[str]]:
    """Return the same with what was answered, and with what the registration answers itself."""
    stands = {**standing(outdated, registered), **answer}
    return {
        item: [stands[SellerItem(item)].value, registered.get(item, one[1])] for item, one in outdated.items()
    }


def doubted(
    own: Iterable[Marked], registered: Mapping[str, str], *, others: Iterable[Marked] = ()
) -> tuple[str, ...]:
    """Return the registered items of which it is open whether they are the seller's.

    They were called outdated and neither put right nor confirmed since, or left out of an answer or of a proposal, and are the
    same still.  Where somebody might be in danger, another value makes no difference, unless that was said of another seller.
    """
    found = {item for item, code, is_same in _each(own, registered) if is_same or code == LeftOut.DANGER}
    found |= {item for item, _, is_same in _each(others, registered) if is_same}
    return tuple(one.value for one in SellerItem if one.value in found & registered.keys())


def _each(marks: Iterable[Marked], registered: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Yield each item that a mark leaves open, the mark, and whether the same is registered."""
    for item, (code, digest) in ((item, one) for marked in marks for item, one in marked.items()):
        if code in _OPEN or (code in LEFT_OUT and LEFT_OUT[LeftOut(code)].stays):
            yield item, code, registered.get(item) == digest
