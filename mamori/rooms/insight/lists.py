"""What people of the operator read in this room: the register of improvements, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import INSIDE, Hand
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written, by_state
from mamori.ground.people import facts as people
from mamori.rooms.insight.actions.matter import about_improvement
from mamori.rooms.insight.lifecycle import IMPROVEMENT, ImprovementState
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.queries.counting import figure_text
from mamori.rooms.insight.rules.figures import figure_named


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementRow:
    """An improvement in the register."""

    number: int
    title: str
    figure: Text | None
    owner: str
    state: Text
    public: Text | None
    due: clocks.ClockFact | None
    noted_at: datetime
    closed_at: datetime | None


PUBLIC = Text("公開中", "public")


def _improvements(hand: Hand) -> QuerySet[Improvement]:
    return Improvement.objects.all()


def improvement_rows(rows: Sequence[Improvement], hand: Hand) -> list[ImprovementRow]:
    """Return what the register tells of these, names and clocks in one look each."""
    del hand
    names = people.names()
    due = clocks.clocks_next(about_improvement(row.pk) for row in rows)
    return [
        ImprovementRow(
            number=row.pk,
            title=row.title,
            figure=figure_text(figure) if (figure := figure_named(row.figure)) else None,
            owner=people.called(row.owner, names) if row.owner else row.department,
            state=IMPROVEMENT.states[ImprovementState(row.state)],
            public=PUBLIC if row.published_at else None,
            due=due.get(about_improvement(row.pk)),
            noted_at=row.noted_at,
            closed_at=row.closed_at,
        )
        for row in rows
    ]


IMPROVEMENT_LIST: ReadingList[ImprovementRow] = ReadingList(
    slug="improvements",
    title=Text("改善", "Improvements"),
    lead=Text(
        "気づいたことを、だれが担当し、何を変え、前と後でどう変わったか。数は画面が数えます。",
        "What was seen, who owns it, what was changed, and what was different afterwards. The house does the counting.",
    ),
    empty=Text("まだありません", "There is none yet"),
    roles=INSIDE,
    rows=_improvements,
    order=("-id",),
    read=improvement_rows,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="insight_staff:one",
        ),
        ListColumn(
            title=Text("気づいたこと", "What was seen"),
            value="title",
            written=Written.CALLED,
            beneath=(ListColumn(title=Text("数えるもの", "Counted"), value="figure"),),
        ),
        ListColumn(
            title=Text("状態", "State"),
            value="state",
            beneath=(ListColumn(title=Text("公開", "Public"), value="public"),),
        ),
        ListColumn(title=Text("担当", "Owner"), value="owner", written=Written.CALLED),
        ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE),
        ListColumn(
            title=Text("書き留めた日時", "Noted"),
            value="noted_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("終えた日時", "Ended"), value="closed_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(by_state(IMPROVEMENT),),
)
