"""What others may ask: whether a seller was told something and has not answered; since when sellers, and everybody, are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Min, QuerySet, Sum

from mamori.grammar.outline import MonthCount, Outline
from mamori.grammar.text import Text
from mamori.ground.declared.counted import ExportedRow, exported
from mamori.japan.calendar import JAPAN, Month
from mamori.law import shown
from mamori.law.activities import ActivityKind
from mamori.law.news import NewsTopic
from mamori.law.shown import ACKNOWLEDGED, TOLD
from mamori.rooms.outreach.models import (
    IS_HELP,
    IS_PUBLIC,
    IS_TOLD,
    WAITS,
    Activity,
    Announcement,
    Campaign,
    CampaignDay,
    SellerTold,
)

OUTLINES = (
    Outline(
        practice="P25",
        does=Text(
            "困りごとを伝えたあとのこと、返品や取消しの通知、開示請求、売上金の保留、異議などを、ヘルプで説明しています。"
            "期限や金額は、いま実際に使われているものが出ます。運営者が書いた記事は、そうとわかるように分けています。",
            "The help explains what happens after a report, formal notices, asking who a seller is, held proceeds, appeals and "
            "more. Times and sums are those in force; what we wrote ourselves stands apart and says so.",
        ),
        to="/guide/",
        for_sellers=True,
    ),
    Outline(
        practice="P28",
        does=Text(
            "事業者の出品者に、法律（取引DPF法）により、購入者の請求で名前や住所などが開示されることがあると、前もって知らせます。"
            "あとから出品を始めた事業者にも知らせます。",
            "Sellers that are businesses are told beforehand that under the Act their name, address and more may be disclosed "
            "when a buyer asks, and so are businesses that come later.",
        ),
        figures=(shown.TOLD.code, shown.ACKNOWLEDGED.code),
        for_sellers=True,
    ),
    Outline(
        practice="P29",
        does=Text(
            "その案内で、特定商取引法の表示を見直すようあわせて頼みます。読んだという返事がない出品者には、もう一度知らせます。",
            "The same notice asks them to look through what they display by law. Who has not answered is told once more.",
        ),
        for_sellers=True,
    ),
    Outline(
        practice="P31",
        does=Text(
            "購入者を守る取組みを、そのつどお知らせします。数や「必ず」のような言葉には根拠を添え、書いた人とは別の人が確かめて公開します。"
            "訂正は前の版と並べて残します。",
            "What is done to protect those who buy is told as it happens. Numbers, and words such as “always”, stand with their "
            "ground; another person than its writer looks at it and publishes it; a correction stands beside the version before.",
        ),
        to="/news/",
    ),
    Outline(
        practice="P10",
        does=Text(
            "行政機関と定期的に意見を交わし、決めたことと、そのあと何につながったかを記録しています。次の回も前もって手配します。",
            "Views are exchanged with authorities at regular times. What was agreed and what came of it is recorded, and the "
            "next time is arranged ahead.",
        ),
        to="/activities/",
    ),
    Outline(
        practice="P15",
        does=Text(
            "業界などの団体に加わり、指針づくりに協力しています。",
            "We take part in bodies of industry and help to work out guidelines.",
        ),
        to="/activities/",
    ),
    Outline(
        practice="P35",
        does=Text(
            "製品の安全のために、行政機関や団体と協力しています。",
            "For the safety of products we work with authorities and other bodies.",
        ),
        to="/activities/",
    ),
    Outline(
        practice="P39",
        does=Text(
            "権利者の団体と、偽物を防ぐためのセミナーを開いています。",
            "With bodies of rights holders we hold seminars against counterfeits.",
        ),
        to="/activities/",
    ),
    Outline(
        practice="P40",
        does=Text(
            "海外の出品者に、製品の安全や日本の決まりについてのセミナーを開いています。",
            "We hold seminars for sellers abroad on product safety and on what Japan asks.",
        ),
        to="/activities/",
        for_sellers=True,
    ),
    Outline(
        practice="P41",
        does=Text(
            "関係する団体とシンポジウムを開いています。", "We hold symposia with the bodies concerned."
        ),
        to="/activities/",
    ),
    Outline(
        practice="P42",
        does=Text(
            "消費者教育の活動に力を貸しています。レビューや偽物の見分け方も取り上げます。",
            "We support the education of consumers, also on reviews and counterfeits.",
        ),
        to="/activities/",
    ),
)


def _days(since: datetime, until: datetime) -> QuerySet[CampaignDay]:
    """Return the days of campaigns from `since` to before `until`, both the first moments of a month in Japan."""
    return CampaignDay.objects.filter(on__gte=since.date(), on__lt=until.date())


def settled(month: Month) -> tuple[MonthCount, ...]:
    """Return what is published of a month: a day that is over does not change."""
    found = _days(month.since, month.until).aggregate(told=Sum("told"), acknowledged=Sum("acknowledged"))
    return (
        MonthCount(code=TOLD.code, count=found["told"] or 0),
        MonthCount(code=ACKNOWLEDGED.code, count=found["acknowledged"] or 0),
    )


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each day of a campaign from `since` to before `until` how many it told, and how many answered."""
    for kind, row in exported("campaign_day", _days(since, until), "on", "told", "acknowledged"):
        midnight = datetime.combine(row["on"], time(), JAPAN)
        yield kind, {"day": midnight, "told": row["told"], "acknowledged": row["acknowledged"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An announcement as everybody reads it now, and when it was first published; of one that was withdrawn, why.

    `note` says what a correction corrects.  `changed_at` is when it came to be as it is.
    """

    first_at: datetime
    changed_at: datetime
    title: Text
    topic: Text
    body: Text
    note: Text | None
    withdrawn_because: str


def announced(since: datetime, until: datetime) -> tuple[Announced, ...]:
    """Return what was first published from `since` to before `until`, the oldest first, each in its newest version."""
    firsts = (
        Announcement.objects.exclude(published_at=None).values("series").annotate(first=Min("published_at"))
    )
    by_series = {row["series"]: row["first"] for row in firsts if since <= row["first"] < until}
    rows = Announcement.objects.filter(IS_PUBLIC, series__in=by_series).exclude(IS_HELP)
    return tuple(
        sorted((_announced(row, by_series[row.series]) for row in rows), key=lambda one: one.first_at)
    )


def _announced(row: Announcement, first: datetime) -> Announced:
    assert row.published_at is not None
    return Announced(
        first_at=first,
        changed_at=row.closed_at or row.published_at,
        title=Text(row.title, row.title_en or row.title),
        topic=NewsTopic(row.topic).text,
        body=Text(row.body, row.body_en or row.body),
        note=Text(row.note, row.note_en or row.note) if row.note else None,
        withdrawn_because=row.withdrawn_because,
    )


def is_awaited(seller_ref: str) -> bool:
    """Say whether a seller was told something and has not answered."""
    return SellerTold.objects.filter(WAITS, seller_ref=seller_ref).exists()


def first_told_at() -> datetime | None:
    """Return when sellers were first told something, or nothing where no campaign ever started."""
    first: datetime | None = Campaign.objects.aggregate(first=Min("started_at"))["first"]
    return first


def first_announced_at() -> datetime | None:
    """Return when something was first published among the news, or nothing while nothing was."""
    first: datetime | None = Announcement.objects.exclude(IS_HELP).aggregate(first=Min("published_at"))[
        "first"
    ]
    return first


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTold:
    """A line of an activity that two persons told everybody: its day, how many came, and since when it stands."""

    line: Text
    at: datetime
    on: date
    came: int | None


def told_of_activities() -> Mapping[str, tuple[ActivityTold, ...]]:
    """Return by practice what was released of activities, the newest first."""
    found: dict[str, tuple[ActivityTold, ...]] = {}
    for row in Activity.objects.filter(IS_TOLD).order_by("-on", "-pk"):
        assert row.released_at is not None
        line = Text(row.line, row.line_en or row.line)
        one = ActivityTold(line=line, at=row.released_at, on=row.on, came=row.came)
        practice = ActivityKind(row.kind).practice
        found[practice] = (*found.get(practice, ()), one)
    return found
