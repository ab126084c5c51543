"""The figures that everybody may read, by their definition: each is counted once, so many days after its month, and stays."""

from __future__ import annotations

from mamori.grammar.figures import Figure, Unit
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.outline import PublicFigure
from mamori.grammar.text import Text
from mamori.law import figures as kept
from mamori.law.figures import MEDIAN, P95, rank_words, ranked

SETTLED_DAYS = 30
"""Days after the end of a month at which it is counted: every first time for a solution of 48 hours is over by then."""
FEW = 5
"""A count below this, and above nothing, is not told: it could let somebody be known again."""

_TO_SOLUTION = Text(
    "困りごとの受付から、解決か、出品者に代わる返金の確認まで、休みの日も含めた時間です。数える日にまだ終わっていないものは、まだとします。",
    "From the first inquiry to the solution or the confirmed refund in the seller's place, in hours that run on closed days too. "
    "What is not over on the day of counting has not happened.",
)
_TO_MEASURE = Text(
    "違反の疑いに気づいたときから、措置を決めて出品者に知らせたときまで、休みの日も含めた時間です。",
    "From when something was noticed to when a measure was decided on and the seller told, in hours that run on closed days too.",
)


def _count(code: str, title: Text, means: Text) -> PublicFigure:
    return PublicFigure(code=code, title=title, means=means, unit=Unit.COUNT, of=title)


def _share(code: str, of: PublicFigure, title: Text, means: Text) -> PublicFigure:
    return PublicFigure(code=code, title=title, means=means, unit=Unit.PERCENT, of=of.title, within=of.code)


def _rank(code: str, of: PublicFigure, title: Text, what: Text, *, percent: int, unit: Unit) -> PublicFigure:
    return PublicFigure(
        code=code,
        title=title.fill(rank=rank_words(percent)),
        means=ranked(what, percent),
        unit=unit,
        of=of.title,
        within=of.code,
        percent=percent,
    )


def _counted(one: Figure) -> PublicFigure:
    """Return what is counted by the same words as the figure that leads and counsel read."""
    return PublicFigure(code=one.code, title=one.title, means=one.means, unit=one.unit, of=one.of)


TROUBLES = _count(
    "contact.troubles",
    Text("困りごとの受付", "Troubles reported"),
    Text(
        "この月（日本時間）に受け付け、解決の期限を過ぎた困りごとの数です。購入者が取り下げたものは数えません。",
        "Troubles whose first inquiry came in the month, Japan time, and whose time for a solution is over; those that the buyer "
        "withdrew are not counted.",
    ),
)
RESOLVED = _share(
    "contact.resolved_in_time",
    TROUBLES,
    Text("期限までの解決", "Resolved in time"),
    Text(
        "そのうち、最初の解決の期限までに、購入者が解決したとしたか、出品者に代わる返金が確認されたものの割合です。"
        "補償せずに終えたもの、返事がなく終えたものは、解決に入れません。",
        "Of these, those that the buyer called solved, or that were refunded in the seller's place, before the first time for a "
        "solution was over. Those ended without a remedy or for want of a reply are not solved.",
    ),
)
MEDIATED = _share(
    "contact.mediated",
    TROUBLES,
    Text("窓口が仲介した割合", "Share mediated by the centre"),
    Text(
        "そのうち、数える日までに窓口の仲介が始まったものの割合です。",
        "Of these, those in which the centre's mediation had begun by the day of counting.",
    ),
)
SOLUTION_MEDIAN = _rank(
    "contact.solution_median",
    TROUBLES,
    kept.SOLUTION_MEDIAN.title,
    _TO_SOLUTION,
    percent=MEDIAN,
    unit=Unit.HOURS,
)
SOLUTION_P95 = _rank(
    "contact.solution_p95", TROUBLES, kept.SOLUTION_P95.title, _TO_SOLUTION, percent=P95, unit=Unit.HOURS
)
ANSWERS = _count(
    "contact.answers",
    Text("期限の来た回答", "Answers due"),
    Text(
        "この月に、出品者が回答したか、回答のないまま期限が過ぎた回答の数です（困りごとと購入前の質問、あとからの回答も含む）。",
        "Answers that a seller gave in the month, or whose time was over in it without one: to troubles and to questions before "
        "purchase, later answers too.",
    ),
)
ANSWERED = _share(
    "contact.answered_in_time",
    ANSWERS,
    Text("期限までの回答", "Answered in time"),
    Text(
        "そのうち、期限までに出品者が回答したものの割合です。",
        "Of these, those given before the time was over.",
    ),
)
QUESTIONS = _counted(kept.QUESTIONS)
REFUNDS = _counted(kept.REFUNDS)
MONEY_BACK_MEDIAN = _rank(
    "contact.money_back_median",
    REFUNDS,
    kept.MONEY_BACK_MEDIAN.title,
    kept.TO_MONEY,
    percent=MEDIAN,
    unit=Unit.DAYS,
)
MONEY_BACK_P95 = _rank(
    "contact.money_back_p95",
    REFUNDS,
    kept.MONEY_BACK_P95.title,
    kept.TO_MONEY,
    percent=P95,
    unit=Unit.DAYS,
)
PROMISES = _count(
    "contact.promises",
    Text("電話での回答の約束", "Promises by telephone"),
    Text(
        "出品者が窓口の電話で約束した回答の時刻がこの月にあり、守られたかどうかが決まったものの数です。",
        "Promises that sellers gave on the telephone to answer by a moment in the month, and whose outcome is known.",
    ),
)
PROMISES_KEPT = _share(
    "contact.promises_kept",
    PROMISES,
    kept.PROMISES_KEPT.title,
    Text(
        "そのうち、約束の時刻までに回答があったものの割合です。",
        "Of these, those in which the seller answered by then.",
    ),
)
AGREEMENTS = _count(
    "contact.agreements",
    Text("仲介での合意", "Agreements in mediation"),
    Text(
        "窓口の仲介で双方が合意し、行う期限がこの月にあって、守られたかどうかが決まったものの数です。",
        "Agreements in the centre's mediation that were to be done by a moment in the month, and whose outcome is known.",
    ),
)
AGREEMENTS_KEPT = _share(
    "contact.agreements_kept",
    AGREEMENTS,
    kept.AGREEMENTS_KEPT.title,
    Text(
        "そのうち、期限までに済んだ（購入者が解決したと伝えたか、合意したお金が戻った）ものの割合です。遅れて済んだものは入れません。",
        "Of these, those done by then: the buyer said so, or the agreed money went back. What was done late is not kept.",
    ),
)
FORMAL_NOTICES = _counted(kept.FORMAL_NOTICES)


