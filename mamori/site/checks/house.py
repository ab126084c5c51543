"""Checks of the work: clocks looked at, messages delivered, records taken in, clauses accepted."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.site.checks.finding import Found, Level


def clocks_alive(at: datetime) -> Found:
    """Be the dead man's switch: some loop must have looked at the deadlines lately."""
    pulse = clocks.pulse(at)
    if not pulse.beats:
        text = Text(
            "期限を見る働き手がまだ動いていません。`mamori work` を起動してください。",
            "No worker has looked at the deadlines yet. Start `mamori work`.",
        )
        yield (Level.BROKEN if pulse.overdue else Level.LOOK), text
    for beat in pulse.beats:
        if beat.is_alive:
            yield (
                Level.GOOD,
                Text("期限は見られている（{name}）", "deadlines are looked at ({name})").fill(name=beat.name),
            )
        else:
            told = Text(
                "働き手 {name} は {at} から期限を見ていません。`mamori work` を起動してください。",
                "Worker {name} has not looked at the deadlines since {at}. Start `mamori work`.",
            )
            yield Level.BROKEN, told.fill(name=beat.name, at=beat.at.isoformat(timespec="seconds"))
        if beat.went_back_at:
            told = Text("時計が{n}秒戻りました（{at}）。", "The clock went back {n} seconds ({at}).")
            yield (
                Level.LOOK,
                told.fill(n=beat.went_back_seconds, at=beat.went_back_at.isoformat(timespec="seconds")),
            )


def clocks_overdue(at: datetime) -> Found:
    """Name deadlines that nobody rang, and those whose ring keeps failing."""
    pulse = clocks.pulse(at)
    if pulse.overdue and pulse.oldest_due_at:
        told = Text(
            "鳴らされないままの期限が{n}件あります（最古 {at}）。",
            "{n} deadlines wait to be rung (oldest {at}).",
        )
        yield Level.BROKEN, told.fill(n=pulse.overdue, at=pulse.oldest_due_at.isoformat(timespec="seconds"))
    if pulse.stuck:
        told = Text(
            "鳴らすたびに失敗する期限が{n}件あります。", "{n} deadlines fail each time they are rung."
        )
        yield Level.BROKEN, told.fill(n=pulse.stuck)
    if not pulse.overdue and not pulse.stuck:
        yield Level.GOOD, Text("遅れている期限はない", "no deadline is late")
