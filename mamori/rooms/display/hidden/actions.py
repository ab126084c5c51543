"""A doubt whether a private account is a business: listed, asked about, answered, concluded, looked through each day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, perform
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.ground.seal import actions as sealing
from mamori.ground.terms import facts as terms
from mamori.japan import written
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.hidden import DISPLAY_HIDDEN_QUESTION, HIDDEN_ON, HIDDEN_REST
from mamori.rooms.display import notices
from mamori.rooms.display.actions.displays import withhold
from mamori.rooms.display.actions.matter import DISPLAYS, NoSuchShop, keep_act
from mamori.rooms.display.events import BusinessConcluded, HiddenGoesOn
from mamori.rooms.display.hidden.queries import CONCLUSIONS, about_doubt, is_concluded_business, place_of
from mamori.rooms.display.hidden.rules import (
    DoubtListing,
    EntryKind,
    SignFound,
    StandingOutcome,
    listing_of,
    of_doubt,
    of_pass,
    score_of,
    signs_of,
)
from mamori.rooms.display.inputs import LetBeReason, SaidToBe, StandingWords, WordsOfQuestion
from mamori.rooms.display.lifecycle import DOUBT, DoubtState
from mamori.rooms.display.models import BusinessDoubt, Display, DoubtEntry
from mamori.rooms.display.queries import versions

SOMETHING = Text("出品者の答え、または担当者の判断", "an answer or a decision")


def keep_entry(
    act: Performance[BusinessDoubt],
    verb: str,
    what: EntryKind,
    words: str,
    *events: Event,
    choice: str = "",
    since: datetime | None = None,
) -> None:
    """Record what was said or decided, and keep its words sealed with the seller's key, bound to the act."""
    doubt, actor = act.matter, act.actor
    told = {"since": since.isoformat()} if since else {}
    number = act.record(verb, *events, choice=choice, **told)
    sealed = sealing.seal(subject=f"seller:{doubt.seller_ref}", place=place_of(number), plain=words.encode())
    DoubtEntry.objects.create(
        seller_ref=doubt.seller_ref,
        what=what.value,
        choice=choice,
        since=since,
        sealed=sealed,
        by=actor.role.value,
        act=number,
        at=actor.at,
    )
    memory.forget(CONCLUSIONS)
    doubt.entries += 1
    act.save("entries")


def settle_doubts(doubts: Iterable[BusinessDoubt], *, at: datetime, why: str) -> None:
    """Let stand about doubts what should."""
    settlement.settle({about_doubt(one.seller_ref): tuple(of_doubt(one)) for one in doubts}, at=at, why=why)


def _record(act: Performance[BusinessDoubt], verb: str, *events: Event, **told: Any) -> int:
    doubt = act.matter
    payload = {"state": doubt.state, "score": doubt.score, "signs": doubt.signs, **told}
    return keep_act(act, verb, events, about=about_doubt(doubt.seller_ref), payload=payload)


def _settle(act: Performance[BusinessDoubt]) -> None:
    settle_doubts([act.matter], at=act.actor.at, why=act.verb)


def _find(actor: Actor, seller_ref: str, version: int | None) -> BusinessDoubt:
    """Return the doubt about an account, locked; `version` is how many entries its form showed."""
    doubt = None
    if actor.role is Role.MACHINE or actor.is_staff or actor.is_sellers(seller_ref):
        doubt = BusinessDoubt.objects.select_for_update().filter(pk=seller_ref).first()
    if doubt is None:
        raise NoSuchShop
    if version is not None and version != doubt.entries:
        last = DoubtEntry.objects.filter(seller_ref=seller_ref).order_by("id").last()
        raise ChangedMeanwhile(what=SOMETHING, when=spoken(last.at if last else doubt.flagged_at))
    return doubt


DOUBTS: MatterKind[BusinessDoubt, str] = MatterKind(
    chart=DOUBT,
    find=_find,
    case=lambda one: about_doubt(one.seller_ref),
    record=_record,
    settle=_settle,
)


# What people do about a private account that may be a business: look, ask, answer, conclude.  The machine only lists it.


ANSWERS = Limit(name="display-standing", most=5, per=timedelta(days=1))
"""So often a seller answers in a day: what it says stays in view of who concludes."""
FIRST_DAY = date(2000, 1, 1)
"""What began before there were shops like this is the same as from then on."""


class DayAhead(Refusal, code="conclusion-ahead", status=422):
    """Given when somebody is concluded to be something from a day that is yet to come."""

    text = Text("きょうまでの日をお書きください。", "Please give a day that is not after today.")


