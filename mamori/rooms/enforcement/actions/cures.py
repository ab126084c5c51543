"""What a seller says that it has put right is looked at by somebody: seen to be so, or not; until then it waits."""

from __future__ import annotations

from datetime import date

from mamori.grammar.hand import SELLERS, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.performance import perform
from mamori.ground.matters.standing import Runs
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.japan.spoken import spoken
from mamori.law.breaches import breach
from mamori.law.deadlines import PHOTO_LOOK
from mamori.law.measures import CORRECTION
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import notices, records, reversal
from mamori.rooms.enforcement.access import NotThere, is_told
from mamori.rooms.enforcement.actions.measures import end_uncured
from mamori.rooms.enforcement.inputs import Kept, NotPutRight, PhotoOf
from mamori.rooms.enforcement.lifecycle import FINDING, FindingState, MeasureState
from mamori.rooms.enforcement.matters import FINDINGS, MEASURES
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.refusals import HeadsShowAgain
from mamori.rooms.enforcement.rules import curing
from mamori.rooms.enforcement.rules.reasons import Ended

__all__ = (
    "AlreadyCured",
    "BuyersUntold",
    "CureSaid",
    "CureUnsaid",
    "NoPhotoToAsk",
    "NothingToCure",
    "PhotoAsked",
    "ask_photo",
    "note_cured",
    "note_uncured",
    "say_cured",
)

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


def say_cured(hand: Hand, *, finding: int, said: str = "", version: int | None = None) -> None:
    """Take the seller's word that it has put it right; somebody looks before it counts, by a clock."""
    said = written.optional(said)
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        if hand.role not in SELLERS:
            raise StepNotYours(step=FINDING.title, roles=Role.SELLER.text)
        if not is_told(found):
            raise NotThere()
        _must_matter(found)
        if found.cure_said_at is not None:
            raise CureSaid(when=spoken(found.cure_said_at))
        found.cure_said_at = hand.at
        act.save("cure_said_at")
        records.tell("lead", notices.CURE_SAID, found, hand.at)
        act.news = "cure"
        act.record("say_cured", reason=said)


def ask_photo(hand: Hand, *, finding: int, reason: PhotoOf, version: int | None = None) -> None:
    """Ask the seller for a photograph of what it says that it put right, once while it is awaited."""
    reason = written.reasoned(reason)
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        _must_be_looked_at(hand, found)
        if found.cure_said_at is None:
            raise NoPhotoToAsk()
        if found.asked_photo_at is not None:
            raise PhotoAsked(when=spoken(found.asked_photo_at))
        found.asked_photo_at = hand.at
        act.save("asked_photo_at")
        due = matters.due(Runs(PHOTO_LOOK, since=hand.at))
        records.tell(records.seller(found), notices.PHOTO_ASKED, found, hand.at, due=spoken(due))
        act.record("ask_photo", reason=reason, due=due.isoformat())


def note_cured(
    hand: Hand,
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
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        _must_be_looked_at(hand, found)
        if breach(found.breach).of_goods:
            if not buyers_told or told_on is None or told_on > hand.at.astimezone(JAPAN).date():
                raise BuyersUntold()
            reason = f"{reason}\n購入した人へのお知らせ（{told_on.isoformat()}）：{buyers_told}"
        found.cured_at, found.asked_photo_at = hand.at, None
        act.save("cured_at", "asked_photo_at")
        events = []
        for measure in found.measures.filter(
            state__in=(MeasureState.IN_FORCE, MeasureState.ORDERED)
        ).select_for_update():
            measure.finding = found
            if declared(measure.kind).ends_by_cure:
                if reversal.ends_by_heads(hand, measure):
                    raise HeadsShowAgain()
                events.append(reversal.undo(hand, measure, Ended.CURED))
        act.record("note_cured", *(event for event in events if event), reason=reason)


def note_uncured(hand: Hand, *, finding: int, reason: NotPutRight, version: int | None = None) -> None:
    """Note that somebody looked and it is not put right: the seller is told, and a correction whose time is over ends."""
    reason = written.reasoned(reason)
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        _must_be_looked_at(hand, found)
        if found.cure_said_at is None:
            raise CureUnsaid()
        found.cure_said_at = found.asked_photo_at = None
        act.save("cure_said_at", "asked_photo_at")
        records.tell(records.seller(found), notices.NOT_CURED, found, hand.at)
        act.record("note_uncured", reason=reason)
        for measure in found.measures.filter(
            kind=CORRECTION.code, state=MeasureState.IN_FORCE, ends_at__lte=hand.at
        ).select_for_update():
            measure.finding = found
            end_uncured(act.also(MEASURES, measure))


def _must_be_looked_at(hand: Hand, found: Finding) -> None:
    """Let staff say that they looked, as long as it matters."""
    if not hand.is_staff:
        raise StepNotYours(step=FINDING.title, roles=_STAFF)
    _must_matter(found)


def _must_matter(found: Finding) -> None:
    state = FindingState(found.state)
    if found.cured_at is not None:
        raise AlreadyCured(when=spoken(found.cured_at))
    if not curing.may_be_cured(state, stands=records.stands(found)):
        raise NothingToCure(state=FINDING.states[state])
