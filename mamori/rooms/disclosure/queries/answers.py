"""What the operator answered of practices: what everybody reads at a moment, and what waits for another person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.said import day_words
from mamori.grammar.text import Text
from mamori.ground.people import facts as people
from mamori.ground.web.signing.seconds import is_second, somebody_else
from mamori.rooms.disclosure.lifecycle import ANSWER, DECIDERS, AnswerState
from mamori.rooms.disclosure.models import PracticeAnswer
from mamori.rooms.disclosure.rules.answers import AnswerSays, alone_at

ELSEWHERE = Text(
    "{words}（運営者がほかの手段で行っていること。{day}から。わかるもの：{proof}）",
    "{words} (done by the operator by other means, since {day}; shown by: {proof})",
)


class NoSuchPracticeAnswer(Refusal, code="no-such-answer", status=404):
    """Given when there is no such answer, or no such practice, for this hand."""

    text = Text(
        "この答えは見つかりません。「指針の見出しと取組み」の一覧からお選びください。",
        "There is no such answer. Please choose one of the list under “Headings of the guideline”.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeAnswerShown:
    """An answer as it stands: what it says, how far it is, and whether one person alone published it."""

    id: int
    practice: str
    says: AnswerSays
    title: Text | None
    words: Text | None
    since_on: date | None
    shown: str
    link: str
    by_one: bool
    state: AnswerState
    version: int
    proposed_at: datetime
    proposed_by: str
    published_at: datetime | None
    closed_at: datetime | None

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ANSWER.states[self.state]

    @property
    def is_elsewhere(self) -> bool:
        """Say whether it is done outside of this house."""
        return self.says is AnswerSays.ELSEWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """An answer as staff decide on it: whether this person may publish it, or from when on alone."""

    answer: PracticeAnswerShown
    may_publish: bool
    alone_at: datetime | None


def about_answer(number: int) -> str:
    """Return the name under which acts know an answer."""
    return f"disclosure.answer:{number}"


def answered(at: datetime) -> tuple[Mapping[str, PracticeAnswerShown], tuple[PracticeAnswerShown, ...]]:
    """Return what everybody reads at `at`: the answers by practice, and what else is done by its day."""
    still = Q(closed_at=None) | Q(closed_at__gt=at)
    rows = [
        _shown(row)
        for row in PracticeAnswer.objects.filter(still, published_at__lte=at).order_by("since_on", "id")
    ]
    return {one.practice: one for one in rows if one.practice}, tuple(one for one in rows if not one.practice)


def waiting() -> tuple[PracticeAnswerShown, ...]:
    """Return what waits for another person, the oldest first."""
    names = people.names()
    rows = PracticeAnswer.objects.filter(state=AnswerState.PROPOSED).order_by("id")
    return tuple(_shown(row, people.called(row.proposed_by, names)) for row in rows)


def answer_of(hand: Hand, number: int) -> AnswerPage:
    """Return an answer for a lead or counsel."""
    row = PracticeAnswer.objects.filter(pk=number).first()
    if row is None or hand.role not in DECIDERS:
        raise NoSuchPracticeAnswer
    second = is_second(hand, than=row.proposed_by)
    alone = not second and not somebody_else((row.proposed_by,), roles=DECIDERS, at=hand.at)
    due = alone_at(row.proposed_at)
    return AnswerPage(
        answer=_shown(row, people.called(row.proposed_by, people.names())),
        may_publish=second or (alone and hand.at >= due),
        alone_at=due if alone else None,
    )


def _shown(row: PracticeAnswer, proposed_by: str = "") -> PracticeAnswerShown:
    return PracticeAnswerShown(
        id=row.pk,
        practice=row.practice,
        says=AnswerSays(row.says),
        title=Text(row.title_ja, row.title_en) if row.title_ja else None,
        words=Text(row.words_ja, row.words_en) if row.words_ja and row.words_en else None,
        since_on=row.since_on,
        shown=row.shown,
        link=row.link,
        by_one=row.by_one,
        state=AnswerState(row.state),
        version=row.version,
        proposed_at=row.proposed_at,
        proposed_by=proposed_by,
        published_at=row.published_at,
        closed_at=row.closed_at,
    )


def elsewhere_text(answer: PracticeAnswerShown) -> Text:
    """Say what the operator does outside of this house: its words, since when, and what shows it."""
    assert answer.words is not None
    assert answer.since_on is not None
    proof = f"{answer.shown} {answer.link}".strip()
    return ELSEWHERE.fill(words=answer.words, day=day_words(answer.since_on), proof=proof)
