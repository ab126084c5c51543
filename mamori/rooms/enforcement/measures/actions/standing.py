"""A measure that stands: it lifts by itself, ends with a reason, is looked at again, and what was put right is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.casekinds import clock_named
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.standing import Runs, runs
from mamori.japan import written
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.breaches import breach
from mamori.law.deadlines import CURE_LOOK, PHOTO_LOOK, VIEW_LOOK
from mamori.law.measures import CORRECTION, PROVISIONAL_HIDING, measure as declared
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.appeals import matter as appeal_records
from mamori.rooms.enforcement.events import MeasureEvent
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.actions import find
from mamori.rooms.enforcement.findings.matter import (
    FINDINGS,
    MEASURES,
    NotThere,
    is_told,
    subject_of,
    the_measure,
)
from mamori.rooms.enforcement.inputs import Kept, NotPutRight, PhotoOf
from mamori.rooms.enforcement.lifecycle import FINDING, FindingState, MeasureState
from mamori.rooms.enforcement.measures import execution, statements
from mamori.rooms.enforcement.measures.refusals import EndsByDecision, HeadsShowAgain
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules import bounds, standing
from mamori.rooms.enforcement.rules.bounds import Ended, Source
from mamori.rooms.enforcement.rules.standing import ON_ITS_WAY

# A measure that stands: it lifts by itself, is ended or reversed with a reason, and what the marketplace answers is heard.


def start_measure(actor: Actor, *, measure: int) -> None:
    """Let an announced measure take effect; where its effect waits for an appeal, it goes on waiting."""
    with perform(actor, MEASURES, measure) as act:
        found = act.matter
        if found.state != MeasureState.ANNOUNCED or records.is_under_appeal(found):
            return
        events: list[MeasureEvent | None]
        verb = "start_measure"
        try:
            with memory.attempt():
                events = [execution.take_effect(actor, found)]
                found.save()
                execution.notify(actor, found, notices.TOOK_EFFECT)
        except market.AlreadyGone:
            act.matter, verb = the_measure(actor, measure), "lift"
            events = [execution.undo(actor, act.matter, Ended.GONE)]
        act.record(verb, *(one for one in events if one))


def end_measure(actor: Actor, *, measure: int) -> None:
    """Lift a measure whose time is over; a correction that the seller says it made waits for somebody's look.

    No time ends a provisional hiding, whoever calls.
    """
    with perform(actor, MEASURES, measure) as act:
        found = act.matter
        if found.closed_at is not None or found.state in ON_ITS_WAY or found.kind == PROVISIONAL_HIDING.code:
            return
        finding = found.finding
        if found.kind != CORRECTION.code or finding.cured_at is not None:
            _end(act, Ended.DUE)
        elif standing.awaits_look(finding.cure_said_at, finding.cured_at):
            act.news = "cure"
            act.record("await_look")
        else:
            end_uncured(act)


def end_uncured(act: Performance[Measure]) -> None:
    """End a correction of which nobody said in time that it was made, or that was seen not to be: it is looked at anew."""
    _end(act, Ended.UNCURED)
    _find_again(act.actor, act.matter)


def _end(act: Performance[Measure], because: Ended) -> None:
    ended = execution.undo(act.actor, act.matter, because)
    act.record("end_measure", *([ended] if ended else []))


def _find_again(actor: Actor, measure: Measure) -> None:
    before = measure.finding
    facts = statements.facts_of(before)
    if not facts:  # the seller was erased: nothing is left that it could be asked about
        return
    find(
        actor,
        breach=before.breach,
        severity=Severity(before.severity),
        harm=Reach(before.harm),
        subject=subject_of(before),
        facts=(
            *facts,
            Text(
                "是正の期限までに、直ったことが確かめられなかった。",
                "It was not seen to be put right in time.",
            ),
        ),
        origin=records.about(measure),
        source=Source.REPEAT,
        automated=True,
        evidence=(("case", records.number(before)),),
    )


class NotSeenCured(Refusal, code="not-seen-cured", status=409):
    """Given when a measure is to end as put right, and nobody has noted that it was."""

    text = Text(
        "直ったことがまだ確かめられていません。確かめたら「直ったことを確かめた」と記録してから、終えてください。",
        "Nobody has noted that it was put right. Please look, record that it was, and end the measure then.",
    )


class HeadsEnd(Refusal, code="heads-end", status=403):
    """Given when one agent would end what two people had to decide."""

    text = Text(
        "「{measure}」は二人で決める措置なので、途中で終えられるのは責任者か法務担当です。責任者に知らせてください。",
        "“{measure}” takes two people to decide, so a lead or counsel ends it early. Please tell a lead.",
    )


class HeadsUndo(Refusal, code="heads-undo", status=403):
    """Given when an agent would ask once more for an undoing that a lead or counsel has decided on."""

    text = Text(
        "取消しの指示をもう一度出せるのは責任者か法務担当です。責任者に知らせてください。",
        "A lead or counsel orders the undoing of a measure once more. Please tell a lead.",
    )


class NotRefused(Refusal, code="not-refused", status=409):
    """Given when something is ordered again that the marketplace has not answered yet."""

    text = Text(
        "通販サイトからまだ答えがありません。答えるまで同じ指示で催促を続けるので、もう一度指示する必要はありません。"
        "「できない」との答えが届いたら、もう一度指示できます。",
        "The marketplace has not answered yet. It is asked again by itself until it does, so nothing has to be ordered. Once "
        "it answers that it cannot do it, you can order it again.",
    )


def _may_end(actor: Actor, measure: Measure, because: Ended) -> None:
    """Let end early what may, by whom it may."""
    if measure.kind == PROVISIONAL_HIDING.code:
        raise EndsByDecision()
    if because is Ended.CURED and measure.finding.cured_at is None:
        raise NotSeenCured()
    if execution.ends_by_heads(actor, measure):
        raise HeadsShowAgain()
    kind = declared(measure.kind)
    if not bounds.may_end_early(kind, because, actor.role, by_two=bool(measure.approved_by)):
        raise HeadsEnd(measure=kind.title)


def lift(actor: Actor, *, measure: int, because: Ended, reason: Kept, version: int | None = None) -> None:
    """End a measure before its time, or reverse it, with a reason; a mistake that shows after its end is reversed, too.

    An appeal against what was a mistake is over with it.
    """
    reason = written.reasoned(reason)
    with perform(actor, MEASURES, measure, version=version) as act:
        found = act.matter
        _may_end(actor, found, because)
        afterwards = because is Ended.MISTAKE and execution.may_reverse_after(found)
        ended = (execution.reverse if afterwards else execution.undo)(actor, found, because)
        appeal = found.appeals.filter(closed_at__isnull=True).first() if because is Ended.MISTAKE else None
        if appeal is not None:
            appeal_records.end_reversed(act.also(appeal_records.APPEALS, appeal))
        act.record("lift", *([ended] if ended else []), reason=reason, because=because.value)


def order_again(actor: Actor, *, measure: int, version: int | None = None) -> None:
    """Give the marketplace once more what it answered that it could not do."""
    with perform(actor, MEASURES, measure, version=version) as act:
        found = act.matter
        act.step("order_again")
        if not bounds.may_order_again(MeasureState(found.state), actor.role):
            raise HeadsUndo()
        if not execution.was_refused(found):
            raise NotRefused()
        ended = None
        if found.state == MeasureState.ORDERED:
            execution.order(actor, found)
            found.save()
        else:
            ended = execution.ask(actor, found)
        act.record("order_again", *([ended] if ended else []))


def hear_confirmed(actor: Actor, *, instruction: str) -> None:
    """Hear that the marketplace has carried out a measure, or its lifting; what is not of this room is left alone."""
    if (number := _of(instruction)) is None:
        return
    with perform(actor, MEASURES, number) as act:
        found = act.matter
        if found.instruction == instruction and found.state == MeasureState.ORDERED:
            event = execution.begin(actor, found)
            found.save()
            if found.kind in execution.ACCOUNT_KINDS:
                execution.end_hidings(actor, found.finding)
            act.news = ""
            act.record("begin_measure", event)
        elif found.state in ON_ITS_WAY:
            _go_on(act)


def hear_given_anew(actor: Actor, *, instruction: str) -> None:
    """Hear that the marketplace undid too late what is still wanted, and is asked for it once more: it is waited for again."""
    number, asked = _of(instruction), market_facts.instruction(instruction)
    if number is None or asked is None:
        return
    with perform(actor, MEASURES, number) as act:
        found = act.matter
        if found.state != MeasureState.IN_FORCE:
            return
        if asked.undoes or instruction == found.instruction:
            return
        act.step("give_anew")
        found.instruction = instruction
        execution.wait_for_market(found, actor.at)
        act.save("instruction", *execution.ASKED)
        act.news = "not-confirmed"
        act.record("give_anew")


def hear_refused(actor: Actor, *, instruction: str) -> None:
    """Hear that the marketplace could not do it: a person decides what now, and is asked until they do."""
    if (number := _of(instruction)) is None:
        return
    with perform(actor, MEASURES, number) as act:
        found = act.matter
        if found.closed_at is not None:
            return
        if found.state in ON_ITS_WAY:
            _go_on(act)
        elif found.instruction == instruction and found.state == MeasureState.ORDERED:
            execution.wait_for_market(found, actor.at)
            act.save(*execution.ASKED)
            execution.publish_unhidden(actor, found)
            _not_carried_out(act)


def _go_on(act: Performance[Measure]) -> None:
    """Go on with what is being taken back: it ends once nothing is out any more, unless the last answer was no."""
    if ended := execution.settle(act.actor, act.matter):
        act.news = ""
        act.record("finish_measure", ended)
    elif execution.unanswered(act.matter):
        act.record("hear_late")
    else:
        _not_carried_out(act)


def _not_carried_out(act: Performance[Measure]) -> None:
    _notify_not_carried_out(act)
    act.record("hear_refused")


def _notify_not_carried_out(act: Performance[Measure]) -> None:
    title = declared(act.matter.kind).title
    records.notify("lead", notices.NOT_CARRIED_OUT, act.matter.finding, act.actor.at, measure=title)
    act.news = "not-carried-out"


def chase(actor: Actor, *, measure: int, times: int) -> None:
    """Ask the marketplace again for what it has not confirmed, and tell a lead; where it said no, that somebody has to decide."""
    with perform(actor, MEASURES, measure) as act:
        found = act.matter
        if found.closed_at is not None or _ended_meanwhile(act):
            return
        for waiting in execution.unanswered(found):
            market.chase(actor, instruction=waiting.ref)
        execution.wait_for_market(found, actor.at, times + 1)
        act.save(*execution.ASKED)
        if execution.was_refused(found):
            _notify_not_carried_out(act)
            act.record("remind")
            return
        records.notify(
            "lead",
            notices.UNCONFIRMED,
            found.finding,
            actor.at,
            measure=declared(found.kind).title,
            times=times + 1,
        )
        act.news = "not-confirmed"
        act.record("chase", times=times + 1)


def _ended_meanwhile(act: Performance[Measure]) -> bool:
    """End what the marketplace would not take back and what is gone there by now; say whether that was so."""
    measure = act.matter
    if not execution.is_stuck(measure) or execution.unanswered(measure) or not execution.is_gone(measure):
        return False
    _go_on(act)
    return True


def _of(instruction: str) -> int | None:
    """Return the number of the measure that an instruction is about; None where it is not of this room.

    What was done too late is undone by the marketplace's room itself, under another id: the name of the matter stays.
    """
    asked = market_facts.instruction(instruction)
    kind, _, number = asked.about.rpartition(":") if asked else ("", "", "")
    return int(number) if kind == "enforcement.measure" else None


# What a seller says that it has put right is looked at by somebody: seen to be so, or not; until then it waits.


_STAFF = Text("窓口の担当", "staff")


class NothingToCure(Refusal, code="nothing-to-cure", status=409):
    """Given when it does not matter any more whether something was put right: it ended, and no measure stands."""

    text = Text(
        "この件は「{state}」で、続いている措置もないため、直したかどうかの記録は要りません。",
        "This is “{state}” and no measure stands, so nothing has to be recorded as put right.",
    )


class AlreadyCured(Refusal, code="already-cured", status=409):
    """Given when it was seen to be put right before."""

    text = Text(
        "直ったことは、{when}に確かめて記録してあります。することはありません。",
        "It was seen to be put right and recorded at {when}. There is nothing to do.",
    )


class BuyersUntold(Refusal, code="buyers-untold", status=422):
    """Given when goods that are the breach are to count as put right, and nothing says how and when who bought them was told."""

    text = Text(
        "商品そのものの違反は、購入した人にどうやって、いつ知らせたかを書くまで「直った」と数えません。だれも買っていないときは、そう書き、確かめた日を入れてください。先の日は書けません。",
        "Where goods are the breach, it is not put right until it is written how, and on which day, those who bought were told. "
        "Where nobody bought, please write so, and when you looked. The day cannot be one to come.",
    )


class CureSaid(Refusal, code="cure-said", status=409):
    """Given when the seller says again what still waits for somebody's look."""

    text = Text(
        "{when}に「直した」とのお知らせを受け取っています。担当者が確かめますので、お待ちください。",
        "You told us at {when} that it is put right. Somebody will look; please wait.",
    )


