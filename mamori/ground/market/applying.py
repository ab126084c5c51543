"""Lines of any kinds applied in the order in which they may refer to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.market import facts, mirror
from mamori.ground.market.answering import confirm
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.lines import KINDS, ConfirmationLine, Line
from mamori.ground.market.mirror import Change, DateAhead, Outcome
from mamori.ground.market.reviews import write_reviews


def apply(hand: Hand, lines: Sequence[Line]) -> list[Outcome]:
    """Write lines kind by kind, and a ref that comes twice in the order in which it was told."""
    outcomes: dict[int, Outcome] = {}
    for kind, write in _WRITERS.items():
        left = [(place, line) for place, line in enumerate(lines) if type(line) is kind]
        while left:
            first: dict[str, tuple[int, Any]] = {}
            for place, line in left:
                first.setdefault(line.ref, (place, line))
            done = write(hand, [line for _, line in first.values()])
            outcomes |= zip((place for place, _ in first.values()), done, strict=True)
            left = [item for item in left if item[0] not in outcomes]
    return [outcomes[place] for place in range(len(lines))]


def kind_of(line: Line) -> str:
    """Return the kind that the line was told as."""
    return str(line.__struct_config__.tag)


def _write_confirmations(hand: Hand, lines: Sequence[ConfirmationLine]) -> list[Outcome]:
    return [_confirm(hand, line) for line in lines]


def _confirm(hand: Hand, line: ConfirmationLine) -> Outcome:
    if line.at is not None and line.at > hand.at:
        return DateAhead(field="at")
    before = facts.instruction(line.ref)
    try:
        confirm(
            hand,
            instruction=line.ref,
            outcome=line.outcome,
            note=line.note,
            done_at=line.at,
            tracking=line.tracking,
        )
    except Refusal as refusal:
        return refusal
    waited = before is not None and before.state is InstructionState.ISSUED
    return Change.CHANGED if waited else Change.UNCHANGED


_WRITERS: dict[type[Line], Callable[[Hand, Sequence[Any]], list[Outcome]]] = {
    KINDS["seller"]: mirror.write_sellers,
    KINDS["buyer"]: mirror.write_buyers,
    KINDS["listing"]: mirror.write_listings,
    KINDS["order"]: mirror.write_orders,
    KINDS["review"]: write_reviews,
    KINDS["confirmation"]: _write_confirmations,
}
