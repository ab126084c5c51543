"""What staff read in this room: announcements, articles of the help, campaigns, who has not answered one, activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.japan.calendar import JAPAN
from mamori.law.activities import ActivityKind
from mamori.law.help import HelpfulWord
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.activities.queries import ActivityRow, rows_due
from mamori.rooms.outreach.lifecycle import ACTIVITY, ANNOUNCEMENT, CAMPAIGN
from mamori.rooms.outreach.models import (
    IS_HELP,
    TO_REMIND,
    WAITS,
    Activity,
    Announcement,
    Campaign,
    HelpfulDay,
    SellerTold,
)
from mamori.rooms.outreach.queries import AnnouncementShown

CAMPAIGNS: ReadingList[Campaign] = ReadingList(
    slug="campaigns",
    title=Text("出品者への一斉案内", "Campaigns to sellers"),
    lead=Text(
        "法律に関わることを、事業者の出品者にまとめて知らせます。新しい順です。",
        "What the law makes worth knowing is told to all sellers that are businesses. The newest first.",
    ),
    empty=Text("一斉案内はまだありません", "There is no campaign yet"),
    roles=STAFF,
    rows=lambda actor: Campaign.objects.all(),
    order=("-id",),
    read=lambda rows, actor: rows,
    columns=(
        ListColumn(
            title=Text("案内", "Campaign"),
            value="title",
            to="pk",
            at="outreach_staff:campaign",
            beneath=(ListColumn(title=Text("だれに", "To whom"), value="audience_text"),),
        ),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("下書き", "Drafted"), value="drafted_at", written=Written.MOMENT),
        ListColumn(title=Text("開始", "Started"), value="started_at", written=Written.MOMENT),
    ),
    filters=(by_state(CAMPAIGN),),
)


ANNOUNCEMENTS: ReadingList[AnnouncementShown] = ReadingList(
    slug="announcements",
    title=Text("ニュース", "Announcements"),
    lead=Text(
        "だれでも読めるニュースを、版ごとに、新しい順に。",
        "What everybody may read, version by version, the newest first.",
    ),
    empty=Text("ニュースはまだありません", "There is no announcement yet"),
    roles=STAFF,
    rows=lambda actor: Announcement.objects.exclude(IS_HELP),
    order=("-id",),
    read=lambda rows, actor: queries.announcements(rows),
    columns=(
        ListColumn(
            title=Text("題", "Title"),
            value="title",
            to="row.pk",
            at="outreach_staff:announcement",
            beneath=(ListColumn(title=Text("話題", "Topic"), value="topic_text"),),
        ),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("書き始めた日時", "Begun"), value="row.written_at", written=Written.MOMENT),
        ListColumn(title=Text("公開", "Published"), value="row.published_at", written=Written.MOMENT),
    ),
    filters=(by_state(ANNOUNCEMENT),),
)
ARTICLES = replace(
    ANNOUNCEMENTS,
    slug="help",
    title=Text("ヘルプの記事", "Articles of the help"),
    lead=Text(
        "運営者が自分の言葉で書く記事を、版ごとに、新しい順に。仕組みから作られるページは、ここにはなく、いつも公開されています。",
        "What you write in your own words, version by version, the newest first. The pages that are made from what runs are not "
        "among them: those are always there.",
    ),
    empty=Text("記事はまだありません", "There is no article yet"),
    rows=lambda actor: Announcement.objects.filter(IS_HELP),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpfulRow:
    """How often something was said of a version of a page of help on a day."""

    title: Text
    version: str
    on: str
    said: Text
    count: int


def helpful_rows(rows: Sequence[HelpfulDay], actor: Actor) -> list[HelpfulRow]:
    """Return what the list tells of these days, the articles' titles in one look."""
    titles = queries.titles_of(row.page for row in rows)
    return [
        HelpfulRow(
            title=titles[row.page],
            version=row.version,
            on=row.on.isoformat(),
            said=HelpfulWord(row.said).text,
            count=row.count,
        )
        for row in rows
    ]


