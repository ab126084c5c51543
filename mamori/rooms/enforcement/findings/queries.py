"""A finding with its measures, as its seller and as staff see it: what happened, what stands, what can be done."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS, Concerns, Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.fields import alike
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import Target
from mamori.ground.matters.standing import asks
from mamori.ground.vault import facts as vault
from mamori.ground.web.forms import FileShown, file_shown
from mamori.law.breaches import breach as breach_of
from mamori.law.deadlines import BREACH_HEARING
from mamori.law.measures import CORRECTION, PROVISIONAL_HIDING, measure as measure_of
from mamori.rooms.enforcement.appeals.queries import appeal_behind
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.actions import may_speak_after, view_of
from mamori.rooms.enforcement.findings.matter import SHOWN_TO_SELLER, NotThere, is_sellers, is_told, may_see
from mamori.rooms.enforcement.lifecycle import (
    FINDING,
    HIDDEN_FROM_SELLER,
    MEASURE,
    FindingState,
    MeasureState,
)
from mamori.rooms.enforcement.measures import execution, statements
from mamori.rooms.enforcement.measures.queries import Proposal, proposal_of
from mamori.rooms.enforcement.measures.rules import Statement
from mamori.rooms.enforcement.models import AppealFile, Evidence, Finding, Measure
from mamori.rooms.enforcement.rules import bounds, standing
from mamori.rooms.enforcement.rules.bounds import (
    DISMISSED_TEXTS,
    ENDED_TEXTS,
    SOURCE_TEXTS,
    Dismissed,
    Ended,
    Source,
    cap_text,
)
from mamori.rooms.enforcement.rules.standing import BITES


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureShown:
    """A measure with its statement, exactly as it was given."""

    id: int
    kind: str
    title: Text
    text: Text
    target: str
    amount: int
    state: MeasureState
    state_text: Text
    statement: Statement | None
    starts_at: datetime | None
    ends_at: datetime | None
    review_at: datetime | None
    appeal_until: datetime | None
    ended: Text | None
    closed_at: datetime | None
    points: int
    counts_until: datetime | None
    decided_by: str
    is_deviation: bool
    proposal: Proposal | None
    may_be_reversed: bool
    was_refused: bool
    refused_because: str
    endings: tuple[Ended, ...]
    may_be_reviewed: bool
    confirmed_at: datetime | None
    view_due_at: datetime | None

    @property
    def is_provisional(self) -> bool:
        """Say whether it is a provisional hiding, which is no measure."""
        return self.kind == PROVISIONAL_HIDING.code

    @property
    def cap(self) -> Text:
        """Say how much of a payout is held at most."""
        return cap_text(self.amount)

    @property
    def holds_money(self) -> bool:
        """Say whether it is a hold of money."""
        return measure_of(self.kind).concerns is Concerns.MONEY

    @property
    def is_open(self) -> bool:
        """Say whether it is not over yet."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoShown:
    """A photograph that is awaited: what it has to show, in the words of who asked, and by when it should come."""

    words: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterShown:
    """A finding with all that belongs to it."""

    id: int
    version: int
    number: str
    seller_ref: str
    listing_ref: str
    breach: str
    title: Text
    about: Text
    severity: Text
    harm: Text
    source: Text
    automated: bool
    subjects: tuple[tuple[Text, str], ...]
    facts: tuple[Text, ...]
    view: str | None
    state: FindingState
    state_text: Text
    dismissed: Text | None
    view_due: ClockFact | None
    cure_said_at: datetime | None
    photo_asked: PhotoShown | None
    cured_at: datetime | None
    uncured: str
    found_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    measures: tuple[MeasureShown, ...]
    steps: frozenset[str]
    asks: frozenset[str]
    may_be_cured: bool

    @property
    def hiding(self) -> MeasureShown | None:
        """Return what hides the listing provisionally until this is decided, if it is hidden."""
        shown = (one for one in self.measures if one.is_provisional and one.state in BITES)
        return None if self.closed_at else next(shown, None)

    @property
    def ending_by_cure(self) -> tuple[Text, ...]:
        """Return the measures that end early once it is seen to be put right."""
        return tuple(one.title for one in self.measures if one.is_open and measure_of(one.kind).ends_by_cure)

    @property
    def may_say_cured(self) -> bool:
        """Say whether it can still be told, or seen, that it was put right."""
        return self.may_be_cured and self.cured_at is None

    @property
    def awaits_look(self) -> bool:
        """Say whether the seller said so, and somebody has to look."""
        return self.may_say_cured and self.cure_said_at is not None

    @property
    def ends_after_look(self) -> str:
        """Return the kind of measure that does not end by itself while somebody has to look, "" where none."""
        return CORRECTION.code if self.awaits_look else ""


