"""Staff deal with a complaint: somebody is asked, it is decided and looked at again; and what staff bore is noted."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import Min, Q

from mamori.grammar.actor import HEADS, STAFF, Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.declared import memory
from mamori.ground.declared.casekinds import Lead
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, perform
from mamori.ground.matters.seen import DangerMeanwhile, changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import actions as sealing
from mamori.ground.web.signing.here import is_second
from mamori.japan.calendar import spoken
from mamori.law.accidents import AccidentSource, Hurt
from mamori.law.care import AT_ONCE
from mamori.law.complaints import (
    COMPLAINT_REASONS,
    HELD_BECAUSE,
    ComplaintReason,
    ComplaintRule,
    DangerAnswer,
)
from mamori.rooms.complaints import notices, queries
from mamori.rooms.complaints.acts import COMPLAINT_ACTS, COMPLAINT_CASE
from mamori.rooms.complaints.events import ComplaintDecided
from mamori.rooms.complaints.inputs import (
    ConductSeen,
    GoneWhy,
    HasEnded,
    HowCared,
    NothingWhy,
    OfSeller,
    OutsideWhy,
    WasWarned,
    WhatHappened,
    WhySo,
)
from mamori.rooms.complaints.lifecycle import COMPLAINT, ComplaintState
from mamori.rooms.complaints.models import IS_HARM, CareRecord, Complaint, ComplaintReport
from mamori.rooms.complaints.queries import (
    NoSuchComplaint,
    about_complaint,
    found_by,
    is_hidden,
    may_be_named,
    place_of,
    said_of,
    shop_behind,
    subject_of,
)
from mamori.rooms.complaints.rules import ReportSaid, in_danger, is_asked_again, of_complaint, urgent_since
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.clarifications import actions as clarifications
from mamori.rooms.enforcement.clarifications.actions import ToClarify
from mamori.rooms.enforcement.measures.actions import hiding
from mamori.rooms.safety.accidents import actions as accidents

# The kind of matter that a complaint is: found locked, recorded of nobody, its clocks settled.


UNSEEN = frozenset(
    {
        *("report", "add", "danger", "leave_mail", "confirm_mail", "tell", "remind"),
        *("take", "take_back", "scan", "line_up", "read"),
    }
)
"""What may happen while somebody decides: a flood of reports must not keep a decision from being made."""
SEEN = {kind: text for kind, text in COMPLAINT_ACTS.items() if kind.partition(".")[2] not in UNSEEN}


def nobody(actor: Actor) -> Actor:
    """Return the same actor without a name: who reports is known to nobody, signed in or not."""
    return replace(actor, by="anonymous", role=Role.ANONYMOUS, request="")


def sealed(row: ComplaintReport, said: ReportSaid) -> bytes:
    """Return what a report says, sealed with its own key."""
    plain = msgspec.json.encode(said, order="sorted")
    return sealing.seal(subject=subject_of(row.ref), place=place_of(row.ref), plain=plain)


def decided(row: Complaint) -> ComplaintDecided:
    """Return the news that it was decided, or that more are to be told: the worker tells who reported."""
    return ComplaintDecided(subject=about_complaint(row.pk), complaint=row.pk)


def _find(actor: Actor, number: int, version: int | None) -> Complaint:
    row = Complaint.objects.select_for_update().filter(pk=number).first()
    if row is None or actor.role not in STAFF | {Role.ANONYMOUS, Role.MACHINE}:
        raise NoSuchComplaint
    if version is not None and version != row.version:
        raise changed(about_complaint(number), SEEN)
    return row


def _record(act: Performance[Complaint], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    if verb not in UNSEEN:
        act.matter.version += 1
        act.save("version")
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return ledger.record(
        act.actor,
        kind=f"complaints.{verb}",
        subject=ledger.MARKET,
        about=about_complaint(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def enter(row: Complaint) -> None:
    """Let a new complaint be found among cases; no shop is named there, so that nothing that lists a shop's cases shows it."""
    cases.open(
        kind=COMPLAINT_CASE.code,
        about=about_complaint(row.pk),
        title=ComplaintReason(row.reason).text.ja,
        buyer_ref="",
        seller_ref="",
        order_ref="",
        at=row.received_at,
        **found_by(row),
    )


