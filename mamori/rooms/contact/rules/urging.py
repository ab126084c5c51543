"""How a seller is urged: one table by topic, harm and progress; the first row that fits is taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.businesstime import EveryHours, Hours
from mamori.grammar.text import Text
from mamori.rooms.contact.topics import Harm, Progress, Topic


class Means(StrEnum):
    """By what a seller is urged."""

    NOTICE = "notice"
    CALL = "call"
    LETTER = "letter"


MEANS = {
    Means.NOTICE: Text("通知", "notice"),
    Means.CALL: Text("架電", "call"),
    Means.LETTER: Text("手紙", "letter"),
}


@dataclass(frozen=True, slots=True)
class Urge:
    """One urging: by what, and how long after the progress began (None = at once)."""

    means: Means
    after: Hours | EveryHours | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgingRow:
    """A row of the table; an empty set fits everything."""

    progress: Progress
    harms: frozenset[Harm] = frozenset()
    topics: frozenset[Topic] = frozenset()
    urges: tuple[Urge, ...]

    def fits(self, topic: Topic, harm: Harm, progress: Progress) -> bool:
        """Say whether the row speaks of this case."""
        return (
            progress is self.progress
            and (not self.harms or harm in self.harms)
            and (not self.topics or topic in self.topics)
        )


_NOW = None
_DANGER = frozenset({Harm.DANGER})
_MONEY = frozenset({Harm.MONEY})

TABLE: tuple[UrgingRow, ...] = (
    UrgingRow(
        progress=Progress.UNANSWERED,
        harms=_DANGER,
        urges=(
            Urge(Means.NOTICE, _NOW),
            Urge(Means.CALL, _NOW),
            Urge(Means.CALL, EveryHours(4)),
            Urge(Means.CALL, EveryHours(20)),
        ),
    ),
    UrgingRow(
        progress=Progress.UNANSWERED,
        topics=frozenset({Topic.UNSAFE}),
        urges=(Urge(Means.NOTICE, _NOW), Urge(Means.CALL, Hours(4)), Urge(Means.CALL, Hours(20))),
    ),
    UrgingRow(
        progress=Progress.UNANSWERED,
        harms=_MONEY,
        urges=(Urge(Means.NOTICE, Hours(12)), Urge(Means.CALL, Hours(20))),
    ),
    UrgingRow(
        progress=Progress.UNANSWERED, urges=(Urge(Means.NOTICE, Hours(12)), Urge(Means.NOTICE, Hours(20)))
    ),
    UrgingRow(
        progress=Progress.MISSED,
        harms=_DANGER,
        urges=(Urge(Means.CALL, _NOW), Urge(Means.LETTER, _NOW), Urge(Means.CALL, EveryHours(4))),
    ),
    UrgingRow(
        progress=Progress.MISSED,
        urges=(
            Urge(Means.NOTICE, _NOW),
            Urge(Means.CALL, _NOW),
            Urge(Means.LETTER, _NOW),
            Urge(Means.CALL, Hours(12)),
        ),
    ),
    UrgingRow(
        progress=Progress.UNSOLVED,
        harms=_DANGER,
        urges=(Urge(Means.CALL, _NOW), Urge(Means.CALL, EveryHours(8))),
    ),
    UrgingRow(
        progress=Progress.UNSOLVED,
        topics=frozenset({Topic.REFUND_UNPAID, Topic.NOT_ARRIVED}),
        urges=(Urge(Means.NOTICE, _NOW), Urge(Means.CALL, Hours(8))),
    ),
    UrgingRow(progress=Progress.UNSOLVED, urges=(Urge(Means.NOTICE, _NOW), Urge(Means.CALL, Hours(12)))),
    UrgingRow(progress=Progress.ANSWERED, urges=()),
    UrgingRow(progress=Progress.PAID_BACK, urges=()),
)


def urges(topic: Topic, harm: Harm, progress: Progress) -> tuple[Urge, ...]:
    """Return the urgings of the first row that fits.

    :raises LookupError: when the table has a hole, which a test rules out.
    """
    for row in TABLE:
        if row.fits(topic, harm, progress):
            return row.urges
    raise LookupError(f"no row for {topic}, {harm}, {progress}")