def matter_of(actor: Actor, number: str) -> MatterShown:
    """Return the finding behind a case number as this actor may know it.

    A seller sees it once it was asked or told of a decision: what is only looked into is not put before it.
    """
    return _shown(actor, finding_behind(actor, number), number)


def finding_behind(actor: Actor, number: str) -> Finding:
    """Return the finding behind a case number, of a seller only what it was told of."""
    kind, row = cases.behind(number)
    found = Finding.objects.filter(pk=row).first() if kind == "enforcement.finding" else None
    if found is None or not may_see(actor, found.seller_ref):
        raise NotThere()
    if is_sellers(actor, found.seller_ref) and not is_told(found):
        raise NotThere()
    return found


def told_to_seller(seller_ref: str, limit: int = 100) -> tuple[Finding, ...]:
    """Return the findings of which a seller was told, the newest first."""
    rows = Finding.objects.filter(seller_ref=seller_ref).prefetch_related("measures").order_by("-id")
    return tuple(row for row in rows[: limit * 2] if is_told(row))[:limit]


def _shown(actor: Actor, found: Finding, number: str) -> MatterShown:
    breach, state = breach_of(found.breach), FindingState(found.state)
    rows = list(found.measures.select_related("strike", "finding").order_by("id"))
    measures = [_measure(actor, row) for row in rows]
    if not actor.is_staff:
        measures = [one for one in measures if one.state in SHOWN_TO_SELLER]
    return alike(
        MatterShown,
        found,
        number=number,
        title=breach.title,
        about=breach.text,
        severity=SEVERITY_TEXTS[Severity(found.severity)],
        harm=REACH_TEXTS[Reach(found.harm)],
        source=SOURCE_TEXTS[Source(found.source)],
        subjects=tuple(_subjects(found)),
        facts=statements.facts_of(found),
        view=view_of(found),
        state=state,
        state_text=FINDING.states[state if actor.is_staff else HIDDEN_FROM_SELLER.get(state, state)],
        dismissed=DISMISSED_TEXTS[Dismissed(found.why_dismissed)] if found.why_dismissed else None,
        view_due=_view_due(found),
        photo_asked=_photo_asked(found),
        uncured=_uncured(found),
        measures=tuple(measures),
        steps=_steps(actor, found, state),
        asks=_asks(found, rows),
        may_be_cured=standing.may_be_cured(state, stands=records.stands(found)),
    )


def _steps(actor: Actor, found: Finding, state: FindingState) -> frozenset[str]:
    steps = {step.name for step in FINDING.allowed(state, actor.role)}
    if "state_view_after" in steps and not may_speak_after(found, actor.at):
        steps.remove("state_view_after")
    if found.view_unread_since is None:
        steps.discard("read_view")
    hidings = execution.hidings_of(found, locked=False)
    if found.harm != Reach.DANGER or not found.listing_ref or hidings:
        steps.discard("hide")
    if hidings and actor.role not in bounds.DECIDERS:
        steps.discard("dismiss")
    return frozenset(steps)


def _asks(found: Finding, measures: Sequence[Measure]) -> frozenset[str]:
    """Return what the finding asks of staff by its rule, whoever reads it."""
    return frozenset(one.what for one in asks(records.should(found, measures)[records.about(found)]))


def _uncured(found: Finding) -> str:
    """Return what the last look found not put right, in the words of who looked; "" where the seller has answered since."""
    if found.cured_at is not None or found.cure_said_at is not None:
        return ""
    name = records.about(found)
    looks = ledger.acts_about(name, kind="enforcement.note_uncured")
    return str((looks[-1].content or {}).get("reason", "")) if looks else ""


def _photo_asked(found: Finding) -> PhotoShown | None:
    """Return what was asked for and has not come yet; None where nothing is awaited."""
    if not records.awaits_photo(found):
        return None
    name = records.about(found)
    asked = ledger.acts_about(name, kind="enforcement.ask_photo")
    content = (asked[-1].content if asked else None) or {}
    due = content.get("payload", {}).get("due")
    return PhotoShown(
        words=str(content.get("reason", "")), due_at=datetime.fromisoformat(due) if due else None
    )


def _subjects(found: Finding) -> list[tuple[Text, str]]:
    named = (
        (Text("商品", "Listing"), found.listing_ref),
        (Text("レビュー", "Review"), found.review_ref),
        (Text("注文", "Order"), found.order_ref),
        (Text("分野", "Category"), found.category),
    )
    return [(text, ref) for text, ref in named if ref]


def _view_due(found: Finding) -> ClockFact | None:
    running = clocks.open_clocks(records.about(found))
    return next((clock for clock in running if clock.kind == BREACH_HEARING.code), None)


