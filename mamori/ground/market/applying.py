"""Lines of any kinds applied in the order in which they may refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.declared.records import by_now
from mamori.ground.market import facts, mirror, parties
from mamori.ground.market.answering import confirm
from mamori.ground.market.line import Line, Patch, Told, class_of
from mamori.ground.market.lines import KINDS, ConfirmationLine
from mamori.ground.market.outcomes import Change, DateAhead, Outcome, ReferenceUnknown
from mamori.ground.market.patching import whole
from mamori.ground.market.reviews import write_reviews
from mamori.ground.market.screens import write_screens


def apply(hand: Hand, lines: Sequence[Told]) -> list[Outcome]:
    """Write lines kind by kind, and a ref that comes twice in the order in which it was told.

    A patch waits behind a line of the same record that has to wait.
    """
    outcomes: dict[int, Outcome] = {}
    for kind, write in WRITERS.items():
        left = [(place, line) for place, line in enumerate(lines) if class_of(line) is kind]
        waits: dict[str, ReferenceUnknown] = {}
        while left:
            first: dict[str, tuple[int, Told]] = {}
            for place, line in left:
                if isinstance(line, Patch) and line.ref in waits:
                    outcomes[place] = waits[line.ref]
                else:
                    first.setdefault(line.ref, (place, line))
            done = _write(hand, kind, write, [line for _, line in first.values()])
            for (place, line), outcome in zip(first.values(), done, strict=True):
                outcomes[place] = outcome
                waits.pop(line.ref, None)
                if isinstance(outcome, ReferenceUnknown):
                    waits[line.ref] = outcome
            left = [item for item in left if item[0] not in outcomes]
    return [outcomes[place] for place in range(len(lines))]


def _write(
    hand: Hand, kind: type[Line], write: Callable[[Hand, Sequence[Any]], list[Outcome]], lines: Sequence[Told]
) -> list[Outcome]:
    """Write lines of one kind, those that only change something made whole before."""
    made = whole(kind, lines)
    done = iter(write(hand, [by_now(line, hand.at) for line in made if isinstance(line, Line)]))
    return [next(done) if isinstance(line, Line) else line for line in made]


def _write_confirmations(hand: Hand, lines: Sequence[ConfirmationLine]) -> list[Outcome]:
    return [_confirm(hand, line) for line in lines]


def _confirm(hand: Hand, line: ConfirmationLine) -> Outcome:
    if line.at is not None and line.at > hand.at:
        return DateAhead(field="at")
    before = facts.instruction(line.ref)
    try:
        after = confirm(
            hand,
            instruction=line.ref,
            outcome=line.outcome,
            note=line.note,
            done_at=line.at,
            tracking=line.tracking,
        )
    except Refusal as refusal:
        return refusal
    waited = before is not None and before.closed_at is None
    return Change.CHANGED if waited or before != after else Change.UNCHANGED


WRITERS: dict[type[Line], Callable[[Hand, Sequence[Any]], list[Outcome]]] = {
    KINDS["seller"]: parties.write_sellers,
    KINDS["verification"]: parties.write_verifications,
    KINDS["contacts"]: parties.write_contacts,
    KINDS["buyer"]: parties.write_buyers,
    KINDS["listing"]: mirror.write_listings,
    KINDS["order"]: mirror.write_orders,
    KINDS["screen"]: write_screens,
    KINDS["review"]: write_reviews,
    KINDS["confirmation"]: _write_confirmations,
}
