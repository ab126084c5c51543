"""The figures that signatories of the Japan Product Safety Pledge report, row by row, and from what each is counted here.

The pledge is voluntary and no statute.  What is asked for was read off the figures that the Consumer Affairs Agency publishes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mamori.grammar.businesstime import BusinessDays, span_words
from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.figures import SheetRow, Unit
from mamori.grammar.text import Text
from mamori.law.breaches import DANGEROUS_GOODS
from mamori.law.grounds import MEASURE_GROUNDS
from mamori.law.measures import LISTING_REMOVED

PLEDGE = Text("製品安全誓約（日本国）", "Japan Product Safety Pledge")
PLEDGE_FIGURES = Citation(
    Text(
        "製品安全誓約（日本国）について消費者庁が公表するKPI（法の定めではない）",
        "Figures of the Japan Product Safety Pledge as published by the Consumer Affairs Agency (not law)",
    ),
    "",
    Confidence.OFFICIAL,
    "https://www.caa.go.jp/policies/policy/consumer_safety/product_safety_pledge/",
)


def commitment(number: int, confidence: Confidence) -> Citation:
    """Cite a commitment of the pledge by its number; it has no articles."""
    instrument = Text(
        "製品安全誓約（日本国）の約束{number}（法の定めではない）",
        "Japan Product Safety Pledge, commitment {number} (not law)",
    )
    return Citation(instrument.fill(number=number), "", confidence, PLEDGE_FIGURES.url)


REMOVAL, REMOVED_FOR, ON_REQUEST = LISTING_REMOVED, DANGEROUS_GOODS, MEASURE_GROUNDS
"""The measure that takes a listing down, the breach for which it does here, and the requests under law on which it may rest."""
REMOVED_WITHIN = BusinessDays(2)
"""What the pledge asks for, from the day of the request."""
MAIN_GROUPS = 5
"""So many groups of goods are the main ones; the sheet asks for “main” groups and for no number of them."""

_WITHIN = span_words(REMOVED_WITHIN)
_FROM_REQUESTS = Text(
    "誓約にもとづく要請の記録：この期間（日本の日付）に受けた要請の対象だと確かめた出品。要請を受けた月の翌月末までのことを数え、そのあとは動かさない",
    "The record of requests under the pledge: each listing found to be one that a request of the period (in Japan) asks for. "
    "What happens until the end of the month after that of the request is counted, and nothing later moves it",
)
_FROM_MEASURES = Text(
    "措置の記録：「{breach}」を理由とする「{measure}」のうち、通販サイトが実施を確かめた時刻（日本時間）がこの期間にあるもの",
    "The record of measures: each “{measure}” for “{breach}” that the marketplace confirmed within the period, Japan time",
).fill(breach=REMOVED_FOR.title, measure=REMOVAL.title)

REQUESTED = SheetRow(
    code="pledge.requested",
    number=1,
    title=Text("規制当局の要請により特定した出品", "Listings identified on regulators' requests"),
    means=Text(
        "規制当局から出品削除の要請を受け、その対象として特定した出品の数です。要請を受けた月に数えます。要請の範囲を超えて自社の判断で扱った出品は入りません。",
        "Listings that were identified as those which a regulator requested to be removed, by the month of the request. What was "
        "acted on by one's own decision beyond the request is not in it.",
    ),
    unit=Unit.COUNT,
    counted_from=_FROM_REQUESTS,
)
REMOVED_IN_TIME = SheetRow(
    code="pledge.removed_in_time",
    number=2,
    title=Text("そのうち{within}以内に削除した出品", "Of these, removed within {within}").fill(
        within=_WITHIN
    ),
    means=Text(
        "(1)のうち、要請を受けた日の翌営業日を1日目として、{within}目までに削除したか見えなくした出品の数です。",
        "Of (1), those removed or hidden within {within}; day 1 is the business day after the day of the request.",
    ).fill(within=_WITHIN),
    unit=Unit.COUNT,
    counted_from=_FROM_REQUESTS,
)
IN_TIME_SHARE = SheetRow(
    code="pledge.in_time_share",
    number=3,
    title=Text("{within}以内に削除した割合", "Share removed within {within}").fill(within=_WITHIN),
    means=Text("(2)を(1)で割った割合（％）です。", "(2) divided by (1), in per cent."),
    unit=Unit.PERCENT,
    counted_from=_FROM_REQUESTS,
)
_GROUPED = Text(
    "通販サイトのカテゴリごとに数え、多い順に{most}つまで挙げます。残りは「ほか」にまとめます。",
    "By the marketplace's category, the {most} most frequent first; the rest stands together as “others”.",
).fill(most=MAIN_GROUPS)
GROUPS = SheetRow(
    code="pledge.groups",
    number=4,
    title=Text("削除した主な製品群", "Main product groups removed"),
    means=Text(
        "(1)のうち、要請を受けた月の翌月末までに削除したか見えなくした出品です。{grouped}",
        "Of (1), those removed or hidden by the end of the month after that of the request. {grouped}",
    ).fill(grouped=_GROUPED),
    unit=Unit.COUNT,
    counted_from=_FROM_REQUESTS,
)
_WRITTEN_AS_OWN = Text(
    "受付票（申し出）に書かずに、担当者が自分の違反の疑いとして書いたものは、消費者から聞いたことでも(5)に入っています。",
    "What a consumer told and staff wrote down as a finding of their own, and not on a sheet as a report, is in (5).",
)
ON_OWN_INITIATIVE = SheetRow(
    code="pledge.own_initiative",
    number=5,
    title=Text("自主的に削除した出品", "Listings removed on own initiative"),
    means=Text(
        "要請や通報によらずに削除した出品の数です。同じ出品を2度削除したときは2と数えます。あとで取り消した削除も、削除した期間に数えたままにします。{grouped}",
        "Listings removed without a request or a notice. One that was removed twice counts twice; a removal that was reversed "
        "later stays in the period in which it was made. {grouped}",
    ).fill(grouped=_GROUPED),
    unit=Unit.COUNT,
    counted_from=Text(
        "{measures}。法律にもとづく要請を根拠とするもの、行政機関の要請か申し出から始まったと記録されたものを除く",
        "{measures}; without those that rest on a request under law, and those recorded as having come from an authority's "
        "request or a report",
    ).fill(measures=_FROM_MEASURES),
    lacks=_WRITTEN_AS_OWN,
)
ON_NOTICE = SheetRow(
    code="pledge.consumer_notice",
    number=6,
    title=Text("消費者からの通報により削除した出品", "Listings removed on a consumer's notice"),
    means=Text(
        "消費者から安全でない製品だと知らされて削除した出品の数です。{grouped}",
        "Listings removed as a consumer had told that the product is unsafe. {grouped}",
    ).fill(grouped=_GROUPED),
    unit=Unit.COUNT,
    counted_from=Text(
        "{measures}。申し出から始まったと記録されたもの（画面で受けたものと、電話・文書・来店を受付票に書いたもの）",
        "{measures}; those recorded as having come from a report, made on the page for everybody or told by telephone, on paper "
        "or in person and written on a sheet",
    ).fill(measures=_FROM_MEASURES),
    lacks=_WRITTEN_AS_OWN,
)
PLEDGE_ROWS = (REQUESTED, REMOVED_IN_TIME, IN_TIME_SHARE, GROUPS, ON_OWN_INITIATIVE, ON_NOTICE)
"""The sheet, row by row."""


@dataclass(frozen=True, slots=True)
class PledgeGoods:
    """Goods that the pledge reaches, by their law, and since when."""

    title: Text
    since: date
    confidence: Confidence


PLEDGE_GOODS = (
    PledgeGoods(
        Text(
            "消費生活用製品、消防・チャイルドシート・電気用品・ガス用品・液化石油ガス器具",
            "consumer products; those of fire services, child seats, electrical, gas and liquefied-gas appliances",
        ),
        date(2023, 6, 29),
        Confidence.OFFICIAL,
    ),
    PledgeGoods(
        Text(
            "有害物質を含有する家庭用品、高圧ガス保安法の製品",
            "household goods with harmful substances, products under the High Pressure Gas Safety Act",
        ),
        date(2024, 1, 1),
        Confidence.OFFICIAL,
    ),
    PledgeGoods(
        Text(
            "労働安全衛生法の製品（石綿を含むもの、保護具など）",
            "products under the Industrial Safety and Health Act (with asbestos, protective gear and the like)",
        ),
        date(2026, 9, 10),
        Confidence.OFFICIAL,
    ),
)
"""Goods count in the sheet from the day on which the pledge reached them: a request before it was none under the pledge."""