class CureUnsaid(Refusal, code="cure-unsaid", status=409):
    """Given when a look is noted that found it not put right, though the seller never said that it was."""

    text = Text(
        "出品者から「直した」との知らせがないため、「直っていない」とは記録しません。措置を決めるか、期限を待ってください。",
        "The seller has not said that it is put right, so there is no look to note. Please decide, or wait for the time to pass.",
    )


class NoPhotoToAsk(Refusal, code="no-photo-to-ask", status=409):
    """Given when a photograph is asked for, though the seller never said that it put it right."""

    text = Text(
        "出品者から「直した」との知らせがないため、直したものの写真はまだ求められません。知らせを待つか、措置を決めてください。",
        "The seller has not said that it is put right, so there is nothing to photograph. Please wait for its word, or decide.",
    )


class PhotoAsked(Refusal, code="photo-asked", status=409):
    """Given when a photograph is asked for that is awaited already."""

    text = Text(
        "写真は{when}に求めてあり、まだ届いていません。届くのを待つか、直ったかどうかを確かめて記録してください。",
        "A photograph was asked for at {when} and has not come. Please wait for it, or look yourself and record what you saw.",
    )


def say_cured(actor: Actor, *, finding: int, said: str = "", version: int | None = None) -> None:
    """Take the seller's word that it has put it right; somebody looks before it counts, by a clock."""
    said = written.optional(said)
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        if actor.role not in SELLERS:
            raise StepNotYours(step=FINDING.title, roles=Role.SELLER.text)
        if not is_told(found):
            raise NotThere()
        _must_matter(found)
        if found.cure_said_at is not None:
            raise CureSaid(when=spoken(found.cure_said_at))
        found.cure_said_at = actor.at
        act.save("cure_said_at")
        records.notify("lead", notices.CURE_SAID, found, actor.at)
        act.news = "cure"
        act.record("say_cured", reason=said)