def _endings(actor: Actor, row: Measure) -> tuple[Ended, ...]:
    """Return for what reasons this actor may end the measure now: the page offers nothing else."""
    if row.kind == PROVISIONAL_HIDING.code or execution.ends_by_heads(actor, row):
        return ()
    state, over = MeasureState(row.state), execution.may_reverse_after(row)
    name = "call_off" if state is MeasureState.ANNOUNCED else "reverse_after" if over else "lift"
    if not MEASURE.allows(name, state, actor.role):
        return ()
    return bounds.endings(
        measure_of(row.kind),
        actor.role,
        by_two=bool(row.approved_by),
        cured=row.finding.cured_at is not None,
        over=over,
    )


def _measure(actor: Actor, row: Measure) -> MeasureShown:
    kind, state, strike = measure_of(row.kind), MeasureState(row.state), getattr(row, "strike", None)
    return alike(
        MeasureShown,
        row,
        title=kind.title,
        text=kind.text,
        target=row.target_ref,
        state=state,
        state_text=execution.state_text(row),
        refused_because=execution.refused_because(row) if actor.is_staff else "",
        statement=statements.read(row),
        ends_at=row.ends_at if row.days else None,
        ended=ENDED_TEXTS[Ended(row.ended_because)] if row.ended_because else None,
        points=strike.points if strike and strike.ended_at is None else 0,
        counts_until=strike.until if strike and strike.ended_at is None else None,
        is_deviation=row.kind != PROVISIONAL_HIDING.code and statements.is_other(row),
        proposal=proposal_of(row) if actor.is_staff and state is MeasureState.PROPOSED else None,
        may_be_reversed=row.kind != PROVISIONAL_HIDING.code and execution.may_reverse_after(row),
        was_refused=state in records.WAITS and execution.was_refused(row),
        endings=_endings(actor, row),
        confirmed_at=row.reviewed_at,
        may_be_reviewed=row.review_due_since is not None and MEASURE.allows("review", state, actor.role),
    )


FILE, CASE = "file", "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that a matter rests on: a file, or a case by its number; `is_of_room` = that case is a finding, too."""

    by_seller: bool
    at: datetime
    file: FileShown | None = None
    case: str = ""
    is_of_room: bool = False


def pieces_of(finding: int) -> tuple[Piece, ...]:
    """Return what a finding and the seller's view rest on, in order; acts are in the record and not listed."""
    rows = list(Evidence.objects.filter(finding=finding, kind__in=(FILE, CASE)).order_by("id"))
    files = vault.files([uuid.UUID(row.ref) for row in rows if row.kind == FILE], named=True)
    return tuple(
        Piece(
            by_seller=row.by_seller,
            at=row.at,
            file=file_shown(row.pk, files[uuid.UUID(row.ref)]) if row.kind == FILE else None,
            case=row.ref if row.kind == CASE else "",
            is_of_room=row.kind == CASE and cases.behind(row.ref)[0].startswith("enforcement."),
        )
        for row in rows
    )


def files_of(appeal: int) -> tuple[FileShown, ...]:
    """Return the files of an appeal, in order."""
    rows = list(AppealFile.objects.filter(appeal=appeal).order_by("number"))
    files = vault.files([row.file for row in rows], named=True)
    return tuple(file_shown(row.number, files[row.file]) for row in rows)


def file_behind(actor: Actor, number: str, which: int) -> uuid.UUID:
    """Return the file of that number of the finding or appeal behind a case number, for whoever may see that."""
    if cases.behind(number)[0] == "enforcement.appeal":
        of_appeal = AppealFile.objects.filter(appeal=appeal_behind(actor, number), number=which).first()
        if of_appeal is None:
            raise NotThere()
        return of_appeal.file
    piece = Evidence.objects.filter(finding=finding_behind(actor, number), pk=which, kind=FILE).first()
    if piece is None:
        raise NotThere()
    return uuid.UUID(piece.ref)


NOT_TOLD = Text("通販サイトから聞いていない", "the marketplace has not told of it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """One thing, how it stands, and whether no measure can concern it any more."""

    what: Text
    ref: str
    state: Text
    is_gone: bool


def unusual(finding: Finding) -> tuple[Unusual, ...]:
    """Return of the listing, the review and the seller what is not as usual."""
    named = (
        (Target.LISTING, Text("商品", "Listing"), finding.listing_ref),
        (Target.REVIEW, Text("レビュー", "Review"), finding.review_ref),
        (Target.SELLER, Text("出品者", "Seller"), finding.seller_ref),
    )
    found = [
        (what, ref, market.standing(target, seller_ref=finding.seller_ref, ref=ref))
        for target, what, ref in named
        if ref
    ]
    return tuple(
        Unusual(
            what=what, ref=ref, state=fact.text if fact else NOT_TOLD, is_gone=fact is None or fact.is_gone
        )
        for what, ref, fact in found
        if fact is None or not fact.is_usual
    )
