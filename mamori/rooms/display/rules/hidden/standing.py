"""What should stand about a doubt, what a seller may answer, what may be concluded, and whether somebody was a business when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs, Stands
from mamori.law.hidden import DISPLAY_HIDDEN_AGAIN, DISPLAY_HIDDEN_PASS, DISPLAY_HIDDEN_QUESTION
from mamori.rooms.display.lifecycle import DoubtState


class DoubtNow(Protocol):
    """What of a doubt it rests on."""

    state: str
    asked_at: datetime | None
    concluded_at: datetime | None


def of_doubt(one: DoubtNow) -> Iterator[Stands]:
    """Yield what should stand: clocks alone, for nothing is kept from anybody before or after a person concluded."""
    if one.state == DoubtState.ASKED and one.asked_at is not None:
        yield Runs(DISPLAY_HIDDEN_QUESTION, since=one.asked_at)
    if one.state == DoubtState.UNCLEAR and one.concluded_at is not None:
        yield Runs(DISPLAY_HIDDEN_AGAIN, since=one.concluded_at)


def of_pass(*, since: datetime, is_on: bool) -> Iterator[Stands]:
    """Yield the clock that lets all private accounts be counted through, while the operator wants that."""
    if is_on:
        yield Runs(DISPLAY_HIDDEN_PASS, since=since, again=True)


class EntryKind(StrEnum):
    """What was said or decided of a doubt."""

    LET_BE = "let_be"
    QUESTION = "question"
    ANSWER = "answer"
    CONCLUSION = "conclusion"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _KINDS[self]


_KINDS = {
    EntryKind.LET_BE: Text("見て、そのままにした", "looked at and let be"),
    EntryKind.QUESTION: Text("出品者への問い", "the question to the seller"),
    EntryKind.ANSWER: Text("出品者の答え", "the seller's answer"),
    EntryKind.CONCLUSION: Text("判断", "the conclusion"),
}


class StandingAnswer(StrEnum):
    """What a seller says that it is."""

    BUSINESS = "business"
    BELONGINGS = "belongings"
    COLLECTION = "collection"
    HANDMADE = "handmade"
    OTHER = "other"

    @property
    def text(self) -> Text:
        """Return it as the seller is asked."""
        return _ANSWERS[self]


_ANSWERS = {
    StandingAnswer.BUSINESS: Text(
        "もうけるために、くり返し売っている（事業として販売している）",
        "I sell again and again to earn (as a business)",
    ),
    StandingAnswer.BELONGINGS: Text(
        "自分や家族が使っていたもの・使わないものを売っている（引っ越し・片付けなど）",
        "I sell what I or my family used or do not need (moving, clearing)",
    ),
    StandingAnswer.COLLECTION: Text(
        "趣味で集めたものを手放している", "I give up what I collected as a hobby"
    ),
    StandingAnswer.HANDMADE: Text("趣味で作ったものを売っている", "I sell what I made as a hobby"),
    StandingAnswer.OTHER: Text("ほかの事情がある", "It is something else"),
}


class StandingOutcome(StrEnum):
    """What is concluded of an account."""

    BUSINESS = "business"
    PRIVATE = "private"
    UNCLEAR = "unclear"

    @property
    def text(self) -> Text:
        """Return it for people."""
        return _OUTCOMES[self]


_OUTCOMES = {
    StandingOutcome.BUSINESS: Text("事業者にあたる", "a business"),
    StandingOutcome.PRIVATE: Text("個人であり、事業者にはあたらない", "a private person, no business"),
    StandingOutcome.UNCLEAR: Text("どちらともいえない", "unclear"),
}
IS_BUSINESS = {StandingOutcome.BUSINESS: True, StandingOutcome.PRIVATE: False, StandingOutcome.UNCLEAR: None}


class ToldStatus(Protocol):
    """A word of the marketplace: whether the seller is no business, from when that holds, and when it was said."""

    @property
    def private(self) -> bool | None: ...
    @property
    def since(self) -> datetime: ...
    @property
    def said_at(self) -> datetime: ...


class Concluded(Protocol):
    """A conclusion: what it was, from when that holds, and when a person concluded it."""

    @property
    def outcome(self) -> StandingOutcome: ...
    @property
    def since(self) -> datetime: ...
    @property
    def at(self) -> datetime: ...


def conclusion_of(
    told: Iterable[ToldStatus], conclusions: Iterable[Concluded], at: datetime | None
) -> Concluded | None:
    """Return the conclusion that says who an account was at a moment, or where none is named is now: the last that reaches it.

    None where there is none, and where the marketplace has said since that the account is a business: from then on its own
    words count.  That an account is said again to be private takes no conclusion back; only a person does.
    """
    found = None
    for one in conclusions:
        if at is None or one.since <= at:
            found = one
    if found is not None and any(
        one.private is False and (at is None or one.since <= at) and one.said_at > found.at for one in told
    ):
        return None
    return found


def was_business(told: Iterable[ToldStatus], conclusions: Iterable[Concluded], at: datetime) -> bool | None:
    """Say whether an account was a business at a moment, such as that of a transaction; None = nobody can say."""
    told = tuple(told)
    private = None
    for word in told:
        if word.since <= at:
            private = word.private
    if private is False:
        return True
    found = conclusion_of(told, conclusions, at)
    if found is not None:
        return IS_BUSINESS[found.outcome]
    return None if private is None else False