def ask_photo(actor: Actor, *, finding: int, reason: PhotoOf, version: int | None = None) -> None:
    """Ask the seller for a photograph of what it says that it put right, once while it is awaited."""
    reason = written.reasoned(reason)
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        _must_be_looked_at(actor, found)
        if found.cure_said_at is None:
            raise NoPhotoToAsk()
        if found.asked_photo_at is not None:
            raise PhotoAsked(when=spoken(found.asked_photo_at))
        found.asked_photo_at = actor.at
        act.save("asked_photo_at")
        due = matters.due(Runs(PHOTO_LOOK, since=actor.at))
        records.notify(records.seller(found), notices.PHOTO_ASKED, found, actor.at, due=spoken(due))
        act.record("ask_photo", reason=reason, due=due.isoformat())


def note_cured(
    actor: Actor,
    *,
    finding: int,
    reason: Kept,
    buyers_told: str = "",
    told_on: date | None = None,
    version: int | None = None,
) -> None:
    """Note that it was seen to be put right: the table answers milder, and measures that end by it are lifted.

    Where goods are the breach, `buyers_told` says how those who bought were told, and `told_on` when.
    """
    reason, buyers_told = written.reasoned(reason), written.optional(buyers_told)
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        _must_be_looked_at(actor, found)
        if breach(found.breach).of_goods:
            if not buyers_told or told_on is None or told_on > actor.at.astimezone(JAPAN).date():
                raise BuyersUntold()
            reason = f"{reason}\n購入した人へのお知らせ（{told_on.isoformat()}）：{buyers_told}"
        found.cured_at, found.asked_photo_at = actor.at, None
        act.save("cured_at", "asked_photo_at")
        events = []
        for measure in found.measures.filter(
            state__in=(MeasureState.IN_FORCE, MeasureState.ORDERED)
        ).select_for_update():
            measure.finding = found
            if declared(measure.kind).ends_by_cure:
                if execution.ends_by_heads(actor, measure):
                    raise HeadsShowAgain()
                events.append(execution.undo(actor, measure, Ended.CURED))
        act.record("note_cured", *(event for event in events if event), reason=reason)


