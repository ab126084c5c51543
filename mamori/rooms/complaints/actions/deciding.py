"""Staff look at a complaint and decide it; another look is made by somebody else, and what is taken up becomes a finding."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Min, Q

from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.seen import DangerMeanwhile
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.web.signing.seconds import is_second
from mamori.japan.spoken import spoken
from mamori.law.complaints import COMPLAINT_REASONS, HELD_BECAUSE, ComplaintReason, ComplaintRule
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.actions.matter import COMPLAINTS, decided
from mamori.rooms.complaints.inputs import GoneWhy, NothingWhy, OfSeller, OutsideWhy, WhySo
from mamori.rooms.complaints.lifecycle import ComplaintState
from mamori.rooms.complaints.models import IS_HARM, Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import about_complaint, is_hidden
from mamori.rooms.complaints.rules import in_danger, is_asked_again
from mamori.rooms.enforcement import actions as enforcement


class AgainNeedsAnother(Refusal, code="again-needs-another", status=403):
    """Given when who decided would look at it again."""

    text = Text(
        "見直しは、はじめに決めた人とは別の人がします。",
        "Another look is made by somebody else than who decided.",
    )


class NobodyAskedAgain(Refusal, code="nobody-asked-again", status=409):
    """Given when something is decided anew that nobody asked to have looked at again."""

    text = Text(
        "すでに結論が出ています。見直しは求められていません。",
        "This is decided, and nobody asked for another look.",
    )


class NotToHold(Refusal, code="not-to-hold", status=409):
    """Given when goods would be hidden at once for a reason that can wait, or no listing is known."""

    text = Text(
        "暫定的に非表示にできるのは、危険・けが・火の申し出があり、商品がわかるときだけです。違反の疑いとして取り上げてください。",
        "Only goods that are known, and of which a danger or a harm was reported, are provisionally hidden. Please take it up as "
        "a finding.",
    )


class NoFindingComes(Refusal, code="no-finding-comes", status=409):
    """Given when a finding would be opened about no seller, or for a reason that is no breach, or is not where it should be."""

    text = Text(
        "この申し出は、{how}で取り上げてください。画面を開き直すと選べます。",
        "Please take this up by {how}. It is offered when you open the page again.",
    )


class NoDangerHere(Refusal, code="no-danger-here", status=409):
    """Given when a danger is ruled out that does not stand."""

    text = Text(
        "この申し出に、終わっていない危険はありません。最新の状態をご確認ください。",
        "No danger stands here. Please look at the report again.",
    )


READING = Text("届いたものを読む", "read what came")
DECIDED_WITHOUT = "返答を待たずに決めた。"
WITH = Text("「違反の疑いとして取り上げる」", "“Take it up as a finding”")
WITHOUT = Text("「取り上げる」", "“Take it up”")


def begin_complaint(
    hand: Hand, *, complaint: int, version: int | None = None, seen_until: datetime | None = None
) -> None:
    """Begin to look at it, and at what of a danger was there to be read then; what came since goes on to alarm."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        act.step("begin")
        act.matter.looked_at, act.matter.alarm_at = hand.at, _unseen_since(act, seen_until)
        act.save("looked_at", "alarm_at")
        act.record("begin")


def read_reports(hand: Hand, *, complaint: int, reports: Collection[int], until: datetime) -> None:
    """Note that these reports were read as they stood `until` then; harms unread, and what came since, go on to alarm."""
    with perform(hand, COMPLAINTS, complaint) as act:
        if not hand.is_staff:
            raise StepNotYours(step=READING, roles=Text("窓口の担当", "staff"))
        unread = ComplaintReport.objects.filter(complaint=complaint, unread_at__isnull=False)
        unread.filter(pk__in=reports, unread_at__lte=until).update(unread_at=None)
        if act.matter.alarm_at is not None:
            waits = unread.filter(IS_HARM | Q(unread_at__gt=until)).aggregate(since=Min("unread_at"))
            act.matter.alarm_at = waits["since"]
            act.save("alarm_at")
        act.record("read", reports=len(reports))


