"""How what people tell is used for improving the service, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures
from mamori.law.insight import ASPECTS, IMPROVEMENT_DEADLINES, RISE_MEANS
from mamori.rooms.insight import notices, views
from mamori.rooms.insight.lifecycle import IMPROVEMENT

PROCEDURES = (
    Procedure(
        code="improvement",
        room="insight",
        title=Text("申し出と困りごとを、サービスの改善に使う", "Reports and troubles improve the service"),
        lead=Text(
            "月に一度は「傾向」のページを開き、増えたものを見ます。直すところに気づいたら書き留め、担当を決め、変えた日を記録し、"
            "前と後の件数を比べます。件数は画面が数え、だれも書き込みません。公開するものは、責任者か法務担当が選びます。",
            "Once a month at least, look on the page “Trends” at what rises. What should be better is noted, owned, changed on a "
            "day that is recorded, and the counts before and after are compared. The house counts; nobody types a number in. "
            "Leads and counsel choose what is published.",
        ),
        examples=(
            Text(
                "「偽物だと思う」が化粧品で増えたため、出品の前に仕入れ先の書類を求めることにし、3か月ずつ比べた。",
                "Counterfeits were reported more often among cosmetics. Sellers were asked for papers of their source before "
                "they list, and three months each were compared.",
            ),
            Text(
                "返金の案内がわかりにくいという声から文を直した。数えられることではないので、どうなったかを言葉で残した。",
                "People said that the words on refunds are hard to follow; they were rewritten. Nothing of that is counted, so "
                "that what came of it was written in words.",
            ),
        ),
        lifecycles=(IMPROVEMENT,),
        decisions=(views.NOTE, *views.OF_IMPROVEMENT),
        deadlines=IMPROVEMENT_DEADLINES,
        notices=notices.TEMPLATES,
        tables=(
            ProcedureTable(
                title=Text("数えるもの", "What is counted"),
                lead=Text("増えたとするもの：{rule}。", "What is said to rise: {rule}.").fill(
                    rule=RISE_MEANS
                ),
                heads=(Text("数えるもの", "counted"), Text("分け方", "told apart by")),
                rows=tuple((one.text, Text.listed(by.text for by in some)) for one, some in ASPECTS.items()),
            ),
        ),
        serves=("complaints", "P14"),
    ),
)
declare_procedures(*PROCEDURES)