def note_uncured(actor: Actor, *, finding: int, reason: NotPutRight, version: int | None = None) -> None:
    """Note that somebody looked and it is not put right: the seller is told, and a correction whose time is over ends."""
    reason = written.reasoned(reason)
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        _must_be_looked_at(actor, found)
        if found.cure_said_at is None:
            raise CureUnsaid()
        found.cure_said_at = found.asked_photo_at = None
        act.save("cure_said_at", "asked_photo_at")
        records.notify(records.seller(found), notices.NOT_CURED, found, actor.at)
        act.record("note_uncured", reason=reason)
        for measure in found.measures.filter(
            kind=CORRECTION.code, state=MeasureState.IN_FORCE, ends_at__lte=actor.at
        ).select_for_update():
            measure.finding = found
            end_uncured(act.also(MEASURES, measure))


def _must_be_looked_at(actor: Actor, found: Finding) -> None:
    """Let staff say that they looked, as long as it matters."""
    if not actor.is_staff:
        raise StepNotYours(step=FINDING.title, roles=_STAFF)
    _must_matter(found)


def _must_matter(found: Finding) -> None:
    state = FindingState(found.state)
    if found.cured_at is not None:
        raise AlreadyCured(when=spoken(found.cured_at))
    if not standing.may_be_cured(state, stands=records.stands(found)):
        raise NothingToCure(state=FINDING.states[state])