HELPFUL: ReadingList[HelpfulRow] = ReadingList(
    slug="help-answers",
    title=Text("ヘルプは役に立ったか", "Whether the help helped"),
    lead=Text(
        "読んだ人が選んだ答えの数を、ページの版と日ごとに、新しい順に。だれが選んだかは残していません。別のブラウザーからは重ねて選べるので、目安です。",
        "How many readers chose what, by version of the page and day, the newest first. Who chose is not kept; from another "
        "browser somebody may choose again, so take it as a hint.",
    ),
    empty=Text("答えはまだありません", "Nobody has said anything yet"),
    roles=STAFF,
    rows=lambda actor: HelpfulDay.objects.all(),
    order=("-on", "-id"),
    read=helpful_rows,
    columns=(
        ListColumn(
            title=Text("ページ", "Page"),
            value="title",
            beneath=(ListColumn(title=Text("版", "Version"), value="version"),),
        ),
        ListColumn(title=Text("日", "Day"), value="on"),
        ListColumn(title=Text("答え", "Answer"), value="said"),
        ListColumn(title=Text("数", "How many"), value="count"),
    ),
    filters=(
        Filter(
            name="said",
            title=Text("答え", "Answer"),
            choices={one.value: one.text for one in HelpfulWord},
            narrow=lambda rows, actor, code: rows.filter(said=code),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """A seller that was told and has not answered."""

    row: SellerTold
    shop: str


def waiting_rows(rows: Sequence[SellerTold], actor: Actor) -> list[WaitingRow]:
    """Return what the list tells of these sellers, the shops' names in one look."""
    shops = market.shop_names(row.seller_ref for row in rows)
    return [WaitingRow(row=row, shop=shops.get(row.seller_ref, "")) for row in rows]


AGAIN = {
    "yes": (Text("もう一度知らせた", "told once more"), Q(reminded_at__isnull=False)),
    "no": (Text("まだ知らせていない", "not yet"), TO_REMIND),
    "passed": (
        Text("知らせない（事業者でなくなった等）", "not told: no business any more, or the like"),
        Q(passed_at__isnull=False),
    ),
}
"""How it stands with the reminder, by which the list is narrowed."""
SPANS = {
    len("2026-11-16"): timedelta(days=1),
    len("2026-11-16T10"): timedelta(hours=1),
    len("2026-11-16T10:05"): timedelta(minutes=1),
}


def told_within(rows: QuerySet[SellerTold], written: str) -> QuerySet[SellerTold]:
    """Narrow to those told on a day, or within an hour or a minute of one, in Japan; to none where that cannot be read."""
    try:
        begins, span = datetime.fromisoformat(written).replace(tzinfo=JAPAN), SPANS[len(written)]
    except (ValueError, KeyError):
        return rows.none()
    return rows.filter(told_at__gte=begins, told_at__lt=begins + span)


WAITING_FILTERS = (
    Filter(
        name="again",
        title=Text("もう一度の知らせ", "Told once more"),
        choices={code: text for code, (text, _) in AGAIN.items()},
        narrow=lambda rows, actor, code: rows.filter(AGAIN[code][1]),
    ),
    Filter(
        name="told",
        title=Text(
            "知らせた日・時刻（2026-11-16、2026-11-16T10）",
            "Told on a day or within an hour (2026-11-16, 2026-11-16T10)",
        ),
        narrow=lambda rows, actor, written: told_within(rows, written),
    ),
)


def waiting_of(campaign: int) -> ReadingList[WaitingRow]:
    """Return the list of those who have not answered a campaign."""
    return ReadingList(
        slug=f"campaign-{campaign}-waiting",
        title=Text("返事のない出品者", "Sellers that have not answered"),
        lead=Text(
            "案内を受け取り、「読んで、表示を確かめた」をまだ押していない出品者です。知らせた順です。押さないことは、違反ではありません。",
            "Sellers that were told and have not said that they read it and checked their display, in the order in which they "
            "were told. It is no breach not to say so.",
        ),
        empty=Text("返事を待っている出品者はありません", "Nobody's word is awaited"),
        roles=STAFF,
        rows=lambda actor: SellerTold.objects.filter(WAITS, campaign=campaign),
        order=("told_at", "id"),
        read=waiting_rows,
        filters=WAITING_FILTERS,
        columns=(
            ListColumn(
                title=Text("出品者", "Seller"),
                value="shop",
                written=Written.CALLED,
                to="row.seller_ref",
                at="display_staff:seller",
                beneath=(
                    ListColumn(
                        title=Text("出品者の番号", "Seller's reference"),
                        value="row.seller_ref",
                        written=Written.CALLED,
                    ),
                ),
            ),
            ListColumn(title=Text("知らせた日時", "Told"), value="row.told_at", written=Written.MOMENT),
            ListColumn(
                title=Text("もう一度知らせた日時", "Told once more"),
                value="row.reminded_at",
                written=Written.MOMENT,
            ),
        ),
    )


ACTIVITY_LIST: ReadingList[ActivityRow] = ReadingList(
    slug="activities",
    title=Text("活動", "Activities"),
    lead=Text(
        "行政機関や団体との意見交換、セミナー、消費者教育などの記録です。新しい日から並びます。",
        "Exchanges with authorities and bodies, seminars, education of consumers: the newest day first.",
    ),
    empty=Text("活動はまだありません", "There is no activity yet"),
    roles=STAFF,
    rows=lambda actor: Activity.objects.all(),
    order=("-on", "-id"),
    read=rows_due,
    columns=(
        ListColumn(
            title=Text("活動", "Activity"),
            value="row.title_text",
            to="row.pk",
            at="outreach_staff:activity",
            beneath=(ListColumn(title=Text("種類", "Kind"), value="row.kind_text"),),
        ),
        ListColumn(title=Text("日", "Day"), value="on"),
        ListColumn(
            title=Text("状態", "State"),
            value="row.state_text",
            beneath=(ListColumn(title=Text("公表の一文", "Public line"), value="public", led=True),),
        ),
        ListColumn(
            title=Text("次の期日", "Next due"),
            value="due",
            written=Written.MOMENT,
        ),
    ),
    filters=(
        by_state(ACTIVITY),
        Filter(
            name="kind",
            title=Text("種類", "Kind"),
            choices={one.value: one.text for one in ActivityKind},
            narrow=lambda rows, actor, code: rows.filter(kind=code),
        ),
    ),
)