def rule_out(
    hand: Hand,
    *,
    complaint: int,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Let a lead find that there is no danger, by what was there to be read then; the complaint is decided as any other."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        act.step("rule_out")
        if not in_danger(act.matter):
            raise NoDangerHere
        _must_have_seen(act, seen_until)
        act.matter.danger_ended_at, act.matter.alarm_at = hand.at, _unseen_since(act, seen_until)
        act.save("danger_ended_at", "alarm_at")
        act.record("rule_out", reason=reason)


def uphold(
    hand: Hand,
    *,
    complaint: int,
    severity: Severity,
    said: OfSeller,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Take it up as a finding about the seller, in staff's own words."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        _must_have_seen(act, seen_until)
        _take_up(act, severity, said)
        act.record("uphold", decided(act.matter), reason=reason, finding=act.matter.finding)


def hold_at_once(
    hand: Hand,
    *,
    complaint: int,
    severity: Severity,
    said: OfSeller,
    reason: WhySo,
    version: int | None = None,
) -> None:
    """Take up a danger as a finding and hide the listing provisionally in the same act, at any hour; the seller is heard.

    :raises Refusal: where the measure cannot be taken, as enforcement says; nothing is taken up then.
    """
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        row = act.matter
        if not row.is_dangerous or not row.listing_ref:
            raise NotToHold
        _take_up(act, severity, said, COMPLAINT_REASONS[ComplaintReason.DANGEROUS])
        assert row.finding is not None
        measure = enforcement.hide_provisionally(hand, finding=row.finding, because=HELD_BECAUSE)
        act.record("uphold", decided(row), reason=reason, finding=row.finding, measure=measure)


def _take_up(
    act: Performance[Complaint], severity: Severity, said: str, held: ComplaintRule | None = None
) -> None:
    row, rule = act.matter, held or COMPLAINT_REASONS[ComplaintReason(act.matter.reason)]
    if rule.breach is None or not row.seller_ref:
        raise NoFindingComes(how=WITHOUT)
    _end(act, "uphold")
    row.finding = enforcement.find_reported(
        act.hand,
        breach=rule.breach.code,
        severity=severity,
        harm=Reach.DANGER if row.is_dangerous else rule.harm,
        seller=row.seller_ref,
        listing=row.listing_ref,
        review=row.review_ref,
        said=Text(said, said),
        origin=about_complaint(row.pk),
    )
    act.save("finding")


def accept(
    hand: Hand,
    *,
    complaint: int,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Take up what is no breach of a seller's, or of no seller that is known."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        rule = COMPLAINT_REASONS[ComplaintReason(act.matter.reason)]
        if rule.breach is not None and act.matter.seller_ref:
            raise NoFindingComes(how=WITH)
        _must_have_seen(act, seen_until)
        _end(act, "uphold")
        act.record("uphold", decided(act.matter), reason=reason)


def find_nothing(
    hand: Hand,
    *,
    complaint: int,
    because: NothingWhy,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Do not take it up."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        _decide(act, "find_nothing", because.value, reason, seen_until)


def find_outside(
    hand: Hand,
    *,
    complaint: int,
    because: OutsideWhy,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Find that it is not for the centre to decide."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        _decide(act, "find_outside", because.value, reason, seen_until)


def find_gone(
    hand: Hand,
    *,
    complaint: int,
    because: GoneWhy,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Find that what was reported is not there any more."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        _decide(act, "find_gone", because.value, reason, seen_until)


def keep_outcome(hand: Hand, *, complaint: int, reason: WhySo, version: int | None = None) -> None:
    """Let the outcome stand upon another look."""
    with perform(hand, COMPLAINTS, complaint, version=version) as act:
        must_look_again(act)
        act.step("keep")
        _note(act, act.matter.because)
        act.record("keep", decided(act.matter), reason=reason)


def remind_complaint(hand: Hand, *, complaint: int) -> None:
    """Say to staff that a complaint waits; who reported a danger hears that it goes on, as its days are over."""
    with perform(hand, COMPLAINTS, complaint) as act:
        _remind(act, notices.COMPLAINT_OVERDUE)
        if act.matter.is_dangerous and act.matter.closed_at is None:
            act.matter.interim_at = hand.at
            act.save("interim_at")
            act.record("remind", decided(act.matter))
        else:
            act.record("remind")


def remind_danger(hand: Hand, *, complaint: int, unread: bool = False) -> None:
    """Say again to staff that a danger stands, and nothing while its goods are hidden, or that word of one is `unread`."""
    with perform(hand, COMPLAINTS, complaint) as act:
        if unread or not is_hidden(act.matter):
            _remind(act, notices.DANGER_STANDS)
        act.record("remind")


def _remind(act: Performance[Complaint], template: Template) -> None:
    for role in (Role.AGENT, Role.LEAD):
        outbox.tell(
            to=role.value,
            template=template,
            values={"number": f"{act.matter.pk}"},
            about=about_complaint(act.matter.pk),
            at=act.hand.at,
        )


def must_look_again(act: Performance[Complaint]) -> None:
    """Let nobody go on but somebody else than who decided, where another look is asked for."""
    if not is_asked_again(act.matter):
        raise NobodyAskedAgain
    if not is_second(act.hand, than=act.matter.decided_by):
        raise AgainNeedsAnother


def _must_have_seen(act: Performance[Complaint], seen_until: datetime | None) -> None:
    """Let nothing that is open end by a page on which a harm does not stand yet; without a page all was seen."""
    if act.matter.closed_at is None and (since := _unseen_since(act, seen_until, IS_HARM)) is not None:
        raise DangerMeanwhile(when=spoken(since))


def _unseen_since(act: Performance[Complaint], seen_until: datetime | None, *which: Q) -> datetime | None:
    """Return since when something is there of a danger that came after that."""
    if seen_until is None or act.matter.alarm_at is None:
        return None
    unread = ComplaintReport.objects.filter(*which, complaint=act.matter.pk, unread_at__gt=seen_until)
    since: datetime | None = unread.aggregate(since=Min("unread_at"))["since"]
    return since


def _decide(
    act: Performance[Complaint], step: str, because: str, reason: str, seen_until: datetime | None
) -> None:
    _must_have_seen(act, seen_until)
    _end(act, step, because)
    act.record(step, decided(act.matter), reason=reason)


def _end(act: Performance[Complaint], step: str, because: str = "") -> None:
    if act.matter.closed_at is None:
        was_asking = act.matter.state == ComplaintState.ASKING
        act.step(step)
        if was_asking:
            enforcement.withdraw_all(act.hand, about=about_complaint(act.matter.pk), reason=DECIDED_WITHOUT)
    else:
        must_look_again(act)
        act.step(f"{step}_again")
    _note(act, because)


def _note(act: Performance[Complaint], because: str) -> None:
    row, at = act.matter, act.hand.at
    if row.closed_at is not None:
        row.again_done_at = at
    if in_danger(row):
        row.danger_ended_at = at
    row.because, row.decided_by, row.decided_at, row.alarm_at = because, people.subject_of(act.hand), at, None
    row.closed_at, row.looked_at, row.round = row.closed_at or at, row.looked_at or at, row.round + 1
    act.save("because", "decided_by", "decided_at", "closed_at", "looked_at", "round", "again_done_at")
    act.save("danger_ended_at", "alarm_at")