def list_account(actor: Actor, *, seller_ref: str, signs: Sequence[SignFound]) -> None:
    """List a private account for a person to look at, with the signs that it shows; nothing else follows."""
    score, kept = score_of(signs), [one.kept for one in signs]
    with memory.act():
        fresh = BusinessDoubt(seller_ref=seller_ref, signs=kept, score=score, flagged_at=actor.at)
        is_known = BusinessDoubt.objects.filter(pk=seller_ref).exists()
        BusinessDoubt.objects.bulk_create([] if is_known else [fresh], ignore_conflicts=True)
        with perform(actor, DOUBTS, seller_ref) as act:
            doubt = act.matter
            if is_known:
                act.step("flag")
                doubt.signs, doubt.score, doubt.flagged_at = kept, score, actor.at
                act.save("signs", "score", "flagged_at")
            act.record("flag")


def relist_unclear(actor: Actor, *, seller_ref: str) -> None:
    """List an account again of which it was unclear what it is: the time until the next look is over."""
    with perform(actor, DOUBTS, seller_ref) as act:
        if act.matter.state == DoubtState.UNCLEAR:
            act.step("flag")
            act.matter.flagged_at = actor.at
            act.save("flagged_at")
            act.record("flag")


def let_be(actor: Actor, *, seller_ref: str, reason: LetBeReason, version: int | None = None) -> None:
    """Let an account be: nothing is asked of it."""
    reason = written.reasoned(reason)
    with perform(actor, DOUBTS, seller_ref, version=version) as act:
        act.step("let_be")
        _looked(act)
        keep_entry(act, "let_be", EntryKind.LET_BE, reason)


def ask_standing(
    actor: Actor, *, seller_ref: str, words: WordsOfQuestion, version: int | None = None
) -> None:
    """Ask a seller whether it sells as a business; it has 14 days, and nothing changes meanwhile."""
    words = written.reasoned(words)
    with perform(actor, DOUBTS, seller_ref, version=version) as act:
        act.step("ask")
        _looked(act)
        act.matter.asked_at = actor.at
        act.save("asked_at")
        keep_entry(act, "ask_standing", EntryKind.QUESTION, words)
        until = spoken(due(Runs(DISPLAY_HIDDEN_QUESTION, since=actor.at)))
        _notify(act, notices.DOUBT_ASKED, due=until)


def answer_standing(actor: Actor, *, seller_ref: str, choice: SaidToBe, said: StandingWords) -> None:
    """Answer whether it sells as a business; answered again after a conclusion, a person concludes anew."""
    said = written.checked(said)
    people.count_exactly(ANSWERS, actor.whose, at=actor.at)
    with perform(actor, DOUBTS, seller_ref) as act:
        act.step("answer")
        keep_entry(act, "answer_standing", EntryKind.ANSWER, said, choice=choice.value)


def miss_answer(actor: Actor, *, seller_ref: str) -> None:
    """Note that the question was not answered in time: a person concludes from what is there."""
    with perform(actor, DOUBTS, seller_ref) as act:
        if act.matter.state == DoubtState.ASKED:
            act.step("miss")
            act.record("miss_answer")


def conclude(
    actor: Actor,
    *,
    seller_ref: str,
    outcome: StandingOutcome,
    since: date,
    reason: str,
    version: int | None = None,
) -> None:
    """Conclude whether an account is a business, from the beginning of a day in Japan on; the seller is told why.

    What it wrote for a display as a private person stays unread; from now on a display is asked of a business.
    """
    reason = written.reasoned(reason)
    if since > actor.at.astimezone(JAPAN).date():
        raise DayAhead
    since = max(since, FIRST_DAY)
    begins = datetime.combine(since, time(), JAPAN)
    with perform(actor, DOUBTS, seller_ref, version=version) as act:
        seller = market.seller(seller_ref)
        was_business = seller is not None and is_concluded_business(seller)
        act.step(f"conclude_{outcome}")
        act.matter.concluded_at = act.matter.looked_at = actor.at
        act.save("concluded_at", "looked_at")
        event = BusinessConcluded(
            subject=about_doubt(seller_ref), seller_ref=seller_ref, outcome=outcome.value, since=begins
        )
        keep_entry(act, "conclude", EntryKind.CONCLUSION, reason, event, choice=outcome.value, since=begins)
        if outcome is StandingOutcome.BUSINESS:
            if not was_business:
                _withhold(act)
            _notify(act, notices.CONCLUDED_BUSINESS, since=spoken(begins))
        else:
            _notify(act, notices.CONCLUDED_OTHER, outcome=outcome.text)


