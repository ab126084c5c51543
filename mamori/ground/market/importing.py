"""Files taken in batch by batch: what is done is committed with how far it came, so a kill costs nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, QuerySet

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.applying import apply
from mamori.ground.market.line import Line, Patch, Told, class_of, kind_of
from mamori.ground.market.lines import BuyerLine
from mamori.ground.market.models import IS_UNFINISHED, ImportRefusal, ImportRun, ImportWaiting
from mamori.ground.market.outcomes import Change, ReferenceUnknown
from mamori.ground.market.reading import LineTooLong, named_in, read
from mamori.ground.market.sellerlines import ContactsLine, SellerLine, VerificationLine
from mamori.ground.market.sources import MOST_BYTES, RawLine, Source, line_at, lines

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


def take_in(hand: Hand, sources: Sequence[Source], progress: Callable[[int], None]) -> list[Report]:
    """Take in all files and report on each; `progress` hears how many bytes were read.

    What refers to something not known yet is tried again at the end, whatever file tells it.
    """
    runs = [(source, _begin(hand, source)) for source in sources]
    resumed = [run.line for _, run in runs]
    for source, run in runs:
        progress(run.offset)
        for batch in _batches(source, run):
            _take(hand, source, run, batch)
            progress(sum(raw.length for raw, _ in batch))
    _take_waiting(hand, runs)
    reports = []
    for (_, run), line in zip(runs, resumed, strict=True):
        ImportRun.objects.filter(IS_UNFINISHED, pk=run.pk).update(finished_at=hand.at)
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


def _begin(hand: Hand, source: Source) -> ImportRun:
    """Return the reading that is to be resumed, or a new one."""
    with transaction.atomic():
        run, _ = ImportRun.objects.filter(IS_UNFINISHED).get_or_create(
            sha256=source.sha256,
            encoding=source.encoding,
            finished_at=None,
            defaults={"name": str(source.path)[-500:], "size": source.size, "started_at": hand.at},
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


def _take(hand: Hand, source: Source, run: ImportRun, batch: Sequence[Parsed]) -> None:
    """Take in one batch, in one transaction with the place that the reading has come to."""
    last, _ = batch[-1]
    place = {"offset": last.offset + last.length, "line": last.number}
    with transaction.atomic():
        moved = ImportRun.objects.filter(IS_UNFINISHED, pk=run.pk, offset=run.offset).update(**place)
        if not moved:
            raise ImportElsewhere(name=source.path)
        tally = _write(hand, run, batch)
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
        _note(hand, source, run, tally)
    run.offset, run.line = place["offset"], place["line"]


def _take_waiting(hand: Hand, runs: Sequence[tuple[Source, ImportRun]]) -> None:
    """Try what waits again and again while that helps; then refuse what is left."""
    while sum(_retry(hand, source, run, is_last=False) for source, run in runs):
        pass
    for source, run in runs:
        _retry(hand, source, run, is_last=True)


def _retry(hand: Hand, source: Source, run: ImportRun, *, is_last: bool) -> int:
    """Go once through what waits of a reading, and return how many lines are settled now."""
    helped = line = 0
    while rows := list(run.waiting.filter(line__gt=line).order_by("line")[:BATCH]):
        line = rows[-1].line
        raws = [line_at(source, offset=row.offset, length=row.length, number=row.line) for row in rows]
        batch = [(raw, _parse(source, raw)) for raw in raws]
        with transaction.atomic():
            tally = _write(hand, run, batch)
            if is_last:
                tally.refusals += [(raw, why) for raw, _, why in tally.waiting]
            settled = [raw.number for raw, _ in [*tally.done, *tally.refusals]]
            ours: QuerySet[ImportWaiting] = run.waiting.filter(line__in=settled)
            gone, _ = ours.delete()
            if gone != len(settled):
                raise ImportElsewhere(name=source.path)
            _note(hand, source, run, tally)
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


def _write(hand: Hand, run: ImportRun, batch: Sequence[Parsed]) -> _Tally:
    """Write the good lines of a batch and sort out the others."""
    good = [(raw, found) for raw, found in batch if isinstance(found, Line | Patch)]
    tally = _Tally(refusals=[(raw, found) for raw, found in batch if isinstance(found, Refusal)])
    behind = _behind(run, good)
    tally.waiting += [(raw, found, behind[raw.number]) for raw, found in good if raw.number in behind]
    good = [(raw, found) for raw, found in good if raw.number not in behind]
    for (raw, found), outcome in zip(good, apply(hand, [found for _, found in good]), strict=True):
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


def _note(hand: Hand, source: Source, run: ImportRun, tally: _Tally) -> None:
    """Write down what a batch did: refusals, figures, and one act for the record."""
    ImportRefusal.objects.bulk_create(_refusal(source, run, raw, why) for raw, why in tally.refusals)
    tally.counts["refused"] = len(tally.refusals)
    _drop_overtaken(run, tally)
    ImportRun.objects.filter(pk=run.pk).update(**{name: F(name) + n for name, n in tally.counts.items()})
    told = {name.value: tally.counts[name] for name in (Change.ADDED, Change.CHANGED)}
    if any(told.values()):
        ledger.record(
            hand,
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
