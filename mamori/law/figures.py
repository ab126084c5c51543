"""Every figure that is kept for later disclosure, by its definition: what is counted, in which unit, out of what."""

from __future__ import annotations

from mamori.grammar.businesstime import span_words
from mamori.grammar.figures import Figure, Unit
from mamori.grammar.text import Text
from mamori.law.deadlines import RESOLUTION

FEW = 20
"""Out of fewer a figure says little of a month: its count is pointed out beside it."""

MEDIAN, P95 = 50, 95
"""The nearest ranks at which a time is told, in per cent: they fill titles and words, and are what the queries ask for."""

_REPORTED = Text("この月に受け付けた困りごと", "troubles reported in the month")
_OVER = Text(
    "この月に受け付け、解決の期限が過ぎたか、その前に終わって期限の時刻を過ぎた困りごと（取り下げを除く）",
    "troubles reported in the month whose time for a solution is over by now, those withdrawn left out",
)
_HEARD = Text(
    "同じ困りごとのうち、回答の前に購入者が解決したとしたものを除いたもの",
    "the same, without those that the buyer called solved before any answer",
)
_REFUNDS = Text("この月に確認された返金", "refunds confirmed in the month")
_RANK = Text(
    "短い順に並べ、{percent}％番目（最近順位法、補間なし）の値です。まだのもの・かなわなかったものは最も長いとみなします。",
    "In order of length, the value at the nearest rank of {percent} % (nothing is interpolated). What has not happened "
    "counts as the longest.",
)


_TO_ANSWER = Text(
    "困りごとの受付から出品者の最初の回答まで、休みの日も含めた時間です。",
    "From the first inquiry to the seller's first answer, in hours that run on closed days too.",
)
_TO_SOLUTION = Text(
    "困りごとの受付から、解決か、出品者に代わる返金の確認まで、休みの日も含めた時間です。",
    "From the first inquiry to the solution or the confirmed refund in the seller's place, in hours that run on "
    "closed days too.",
)
TO_MONEY = Text(
    "出品者に代わる返金について、困りごとの受付から通販サイトの確認まで、暦の日数です。出品者自身の返金は入りません。",
    "For refunds in the seller's place: from the first inquiry to the marketplace's confirmation, in calendar days. "
    "What the seller refunded is not in it.",
)


def rank_words(percent: int) -> Text:
    """Say at which rank a time is told."""
    return Text("中央値", "median") if percent == MEDIAN else Text(f"{percent}％", f"{percent} %")


def ranked(what: Text, percent: int) -> Text:
    """Say what is ranked, and how."""
    return Text("{what}{how}", "{what} {how}").fill(what=what, how=_RANK.fill(percent=percent))


def _timed(code: str, title: Text, what: Text, percent: int, *, unit: Unit, of: Text) -> Figure:
    return Figure(
        code=code,
        title=Text("{title}（{rank}）", "{title} ({rank})").fill(title=title, rank=rank_words(percent)),
        means=ranked(what, percent),
        unit=unit,
        of=of,
    )


