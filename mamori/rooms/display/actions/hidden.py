"""What people do about a private account that may be a business: look, ask, answer, conclude.  The machine only lists it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Limit
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.japan.spoken import spoken
from mamori.law.hidden import DISPLAY_HIDDEN_QUESTION
from mamori.rooms.display import notices
from mamori.rooms.display.actions.displays import withhold
from mamori.rooms.display.actions.hidden_matter import DOUBTS, keep_entry
from mamori.rooms.display.actions.matter import DISPLAYS
from mamori.rooms.display.events import BusinessConcluded
from mamori.rooms.display.inputs import LetBeReason, SaidToBe, StandingWords, WordsOfQuestion
from mamori.rooms.display.lifecycle import DoubtState
from mamori.rooms.display.models import BusinessDoubt, Display
from mamori.rooms.display.queries import versions
from mamori.rooms.display.queries.hidden import about_doubt, is_concluded_business
from mamori.rooms.display.rules.hidden.signs import SignFound, score_of
from mamori.rooms.display.rules.hidden.standing import EntryKind, StandingOutcome

ANSWERS = Limit(name="display-standing", most=5, per=timedelta(days=1))
"""So often a seller answers in a day: what it says stays in view of who concludes."""
FIRST_DAY = date(2000, 1, 1)
"""What began before there were shops like this is the same as from then on."""


class DayAhead(Refusal, code="conclusion-ahead", status=422):
    """Given when somebody is concluded to be something from a day that is yet to come."""

    text = Text("きょうまでの日をお書きください。", "Please give a day that is not after today.")


def list_account(hand: Hand, *, seller_ref: str, signs: Sequence[SignFound]) -> None:
    """List a private account for a person to look at, with the signs that it shows; nothing else follows.

    :raises StepNotOpen: when it is listed already, or somebody is asking or has concluded a business.
    """
    score, kept = score_of(signs), [one.kept for one in signs]
    with memory.act():
        fresh = BusinessDoubt(seller_ref=seller_ref, signs=kept, score=score, flagged_at=hand.at)
        is_known = BusinessDoubt.objects.filter(pk=seller_ref).exists()
        BusinessDoubt.objects.bulk_create([] if is_known else [fresh], ignore_conflicts=True)
        with perform(hand, DOUBTS, seller_ref) as act:
            doubt = act.matter
            if is_known:
                act.step("flag")
                doubt.signs, doubt.score, doubt.flagged_at = kept, score, hand.at
                act.save("signs", "score", "flagged_at")
            act.record("flag")


def relist_unclear(hand: Hand, *, seller_ref: str) -> None:
    """List an account again of which it was unclear what it is: the time until the next look is over."""
    with perform(hand, DOUBTS, seller_ref) as act:
        if act.matter.state == DoubtState.UNCLEAR:
            act.step("flag")
            act.matter.flagged_at = hand.at
            act.save("flagged_at")
            act.record("flag")


def let_be(hand: Hand, *, seller_ref: str, reason: LetBeReason, version: int | None = None) -> None:
    """Let an account be: nothing is asked of it."""
    reason = written.reasoned(reason)
    with perform(hand, DOUBTS, seller_ref, version=version) as act:
        act.step("let_be")
        _looked(act)
        keep_entry(act, "let_be", EntryKind.LET_BE, reason)


def ask_standing(hand: Hand, *, seller_ref: str, words: WordsOfQuestion, version: int | None = None) -> None:
    """Ask a seller whether it sells as a business; it has 14 days, and nothing changes meanwhile."""
    words = written.reasoned(words)
    with perform(hand, DOUBTS, seller_ref, version=version) as act:
        act.step("ask")
        _looked(act)
        act.matter.asked_at = hand.at
        act.save("asked_at")
        keep_entry(act, "ask_standing", EntryKind.QUESTION, words)
        until = spoken(due(Runs(DISPLAY_HIDDEN_QUESTION, since=hand.at)))
        _tell(act, notices.DOUBT_ASKED, due=until)


def answer_standing(hand: Hand, *, seller_ref: str, choice: SaidToBe, said: StandingWords) -> None:
    """Answer whether it sells as a business; answered again after a conclusion, a person concludes anew."""
    said = written.checked(said)
    people.count_exactly(ANSWERS, hand.whose, at=hand.at)
    with perform(hand, DOUBTS, seller_ref) as act:
        act.step("answer")
        keep_entry(act, "answer_standing", EntryKind.ANSWER, said, choice=choice.value)


def miss_answer(hand: Hand, *, seller_ref: str) -> None:
    """Note that the question was not answered in time: a person concludes from what is there."""
    with perform(hand, DOUBTS, seller_ref) as act:
        if act.matter.state == DoubtState.ASKED:
            act.step("miss")
            act.record("miss_answer")


def conclude(
    hand: Hand,
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
    if since > hand.at.astimezone(JAPAN).date():
        raise DayAhead
    since = max(since, FIRST_DAY)
    begins = datetime.combine(since, time(), JAPAN)
    with perform(hand, DOUBTS, seller_ref, version=version) as act:
        seller = market.seller(seller_ref)
        was_business = seller is not None and is_concluded_business(seller)
        act.step(f"conclude_{outcome}")
        act.matter.concluded_at = act.matter.looked_at = hand.at
        act.save("concluded_at", "looked_at")
        event = BusinessConcluded(
            subject=about_doubt(seller_ref), seller_ref=seller_ref, outcome=outcome.value, since=begins
        )
        keep_entry(act, "conclude", EntryKind.CONCLUSION, reason, event, choice=outcome.value, since=begins)
        if outcome is StandingOutcome.BUSINESS:
            if not was_business:
                _withhold(act)
            _tell(act, notices.CONCLUDED_BUSINESS, since=spoken(begins))
        else:
            _tell(act, notices.CONCLUDED_OTHER, outcome=outcome.text)


def end_moot(hand: Hand, *, seller_ref: str) -> None:
    """End a doubt: the marketplace has told that the account is a business, so that nothing is left to ask."""
    row = BusinessDoubt.objects.filter(pk=seller_ref, closed_at=None).exclude(state=DoubtState.MOOT).first()
    seller = market.seller(seller_ref)
    if row is None or seller is None or seller.erased or seller.private is not False:
        return
    with perform(hand, DOUBTS, seller_ref) as act:
        act.step("end_moot")
        act.record("end_doubt")


def close_doubt(hand: Hand, *, seller_ref: str) -> None:
    """End the doubt about a seller who is gone, and forget what it showed."""
    if not BusinessDoubt.objects.filter(pk=seller_ref, closed_at=None).exists():
        return
    with perform(hand, DOUBTS, seller_ref) as act:
        act.step("close")
        act.matter.closed_at, act.matter.signs = hand.at, []
        act.save("closed_at", "signs")
        act.record("close_doubt")


def _looked(act: Performance[BusinessDoubt]) -> None:
    act.matter.looked_at = act.hand.at
    act.save("looked_at")


def _withhold(act: Performance[BusinessDoubt]) -> None:
    """Keep back what the seller wrote as a private person, where that is the newest."""
    version = versions.newest(act.matter.seller_ref)
    display = Display.objects.select_for_update().filter(pk=act.matter.seller_ref, closed_at=None).first()
    if display is not None and version is not None and version.as_private:
        withhold(act.also(DISPLAYS, display))


def _tell(act: Performance[BusinessDoubt], template: Template, **values: object) -> None:
    seller_ref = act.matter.seller_ref
    outbox.tell(
        to=f"seller:{seller_ref}",
        template=template,
        values=values,
        about=about_doubt(seller_ref),
        at=act.hand.at,
    )