def _settle(act: Performance[Complaint]) -> None:
    row, name, hidden = act.matter, about_complaint(act.matter.pk), is_hidden(act.matter)
    settled = settlement.settle({name: of_complaint(row, hidden=hidden)}, at=act.actor.at, why=act.verb)
    due, lead = settled.next_due(), settled.lead()
    if row.due_at != due:
        row.due_at = due
        row.save(update_fields=("due_at",))
    asks, urgent = [one.what for one in settled.asked[name]], urgent_since(row, hidden=hidden)
    if act.verb in UNSEEN and _stands(name, lead, asks, urgent):
        return  # one more report changes nothing of its case
    cases.update(
        about=name,
        state=row.state,
        lead=lead,
        closed_at=None if is_asked_again(row) else row.decided_at,
        urgent_since=urgent,
        attention=next(iter(asks), None) if act.news is None else act.news or None,
        asks=asks,
    )


def join_accident(act: Performance[Complaint], report: ComplaintReport | None = None) -> None:
    """Let what tells of a danger of goods that are known join their accident, as a machine does it: who reported is not told."""
    row = act.matter
    if not row.listing_ref:
        return
    told = said_of(report).danger if report else ()
    accidents.join(
        Actor(by="machine:complaints", role=Role.MACHINE, at=act.actor.at, via=act.actor.via),
        source=AccidentSource.REPORT,
        about_report=about_complaint(row.pk),
        listing=row.listing_ref,
        hurt=Hurt.MINOR if DangerAnswer.INJURY in told else Hurt.UNKNOWN,
        fire=DangerAnswer.FIRE in told,
        case=case_facts.case_of(about_complaint(row.pk)).number,
    )


def _stands(name: str, lead: Lead | None, asks: Collection[str], urgent: datetime | None) -> bool:
    """Say whether its case says all that already."""
    case, due = case_facts.case_of(name), (lead.kind, lead.due_at) if lead else ("", None)
    known = (case.urgent_since, (case.due_kind, case.next_due_at), case_facts.asked(name))
    return known == (urgent, due, frozenset(asks))


COMPLAINTS: MatterKind[Complaint, int] = MatterKind(
    chart=COMPLAINT,
    find=_find,
    case=lambda row: about_complaint(row.pk),
    record=_record,
    settle=_settle,
    shows_news=True,
)


def ask_around(actor: Actor, *, complaint: int, asked: ToClarify, version: int | None = None) -> None:
    """Ask the seller, the maker, the importer or the holder of a right; who reported is told to nobody of them."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        row = act.matter
        act.step("ask")
        number = clarifications.clarify(
            actor, about=about_complaint(row.pk), seller=row.seller_ref, listing=row.listing_ref, asked=asked
        )
        row.looked_at = row.looked_at or actor.at
        act.save("looked_at")
        act.record("ask", clarification=number, whom=asked.whom.value)


def hear_answers(actor: Actor, *, complaint: int) -> None:
    """Go on with it once nothing that was asked waits for an answer: its days run anew since the last one, if there was any."""
    with perform(actor, COMPLAINTS, complaint) as act:
        if act.matter.state != ComplaintState.ASKING or facts.awaited_of(about_complaint(complaint)):
            return
        act.step("hear")
        act.matter.heard_at = facts.last_answer(about_complaint(complaint))
        act.save("heard_at")
        act.record("hear")


# Staff look at a complaint and decide it; another look is made by somebody else, and what is taken up becomes a finding.


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
WITH = Text("「違反の疑いとして取り上げる」", "“Take it up as a finding”")
WITHOUT = Text("「取り上げる」", "“Take it up”")


def begin_complaint(
    actor: Actor, *, complaint: int, version: int | None = None, seen_until: datetime | None = None
) -> None:
    """Begin to look at it, and at what of a danger was there to be read then; what came since goes on to alarm."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        act.step("begin")
        act.matter.looked_at, act.matter.alarm_at = actor.at, _unseen_since(act, seen_until)
        act.save("looked_at", "alarm_at")
        act.record("begin")


