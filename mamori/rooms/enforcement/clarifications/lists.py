"""What staff read of clarifications: every one, the newest first."""

from __future__ import annotations

from django.db.models import QuerySet

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.law.clarifications import AskedWhom
from mamori.rooms.enforcement.clarifications.lifecycle import CLARIFICATION
from mamori.rooms.enforcement.clarifications.queries import ClarificationShown, rows_shown
from mamori.rooms.enforcement.models import Clarification


def _clarifications(hand: Hand) -> QuerySet[Clarification]:
    return Clarification.objects.all()


CLARIFICATION_LIST: ReadingList[ClarificationShown] = ReadingList(
    slug="clarifications",
    title=Text("事実確認", "Clarifications"),
    lead=Text(
        "決める前に、出品者・メーカー・輸入業者・権利者などに尋ねたことです。もとの件の画面から尋ねます。",
        "What sellers, makers, importers or holders of rights were asked before a decision, each from the page of its matter.",
    ),
    empty=Text("事実確認はありません", "Nobody was asked anything"),
    roles=STAFF,
    rows=_clarifications,
    order=("-id",),
    read=lambda rows, hand: list(rows_shown(rows)),
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="enforcement_staff:clarification",
        ),
        ListColumn(
            title=Text("相手", "Asked"),
            value="whom_text",
            beneath=(ListColumn(title=Text("内容", "About"), value="what_text"),),
        ),
        ListColumn(title=Text("お店", "Shop"), value="shop", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(
            title=Text("期限", "Due"),
            value="due",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("尋ねた日時", "Asked at"), value="asked_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(
        by_state(CLARIFICATION),
        Filter(
            name="whom",
            title=Text("相手", "Asked"),
            choices={one.value: one.text for one in AskedWhom},
            narrow=lambda rows, hand, value: rows.filter(whom=value),
        ),
    ),
)
