"""Of which held items it is open whether they are the seller's: what it called outdated, and what was left out before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import LEFT_OUT, LeftOut, SellerItem

type Marked = Mapping[str, Sequence[str]]
"""Items, each with how it stands or why it was left out, the digest of what was registered then, and how it stood then."""


class OutdatedState(StrEnum):
    """How an item stands that the seller called outdated."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CHANGED = "changed"
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
    OutdatedState.CHANGED: Text(
        "登録が変わった（人が確かめる）", "what is registered has changed: a person looks at it"
    ),
    OutdatedState.SILENT: Text(
        "直されも確かめられもしなかった（人が判断する）",
        "neither put right nor confirmed: a person weighs it",
    ),
}
_UNANSWERED = (OutdatedState.WAITING, OutdatedState.SILENT)


def standing(outdated: Marked, registered: Mapping[str, str]) -> dict[SellerItem, OutdatedState]:
    """Return how each item stands that was called outdated; what is registered otherwise since may be put right or not."""
    return {
        SellerItem(item): OutdatedState.CHANGED
        if registered.get(item, digest) != digest
        else OutdatedState(state)
        for item, (state, digest) in outdated.items()
    }


def awaited(outdated: Marked, registered: Mapping[str, str]) -> tuple[SellerItem, ...]:
    """Return the items that the seller has still to put right or confirm."""
    stands = standing(outdated, registered)
    return tuple(one for one in SellerItem if stands.get(one) is OutdatedState.WAITING)


def to_confirm(outdated: Marked, registered: Mapping[str, str]) -> tuple[SellerItem, ...]:
    """Return the registered items that the seller may still confirm; what has changed a person looks at."""
    stands = standing(outdated, registered)
    return tuple(one for one in SellerItem if one.value in registered and stands.get(one) in _UNANSWERED)


def called(
    outdated: Marked,
    items: Collection[SellerItem],
    registered: Mapping[str, str],
    *,
    asked: Collection[str] = tuple(SellerItem),
) -> dict[str, list[str]]:
    """Return what is outdated once the seller has called these so.

    Its days run once: what it calls so after they are over, or calls so again, a person weighs at once.  What was not asked for
    holds nothing up, and is known when somebody else asks for it.
    """
    is_first = not outdated or any(state == OutdatedState.WAITING for state, _ in outdated.values())
    now = {item: [*one] for item, one in outdated.items()}
    for item in (one for one in SellerItem if one in items and one.value in registered):
        may_wait = is_first and item.value not in outdated and item.value in asked
        state = OutdatedState.WAITING if may_wait else OutdatedState.SILENT
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


def left_out(
    whys: Mapping[SellerItem, LeftOut], outdated: Marked, registered: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return the items that are left out, as they are kept."""
    stands = standing(outdated, registered)
    return {
        item.value: [why.value, registered[item.value], stands.get(item, "")] for item, why in whys.items()
    }


def no_longer_so(marked: Marked, outdated: Marked, registered: Mapping[str, str]) -> tuple[SellerItem, ...]:
    """Return what is left out as another's or outdated, and was registered otherwise or confirmed by the seller since."""
    stands, found = standing(outdated, registered), []
    for item in (one for one in SellerItem if one.value in marked):
        why, digest, stood = marked[item.value]
        is_confirmed = stands.get(item) is OutdatedState.CONFIRMED and stood != OutdatedState.CONFIRMED
        if why in (LeftOut.ANOTHERS, LeftOut.OUTDATED) and (
            registered.get(item.value) != digest or is_confirmed
        ):
            found.append(item)
    return tuple(found)


def doubted(
    own: Iterable[Marked], registered: Mapping[str, str], *, others: Iterable[Marked] = ()
) -> tuple[str, ...]:
    """Return the registered items of which it is open whether they are the seller's.

    They were called outdated and not confirmed since, or left out of an answer or of a proposal.  Another value makes no
    difference, as the same home can be written in many ways: a person looks at it.  Of another seller's the same value counts.
    """
    found = {item for item, _ in _open(own, registered)}
    found |= {item for item, digest in _open(others, {}) if registered.get(item) == digest}
    return tuple(one.value for one in SellerItem if one.value in found & registered.keys())


def not_weighed(
    marked: Marked,
    at: datetime | None,
    registered: Mapping[str, str],
    given: Iterable[tuple[datetime, Mapping[str, str]]],
) -> Marked:
    """Return what of a mark, made `at` then, nobody has weighed since: what is registered otherwise by now is weighed once.

    It was, where two people gave it as it is registered now after the mark.  A danger is weighed each time, and so is what is
    registered as it was marked.
    """
    return {
        item: one
        for item, one in marked.items()
        if at is None
        or one[0] == LeftOut.DANGER
        or (one[1] == registered.get(item) and one[0] != OutdatedState.CHANGED)
        or not any(then > at and digest.get(item) == registered.get(item) for then, digest in given)
    }


def _open(marks: Iterable[Marked], registered: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each item that a mark leaves open, and the digest of what was registered then."""
    for item, (code, digest, *_) in ((item, one) for marked in marks for item, one in marked.items()):
        is_confirmed = code == OutdatedState.CONFIRMED and registered.get(item, digest) == digest
        if not is_confirmed and (code not in LEFT_OUT or LEFT_OUT[LeftOut(code)].stays):
            yield item, digest