REPORTED = Figure(
    code="contact.reported",
    title=Text("困りごとの受付", "Troubles reported"),
    means=Text(
        "この月（日本時間）に受け付けた困りごとの数です。",
        "Troubles whose first inquiry came in the month, Japan time.",
    ),
    unit=Unit.COUNT,
    of=_REPORTED,
)
QUESTIONS = Figure(
    code="contact.questions",
    title=Text("購入前の質問", "Questions before purchase"),
    means=Text(
        "この月に届いた購入前の質問の数です。", "Questions about a listing that were asked in the month."
    ),
    unit=Unit.COUNT,
    of=Text("この月の質問", "questions of the month"),
)
MEDIATED = Figure(
    code="contact.mediated",
    title=Text("窓口が仲介した割合", "Share mediated by the centre"),
    means=Text(
        "この月に受け付けた困りごとのうち、いままでに窓口の仲介が始まったものの割合です。",
        "Of the troubles reported in the month, those in which the centre's mediation has begun by now.",
    ),
    unit=Unit.PERCENT,
    of=_REPORTED,
)
ANSWERED_IN_TIME = Figure(
    code="contact.answered_in_time",
    title=Text("期限までの回答", "Answered in time"),
    means=Text(
        "この月に終わった回答の期限（困りごとと質問、あとからの回答も含む）のうち、期限までに出品者が回答したものの割合です。"
        "回答の前に終わったものは数えません。",
        "Of the times for an answer that were over in the month (troubles and questions, later answers too), those in which "
        "the seller answered before the end. What ended before an answer is not counted.",
    ),
    unit=Unit.PERCENT,
    of=Text("この月に終わった回答の期限", "times for an answer that were over in the month"),
)
RESOLVED_IN_TIME = Figure(
    code="contact.resolved_in_time",
    title=Text("期限までの解決", "Resolved in time"),
    means=Text(
        "この月に受け付け、解決の期限（初期設定は土日祝に止まる{within}）の時刻を過ぎた困りごとのうち、期限までに解決したか、"
        "出品者に代わる返金が確認されたものの割合です。取り下げは数えません。"
        "補償せずに終えたもの・返事がなく終えたものは、解決に入れません。",
        "Of the troubles reported in the month whose time for a solution ({within} by default, stopping on Saturdays, "
        "Sundays and holidays) is over by now, those solved or refunded in the seller's place before its end. Withdrawn "
        "ones are not counted; those ended without a remedy or for want of a reply are not solved.",
    ).fill(within=span_words(RESOLUTION.duration)),
    unit=Unit.PERCENT,
    of=_OVER,
)
_FIRST_ANSWER = Text("最初の回答までの時間", "Time to the first answer")
_SOLUTION_TIME = Text("解決までの時間", "Time to a solution")
_MONEY_TIME = Text("お金が戻るまでの日数", "Days to money back")
ANSWER_MEDIAN = _timed("contact.answer_median", _FIRST_ANSWER, _TO_ANSWER, MEDIAN, unit=Unit.HOURS, of=_HEARD)
ANSWER_P95 = _timed("contact.answer_p95", _FIRST_ANSWER, _TO_ANSWER, P95, unit=Unit.HOURS, of=_HEARD)
SOLUTION_MEDIAN = _timed(
    "contact.solution_median", _SOLUTION_TIME, _TO_SOLUTION, MEDIAN, unit=Unit.HOURS, of=_OVER
)
SOLUTION_P95 = _timed("contact.solution_p95", _SOLUTION_TIME, _TO_SOLUTION, P95, unit=Unit.HOURS, of=_OVER)
REFUNDS = Figure(
    code="contact.refunds",
    title=Text("出品者に代わる返金", "Refunds in the seller's place"),
    means=Text(
        "この月に通販サイトが確認した、出品者に代わる返金の数です。",
        "Refunds in the seller's place that the marketplace confirmed in the month.",
    ),
    unit=Unit.COUNT,
    of=_REFUNDS,
)
MONEY_BACK_MEDIAN = _timed(
    "contact.money_back_median", _MONEY_TIME, TO_MONEY, MEDIAN, unit=Unit.DAYS, of=_REFUNDS
)
MONEY_BACK_P95 = _timed("contact.money_back_p95", _MONEY_TIME, TO_MONEY, P95, unit=Unit.DAYS, of=_REFUNDS)
PROMISES_KEPT = Figure(
    code="contact.promises_kept",
    title=Text("守られた電話の約束", "Promises by telephone kept"),
    means=Text(
        "出品者が電話で約束した時刻がこの月にあり、守られたかどうかが決まったもののうち、それまでに回答があったものの割合です。",
        "Of the promises by telephone that were for a moment in the month and are decided, those in which the seller "
        "answered by then.",
    ),
    unit=Unit.PERCENT,
    of=Text("この月を約束の時刻とする約束", "promises for a moment in the month"),
)
AGREEMENTS_KEPT = Figure(
    code="contact.agreements_kept",
    title=Text("守られた合意", "Agreements kept"),
    means=Text(
        "窓口の仲介で双方が合意し、行う期限がこの月にあったもののうち、期限までに済んだ（購入者が解決したと伝えたか、合意したお金が戻った）"
        "ものの割合です。遅れて済んだものは、守られたものに入れません。先にほかの形で終わったものは数えません。",
        "Of the agreements in the centre's mediation that were to be done by a moment in the month, those done by then: the "
        "buyer said so, or the agreed money went back. What was done late is not kept. What ended otherwise before is not "
        "counted.",
    ),
    unit=Unit.PERCENT,
    of=Text("この月を期限とし、結果の決まった合意", "agreements due in the month whose outcome is known"),
)
FORMAL_NOTICES = Figure(
    code="contact.formal_notices",
    title=Text("返品・解除・取消しの通知", "Formal notices"),
    means=Text(
        "この月に届いた返品・解除・取消しの通知の数です。",
        "Notices of return, rescission or cancellation that arrived in the month.",
    ),
    unit=Unit.COUNT,
    of=Text("この月の通知", "notices of the month"),
)

_WARNED_MEANS = Text(
    "送る前に、連絡先や誘いが{who}の文章に入っていると、書いた本人にだけ知らせた数です。1回の注意に種類が二つあれば二つと数えます。"
    "だれの、どのやり取りかは数えていません。",
    "How often {who} was told before sending, and alone, that there is a contact detail or an offer to deal elsewhere in the "
    "words; two kinds in one warning count as two. Whose words, and in which conversation, is counted nowhere.",
)
_BUYERS, _SELLERS = Text("購入者", "a buyer"), Text("出品者", "a seller")


def _warned(side: str, who: Text) -> Figure:
    return Figure(
        code=f"contact.warned_{side}",
        title=Text("送る前の注意（{who}）", "Warnings before sending ({who})").fill(who=who),
        means=_WARNED_MEANS.fill(who=who),
        unit=Unit.COUNT,
        of=Text("この月に{who}に知らせたもの", "what {who} was told of in the month").fill(who=who),
    )


WARNED = {"buyer": _warned("buyer", _BUYERS), "seller": _warned("seller", _SELLERS)}
"""By the side that wrote."""

FIGURES = (
    REPORTED,
    QUESTIONS,
    ANSWERED_IN_TIME,
    RESOLVED_IN_TIME,
    ANSWER_MEDIAN,
    ANSWER_P95,
    SOLUTION_MEDIAN,
    SOLUTION_P95,
    MEDIATED,
    REFUNDS,
    MONEY_BACK_MEDIAN,
    MONEY_BACK_P95,
    PROMISES_KEPT,
    AGREEMENTS_KEPT,
    FORMAL_NOTICES,
    WARNED["buyer"],
    WARNED["seller"],
)
