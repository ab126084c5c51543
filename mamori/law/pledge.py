"""The figures that signatories of the Japan Product Safety Pledge report, row by row, and from what each is counted here.

The pledge is voluntary and no statute.  What is asked for was read off the figures that the Consumer Affairs Agency publishes.
"""

from __future__ import annotations

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
_NO_REQUESTS = Text(
    "規制当局からの要請を受け付けて記録する仕組みが、まだありません。いつ何件受けたかは、自社の記録から書いてください。",
    "Nothing here takes in and records what regulators request yet. When and how many came has to be written from your own "
    "records.",
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
        "規制当局から出品削除の要請を受け、その対象として特定した出品の数です。",
        "Listings that were identified as those which a regulator requested to be removed.",
    ),
    unit=Unit.COUNT,
    lacks=_NO_REQUESTS,
)
REMOVED_IN_TIME = SheetRow(
    code="pledge.removed_in_time",
    number=2,
    title=Text("そのうち{within}以内に削除した出品", "Of these, removed within {within}").fill(
        within=_WITHIN
    ),
    means=Text(
        "(1)のうち、要請を受けた日の翌営業日を1日目として、{within}目までに削除した出品の数です。",
        "Of (1), those removed within {within}; day 1 is the business day after the day of the request.",
    ).fill(within=_WITHIN),
    unit=Unit.COUNT,
    lacks=_NO_REQUESTS,
)
IN_TIME_SHARE = SheetRow(
    code="pledge.in_time_share",
    number=3,
    title=Text("{within}以内に削除した割合", "Share removed within {within}").fill(within=_WITHIN),
    means=Text("(2)を(1)で割った割合（％）です。", "(2) divided by (1), in per cent."),
    unit=Unit.PERCENT,
    lacks=_NO_REQUESTS,
)
GROUPS = SheetRow(
    code="pledge.groups",
    number=4,
    title=Text("削除した主な製品群", "Main product groups removed"),
    means=Text(
        "削除した出品を、通販サイトのカテゴリごとに数え、多い順に{most}つまで挙げたものです。残りは「ほか」にまとめます。",
        "Listings removed, by the marketplace's category, the {most} most frequent first; the rest stands together as “others”.",
    ).fill(most=MAIN_GROUPS),
    unit=Unit.COUNT,
    counted_from=_FROM_MEASURES,
    lacks=Text(
        "要請によるものと自主的なものを合わせて数えています。要請によるものだけの製品群は、自社の記録から書いてください。",
        "Those on a request and those on own initiative are counted together. The groups of those on a request alone have to be "
        "written from your own records.",
    ),
)
ON_OWN_INITIATIVE = SheetRow(
    code="pledge.own_initiative",
    number=5,
    title=Text("自主的に削除した出品", "Listings removed on own initiative"),
    means=Text(
        "要請や通報によらずに削除した出品の数です。同じ出品を2度削除したときは2と数えます。あとで取り消した削除も、削除した期間に数えたままにします。",
        "Listings removed without a request or a notice. One that was removed twice counts twice; a removal that was reversed "
        "later stays in the period in which it was made.",
    ),
    unit=Unit.COUNT,
    counted_from=Text(
        "{measures}。法律にもとづく要請を根拠とするもの、行政機関の要請か申し出から始まったと記録されたものを除く",
        "{measures}; without those that rest on a request under law, and those recorded as having come from an authority's "
        "request or a report",
    ).fill(measures=_FROM_MEASURES),
    lacks=Text(
        "担当者が書いた違反の疑いには、規制当局や消費者から聞いたものかどうかが残りません。聞いて始めたものはここに入っているので、(1)に書く数と、(6)に足す数を引いてください。",
        "What staff wrote down does not say whether a regulator or a consumer had told of it. Such removals are in this figure: "
        "subtract what you write in (1) and add to (6).",
    ),
)
ON_NOTICE = SheetRow(
    code="pledge.consumer_notice",
    number=6,
    title=Text("消費者からの通報により削除した出品", "Listings removed on a consumer's notice"),
    means=Text(
        "消費者から安全でない製品だと知らされて削除した出品の数です。",
        "Listings removed as a consumer had told that the product is unsafe.",
    ),
    unit=Unit.COUNT,
    counted_from=Text(
        "{measures}。「申し出」の画面で受けた報告から始まったと記録されたもの",
        "{measures}; those recorded as having come from a report made on the page for everybody",
    ).fill(measures=_FROM_MEASURES),
    lacks=Text(
        "電話や文書などで知らされ、担当者が違反の疑いを書いたものは入っていません（(5)に入っています）。",
        "What was told by telephone or on paper, of which staff wrote a finding, is not in it; it is in (5).",
    ),
)
PLEDGE_ROWS = (REQUESTED, REMOVED_IN_TIME, IN_TIME_SHARE, GROUPS, ON_OWN_INITIATIVE, ON_NOTICE)
"""The sheet, row by row."""