# What somebody has to look at after the decision: whether a measure still has to stand, and a view that came afterwards.


class NoReviewDue(Refusal, code="no-review-due", status=409):
    """Given when a measure is said to stay, and nobody was asked whether it has to."""

    text = Text(
        "この措置に、いま求められている見直しはありません。続ける必要がないときは「措置を終える・取り消す」を選んでください。",
        "No review of this measure is due. If it is needed no longer, please choose “End or reverse the measure”.",
    )


class NoViewToRead(Refusal, code="no-view-to-read", status=409):
    """Given when a view is said to be read, and none waits for it."""

    text = Text(
        "決定のあとに届いて、まだ読まれていない意見はありません。することはありません。",
        "No view came after the decision that is still to be read. There is nothing to do.",
    )


def remind_review(actor: Actor, *, measure: int) -> None:
    """Ask a lead whether a measure that is reviewed still has to stand, and again every few days until somebody looked.

    The day on which it was to be looked at stays on the seller's page, so that a review that is late is seen to be.
    """
    with perform(actor, MEASURES, measure) as act:
        found = act.matter
        if found.closed_at is not None:
            return
        found.review_due_since = found.review_due_since or actor.at
        act.save("review_due_since")
        records.notify("lead", notices.TO_REVIEW, found.finding, actor.at, measure=declared(found.kind).title)
        act.news = "review"
        act.record("remind_review")


def review(actor: Actor, *, measure: int, reason: Kept, version: int | None = None) -> None:
    """Say that somebody looked at a measure whose review is due and it stays, with a reason; the next clock starts."""
    reason = written.reasoned(reason)
    with perform(actor, MEASURES, measure, version=version) as act:
        found = act.matter
        act.step("review")
        if found.review_due_since is None:
            raise NoReviewDue()
        found.review_due_since = None
        found.reviewed_at = actor.at
        found.review_at = execution.next_review(found, actor.at)
        act.save("review_at", "review_due_since", "reviewed_at", "review_span")
        act.record("review", reason=reason)


def read_view(actor: Actor, *, finding: int, reason: Kept, version: int | None = None) -> None:
    """Say that somebody read the view that came after the decision, and what they think of it.

    What is changed because of it is a step of its own: the measure is ended, or reversed.
    """
    reason = written.reasoned(reason)
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        act.step("read_view")
        if found.view_unread_since is None:
            raise NoViewToRead()
        found.view_unread_since = None
        act.save("view_unread_since")
        act.record("read_view", reason=reason)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What reminds of something that a finding asks for by a clock, until somebody has done it."""

    notice: Template = notices.REMINDED
    verb: str = "remind"
    news: str | None = None


REMINDERS = {
    VIEW_LOOK.code: Reminder(notices.VIEW_GIVEN, "remind_view", "view"),
    CURE_LOOK.code: Reminder(notices.CURE_SAID, "remind_look", "cure"),
}
"""The clocks whose reminder has words of its own."""


def remind(actor: Actor, *, finding: int, clock: str) -> None:
    """Remind a lead of what the finding asks for by a clock, as long as its rule asks for it."""
    reminder, named = REMINDERS.get(clock, Reminder()), clock in REMINDERS
    with perform(actor, FINDINGS, finding) as act:
        stands = records.should(act.matter, act.matter.measures.all())[records.about(act.matter)]
        if clock not in {one.code for one in runs(stands)}:
            return
        said: dict[str, Any] = {} if named else {"what": clock_named(clock)}
        records.notify("lead", reminder.notice, act.matter, actor.at, **said)
        act.news = reminder.news
        act.record(reminder.verb, **({} if named else {"clock": clock}))