def _of_severity(severity: Severity) -> tuple[PublicFigure, PublicFigure, PublicFigure]:
    name = SEVERITY_TEXTS[severity]
    found = _count(
        f"enforcement.{severity}_found",
        Text(f"違反の疑い（{name.ja}）", f"Findings of a {name.en} breach"),
        Text(
            "この月（日本時間）に気づいた違反の疑いの数です。数える日までに措置なしで終えたものは入りません。",
            "What was noticed in the month, Japan time; what had ended without a measure by the day of counting is not in it.",
        ),
    )
    title = Text(
        f"措置までの時間（{name.ja}違反、{{rank}}）", f"Hours to a measure ({name.en} breach, {{rank}})"
    )
    median, p95 = (
        _rank(f"enforcement.{severity}_{code}", found, title, _TO_MEASURE, percent=percent, unit=Unit.HOURS)
        for code, percent in (("median", MEDIAN), ("p95", P95))
    )
    return found, median, p95


BREACHES = {one: _of_severity(one) for one in Severity}
DISPLAYS = _count(
    "display.versions",
    Text("書かれた表示", "Displays written"),
    Text(
        "この月に、出品者が初めて書いたか、書き直した表示の数です。一つの店が二度直せば、二つと数えます。",
        "Displays that sellers wrote for the first time, or changed, in the month; a shop that changed its twice counts as two.",
    ),
)
ITEMS_ASKED = _count(
    "display.requests",
    Text("省略された事項の請求", "Requests for omitted items"),
    Text(
        "この月に、購入者が、表示で省略された事項を知らせるよう求めた数です。",
        "How often buyers asked in the month for what a display leaves out.",
    ),
)
ITEMS_GIVEN = _share(
    "display.given",
    ITEMS_ASKED,
    Text("知らされた割合", "Share given"),
    Text(
        "そのうち、数える日までに、求められた事項が購入者に知らされたものの割合です。",
        "Of these, those in which the buyer had been given what was asked for by the day of counting.",
    ),
)
IDENTITIES = _count(
    "identity.checks",
    Text("登録名の確認", "Registered names verified"),
    Text(
        "この月に通販サイトから届いた、出品者の登録名を確かめたという知らせの数です。名前を変えた後の確認も、期限が来た後の確認も数えます。",
        "How often the marketplace told in the month that a seller's registered name was verified, also anew after a change of "
        "name or once a check had run out.",
    ),
)
ACCOUNTS = _count(
    "payouts.accounts",
    Text("登録を求められた口座", "Accounts for proceeds"),
    Text(
        "この月に、売上金の受取り先として出品者が登録を求めた口座の数です。",
        "Accounts for proceeds that sellers asked for in the month.",
    ),
)
ACCOUNTS_USED = _share(
    "payouts.accounts_used",
    ACCOUNTS,
    Text("使えるようになった割合", "Share put to use"),
    Text(
        "そのうち、名義が登録名と合うことなどを確かめ、数える日までに使えるようになった口座の割合です。"
        "出品者がやめたもの、まだ確かめているものは、使えるようになっていないものに入ります。",
        "Of these, those put to use by the day of counting once the holder, among other things, proved to be the registered "
        "name. What the seller gave up, or is still being looked at, is not put to use.",
    ),
)
TOLD = _count(
    "outreach.told",
    Text("出品者への案内", "Notices to sellers"),
    Text(
        "この月に、一斉案内で出品者に知らせた数です。同じ案内をもう一度知らせたものは入りません。",
        "How many sellers campaigns told something in the month; what was told once more is not in it.",
    ),
)
ACKNOWLEDGED = _count(
    "outreach.acknowledged",
    Text("読んだという返事", "Acknowledged by sellers"),
    Text(
        "この月に、案内を読んで表示を確かめたと出品者が知らせた数です。前の月に知らせた案内への返事も入ります。",
        "How many sellers said in the month that they read a notice and checked their display, also of months before.",
    ),
)
SHOWN = (
    TROUBLES,
    RESOLVED,
    MEDIATED,
    SOLUTION_MEDIAN,
    SOLUTION_P95,
    ANSWERS,
    ANSWERED,
    QUESTIONS,
    REFUNDS,
    MONEY_BACK_MEDIAN,
    MONEY_BACK_P95,
    PROMISES,
    PROMISES_KEPT,
    AGREEMENTS,
    AGREEMENTS_KEPT,
    FORMAL_NOTICES,
    *(one for severity in reversed(Severity) for one in BREACHES[severity]),
    DISPLAYS,
    ITEMS_ASKED,
    ITEMS_GIVEN,
    IDENTITIES,
    ACCOUNTS,
    ACCOUNTS_USED,
    TOLD,
    ACKNOWLEDGED,
)
"""Every figure of a month that is published, a count before what is within it."""
SHOWN_BY_CODE = {one.code: one for one in SHOWN}
