"""How an accident is dealt with, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.law.accidents import ACCIDENT_DEADLINES, AccidentField
from mamori.rooms.safety.accidents import notices, views
from mamori.rooms.safety.accidents.rules import AccidentStep
from mamori.rooms.safety.lifecycle import ACCIDENT

STEPS = ProcedureTable(
    title=Text("事故の道の段階", "The steps of the road"),
    heads=(Text("段階", "step"),),
    rows=tuple((step.text,) for step in AccidentStep),
)
FIELDS = ProcedureTable(
    title=Text("報告書に書くこと", "What the report says"),
    heads=(Text("項目", "what"),),
    rows=tuple((one.value,) for one in AccidentField),
)
ACCIDENT_PROCEDURE = Procedure(
    code="accident",
    room="safety",
    title=Text("製品の事故が知らされたとき", "When an accident with goods is told"),
    lead=Text(
        "けがや火が知らされると、商品ごとに一つの事故が登録されます。自動では、だれにも知らせず、何も止めません。"
        "人が各段階を進めるか、しない理由を記録し、責任者か法務担当が終えます。終えても商品は表示に戻りません。",
        "When injury or fire is told, one accident is entered for the goods. By itself nobody is told and nothing is stopped. "
        "People take each step or note why not, and a lead or counsel closes it. Closing shows nothing again.",
    ),
    examples=(
        Text(
            "充電器から煙が出たという困りごとから事故が登録された。販売を止め、メーカーに尋ね、NITEに知らせ、買った人の全員に知らせて終えた。",
            "A trouble told of smoke from a charger, and an accident was entered. The sale was stopped, the maker asked, NITE "
            "told, and everybody who bought it warned; then it was closed.",
        ),
        Text(
            "調べると製品のせいではなかった。事故ではなかったとし、知らせた購入者の全員にそう知らせた。表示に戻すかは、違反の疑いで決めた。",
            "It turned out not to be the product. It was found to be none, all who were warned heard so, and whether to show the "
            "goods again was decided on the finding.",
        ),
    ),
    lifecycles=(ACCIDENT,),
    decisions=(views.ENTER, *views.DECISIONS),
    deadlines=ACCIDENT_DEADLINES,
    notices=notices.TEMPLATES,
    tables=(STEPS, FIELDS),
    serves=("complaints", "P10", "P11"),
)