def read_reports(actor: Actor, *, complaint: int, reports: Collection[int], until: datetime) -> None:
    """Note that these reports were read as they stood `until` then; harms unread, and what came since, go on to alarm."""
    with perform(actor, COMPLAINTS, complaint) as act:
        if not actor.is_staff:
            raise StepNotYours(step=READING, roles=Text("窓口の担当", "staff"))
        unread = ComplaintReport.objects.filter(complaint=complaint, unread_at__isnull=False)
        unread.filter(pk__in=reports, unread_at__lte=until).update(unread_at=None)
        if act.matter.alarm_at is not None:
            waits = unread.filter(IS_HARM | Q(unread_at__gt=until)).aggregate(since=Min("unread_at"))
            act.matter.alarm_at = waits["since"]
            act.save("alarm_at")
        act.record("read", reports=len(reports))


def rule_out(
    actor: Actor,
    *,
    complaint: int,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Let a lead find that there is no danger, by what was there to be read then; the complaint is decided as any other."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        act.step("rule_out")
        if not in_danger(act.matter):
            raise NoDangerHere
        _must_be_current(act, seen_until)
        act.matter.danger_ended_at, act.matter.alarm_at = actor.at, _unseen_since(act, seen_until)
        act.save("danger_ended_at", "alarm_at")
        act.record("rule_out", reason=reason)


def uphold(
    actor: Actor,
    *,
    complaint: int,
    severity: Severity,
    said: OfSeller,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Take it up as a finding about the seller, in staff's own words."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        _must_be_current(act, seen_until)
        _take_up(act, severity, said)
        act.record("uphold", decided(act.matter), reason=reason, finding=act.matter.finding)


def hold_at_once(
    actor: Actor,
    *,
    complaint: int,
    severity: Severity,
    said: OfSeller,
    reason: WhySo,
    version: int | None = None,
) -> None:
    """Take up a danger as a finding and hide the listing provisionally in the same act, at any hour; the seller is heard."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        row = act.matter
        if not row.is_dangerous or not row.listing_ref:
            raise NotToHold
        _take_up(act, severity, said, COMPLAINT_REASONS[ComplaintReason.DANGEROUS])
        assert row.finding is not None
        measure = hiding.hide_provisionally(actor, finding=row.finding, because=HELD_BECAUSE)
        act.record("uphold", decided(row), reason=reason, finding=row.finding, measure=measure)


def _take_up(
    act: Performance[Complaint], severity: Severity, said: str, held: ComplaintRule | None = None
) -> None:
    row, rule = act.matter, held or COMPLAINT_REASONS[ComplaintReason(act.matter.reason)]
    if rule.breach is None or not row.seller_ref:
        raise NoFindingComes(how=WITHOUT)
    _end(act, "uphold")
    row.finding = hiding.find_reported(
        act.actor,
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
    actor: Actor,
    *,
    complaint: int,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Take up what is no breach of a seller's, or of no seller that is known."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        rule = COMPLAINT_REASONS[ComplaintReason(act.matter.reason)]
        if rule.breach is not None and act.matter.seller_ref:
            raise NoFindingComes(how=WITH)
        _must_be_current(act, seen_until)
        _end(act, "uphold")
        act.record("uphold", decided(act.matter), reason=reason)


def find_nothing(
    actor: Actor,
    *,
    complaint: int,
    because: NothingWhy,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Do not take it up."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        _decide(act, "find_nothing", because.value, reason, seen_until)


def find_outside(
    actor: Actor,
    *,
    complaint: int,
    because: OutsideWhy,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Find that it is not for the centre to decide."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        _decide(act, "find_outside", because.value, reason, seen_until)


def find_gone(
    actor: Actor,
    *,
    complaint: int,
    because: GoneWhy,
    reason: WhySo,
    version: int | None = None,
    seen_until: datetime | None = None,
) -> None:
    """Find that what was reported is not there any more."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        _decide(act, "find_gone", because.value, reason, seen_until)


def keep_outcome(actor: Actor, *, complaint: int, reason: WhySo, version: int | None = None) -> None:
    """Let the outcome stand upon another look."""
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        must_look_again(act)
        act.step("keep")
        _note(act, act.matter.because)
        act.record("keep", decided(act.matter), reason=reason)


def remind_complaint(actor: Actor, *, complaint: int) -> None:
    """Say to staff that a complaint waits; who reported a danger hears that it goes on, as its days are over."""
    with perform(actor, COMPLAINTS, complaint) as act:
        _remind(act, notices.COMPLAINT_OVERDUE)
        if act.matter.is_dangerous and act.matter.closed_at is None:
            act.matter.interim_at = actor.at
            act.save("interim_at")
            act.record("remind", decided(act.matter))
        else:
            act.record("remind")


def remind_danger(actor: Actor, *, complaint: int, unread: bool = False) -> None:
    """Say again to staff that a danger stands, and nothing while its goods are hidden, or that word of one is `unread`."""
    with perform(actor, COMPLAINTS, complaint) as act:
        if unread or not is_hidden(act.matter):
            _remind(act, notices.DANGER_STANDS)
        act.record("remind")


def _remind(act: Performance[Complaint], template: Template) -> None:
    for role in (Role.AGENT, Role.LEAD):
        outbox.notify(
            to=role.value,
            template=template,
            values={"number": f"{act.matter.pk}"},
            about=about_complaint(act.matter.pk),
            at=act.actor.at,
        )


def must_look_again(act: Performance[Complaint]) -> None:
    """Let nobody go on but somebody else than who decided, where another look is asked for."""
    if not is_asked_again(act.matter):
        raise NobodyAskedAgain
    if not is_second(act.actor, than=act.matter.decided_by):
        raise AgainNeedsAnother


def _must_be_current(act: Performance[Complaint], seen_until: datetime | None) -> None:
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
    _must_be_current(act, seen_until)
    _end(act, step, because)
    act.record(step, decided(act.matter), reason=reason)


def _end(act: Performance[Complaint], step: str, because: str = "") -> None:
    if act.matter.closed_at is None:
        was_asking = act.matter.state == ComplaintState.ASKING
        act.step(step)
        if was_asking:
            clarifications.withdraw_all(
                act.actor, about=about_complaint(act.matter.pk), reason="返答を待たずに決めた。"
            )
    else:
        must_look_again(act)
        act.step(f"{step}_again")
    _note(act, because)


def _note(act: Performance[Complaint], because: str) -> None:
    row, at = act.matter, act.actor.at
    if row.closed_at is not None:
        row.again_done_at = at
    if in_danger(row):
        row.danger_ended_at = at
    row.because, row.decided_by, row.decided_at, row.alarm_at = (
        because,
        people.subject_of(act.actor),
        at,
        None,
    )
    row.closed_at, row.looked_at, row.round = row.closed_at or at, row.looked_at or at, row.round + 1
    act.save("because", "decided_by", "decided_at", "closed_at", "looked_at", "round", "again_done_at")
    act.save("danger_ended_at", "alarm_at")


class NothingOfThatName(Refusal, code="nothing-of-that-name", status=422):
    """Given when the marketplace told of no goods, review or shop of that reference."""

    text = Text(
        "その番号の商品・レビュー・お店は、記録にありません。番号かページのアドレスをご確認ください。",
        "Our records have no goods, review or shop of that reference. Please check it, or the address of the page.",
    )


class ShopNotToName(Refusal, code="shop-not-to-name", status=409):
    """Given when what was reported says whose it is: goods, a shop, a review or a message that is known."""

    text = Text(
        "だれのものかは、知らせた人の申し出からわかっています。ほかのお店のことなら、そのお店への申し出として受けてください。",
        "What was reported says whose it is. If it is about another shop, please take a report about that one.",
    )


def name_shop(actor: Actor, *, complaint: int, where: str, reason: WhySo, version: int | None = None) -> None:
    """Say which goods, review or shop a report is about, by a reference that the marketplace knows; the last word counts.

    What was reported stays the same thing: whoever reports it later joins it, and finds the shop known.
    """
    with perform(actor, COMPLAINTS, complaint, version=version) as act:
        row = act.matter
        if row.closed_at is not None:
            must_look_again(act)
        act.step("name" if row.closed_at is None else "name_again")
        if not may_be_named(row):
            raise ShopNotToName
        found = shop_behind(where)
        if found is None:
            raise NothingOfThatName
        row.seller_ref, row.listing_ref, row.review_ref = found.seller, found.listing, found.review
        row.named_by = people.subject_of(actor)
        act.save("seller_ref", "listing_ref", "review_ref", "named_by")
        cases.enter_anew(about=about_complaint(complaint), **found_by(row))
        if in_danger(row):
            join_accident(act)
        act.record("name", reason=reason, thing=found.name)


def hear_unhidden(actor: Actor, *, listing: str) -> None:
    """Settle anew what waits about goods and tells of a danger: its clock and its place rest on whether they are hidden."""
    waiting = Complaint.objects.filter(IS_OPEN, listing_ref=listing, danger_at__isnull=False).order_by("pk")
    for number in waiting.values_list("pk", flat=True):
        with perform(actor, COMPLAINTS, number):
            pass


# A member of staff bears abuse: it is noted, leads are told at once and note what they did; the matter itself goes on.


class WarnFirst(Refusal, code="warn-first", status=409):
    """Given when a call was ended without the warning that it needs."""

    text = Text(
        "電話を終える前に、注意の言葉を伝えてください。暴力・脅しと性的な言葉のときだけ、すぐに電話を終えられます。",
        "Please read the warning out before the call is ended. Only upon violence or sexual words it is ended at once.",
    )


class CareNeedsAnother(Refusal, code="care-needs-another", status=403):
    """Given when somebody would see to themselves, or is no lead."""

    text = Text(
        "カスハラを受けた人への対応は、本人ではない責任者か法務担当がします。声をかけてください。",
        "Who bore abuse is seen to by a lead or counsel, and never by themselves. Please ask one of them.",
    )


def flag_conduct(
    actor: Actor,
    *,
    about: str,
    conduct: ConductSeen,
    said: WhatHappened,
    warned: WasWarned = False,
    ended: HasEnded = False,
) -> int:
    """Note abuse on a call about a matter, and what was done on the call; return the record's number: leads are told at once."""
    if actor.role not in STAFF or not queries.is_there(about):
        raise queries.NoSuchCare
    if ended and not (warned or conduct in AT_ONCE):
        raise WarnFirst
    done: dict[str, Any] = {"conduct": conduct.value, "warned": warned, "ended": ended}
    with memory.act():
        row = CareRecord(
            ref=secrets.token_hex(12), about=about, staff=people.subject_of(actor), at=actor.at, **done
        )
        plain = said.encode(errors="replace")
        row.said = sealing.seal(
            subject=queries.subject_of_record(row), place=queries.place_of_record(row), plain=plain
        )
        row.save(force_insert=True)
        for role in sorted(HEADS):
            outbox.notify(
                to=role.value,
                template=notices.ABUSE_FLAGGED,
                values={"number": f"{row.pk}"},
                about=queries.about_care(row.pk),
                at=actor.at,
            )
        _record_care(actor, row, "flag", **done)
    return row.pk


def give_care(actor: Actor, *, care: int, reason: HowCared) -> None:
    """Note what a lead did for who bore it; more may be noted later."""
    with memory.act():
        row = queries.record_of(actor, care, locked=True)
        if not queries.may_care(actor, row):
            raise CareNeedsAnother
        row.closed_at = actor.at
        row.save(update_fields=("closed_at",))
        _record_care(actor, row, "care", reason)


def erase_care(actor: Actor, *, over: datetime, limit: int) -> int:
    """Erase the words of so many records that were seen to before `over`; what is held stays."""
    rows = CareRecord.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk")
    return ledger.shred_each(
        actor, rows, limit=limit, reason="retention.complaints.care", whose=_whose, wipe=_wipe
    )


def _whose(row: CareRecord) -> tuple[str, str]:
    return queries.subject_of_record(row), row.about


def _wipe(row: CareRecord) -> None:
    row.said = None
    row.save(update_fields=("said",))


def _record_care(actor: Actor, row: CareRecord, verb: str, reason: str = "", **told: Any) -> None:
    ledger.record(
        actor,
        kind=f"complaints.{verb}",
        subject=queries.subject_of_record(row),
        about=queries.about_care(row.pk),
        reason=reason,
        payload={"matter": row.about, **told},
    )