def end_moot(actor: Actor, *, seller_ref: str) -> None:
    """End a doubt: the marketplace has told that the account is a business, so that nothing is left to ask."""
    row = BusinessDoubt.objects.filter(pk=seller_ref, closed_at=None).exclude(state=DoubtState.MOOT).first()
    seller = market.seller(seller_ref)
    if row is None or seller is None or seller.erased or seller.private is not False:
        return
    with perform(actor, DOUBTS, seller_ref) as act:
        act.step("end_moot")
        act.record("end_doubt")


def close_doubt(actor: Actor, *, seller_ref: str) -> None:
    """End the doubt about a seller who is gone, and forget what it showed."""
    if not BusinessDoubt.objects.filter(pk=seller_ref, closed_at=None).exists():
        return
    with perform(actor, DOUBTS, seller_ref) as act:
        act.step("close")
        act.matter.closed_at, act.matter.signs = actor.at, []
        act.save("closed_at", "signs")
        act.record("close_doubt")


def _looked(act: Performance[BusinessDoubt]) -> None:
    act.matter.looked_at = act.actor.at
    act.save("looked_at")


def _withhold(act: Performance[BusinessDoubt]) -> None:
    """Keep back what the seller wrote as a private person, where that is the newest."""
    version = versions.newest(act.matter.seller_ref)
    display = Display.objects.select_for_update().filter(pk=act.matter.seller_ref, closed_at=None).first()
    if display is not None and version is not None and version.as_private:
        withhold(act.also(DISPLAYS, display))


def _notify(act: Performance[BusinessDoubt], template: Template, **values: object) -> None:
    seller_ref = act.matter.seller_ref
    outbox.notify(
        to=f"seller:{seller_ref}",
        template=template,
        values=values,
        about=about_doubt(seller_ref),
        at=act.actor.at,
    )


# Private accounts are counted through, a few at a time: whoever shows enough signs is listed for a person, and no more.


AT_ONCE = 100
"""So many accounts are counted through in one turn, so that the writer's place is free in between."""
ALL = "display.hidden:"
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def follow_hidden(actor: Actor) -> None:
    """Count all private accounts through now and every day from now on, or no more, as the operator says by now."""
    with memory.act():
        _drop_settled(actor, since=actor.at)
        look_through(actor)


def begin_hidden(actor: Actor) -> int:
    """Begin to count private accounts where that is on and never began, as in a new house; return whether it did."""
    with memory.act():
        if clocks.newest((ALL,)) or not terms.setting(HIDDEN_ON, at=actor.at):
            return 0
        follow_hidden(actor)
        return 1


def count_today(actor: Actor) -> None:
    """Count all private accounts through: the day of the next pass has come."""
    with memory.act():
        _drop_settled(actor, since=EVER)  # a day after the clock that has rung, whenever the first began
        look_through(actor)


def _drop_settled(actor: Actor, *, since: datetime) -> None:
    is_on = terms.setting(HIDDEN_ON, at=actor.at)
    settlement.settle({ALL: tuple(of_pass(since=since, is_on=is_on))}, at=actor.at, why="follow_hidden")


def look_through(actor: Actor, *, after: str = "") -> None:
    """Count the next private accounts through, and go on after them."""
    with memory.act():
        if not terms.setting(HIDDEN_ON, at=actor.at):
            return
        sellers = market.selling(after=after, limit=AT_ONCE)
        _count(actor, sellers)
        if len(sellers) == AT_ONCE:
            outbox.publish(HiddenGoesOn(subject=ALL, after=sellers[-1]), at=actor.at)


def _count(actor: Actor, sellers: Sequence[str]) -> None:
    private = sorted(market.private_among(sellers))
    figures = market.activities(private, at=actor.at)
    rows = BusinessDoubt.objects.select_for_update().order_by("pk").filter(pk__in=private)
    known = {row.pk: row for row in rows}
    changed = []
    for seller_ref in private:
        signs, row = signs_of(figures[seller_ref]), known.get(seller_ref)
        match _listing(actor, row, score_of(signs)):
            case DoubtListing.LIST:
                list_account(actor, seller_ref=seller_ref, signs=signs)
            case DoubtListing.REFRESH if row is not None and row.signs != [one.kept for one in signs]:
                row.signs, row.score = [one.kept for one in signs], score_of(signs)
                changed.append(row)
    BusinessDoubt.objects.bulk_update(changed, ("signs", "score"))


def _listing(actor: Actor, row: BusinessDoubt | None, score: int) -> DoubtListing:
    if row is None:
        return listing_of(None, score, before=0, has_rested=False)
    rest = timedelta(days=terms.setting(HIDDEN_REST, at=actor.at))
    has_rested = row.looked_at is None or actor.at - row.looked_at >= rest
    return listing_of(DoubtState(row.state), score, before=row.score, has_rested=has_rested)
