"""What the operator says of measures itself: since when one is done, and what it does besides, in words of its own."""

from __future__ import annotations

from datetime import date

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.japan.calendar import JAPAN
from mamori.rooms.disclosure.actions.record import record
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.models import OwnMeasure, PutIntoUse
from mamori.rooms.disclosure.queries.measures import OUTLINES


class NoSuchMeasure(Refusal):
    """Given when there is no such measure for this hand."""

    code = "no-such-measure"
    status = 404
    text = Text(
        "この取組みは見つかりません。取組みの一覧からお選びください。",
        "There is no such measure. Please choose one of the list.",
    )


class EndedAlready(Refusal):
    """Given when a measure has ended already."""

    code = "measure-ended-already"
    status = 409
    text = Text(
        "この取組みは、すでに終えています。また始めるときは、新しく書いてください。",
        "This measure has ended already. Where it begins again, please write it anew.",
    )


class DayToCome(Refusal):
    """Given when something is said to be done since a day that has not come."""

    code = "day-to-come"
    status = 422
    text = Text(
        "始めた日には、今日までの日を書いてください。まだ始めていないことは公表できません。",
        "Please write a day that has come. What has not begun cannot be published.",
    )


def say_since(hand: Hand, *, practice: str, since_on: date) -> None:
    """Say since which day something is done.

    :raises NoSuchMeasure: for everybody but a lead or counsel, and where it is none that runs.
    :raises DayToCome: as its sentence says.
    """
    _must_decide(hand)
    if practice not in OUTLINES:
        raise NoSuchMeasure
    _must_have_come(hand, since_on)
    with memory.act():
        row = PutIntoUse.objects.create(practice=practice, on=since_on, at=hand.at)
        record(hand, "measure_since", f"disclosure.measure:{practice}", on=f"{row.on}")


def write_measure(
    hand: Hand,
    *,
    title_ja: str,
    title_en: str,
    text_ja: str,
    text_en: str,
    since_on: date,
) -> int:
    """Tell everybody of something else that is done, and return its number.

    :raises NoSuchMeasure: for everybody but a lead or counsel.
    :raises DayToCome: as its sentence says.
    """
    _must_decide(hand)
    _must_have_come(hand, since_on)
    with memory.act():
        row = OwnMeasure.objects.create(
            title_ja=title_ja.strip(),
            title_en=title_en.strip(),
            text_ja=text_ja.strip(),
            text_en=text_en.strip(),
            since_on=since_on,
            written_at=hand.at,
        )
        record(hand, "measure_write", f"disclosure.own:{row.pk}", title=row.title_ja)
    return row.pk


def end_measure(hand: Hand, *, measure: int) -> None:
    """Say that it is done no more: it leaves the page, and stays in the editions of its time.

    :raises NoSuchMeasure, EndedAlready: as their sentences say.
    """
    _must_decide(hand)
    with memory.act():
        row = OwnMeasure.objects.select_for_update().filter(pk=measure).first()
        if row is None:
            raise NoSuchMeasure
        if row.ended_at is not None:
            raise EndedAlready
        row.ended_at = hand.at
        row.save(update_fields=["ended_at"])
        record(hand, "measure_end", f"disclosure.own:{row.pk}", title=row.title_ja)


def _must_decide(hand: Hand) -> None:
    if hand.role not in DECIDERS:
        raise NoSuchMeasure


def _must_have_come(hand: Hand, on: date) -> None:
    if on > hand.at.astimezone(JAPAN).date():
        raise DayToCome


__all__ = ["DayToCome", "EndedAlready", "NoSuchMeasure", "end_measure", "say_since", "write_measure"]
