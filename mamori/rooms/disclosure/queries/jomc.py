"""The text for the page of JOMC as it would be now, what was sent of it, and what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.said import day_words
from mamori.grammar.text import Text
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.law.jomc import ITEM_HEADINGS
from mamori.law.settings import OPERATOR_NAME
from mamori.rooms.disclosure.lifecycle import DECIDERS, JOMC, JomcState
from mamori.rooms.disclosure.models import JomcEntry
from mamori.rooms.disclosure.queries import measures
from mamori.rooms.disclosure.queries.answers import PracticeAnswerShown
from mamori.rooms.disclosure.queries.measures import BY_DUTY, MeasureOnPage
from mamori.rooms.disclosure.rules.jomc import (
    ELSEWHERE,
    JomcHeading,
    JomcPoint,
    JomcText,
    changed_lines,
    is_dead,
    jomc_text,
)


class NoSuchJomcEntry(Refusal):
    """Given when there is no such entry for this hand."""

    code = "no-such-jomc-entry"
    status = 404
    text = Text(
        "この記録は見つかりません。「JOMCのページ」の一覧からお選びください。",
        "There is no such record. Please choose one of the list under “Page of JOMC”.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class JomcShown:
    """A text that was sent: how it stands, where, and whether its page answers."""

    id: int
    state: JomcState
    version: int
    digest: str
    sent_at: datetime
    sent_by: str
    address: str
    changed_on: date | None
    listed_at: datetime | None
    looked_at: datetime | None
    failures: int
    failing_since: datetime | None
    fault: str
    closed_at: datetime | None
    text: JomcText = field(repr=False)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return JOMC.states[self.state]

    @property
    def is_listed(self) -> bool:
        """Say whether it stands there."""
        return self.state is JomcState.LISTED

    @property
    def is_sent(self) -> bool:
        """Say whether it is on its way."""
        return self.state is JomcState.SENT

    @property
    def is_dead(self) -> bool:
        """Say whether its link is dead."""
        return is_dead(self.failures)

    def changes(self, now: JomcText) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the lines in which it differs from the text of now: gone, and new."""
        return changed_lines(self.text.ja, now.ja)


def about_jomc(number: int) -> str:
    """Return the name under which acts know an entry."""
    return f"disclosure.jomc:{number}"


def text_now(at: datetime, on: Sequence[MeasureOnPage] | None = None) -> JomcText:
    """Return the text as it would be at `at`, of what is `on` then: what is switched off, or missing, is not in it."""
    told = measures.measures(at).of_practices if on is None else on
    groups = {group.duty.code: group for group in measures.grouped(told) if group.duty}
    headings = [
        JomcHeading(
            title=title,
            article=BY_DUTY[code].citation.place,
            points=tuple(_point(one) for one in groups[code].measures) if code in groups else (),
        )
        for code, title in ITEM_HEADINGS.items()
    ]
    return jomc_text(
        headings, operator=terms.setting(OPERATOR_NAME, at=at), page=f"{settings.ORIGIN}/measures/"
    )


def _point(one: MeasureOnPage) -> JomcPoint:
    also = (elsewhere_text(one.elsewhere),) if one.elsewhere else ()
    return JomcPoint(title=one.heading, does=(*one.does, *also), since=one.since)


def elsewhere_text(answer: PracticeAnswerShown) -> Text:
    """Say what the operator does outside of this house: its words, since when, and what shows it."""
    assert answer.words is not None
    assert answer.since_on is not None
    proof = f"{answer.shown} {answer.link}".strip()
    return ELSEWHERE.fill(words=answer.words, day=day_words(answer.since_on), proof=proof)


def entries() -> tuple[JomcShown, ...]:
    """Return every text that was sent, the newest first."""
    names = people.names()
    return tuple(_shown(row, people.called(row.sent_by, names)) for row in JomcEntry.objects.order_by("-id"))


def entry_of(hand: Hand, number: int) -> JomcShown:
    """Return an entry for a lead or counsel."""
    row = JomcEntry.objects.filter(pk=number).first()
    if row is None or hand.role not in DECIDERS:
        raise NoSuchJomcEntry
    return _shown(row)


def listed() -> JomcShown | None:
    """Return what stands on the page of JOMC, or nothing where nothing does."""
    row = JomcEntry.objects.filter(state=JomcState.LISTED).first()
    return None if row is None else _shown(row)


def _shown(row: JomcEntry, sent_by: str = "") -> JomcShown:
    return JomcShown(
        id=row.pk,
        state=JomcState(row.state),
        version=row.version,
        digest=row.digest,
        sent_at=row.sent_at,
        sent_by=sent_by,
        address=row.address,
        changed_on=row.changed_on,
        listed_at=row.listed_at,
        looked_at=row.looked_at,
        failures=row.failures,
        failing_since=row.failing_since,
        fault=row.fault,
        closed_at=row.closed_at,
        text=JomcText(ja=row.body_ja, en=row.body_en),
    )
