"""An appeal is made in time, reviewed by somebody else, talked about, and decided with reasons; what is granted is undone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.matters.standing import Runs
from mamori.ground.people import facts as people
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import APPEAL_ANSWER, APPEAL_DECISION
from mamori.law.measures import measure as declared
from mamori.rooms.contact import facts as contact
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.acts import ACTS
from mamori.rooms.enforcement.appeals import matter as appeal_records
from mamori.rooms.enforcement.appeals.matter import APPEALS
from mamori.rooms.enforcement.events import AppealEnded, AppealReceived
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.matter import (
    MEASURES,
    NotThere,
    is_sellers,
    somebody_else,
    the_measure,
)
from mamori.rooms.enforcement.inputs import AsksForAnswer, ReviewersNote, ToSeller
from mamori.rooms.enforcement.lifecycle import APPEAL, STANDING, AppealState, MeasureState
from mamori.rooms.enforcement.measures import execution, refusals
from mamori.rooms.enforcement.models import Appeal, Measure
from mamori.rooms.enforcement.policy.records import decided_with
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import Ended

TAKES_PART = frozenset(code for code, words in ACTS.items() if words.takes_part) | frozenset(
    {
        "contact.propose",
        "contact.centre_buyer",
        "contact.centre_seller",
        "contact.centre_both",
        "contact.grant_remedy",
        "contact.refuse_remedy",
        "contact.arrange_return",
        "contact.inspect_return",
        "contact.claim_recovery",
        "contact.waive_recovery",
    }
)
"""The acts by which staff take part in a matter; who only reads it, is given the case or keeps a note takes none."""


def took_part(appeal: Appeal) -> frozenset[str]:
    """Return who took part in what the appeal is against ("staff:7"): who made the decision, and whoever acted on the matter."""
    acts = [act for name in _matters(appeal) for act in ledger.acts_about(name) if act.kind in TAKES_PART]
    return frozenset({appeal.first_by, appeal.first_also, *map(_who, acts)} - {""})


def _matters(appeal: Appeal) -> tuple[str, ...]:
    """Return the names of what led to it: the finding and where it came from, or the deduction and its trouble."""
    if appeal.measure_id is not None:
        finding, origin = Measure.objects.values_list("finding_id", "finding__origin").get(
            pk=appeal.measure_id
        )
        return f"enforcement.finding:{finding}", origin
    taken = appeal_records.deduction(appeal)
    return f"contact.recovery:{taken.id}", f"contact.trouble:{taken.trouble}"


def _who(act: ActFact) -> str:
    """Return who of staff did it, "" where nobody did, or the record was erased with its seller."""
    if act.content is None or Role(act.content["role"]) not in STAFF:
        return ""
    actor = Actor(by=act.content["by"], role=Role(act.content["role"]), at=act.at, via=act.content["via"])
    return people.subject_of(actor)


def may_review(actor: Actor, appeal: Appeal) -> bool:
    """Say whether this actor took no part in it."""
    return people.subject_of(actor) not in took_part(appeal)


def is_reviewer_there(appeal: Appeal, at: datetime) -> bool:
    """Say whether anybody who decides took no part in it."""
    return somebody_else(took_part(appeal), at)


OUTCOMES = {
    AppealState.GRANTED: Text("異議を認めました", "it was granted"),
    AppealState.KEPT: Text("決定は変わりません", "the decision stands"),
    AppealState.PARTLY: Text("一部を認めました", "it was granted in part"),
}
NOTE = Text("見直しのメモを残す", "keep a note on the review")
STEPS = {AppealState.GRANTED: "grant", AppealState.PARTLY: "grant_part", AppealState.KEPT: "keep"}


class GrantedPart(StrEnum):
    """What of a decision goes where an appeal is granted in part."""

    MEASURE = "measure"
    POINTS = "points"


PARTS = {
    GrantedPart.MEASURE: Text("措置を終え、点数は残す", "the measure ends, its points stay"),
    GrantedPart.POINTS: Text("点数を消し、措置は続ける", "the points go, the measure stays"),
}
NOWHERE = Text("この決定で数えている点数はありません", "no points of this decision count")
ON_THE_BASE = Text("点数は「{measure}」に付いています", "the points are those of “{measure}”")
DECIDED = (
    MeasureState.ANNOUNCED,
    MeasureState.ORDERED,
    MeasureState.IN_FORCE,
    MeasureState.LIFTING,
    MeasureState.CALLED_OFF,
    MeasureState.OVER,
)
"""What can be appealed against: what was decided and told, also when it is over or never began, for its points may count."""


class PointsElsewhere(Refusal, code="points-elsewhere", status=409):
    """Given when the points of a measure would go that brought none, or whose points count no longer."""

    text = Text(
        "「{measure}」には、消せる点数がありません（{where}）。措置を終えるか、異議を認めるか、決定を変えないかを選んでください。",
        "“{measure}” has no points that could go: {where}. Please end the measure, grant the appeal, or let it stand.",
    )


def appeal(actor: Actor, *, measure: int, said: str, version: int | None = None) -> int:
    """Take a seller's appeal against a measure and return its number; an effect that waits for appeals waits.

    `version` is that of the finding which the seller saw.
    """
    said = written.checked(said)
    with memory.act():
        found = the_measure(actor, measure, version)
        if actor.role not in SELLERS or not is_sellers(actor, found.seller_ref):
            raise NotThere()
        must_be_open(found, actor.at)
        row = Appeal(
            measure=found,
            seller_ref=found.seller_ref,
            first_by=found.decided_by,
            first_also=found.approved_by,
            received_at=actor.at,
        )
        execution.wait_for_appeal(found, actor.at)
        return receive(actor, row, said)


def receive(actor: Actor, row: Appeal, said: str) -> int:
    """Take an appeal in: a case with its clock and words, told to both sides; return its number."""
    try:
        with memory.attempt():
            row.save(force_insert=True)
    except IntegrityError:
        open_ = Appeal.objects.get(measure=row.measure, recovery=row.recovery, closed_at__isnull=True)
        raise refusals.AppealOpen(number=appeal_records.number(open_)) from None
    appeal_records.enter(row)
    with entered(actor, APPEALS, row) as act:
        appeal_records.add_message(row, actor, said)
        due = matters.due(Runs(APPEAL_DECISION, since=actor.at))
        appeal_records.notify(records.seller(row), notices.RECEIVED, row, actor.at, due=spoken(due))
        template = notices.TO_TAKE if is_reviewer_there(row, actor.at) else notices.TO_INVITE
        appeal_records.notify("lead", template, row, actor.at)
        act.news = "take"
        act.record("appeal", appeal_records.news(AppealReceived, row))
    return row.pk


def refuse_again(before: Appeal | None) -> None:
    """Refuse an appeal against what was appealed against before, unless that one ended without an outcome."""
    if before is not None and before.state not in (AppealState.WITHDRAWN, AppealState.REVERSED):
        kind = refusals.AppealOpen if before.closed_at is None else refusals.AppealDecided
        raise kind(number=appeal_records.number(before))


def must_be_open(measure: Measure, at: datetime) -> None:
    """Let an appeal pass against what was decided and told, in time, and not decided upon before."""
    refuse_again(measure.appeals.order_by("-id").first())
    ended = measure.closed_at is not None and not execution.may_reverse_after(measure)
    if measure.state not in DECIDED or ended or measure.appeal_until is None:
        raise refusals.NothingToAppeal(state=execution.state_text(measure))
    kind, state = declared(measure.kind), MeasureState(measure.state)
    if not bounds.is_in_time(kind, state, measure.appeal_until, at):
        raise refusals.AppealTooLate(until=spoken(measure.appeal_until))


def take_appeal(actor: Actor, *, appeal: int, version: int | None = None) -> None:
    """Take the review; nobody who took part in the matter may, not even where nobody else is there."""
    with perform(actor, APPEALS, appeal, version=version) as act:
        act.step("take")
        if not may_review(actor, act.matter):
            raise refusals.AnotherReviewer()
        act.matter.reviewer = people.subject_of(actor)
        act.save("reviewer")
        cases.assign(about=appeal_records.about(act.matter), to=actor.by)
        act.record("take_appeal")


def write_appeal(actor: Actor, *, appeal: int, said: str, version: int | None = None) -> None:
    """Let the seller add to its appeal; an answer to a question brings it back to the reviewer."""
    said = written.checked(said)
    with perform(actor, APPEALS, appeal, version=version) as act:
        act.step("write")
        appeal_records.add_message(act.matter, actor, said)
        act.news = "answered" if act.matter.reviewer else None
        act.record("write_appeal")


def reply_appeal(
    actor: Actor, *, appeal: int, said: ToSeller, asks: AsksForAnswer = False, version: int | None = None
) -> None:
    """Let the reviewer write to the seller; with `asks` something is asked for and waited for by a clock."""
    said = written.checked(said)
    with perform(actor, APPEALS, appeal, version=version) as act:
        found = act.matter
        _must_review(actor, found)
        act.step("ask_more" if asks else "reply")
        appeal_records.add_message(found, actor, said)
        to = records.seller(found)
        if asks:
            found.asked_at = actor.at
            act.save("asked_at")
            due = matters.due(Runs(APPEAL_ANSWER, since=actor.at))
            appeal_records.notify(to, notices.ASKED, found, actor.at, due=spoken(due))
        else:
            appeal_records.notify(to, notices.REPLIED, found, actor.at)
        act.record("ask_more" if asks else "reply_appeal")


def go_on_appeal(actor: Actor, *, appeal: int) -> None:
    """Go on with the review without what was asked for."""
    with perform(actor, APPEALS, appeal) as act:
        act.step("go_on")
        act.news = "answered"
        act.record("go_on_appeal")


def note_appeal(actor: Actor, *, appeal: int, said: ReviewersNote, version: int | None = None) -> None:
    """Keep a note of the reviewers while it is open, which no message can carry out; who took part in the matter keeps none."""
    said = written.checked(said)
    with perform(actor, APPEALS, appeal, version=version) as act:
        found = act.matter
        if not actor.is_staff:
            raise StepNotYours(step=APPEAL.title, roles=Text("窓口の担当", "staff"))
        if found.closed_at is not None:
            raise StepNotOpen(title=APPEAL.title, step=NOTE, state=APPEAL.states[AppealState(found.state)])
        if not may_review(actor, found):
            raise refusals.AnotherReviewer()
        appeal_records.add_note(found, actor, said)
        act.record("note_appeal")


def decide_appeal(
    actor: Actor,
    *,
    appeal: int,
    outcome: AppealState,
    said: str,
    part: GrantedPart | None = None,
    amount: int = 0,
    version: int | None = None,
) -> None:
    """Decide with reasons that the seller reads; what is granted is undone with all it touched, and its points go.

    What is granted in part ends the measure and keeps its points, or the other way round, as `part` says; of a deduction
    `amount` yen go back, or all where it is granted.
    """
    said = written.checked(said)
    with perform(actor, APPEALS, appeal, version=version) as act:
        found = act.matter
        _must_review(actor, found)
        of_measure = found.measure_id is not None
        if (outcome is AppealState.PARTLY) != (part is not None if of_measure else bool(amount)):
            raise refusals.PartUnsaid()
        act.step(STEPS[outcome])
        found.closed_at = actor.at
        found.outcome = records.seal("enforcement_appeal", found.pk, "outcome", found.seller_ref, said)
        act.save("outcome", "closed_at")
        if of_measure:
            _follow(act, outcome, part)
        else:
            appeal_records.follow(actor, found, outcome, amount)
        appeal_records.notify(
            records.seller(found), notices.APPEAL_ENDED, found, actor.at, outcome=OUTCOMES[outcome]
        )
        ended = appeal_records.news(AppealEnded, found, state=found.state)
        act.record("decide_appeal", ended, outcome=outcome.value, given_back=found.given_back)


def withdraw_appeal(actor: Actor, *, appeal: int, version: int | None = None) -> None:
    """Let the seller take its appeal back; it may appeal again while there is time."""
    with perform(actor, APPEALS, appeal, version=version) as act:
        found = act.matter
        act.step("withdraw")
        found.closed_at = actor.at
        act.save("closed_at")
        if found.measure_id is not None:
            _follow(act, AppealState.WITHDRAWN)
        act.record("withdraw_appeal", appeal_records.news(AppealEnded, found, state=found.state))


def remind_appeal(actor: Actor, *, appeal: int) -> None:
    """Note that an appeal is not decided in time: the lead is told, and the seller that it takes longer."""
    with perform(actor, APPEALS, appeal) as act:
        found = act.matter
        if found.closed_at is not None:
            return
        appeal_records.notify("lead", notices.APPEAL_OVERDUE, found, actor.at)
        appeal_records.notify(records.seller(found), notices.LATE, found, actor.at)
        act.news = "overdue"
        act.record("remind_appeal")


def _must_review(actor: Actor, appeal: Appeal) -> None:
    """Let only the reviewer speak and decide; whoever takes a review over takes it first."""
    if people.subject_of(actor) != appeal.reviewer:
        raise StepNotYours(step=APPEAL.title, roles=Text("見直しを担当した人", "the reviewer"))


def _follow(of_appeal: Performance[Appeal], outcome: AppealState, part: GrantedPart | None = None) -> None:
    """Undo the measure or a part of it, or let an effect that waited for the appeal come."""
    actor, appeal = of_appeal.actor, of_appeal.matter
    measure = the_measure(actor, appeal.measure_id or 0)
    act = of_appeal.also(MEASURES, measure)
    if outcome is AppealState.GRANTED:
        ended = execution.reverse(actor, measure, Ended.APPEAL)
    elif part is GrantedPart.MEASURE:
        if measure.state not in STANDING:
            raise refusals.PartIsOver(state=execution.state_text(measure))
        ended = execution.undo(actor, measure, Ended.REVIEWED)
    else:
        if part is GrantedPart.POINTS:
            _must_have_points(measure, actor.at)
        ended = None
        execution.announce_again(actor, measure, appeal)
        if part is GrantedPart.POINTS:
            execution.take_points_away(measure, actor.at)
    events = [ended] if ended else []
    act.record("follow_appeal", *events, outcome=outcome.value, part=part.value if part else "")


def _must_have_points(measure: Measure, at: datetime) -> None:
    """Let the points of a measure go that has some which count: of two that were decided together the base has them."""
    if execution.has_points(measure, at):
        return
    base = decided_with(measure)[0]
    where = ON_THE_BASE.fill(measure=declared(base.kind).title) if execution.has_points(base, at) else NOWHERE
    raise PointsElsewhere(measure=declared(measure.kind).title, where=where)


class NothingDeducted(Refusal, code="nothing-deducted", status=409):
    """Given when a recovery took nothing from the seller."""

    text = Text(
        "この出品者への請求では売上金から何も差し引いていないので、異議の対象がありません。出品者への請求のページで状態をご確認ください。",
        "Nothing was deducted in this recovery, so there is nothing to appeal against. Please look at its page.",
    )


def appeal_recovery(actor: Actor, *, recovery: int, said: str) -> int:
    """Take a seller's appeal against a deduction and return its number."""
    said = written.checked(said)
    with memory.act():
        found = contact.recovery(recovery)
        if found is None or actor.role not in SELLERS or not is_sellers(actor, found.seller_ref):
            raise NotThere()
        refuse_again(Appeal.objects.filter(recovery=recovery).order_by("-id").first())
        if not found.is_taken or found.appeal_until is None:
            raise NothingDeducted()
        if actor.at > found.appeal_until:
            raise refusals.AppealTooLate(until=spoken(found.appeal_until))
        row = Appeal(
            recovery=recovery, seller_ref=found.seller_ref, first_by=found.decided_by, received_at=actor.at
        )
        return receive(actor, row, said)


def drop_appeal(actor: Actor, *, recovery: int) -> None:
    """End an open appeal against a deduction that was not made after all: there is nothing to give back."""
    with memory.act():
        found = Appeal.objects.select_for_update().filter(recovery=recovery, closed_at__isnull=True).first()
        if found is None:
            return
        with entered(actor, appeal_records.APPEALS, found) as act:
            appeal_records.end_reversed(act, notices.NOT_DEDUCTED)
