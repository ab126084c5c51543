"""A finding is told by whoever looks, put before the seller, answered, and ended without a measure where none is due."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError

from mamori.grammar.hand import Hand, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.matters.standing import Runs
from mamori.japan import written
from mamori.japan.spoken import spoken
from mamori.law.deadlines import BREACH_HEARING
from mamori.rooms.enforcement import intake, notices, records, reversal, sealed
from mamori.rooms.enforcement.events import FindingEnded, FindingOpened, HearingOpened
from mamori.rooms.enforcement.inputs import Kept, WhyNothing
from mamori.rooms.enforcement.lifecycle import FINDING, FindingState
from mamori.rooms.enforcement.matters import FINDINGS
from mamori.rooms.enforcement.models import Evidence, Finding
from mamori.rooms.enforcement.rules.reasons import DISMISSED_TEXTS, Dismissed, Source
from mamori.rooms.enforcement.subject import Subject

__all__ = ("ViewTooLate", "ask_view", "dismiss", "end_hearing", "find", "remind_decision", "state_view")

TABLE = "enforcement_finding"


class ViewTooLate(Refusal, code="view-too-late", status=409):
    """Given when a view comes after the decision, and the seller was heard before it or its time is over."""

    text = Text(
        "この件はすでに決まったので、意見を加えられません。決定に納得できないときは、このページから異議を申し出てください。",
        "This was decided, so no view can be added. If you do not agree with it, please appeal on this page.",
    )


def find(
    hand: Hand,
    *,
    breach: str,
    severity: Severity,
    harm: Reach,
    subject: Subject,
    facts: tuple[Text, ...],
    origin: str,
    source: Source,
    automated: bool = False,
    reporter: str = "",
    found_at: datetime | None = None,
    evidence: tuple[tuple[str, str], ...] = (),
) -> int:
    """Take a finding in and return its number; told again from the same origin it is the same one.

    `facts` are the sentences that the seller will read.  `evidence` names kept files, acts and cases by kind and
    number.  `found_at` is when it was noticed: promptness counts from there.

    What a clock finds again was the seller's when it was found first, and may have left the marketplace since.
    """
    if not (hand.is_staff or hand.role is Role.MACHINE):
        raise StepNotYours(step=FINDING.title, roles=Text("窓口の担当", "staff"))
    intake.must_be_there(breach, found_at, hand.at)
    if source is not Source.REPEAT:
        intake.must_be_sellers(subject)
    if not facts:
        raise written.NoWords()
    finding = Finding(
        breach=breach,
        severity=severity.value,
        harm=harm.value,
        seller_ref=subject.seller,
        listing_ref=subject.listing,
        review_ref=subject.review,
        order_ref=subject.order,
        category=subject.category,
        origin=origin,
        source=source.value,
        automated=automated,
        reporter=reporter,
        alleged=b"",
        found_at=found_at or hand.at,
        opened_at=hand.at,
    )
    known = Finding.objects.filter(origin=origin, breach=breach).first()
    if known is not None:
        return _known(hand, known, finding, facts, is_dated=found_at is not None)
    try:
        with memory.attempt():
            return _open(hand, finding, facts, evidence)
    except IntegrityError:  # somebody told the same in the same moment
        kept = Finding.objects.get(origin=origin, breach=breach)
        return _known(hand, kept, finding, facts, is_dated=found_at is not None)


def _known(hand: Hand, kept: Finding, told: Finding, facts: tuple[Text, ...], *, is_dated: bool) -> int:
    """Return what was told before; a person is told where what it says now would be lost."""
    if hand.is_staff:
        intake.must_be_same(kept, told, facts, is_dated=is_dated)
    return kept.pk


def _open(
    hand: Hand, finding: Finding, facts: tuple[Text, ...], evidence: tuple[tuple[str, str], ...]
) -> int:
    finding.save(force_insert=True)
    finding.alleged = sealed.seal(TABLE, finding.pk, "alleged", finding.seller_ref, sealed.pairs(facts))
    finding.save(update_fields=("alleged",))
    for kind, ref in evidence:
        Evidence.objects.create(finding=finding, by_seller=False, kind=kind, ref=ref, at=hand.at)
    records.enter(finding)
    with entered(hand, FINDINGS, finding) as act:
        act.news = "look"
        act.record(
            "find",
            records.news(FindingOpened, finding, breach=finding.breach, severity=finding.severity),
            breach=finding.breach,
            severity=finding.severity,
            harm=finding.harm,
            source=finding.source,
            automated=finding.automated,
            found_at=finding.found_at.isoformat(),
        )
    return finding.pk


def ask_view(hand: Hand, *, finding: int, version: int | None = None) -> datetime:
    """Tell the seller what is alleged and ask for its view; return by when.  The decision waits that long."""
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        act.step("ask")
        due = ask(act)
        records.tell(records.seller(found), notices.HEARING, found, hand.at, due=spoken(due))
        opened = records.news(HearingOpened, found, due_at=due)
        act.record("ask_view", opened)
        return due


def ask(act: Performance[Finding]) -> datetime:
    """Note that the seller is asked now, and return by when."""
    act.matter.asked_at = act.hand.at
    act.save("asked_at")
    return matters.due(Runs(BREACH_HEARING, since=act.hand.at))


def state_view(hand: Hand, *, finding: int, said: str, version: int | None = None) -> None:
    """Take the seller's view, or what it adds until the decision, and after it of who was not heard; it is sealed."""
    said = written.checked(said)
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        before_it, is_after = FindingState(found.state), found.state == FindingState.DECIDED
        act.step("state_view_after" if is_after else "state_view")
        if is_after and not may_speak_after(found, hand.at):
            raise ViewTooLate()
        whole = f"{before}\n\n{said}" if (before := view_of(found)) else said
        written.must_fit(whole)
        found.view = sealed.seal(TABLE, found.pk, "view", found.seller_ref, whole)
        if is_after and found.view_unread_since is None:
            found.view_unread_since = hand.at
        found.heard_at = found.heard_at or (None if is_after else hand.at)
        act.save("view", "heard_at", "view_unread_since")
        if is_after or found.because_unheard:
            records.tell("lead", notices.VIEW_GIVEN, found, hand.at)
        elif reversal.hidings_of(found):
            records.tell("lead", notices.OBJECTED, found, hand.at)
        act.news = {FindingState.PROPOSED: "approve", FindingState.DECIDED: "view"}.get(before_it, "decide")
        act.record("state_view")


