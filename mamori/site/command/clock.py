"""`mamori clock`: when a duration is over, and why.  Needs no database and no settings."""

from __future__ import annotations

from datetime import date, datetime

import click
import msgspec

from mamori.grammar.businesstime import (
    Calendar,
    Due,
    Duration,
    add,
    due_text,
    moment_text,
    parse,
    read_moment,
)
from mamori.grammar.businesstime.moment import shown
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.site.command.ndjson import decoded, run
from mamori.site.command.speak import LANG, say

CLOSING = Text("運営者の休業日", "the operator's closing day")
ASSUMED = Text(
    "開始に時差が書かれていないので、日本時間の{start}とみなしました。",
    "The start says no offset; it was taken as {start}, Japan time.",
)


class BadClosing(Refusal, code="bad-closing", status=422):
    """Given when closing days are not a day, or a first and a last day."""

    text = Text(
        "休業日「{given}」は読めません。2026-12-29 または 2026-12-29..2027-01-03 のように、"
        "早い日を先に書いてください。",
        "The closing days “{given}” cannot be read. Write 2026-12-29 or 2026-12-29..2027-01-03, "
        "the earlier day first.",
    )


class ClockQuestion(msgspec.Struct):
    """One line of a batch."""

    start: str
    duration: str


_DECODER = msgspec.json.Decoder(ClockQuestion)
_EXAMPLE = '{"start": "2026-09-18T18:00+09:00", "duration": "48h"}'


def closed(spans: tuple[str, ...], calendar: Calendar) -> Calendar:
    """Return the calendar with the operator's closing days added, each span a day or FROM..TO."""
    for span in spans:
        first, dots, last = span.partition("..")
        try:
            begin = date.fromisoformat(first)
            end = date.fromisoformat(last) if dots else begin
        except ValueError:
            raise BadClosing(given=shown(span)) from None
        if end < begin:
            raise BadClosing(given=shown(span))
        days = (date.fromordinal(o) for o in range(begin.toordinal(), end.toordinal() + 1))
        calendar = calendar.closing(days, CLOSING)
    return calendar


def answer(line: bytes, calendar: Calendar) -> bytes:
    """Return the answer to one line of a batch."""
    question = decoded(_DECODER, line, _EXAMPLE)
    start, assumed = read_moment(question.start, JAPAN)
    due = add(start, parse(question.duration), calendar)
    assumption = b', "assumed_offset": "+09:00"' if assumed else b""
    doubt = b', "provisional": true' if due.provisional else b""
    return b'{"due": "%b"%b%b}' % (due.at.isoformat().encode(), assumption, doubt)


def as_json(start: datetime, duration: Duration, due: Due, *, assumed: bool) -> str:
    """Return the answer for other programs, both languages in it."""
    answered = {
        "due": due.at.isoformat(),
        "start": start.isoformat(),
        "duration": str(duration),
        "calendar": due.calendar,
        "provisional": due.provisional,
        "why": [{"ja": text.ja, "en": text.en} for text in due.why],
    }
    return msgspec.json.encode(answered | ({"assumed_offset": "+09:00"} if assumed else {})).decode()


def as_text(start: datetime, duration: Duration, due: Due, *, assumed: bool) -> str:
    """Return the answer for people: the due moment first, then why."""
    begun = moment_text(start.astimezone(JAPAN))
    reasons = [*([ASSUMED.fill(start=begun)] if assumed else []), *due.why]
    head = Text(
        "期限  {due}（日本時間）\n開始  {start}  期間  {duration}\n",
        "due    {due}, Japan time\nstart  {start}  duration  {duration}\n",
    ).fill(due=due_text(due.at), start=begun, duration=duration)
    foot = Text("暦    {version}", "calendar  {version}").fill(version=due.calendar)
    told = [head.in_(LANG), *(f"  - {text.in_(LANG)}" for text in reasons), "", foot.in_(LANG)]
    return "\n".join(told)


@click.command(
    help=say(
        "START から DURATION が経つ期限と、その理由を示す。\n\n"
        "DURATION は 48h（営業日を1日24時間で数える時間）、2h24（休業日も数える時間）、2bd（翌営業日からの営業日）、"
        "8d（翌日からの暦の日数）。",
        "Tell when DURATION from START is over, and why.\n\n"
        "DURATION is 48h (hours, 24 on each business day), 2h24 (hours round the clock), 2bd (business days from the next one "
        "on) or 8d (calendar days from the next one on).",
    ),
    epilog=say("例", "Example") + ": mamori clock 2026-09-18T18:00+09:00 48h",
)
@click.argument("start", required=False)
@click.argument("duration", required=False)
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
@click.option(
    "--batch",
    "batch_",
    is_flag=True,
    help=say(
        "標準入力の NDJSON（start と duration）に1行ずつ答える。空行は読み飛ばす",
        "answer NDJSON (start and duration) on standard input line by line; empty lines are passed over",
    ),
)
@click.option(
    "--closing",
    multiple=True,
    metavar="DAY|FROM..TO",
    help=say("運営者の休業日（繰り返せる）", "the operator's closing days (repeatable)"),
)
def command(
    start: str | None, duration: str | None, json_: bool, batch_: bool, closing: tuple[str, ...]
) -> None:
    """Answer one question, or one a line."""
    if batch_ == (start is not None) or (start is None) != (duration is None):
        raise click.UsageError(
            say(
                "START と DURATION を両方書くか、--batch だけを付けてください。",
                "Give START and DURATION, or --batch alone.",
            )
        )
    calendar = closed(closing, japanese_calendar())
    if start is None or duration is None:
        run(lambda line: answer(line, calendar))
        return
    moment, assumed = read_moment(start, JAPAN)
    length = parse(duration)
    render = as_json if json_ else as_text
    click.echo(render(moment, length, add(moment, length, calendar), assumed=assumed))
