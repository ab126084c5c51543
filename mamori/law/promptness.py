"""How promptly a finding leads to a measure, by how grave it is: the figures by their definition."""

from __future__ import annotations

from mamori.grammar.figures import Figure, Unit
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.text import Text
from mamori.law.figures import MEDIAN, P95, rank_words, ranked

_TO_MEASURE = Text(
    "違反の疑いに気づいたときから、措置を決めて出品者に知らせたときまで、休みの日も含めた時間です。"
    "出品者の意見を待った時間も入り、そのうちの何時間かを別に示します。",
    "From when something was noticed to when a measure was decided on and the seller told, in hours that run on closed days too. "
    "What the seller was given to state its view is part of it, and is shown beside.",
)


def _title(severity: Severity, what: Text) -> Text:
    name = SEVERITY_TEXTS[severity]
    return Text(
        f"措置までの時間（{name.ja}違反、{what.ja}）", f"Hours to a measure ({name.en} breach, {what.en})"
    )


def _of(severity: Severity) -> Text:
    name = SEVERITY_TEXTS[severity]
    return Text(
        f"この月に気づいた「{name.ja}」違反の疑い（措置なしで終えたものを除く）",
        f"findings of a {name.en} breach noticed in the month, those that ended without a measure left out",
    )


def _figure(severity: Severity, code: str, percent: int) -> Figure:
    return Figure(
        code=f"enforcement.{severity}_{code}",
        title=_title(severity, rank_words(percent)),
        means=ranked(_TO_MEASURE, percent),
        unit=Unit.HOURS,
        of=_of(severity),
    )


MEDIANS = {one: _figure(one, "median", MEDIAN) for one in Severity}
P95S = {one: _figure(one, "p95", P95) for one in Severity}
FOUND = {
    one: Figure(
        code=f"enforcement.{one}_found",
        title=Text(
            f"違反の疑い（{SEVERITY_TEXTS[one].ja}）", f"Findings of a {SEVERITY_TEXTS[one].en} breach"
        ),
        means=Text(
            "この月（日本時間）に気づいた違反の疑いの数です。措置なしで終えたものは入りません。",
            "What was noticed in the month, Japan time; what ended without a measure is not in it.",
        ),
        unit=Unit.COUNT,
        of=_of(one),
    )
    for one in Severity
}
HEARING = {
    one: Figure(
        code=f"enforcement.{one}_hearing",
        title=Text(
            f"そのうち出品者の意見を待った時間（{SEVERITY_TEXTS[one].ja}違反、中央値）",
            f"Of these, hours for the seller's view ({SEVERITY_TEXTS[one].en} breach, median)",
        ),
        means=ranked(
            Text(
                "意見を求めたときから、意見が届くか、期限が過ぎるか、待たずに決めたときまでの時間です。"
                "この間、判断の期限は進みません。",
                "From when the seller was asked for its view to when it came, its time was over, or the decision did not "
                "wait for it. The time to decide does not run meanwhile.",
            ),
            MEDIAN,
        ),
        unit=Unit.HOURS,
        of=Text(
            f"そのうち、出品者に意見を求めた「{SEVERITY_TEXTS[one].ja}」違反の疑い",
            f"those findings of a {SEVERITY_TEXTS[one].en} breach on which the seller was asked",
        ),
    )
    for one in Severity
}
PROMPTNESS = tuple(figures[one] for one in reversed(Severity) for figures in (FOUND, MEDIANS, P95S, HEARING))
"""By severity, the gravest first."""
