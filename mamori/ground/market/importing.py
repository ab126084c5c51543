"""Lines taken in batch by batch, of a file or over the wire, and applied in the order in which they may refer to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.records import by_now
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts, mirror, parties
from mamori.ground.market.answering import confirm
from mamori.ground.market.lines import KINDS, BuyerLine, ConfirmationLine
from mamori.ground.market.mirror import write_reviews, write_screens
from mamori.ground.market.models import IS_UNFINISHED, ImportRefusal, ImportRun, ImportWaiting
from mamori.ground.market.outcomes import Change, DateAhead, Outcome, ReferenceUnknown
from mamori.ground.market.reading import (
    MOST_BYTES,
    LineTooLong,
    RawLine,
    Source,
    line_at,
    lines,
    named_in,
    read,
)
from mamori.ground.market.records import made_whole
from mamori.ground.market.sellerlines import (
    ContactsLine,
    Line,
    Patch,
    SellerLine,
    Told,
    VerificationLine,
    class_of,
    kind_of,
)

# Lines of any kinds applied in the order in which they may refer to each other.


def apply_lines(actor: Actor, lines: Sequence[Told]) -> list[Outcome]:
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
            done = _write_each(actor, kind, write, [line for _, line in first.values()])
            for (place, line), outcome in zip(first.values(), done, strict=True):
                outcomes[place] = outcome
                waits.pop(line.ref, None)
                if isinstance(outcome, ReferenceUnknown):
                    waits[line.ref] = outcome
            left = [item for item in left if item[0] not in outcomes]
    return [outcomes[place] for place in range(len(lines))]


def _write_each(
    actor: Actor,
    kind: type[Line],
    write: Callable[[Actor, Sequence[Any]], list[Outcome]],
    lines: Sequence[Told],
) -> list[Outcome]:
    """Write lines of one kind, those that only change something made whole before."""
    made = made_whole(kind, lines)
    done = iter(write(actor, [by_now(line, actor.at) for line in made if isinstance(line, Line)]))
    return [next(done) if isinstance(line, Line) else line for line in made]


def _write_confirmations(actor: Actor, lines: Sequence[ConfirmationLine]) -> list[Outcome]:
    return [_confirm(actor, line) for line in lines]


def _confirm(actor: Actor, line: ConfirmationLine) -> Outcome:
    if line.at is not None and line.at > actor.at:
        return DateAhead(field="at")
    before = facts.instruction(line.ref)
    try:
        with memory.attempt():
            after = confirm(
                actor,
                instruction=line.ref,
                outcome=line.outcome,
                note=line.note,
                done_at=line.at,
                amount=line.amount,
                tracking=line.tracking,
            )
    except Refusal as refusal:
        return refusal
    waited = before is not None and before.closed_at is None
    return Change.CHANGED if waited or before != after else Change.UNCHANGED


WRITERS: dict[type[Line], Callable[[Actor, Sequence[Any]], list[Outcome]]] = {
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


# Files taken in batch by batch: what is done is committed with how far it came, so a kill costs nothing.


BATCH = 100
"""How much one transaction takes in, in lines of an order, so that no other writer waits long."""
COSTS: dict[type[Line], int] = {SellerLine: 12, VerificationLine: 4, ContactsLine: 2, BuyerLine: 2}
"""What takes longer than an order: a key of its own is made, clauses are put on record, or a check is told upward."""

type Parsed = tuple[RawLine, Told | Refusal | None]


class ImportElsewhere(Refusal, code="import-elsewhere", status=409):
    """Given when another process is taking in the same file at this moment."""

    text = Text(
        "「{name}」は、今ほかの処理が取り込んでいます。終わってから、もう一度お試しください。",
        "“{name}” is being imported by another process. Please try again when it has finished.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a file's lines, over all its resumed readings; `resumed_at` is the line it went on from."""

    run: int
    name: str
    lines: int
    added: int
    changed: int
    unchanged: int
    refused: int
    resumed_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A line that was not taken in, and why; `kind` and `ref` are empty where they could not be read."""

    line: int
    kind: str
    ref: str
    code: str
    text: Text


@dataclass(slots=True)
class _Tally:
    """What one batch does, before it is written down."""

    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[tuple[RawLine, Refusal]] = field(default_factory=list)
    waiting: list[tuple[RawLine, Told, ReferenceUnknown]] = field(default_factory=list)
    done: list[tuple[RawLine, Told]] = field(default_factory=list)


def take_in(actor: Actor, sources: Sequence[Source], progress: Callable[[int], None]) -> list[Report]:
    """Take in all files and report on each; `progress` hears how many bytes were read.

    What refers to something not known yet is tried again at the end, whatever file tells it.
    """
    runs = [(source, _begin(actor, source)) for source in sources]
    resumed = [run.line for _, run in runs]
    for source, run in runs:
        progress(run.offset)
        for batch in _batches(source, run):
            _take(actor, source, run, batch)
            progress(sum(raw.length for raw, _ in batch))
    _take_waiting(actor, runs)
    reports = []
    for (_, run), line in zip(runs, resumed, strict=True):
        ImportRun.objects.filter(IS_UNFINISHED, pk=run.pk).update(finished_at=actor.at)
        run.refresh_from_db()
        reports.append(_report(run, line))
    return reports


def refused_lines(run: int) -> Iterator[RefusedLine]:
    """Yield the lines of a reading that were not taken in, in the order of the file."""
    for row in ImportRefusal.objects.filter(run=run).order_by("line").iterator():
        yield RefusedLine(line=row.line, kind=row.kind, ref=row.ref, code=row.code, text=Text(row.ja, row.en))


def _report(run: ImportRun, resumed_at: int) -> Report:
    return Report(
        run=run.pk,
        name=run.name,
        lines=run.line,
        added=run.added,
        changed=run.changed,
        unchanged=run.unchanged,
        refused=run.refused,
        resumed_at=resumed_at,
    )


def _begin(actor: Actor, source: Source) -> ImportRun:
    """Return the reading that is to be resumed, or a new one."""
    with transaction.atomic():
        run, _ = ImportRun.objects.filter(IS_UNFINISHED).get_or_create(
            sha256=source.sha256,
            encoding=source.encoding,
            finished_at=None,
            defaults={"name": str(source.path)[-500:], "size": source.size, "started_at": actor.at},
        )
    return run


def _batches(source: Source, run: ImportRun) -> Iterator[list[Parsed]]:
    """Yield what is left of the file, read and parsed before any transaction begins."""
    batch: list[Parsed] = []
    cost = 0
    for raw in lines(source, offset=run.offset, number=run.line):
        found = _parse(source, raw)
        batch.append((raw, found))
        cost += COSTS.get(class_of(found), 1) if isinstance(found, Line | Patch) else found is not None
        if cost >= BATCH:
            yield batch
            batch, cost = [], 0
    if batch:
        yield batch


def _take(actor: Actor, source: Source, run: ImportRun, batch: Sequence[Parsed]) -> None:
    """Take in one batch, in one transaction with the place that the reading has come to."""
    last, _ = batch[-1]
    place = {"offset": last.offset + last.length, "line": last.number}
    with transaction.atomic():
        moved = ImportRun.objects.filter(IS_UNFINISHED, pk=run.pk, offset=run.offset).update(**place)
        if not moved:
            raise ImportElsewhere(name=source.path)
        tally = _write(actor, run, batch)
        ImportWaiting.objects.bulk_create(
            ImportWaiting(
                run=run,
                line=raw.number,
                offset=raw.offset,
                length=raw.length,
                kind=kind_of(line),
                ref=line.ref,
            )
            for raw, line, _ in tally.waiting
        )
        _note(actor, source, run, tally)
    run.offset, run.line = place["offset"], place["line"]


def _take_waiting(actor: Actor, runs: Sequence[tuple[Source, ImportRun]]) -> None:
    """Try what waits again and again while that helps; then refuse what is left."""
    while sum(_retry(actor, source, run, is_last=False) for source, run in runs):
        pass
    for source, run in runs:
        _retry(actor, source, run, is_last=True)


def _retry(actor: Actor, source: Source, run: ImportRun, *, is_last: bool) -> int:
    """Go once through what waits of a reading, and return how many lines are settled now."""
    helped = line = 0
    while rows := list(run.waiting.filter(line__gt=line).order_by("line")[:BATCH]):
        line = rows[-1].line
        raws = [line_at(source, offset=row.offset, length=row.length, number=row.line) for row in rows]
        batch = [(raw, _parse(source, raw)) for raw in raws]
        with transaction.atomic():
            tally = _write(actor, run, batch)
            if is_last:
                tally.refusals += [(raw, why) for raw, _, why in tally.waiting]
            settled = [raw.number for raw, _ in [*tally.done, *tally.refusals]]
            ours: QuerySet[ImportWaiting] = run.waiting.filter(line__in=settled)
            gone, _ = ours.delete()
            if gone != len(settled):
                raise ImportElsewhere(name=source.path)
            _note(actor, source, run, tally)
        helped += len(settled)
    return helped


def _parse(source: Source, raw: RawLine) -> Told | Refusal | None:
    """Return the record, the reason why it is none, or None for a blank line."""
    if raw.raw is None:
        return LineTooLong(most=f"{MOST_BYTES:,}")
    if not raw.raw.strip():
        return None
    try:
        return read(raw.raw, source.encoding, is_cut=raw.is_cut)
    except Refusal as refusal:
        return refusal


def _write(actor: Actor, run: ImportRun, batch: Sequence[Parsed]) -> _Tally:
    """Write the good lines of a batch and sort out the others."""
    good = [(raw, found) for raw, found in batch if isinstance(found, Line | Patch)]
    tally = _Tally(refusals=[(raw, found) for raw, found in batch if isinstance(found, Refusal)])
    behind = _behind(run, good)
    tally.waiting += [(raw, found, behind[raw.number]) for raw, found in good if raw.number in behind]
    good = [(raw, found) for raw, found in good if raw.number not in behind]
    for (raw, found), outcome in zip(good, apply_lines(actor, [found for _, found in good]), strict=True):
        if isinstance(outcome, ReferenceUnknown):
            tally.waiting.append((raw, found, outcome))
        elif isinstance(outcome, Refusal):
            tally.refusals.append((raw, outcome))
        else:
            tally.done.append((raw, found))
            tally.counts[outcome] += 1
    tally.waiting.sort(key=lambda waits: waits[0].number)
    return tally


def _behind(run: ImportRun, good: Sequence[tuple[RawLine, Told]]) -> dict[int, ReferenceUnknown]:
    """Return the patches of records of which an earlier line, outside this batch, still waits: they wait behind it."""
    patches = [(raw, found) for raw, found in good if isinstance(found, Patch)]
    if not patches:
        return {}
    ours = {raw.number for raw, _ in good}
    rows = ImportWaiting.objects.filter(
        kind__in={kind_of(found) for _, found in patches}, ref__in={found.ref for _, found in patches}
    )
    first: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        if row.run_id != run.pk or row.line not in ours:
            place = (row.run_id, row.line)
            first[row.kind, row.ref] = min(place, first.get((row.kind, row.ref), place))
    return {
        raw.number: ReferenceUnknown(what=found.kind.title, ref=found.ref)
        for raw, found in patches
        if first.get((kind_of(found), found.ref), (run.pk, raw.number)) < (run.pk, raw.number)
    }


def _note(actor: Actor, source: Source, run: ImportRun, tally: _Tally) -> None:
    """Write down what a batch did: refusals, figures, and one act for the record."""
    ImportRefusal.objects.bulk_create(_refusal(source, run, raw, why) for raw, why in tally.refusals)
    tally.counts["refused"] = len(tally.refusals)
    _drop_overtaken(run, tally)
    ImportRun.objects.filter(pk=run.pk).update(**{name: F(name) + n for name, n in tally.counts.items()})
    told = {name.value: tally.counts[name] for name in (Change.ADDED, Change.CHANGED)}
    if any(told.values()):
        ledger.record(
            actor,
            kind="market.import",
            subject=ledger.MARKET,
            about=f"market.import:{run.pk}",
            payload={"file": run.sha256, "line": tally.done[-1][0].number, **told},
        )


def _refusal(source: Source, run: ImportRun, raw: RawLine, why: Refusal) -> ImportRefusal:
    kind, ref = named_in(raw.raw, source.encoding)
    told = why.sentence
    return ImportRefusal(run=run, line=raw.number, kind=kind, ref=ref, code=why.code, ja=told.ja, en=told.en)


def _drop_overtaken(run: ImportRun, tally: _Tally) -> None:
    """Drop what waited and has been told whole by a later line: trying it again would bring the old back."""
    newest = {(kind_of(line), line.ref): raw.number for raw, line in tally.done if isinstance(line, Line)}
    rows = ImportWaiting.objects.filter(
        kind__in={kind for kind, _ in newest}, ref__in={ref for _, ref in newest}, run__lte=run.pk
    )
    for row in rows:
        number = newest.get((row.kind, row.ref))
        if number is not None and (row.run_id, row.line) < (run.pk, number):
            row.delete()
            ImportRun.objects.filter(pk=row.run_id).update(unchanged=F("unchanged") + 1)


# Lines told over the wire: taken in batch by batch as they come, with an outcome for each.


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

    actor: Actor
    closed: Mapping[type[Line], Refusal]
    settled: list[LineOutcome] = field(default_factory=list)
    waiting: list[tuple[int, Told]] = field(default_factory=list)

    def take(self, batch: list[tuple[int, Told]], *, is_last: bool = False) -> int:
        """Write one batch in one transaction and return how many of its lines are settled."""
        done: list[LineOutcome] = []
        taken: list[tuple[int, Told]] = []
        # Patches wait behind an earlier line of their record that waits.
        waits = {(kind_of(found), found.ref) for _, found in self.waiting}
        behind = [
            item for item in batch if isinstance(item[1], Patch) and (kind_of(item[1]), item[1].ref) in waits
        ]
        self.waiting += behind
        batch = [item for item in batch if item not in behind] if behind else batch
        with transaction.atomic():
            outcomes = apply_lines(self.actor, [found for _, found in batch])
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
            helped = sum(self.take(part) for part in _batches_of(batch))
        batch, self.waiting = self.waiting, []
        for part in _batches_of(batch):
            self.take(part, is_last=True)

    def _record(self, done: list[LineOutcome]) -> None:
        told = {
            change.value: sum(1 for line in done if line.outcome is change)
            for change in (Change.ADDED, Change.CHANGED)
        }
        if any(told.values()):
            ledger.record(
                self.actor,
                kind="market.tell",
                subject=ledger.MARKET,
                about=f"market.telling:{self.actor.request}",
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


def take_lines_in(
    actor: Actor, lines: Iterable[tuple[int, bytes | None]], *, closed: Mapping[type[Line], Refusal]
) -> list[LineOutcome]:
    """Take in numbered lines as they come and return what became of each, in their order.

    A batch is committed before the next is read, so that whoever tells again after a broken connection tells
    what is known already.  A line that refers to something unknown is tried again at the end.  None stands for a
    line that is too long.  Lines of a kind that is `closed` to this actor are answered with its refusal, unread.
    """
    listener = _Listener(actor, closed)
    for batch in _batches_of(_readable(lines, listener)):
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


def _batches_of(lines: Iterable[tuple[int, Told]]) -> Iterator[list[tuple[int, Told]]]:
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