def may_speak_after(finding: Finding, at: datetime) -> bool:
    """Say whether who was not heard before the decision can still give its view: until its time to appeal is over."""
    was_unheard = bool(finding.because_unheard) or finding.heard_at is None
    return was_unheard and finding.measures.filter(appeal_until__gte=at).exists()


def end_hearing(hand: Hand, *, finding: int) -> None:
    """Go on without the seller's view: it was asked, and its time is over."""
    with perform(hand, FINDINGS, finding) as act:
        act.step("end_hearing")
        act.matter.heard_at = hand.at
        act.save("heard_at")
        act.news = "decide"
        act.record("end_hearing")


def dismiss(
    hand: Hand, *, finding: int, because: WhyNothing, reason: Kept, version: int | None = None
) -> None:
    """End a finding without a measure; the seller hears why where it was asked, the reporter hears the kind of outcome.

    What is provisionally hidden is shown again by that: then it takes a lead or counsel.
    """
    reason = written.reasoned(reason)
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        act.step("dismiss")
        reversal.must_be_heads(hand, found)
        found.why_dismissed, found.closed_at = because.value, hand.at
        act.save("why_dismissed", "closed_at")
        reversal.end_hidings(hand, found)
        if found.asked_at is not None:
            records.tell(
                records.seller(found), notices.DISMISSED, found, hand.at, because=DISMISSED_TEXTS[because]
            )
        outcome = notices.PUT_RIGHT if because is Dismissed.CURED else notices.NOT_ACTED
        tell_reporter(found, hand.at, outcome)
        ended = records.news(FindingEnded, found, state=found.state)
        act.record("dismiss", ended, reason=reason, because=because.value)


def remind_decision(hand: Hand, *, finding: int) -> None:
    """Note that a finding is not decided upon in time, and tell a lead.

    Nobody is pressed while the seller is heard, nor while a proposal waits for a second person, which has its own clock.
    """
    with perform(hand, FINDINGS, finding) as act:
        found = act.matter
        if found.closed_at is not None or found.state in (FindingState.HEARING, FindingState.PROPOSED):
            return
        records.tell("lead", notices.OVERDUE, found, hand.at)
        act.news = "overdue"
        act.record("remind_decision")


def tell_reporter(finding: Finding, at: datetime, outcome: Text) -> None:
    """Tell whoever reported it the kind of outcome, never what is done about the seller."""
    if finding.reporter:
        records.tell(finding.reporter, notices.REPORTER_TOLD, finding, at, outcome=outcome)


def view_of(finding: Finding) -> str | None:
    """Return what the seller said; None where it said nothing, or its key was destroyed."""
    said: str | None = sealed.read(TABLE, finding.pk, "view", finding.seller_ref, finding.view)
    return said
