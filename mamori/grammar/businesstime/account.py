"""Why a duration ends when it does, in sentences that a buyer or a seller can follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from mamori.grammar.businesstime.calendar import Calendar
from mamori.grammar.businesstime.duration import BusinessDays, CalendarDays, Duration, EveryHours, Hours
from mamori.grammar.businesstime.moment import WEEKDAYS, day_text, moment_text
from mamori.grammar.businesstime.pause import Pause, days_touched
from mamori.grammar.text import Text

MOST_NAMED = 14  # a list of closed days longer than two weeks helps nobody

RULES: dict[type[Duration], Text] = {
    Hours: Text(
        "{count}時間を、営業日は1日24時間、休業日は0時間として数えます。",
        "{count} hours are counted: 24 on a business day, none on a closed day.",
    ),
    EveryHours: Text(
        "{count}時間を、休業日も夜も含めて数えます。",
        "{count} hours are counted, nights and closed days included.",
    ),
    BusinessDays: Text(
        "開始の日（{start}）の翌営業日を1日目として{count}営業日を数え、最後の日の24:00に終わります。",
        "{count} business days are counted, the first being the next business day after the day of the start "
        "({start}); they end with the last, at midnight.",
    ),
    CalendarDays: Text(
        "開始の日（{start}）は数えず、翌日を1日目として休業日も含めて{count}日を数え、最後の日の24:00に終わります。",
        "{count} calendar days are counted, closed days included, the first being the day after the day of "
        "the start ({start}); they end with the last, at midnight.",
    ),
}
BEGINS_LATER = Text(
    "開始の{start}は休業日（{name}）なので、次の営業日の{open}00:00から数え始めます。",
    "The start, {start}, is a closed day ({name}), so counting begins at 00:00 of the next business day, "
    "{open}.",
)
SKIPPED = Text("数えない休業日は{count}日です：{days}。", "Closed days not counted ({count}): {days}.")
PAUSED_HOURS = Text(
    "{start}から{end}までは、時計を止めて数えます。理由：{reason}",
    "From {start} to {end} the clock stands still. Reason: {reason}",
)
PAUSED_DAYS = Text(
    "{start}から{end}までの停止にかかる営業日は数えません。理由：{reason}",
    "Business days touched by the pause from {start} to {end} are not counted. Reason: {reason}",
)
NEVER_PAUSED = Text("暦の日数は、停止があっても延びません。", "Calendar days are never extended by a pause.")
NEVER_STILL = Text("この時間は、停止があっても延びません。", "These hours are never extended by a pause.")
DOUBTFUL = Text(
    "{day}以降の祝日はまだ公式に決まっていないため、この期限は変わることがあります。"
    "決まったら計算し直し、変わるときはお知らせします。",
    "Holidays from {day} on are not yet officially published, so this moment is provisional. It will be "
    "computed again once they are, and you will be told if it moves.",
)


def account(
    local: datetime,
    duration: Duration,
    end: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause],
    *,
    provisional: bool,
) -> tuple[Text, ...]:
    """Tell how `duration` from `local` came to end at `end` (both wall time of the calendar's zone)."""
    return tuple(_sentences(local, duration, end, calendar, tuple(pauses), provisional=provisional))


def _sentences(
    local: datetime,
    duration: Duration,
    end: datetime,
    calendar: Calendar,
    pauses: tuple[Pause, ...],
    *,
    provisional: bool,
) -> Iterator[Text]:
    start, last = local.date(), (end - timedelta.resolution).date()
    yield RULES[type(duration)].fill(count=duration.count, start=day_text(start))
    if isinstance(duration, (CalendarDays, EveryHours)):
        still = [one for one in pauses if one.stops_all]
        if pauses and not still:
            yield NEVER_PAUSED if isinstance(duration, CalendarDays) else NEVER_STILL
        for pause in still:
            yield _still(pause, calendar, PAUSED_HOURS)
        return
    name = calendar.why_closed(start)
    if isinstance(duration, Hours) and name is not None:
        opening = calendar.business_day(1, start)
        yield BEGINS_LATER.fill(start=day_text(start), name=name, open=day_text(opening))
    first = start if isinstance(duration, Hours) else start + timedelta(days=1)
    yield from _skipped(first, last, calendar)
    for pause in pauses:
        if _mattered(pause, local, end, duration, calendar):
            wording = PAUSED_HOURS if isinstance(duration, Hours) else PAUSED_DAYS
            yield _still(pause, calendar, wording)
    if provisional and calendar.provisional_from is not None:
        yield DOUBTFUL.fill(day=day_text(calendar.provisional_from))


def _still(pause: Pause, calendar: Calendar, wording: Text) -> Text:
    begin, until = (moment_text(m.astimezone(calendar.zone)) for m in (pause.start, pause.end))
    return wording.fill(start=begin, end=until, reason=pause.reason)


def _skipped(first: date, last: date, calendar: Calendar) -> Iterator[Text]:
    days = (date.fromordinal(o) for o in range(first.toordinal(), last.toordinal() + 1))
    closed = [(day, name) for day in days if (name := calendar.why_closed(day)) is not None]
    if not closed:
        return
    named = [_named(day, name, year=day.year != first.year) for day, name in closed[:MOST_NAMED]]
    if (more := len(closed) - MOST_NAMED) > 0:
        named.append(Text(f"ほか{more}日", f"and {more} more"))
    days_told = Text.listed(named)
    yield SKIPPED.fill(count=len(closed), days=days_told)


def _named(day: date, name: Text, *, year: bool) -> Text:
    told = day_text(day, year=year)
    if name == WEEKDAYS[day.weekday()]:  # "Sat 19 Sep (Saturday)" would say it twice
        return told
    return Text(f"{told.ja[:-1]}・{name.ja}）", f"{told.en} ({name.en})")


def _mattered(pause: Pause, local: datetime, end: datetime, duration: Duration, calendar: Calendar) -> bool:
    begin, until = calendar.local(pause.start), calendar.local(pause.end, end=True)
    if isinstance(duration, Hours):
        return max(begin, local) < min(until, end)
    counted = range(local.toordinal() + 1, end.toordinal())
    touched = days_touched((begin, until)) if begin < until else range(0)
    return any(o in counted and calendar.why_closed(date.fromordinal(o)) is None for o in touched)
