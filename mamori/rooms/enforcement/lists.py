"""What staff list in this room: appeals, what is provisionally hidden, and measures that the marketplace has not confirmed."""

from __future__ import annotations

from django.db.models import QuerySet

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written
from mamori.ground.people import facts as people
from mamori.law.measures import MEASURES, PROVISIONAL_HIDING
from mamori.rooms.enforcement.appeals.queries import AppealRow, appeals_waiting, rows_due_first
from mamori.rooms.enforcement.measures import queries as measures
from mamori.rooms.enforcement.models import Appeal

SELLER = Text("出品者", "Seller")
NUMBER = Text("受付番号", "Number")
OF_SELLER = Filter(
    name="seller",
    title=Text("出品者の番号", "Seller's reference"),
    narrow=lambda rows, actor, ref: rows.filter(seller_ref=ref),
)


def _reviewed(rows: QuerySet[Appeal], actor: Actor, by: str) -> QuerySet[Appeal]:
    return rows.filter(reviewer=people.subject_of(actor) if by == "me" else "")


APPEALS: ReadingList[AppealRow] = ReadingList(
    slug="appeals",
    title=Text("異議の申出", "Appeals"),
    lead=Text(
        "その件にかかわっていない責任者か法務担当が見直します。期限の近い順です。",
        "Reviewed by a lead or counsel who took no part in the matter. Due first.",
    ),
    empty=Text("見直し中の異議はありません", "No appeal waits"),
    roles=STAFF,
    rows=appeals_waiting,
    order=("id",),
    size=100,
    read=rows_due_first,
    columns=(
        ListColumn(
            title=Text("何への異議か", "Against"),
            value="against",
            to="number",
            beneath=(ListColumn(title=NUMBER, value="number", written=Written.NUMBER),),
        ),
        ListColumn(title=SELLER, value="seller_ref", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("担当", "Reviewed by"), value="reviewer_text", written=Written.CALLED),
        ListColumn(title=Text("届いた日時", "Received"), value="received_at", written=Written.MOMENT),
        ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE),
    ),
    filters=(
        Filter(
            name="reviewer",
            title=Text("担当", "Reviewed by"),
            narrow=_reviewed,
            choices={"nobody": Text("担当なし", "nobody yet"), "me": Text("自分", "me")},
        ),
        OF_SELLER,
    ),
)

HIDDEN: ReadingList[measures.HiddenRow] = ReadingList(
    slug="hidden",
    title=Text("暫定非表示の商品", "Listings provisionally hidden"),
    lead=Text(
        "危険のおそれがあり、判断が出るまで見えなくしている商品です。古い順です。番号を開くと、責任者か法務担当は続けるか解くかを"
        "確かめられます。時間がたっても表示に戻りません。",
        "Listings that may be dangerous and are hidden until the decision; the oldest first. Behind its number a lead or counsel "
        "lets each stand or lifts it. No time shows them again.",
    ),
    empty=Text("暫定的に非表示にしている商品はありません", "No listing is provisionally hidden"),
    roles=STAFF,
    rows=measures.hidden,
    order=("id",),
    read=measures.hidden_rows,
    columns=(
        ListColumn(title=NUMBER, value="number", written=Written.NUMBER, to="number"),
        ListColumn(title=Text("疑い", "Finding"), value="title"),
        ListColumn(
            title=Text("商品", "Listing"),
            value="target_ref",
            written=Written.CALLED,
            beneath=(ListColumn(title=SELLER, value="seller_ref", written=Written.CALLED, led=True),),
        ),
        ListColumn(title=Text("隠した日時", "Hidden since"), value="since", written=Written.MOMENT),
        ListColumn(
            title=Text("責任者・法務担当", "Lead or counsel"),
            value="looked",
            beneath=(ListColumn(title=Text("日時", "At"), value="looked_at", written=Written.MOMENT),),
        ),
        ListColumn(
            title=Text("状態", "State"),
            value="state",
            beneath=(
                ListColumn(
                    title=Text("意見の期限", "View due"),
                    value="view_due_at",
                    written=Written.MOMENT,
                    led=True,
                ),
            ),
        ),
    ),
    filters=(OF_SELLER,),
)
WAITING: ReadingList[measures.UnconfirmedRow] = ReadingList(
    slug="measures",
    title=Text("通販サイトの確認待ちの措置", "Measures that the marketplace has not confirmed"),
    lead=Text(
        "実施や解除を指示したのに、まだ確認がないものです。古い順です。",
        "What was ordered or is being lifted, and not confirmed yet; the oldest first.",
    ),
    empty=Text("ありません", "There is none"),
    roles=STAFF,
    rows=measures.unconfirmed,
    order=("id",),
    read=measures.unconfirmed_rows,
    columns=(
        ListColumn(title=NUMBER, value="number", written=Written.NUMBER, to="number"),
        ListColumn(
            title=Text("措置", "Measure"),
            value="title",
            beneath=(
                ListColumn(title=Text("額の上限", "Cap"), value="cap"),
                ListColumn(title=Text("条項", "clause"), value="clause", led=True),
            ),
        ),
        ListColumn(
            title=SELLER,
            value="seller_ref",
            written=Written.CALLED,
            beneath=(ListColumn(title=Text("対象", "On"), value="target_ref", written=Written.CALLED),),
        ),
        ListColumn(title=Text("待った日数", "Waiting"), value="days"),
        ListColumn(title=Text("終わり", "Ends"), value="ends_at", written=Written.MOMENT),
        ListColumn(title=Text("見直し", "Review"), value="review_at", written=Written.MOMENT),
    ),
    filters=(
        Filter(
            name="kind",
            title=Text("措置", "Measure"),
            narrow=lambda rows, actor, kind: rows.filter(kind=kind),
            choices={one.code: one.title for one in (*MEASURES, PROVISIONAL_HIDING)},
        ),
        OF_SELLER,
    ),
)
