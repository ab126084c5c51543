"""Moments read from and written for people: weekday in sight, the end of a day as 24:00 (English: 0:00 of the next)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

WEEKDAYS = (
    Text("月曜日", "Monday"),
    Text("火曜日", "Tuesday"),
    Text("水曜日", "Wednesday"),
    Text("木曜日", "Thursday"),
    Text("金曜日", "Friday"),
    Text("土曜日", "Saturday"),
    Text("日曜日", "Sunday"),
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class BadMoment(Refusal, code="bad-moment", status=422):
    """Given when a moment cannot be read, or does not say its offset where it must."""

    text = Text(
        "「{given}」は日時として読めません。2026-09-18T18:00+09:00 のように、"
        "実在する日付と時刻を時差付きで書いてください。",
        "“{given}” is not a moment. Write a date and time that exist, with the offset, such as "
        "2026-09-18T18:00+09:00.",
    )


def shown(given: str) -> str:
    """Return what was given, short and printable, to be put into a sentence."""
    short = given if len(given) <= 40 else given[:39] + "…"
    return "".join(c if c.isprintable() else "�" for c in short)


def read_moment(text: str, zone: timezone) -> tuple[datetime, bool]:
    """Read an ISO 8601 moment; return it with its offset, and whether `zone` had to be assumed.

    A date alone is 00:00 of that day.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadMoment(given=shown(text)) from None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone), True
    return moment, False


def day_text(day: date, *, year: bool = True) -> Text:
    """Word a day with its weekday, with or without its year."""
    weekday = WEEKDAYS[day.weekday()]
    ja, en = (
        f"{day.month}月{day.day}日（{weekday.ja[0]}）",
        f"{weekday.en[:3]} {day.day} {MONTHS[day.month - 1]}",
    )
    return Text(f"{day.year}年{ja}", f"{en} {day.year}") if year else Text(ja, en)


def moment_text(moment: datetime) -> Text:
    """Word a moment in its own zone, with seconds only when it has some."""
    clock = moment.strftime("%H:%M:%S" if moment.second or moment.microsecond else "%H:%M")
    day = day_text(moment.date())
    return Text(f"{day.ja}{clock}", f"{day.en} {clock}")


def due_text(moment: datetime) -> Text:
    """Word the end of a duration in its own zone: in Japanese, 00:00 is 24:00 of the day that has just ended."""
    if moment.time() != time():
        return moment_text(moment)
    ended = day_text(moment.date() - timedelta(days=1))
    return Text(f"{ended.ja}24:00", f"{day_text(moment.date()).en} 0:00")
