"""Lines told over the wire: taken in batch by batch as they come, with an outcome for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.applying import apply
from mamori.ground.market.importing import BATCH, COSTS
from mamori.ground.market.line import Line, Patch, Told, class_of, kind_of
from mamori.ground.market.outcomes import Change, Outcome, ReferenceUnknown
from mamori.ground.market.reading import LineTooLong, named_in, read
from mamori.ground.market.sources import MOST_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOutcome:
    """What became of one line; `kind` and `ref` are empty where it could not be read."""

    line: int
    kind: str = ""
    ref: str = ""
    outcome: Outcome


@dataclass(slots=True)
class _Listener:
    """One telling: what is settled, and what waits for something that a later line may tell."""

    hand: Hand
    closed: Mapping[type[Line], Refusal]
    settled: list[LineOutcome] = field(default_factory=list)
    waiting: list[tuple[int, Told]] = field(default_factory=list)

    def take(self, batch: list[tuple[int, Told]], *, is_last: bool = False) -> int:
        """Write one batch in one transaction and return how many of its lines are settled."""
        done: list[LineOutcome] = []
        taken: list[tuple[int, Told]] = []
        batch = self._without_those_behind(batch)
        with transaction.atomic():
            outcomes = apply(self.hand, [found for _, found in batch])
            for (number, found), outcome in zip(batch, outcomes, strict=True):
                if isinstance(outcome, ReferenceUnknown) and not is_last:
                    self.waiting.append((number, found))
                else:
                    done.append(_outcome(number, found, outcome))
                    taken += [] if isinstance(outcome, Refusal) else [(number, found)]
            self._record(done)
        self.settled += done
        self._drop_overtaken(taken)
        return len(done)

    def take_waiting(self) -> None:
        """Try what waits again and again while that helps; then settle what is left."""
        helped = 1
        while helped and self.waiting:
            batch, self.waiting = self.waiting, []
            helped = sum(self.take(part) for part in _batches(batch))
        batch, self.waiting = self.waiting, []
        for part in _batches(batch):
            self.take(part, is_last=True)

    def _without_those_behind(self, batch: list[tuple[int, Told]]) -> list[tuple[int, Told]]:
        """Let patches wait behind an earlier line of their record that waits, and return the others."""
        waits = {(kind_of(found), found.ref) for _, found in self.waiting}
        behind = [
            item for item in batch if isinstance(item[1], Patch) and (kind_of(item[1]), item[1].ref) in waits
        ]
        self.waiting += behind
        return [item for item in batch if item not in behind] if behind else batch

    def _record(self, done: list[LineOutcome]) -> None:
        told = {
            change.value: sum(1 for line in done if line.outcome is change)
            for change in (Change.ADDED, Change.CHANGED)
        }
        if any(told.values()):
            ledger.record(
                self.hand,
                kind="market.tell",
                subject=ledger.MARKET,
                about=f"market.telling:{self.hand.request}",
                payload={"line": max(line.line for line in done), **told},
            )

    def _drop_overtaken(self, done: list[tuple[int, Told]]) -> None:
        """Settle what waits and has been told whole by a later line: trying it again would bring the old back."""
        newest = {(kind_of(line), line.ref): number for number, line in done if isinstance(line, Line)}
        left = []
        for number, found in self.waiting:
            if newest.get((kind_of(found), found.ref), 0) > number:
                self.settled.append(_outcome(number, found, Change.UNCHANGED))
            else:
                left.append((number, found))
        self.waiting = left


def tell(
    hand: Hand, lines: Iterable[tuple[int, bytes | None]], *, closed: Mapping[type[Line], Refusal]
) -> list[LineOutcome]:
    """Take in numbered lines as they come and return what became of each, in their order.

    A batch is committed before the next is read, so that whoever tells again after a broken connection tells
    what is known already.  A line that refers to something unknown is tried again at the end.  None stands for a
    line that is too long.  Lines of a kind that is `closed` to this hand are answered with its refusal, unread.
    """
    listener = _Listener(hand, closed)
    for batch in _batches(_readable(lines, listener)):
        listener.take(batch)
    listener.take_waiting()
    return sorted(listener.settled, key=lambda line: line.line)


def _readable(lines: Iterable[tuple[int, bytes | None]], listener: _Listener) -> Iterator[tuple[int, Told]]:
    for number, raw in lines:
        if raw is None:
            listener.settled.append(LineOutcome(line=number, outcome=LineTooLong(most=f"{MOST_BYTES:,}")))
            continue
        if not raw.strip():
            continue
        try:
            found = read(raw)
        except Refusal as refusal:
            kind, ref = named_in(raw)
            listener.settled.append(LineOutcome(line=number, kind=kind, ref=ref, outcome=refusal))
            continue
        if refused := listener.closed.get(class_of(found)):
            listener.settled.append(_outcome(number, found, refused))
        else:
            yield number, found


def _batches(lines: Iterable[tuple[int, Told]]) -> Iterator[list[tuple[int, Told]]]:
    batch: list[tuple[int, Told]] = []
    cost = 0
    for number, found in lines:
        batch.append((number, found))
        cost += COSTS.get(class_of(found), 1)
        if cost >= BATCH:
            yield batch
            batch, cost = [], 0
    if batch:
        yield batch


def _outcome(number: int, found: Told, outcome: Outcome) -> LineOutcome:
    return LineOutcome(line=number, kind=kind_of(found), ref=found.ref, outcome=outcome)
