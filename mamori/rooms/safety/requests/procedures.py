"""How an authority's request is dealt with, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.law.requests import REQUEST_BASES, REQUEST_DEADLINES
from mamori.rooms.safety.hits import views as hits
from mamori.rooms.safety.lifecycle import REQUEST
from mamori.rooms.safety.requests import notices, views

YES, NO = Text("及ぶ（要請の範囲内だけ）", "yes, within the request alone"), Text("なし", "none")
BASES = ProcedureTable(
    title=Text("要請の根拠", "On what requests rest"),
    heads=(
        Text("根拠", "basis"),
        Text("意味", "what it means"),
        Text("出典", "source"),
        Text("免責", "immunity"),
    ),
    rows=tuple(
        (one.title, one.text, one.citation.text, YES if one.immunity else NO)
        for one in REQUEST_BASES.values()
    ),
)
REQUEST_PROCEDURE = Procedure(
    code="authority-request",
    room="safety",
    title=Text("行政機関から要請が届いたとき", "When an authority requests something"),
    lead=Text(
        "メール・電話・文書で届いたものを、そのまま記録します。送り主は、要請に書かれた番号ではなく、別の人が確かめて登録した番号に折り返して確かめます。"
        "それまでは自社の判断での対応だけができ、回答はしません。偽物とわかれば、要請としては何も行いません。期限が来ても、何も自動では終わりません。",
        "What comes by mail, telephone or paper is entered as it came. Who sent it is called back at the number that another "
        "person confirmed, never at the one in the request. Until then only our own decision is possible, and nothing is "
        "answered. Upon a forged one nothing is done. No deadline ends anything by itself.",
    ),
    examples=(
        Text(
            "経済産業省から、充電器の一覧がExcelで届いた。登録された番号に折り返し、候補を一件ずつ確かめ、すぐに非表示にし、表と文で回答した。",
            "A ministry sent a list of chargers in Excel. It was called back at its registered number, the candidates were "
            "judged, the goods hidden at once, and it was answered by table and letter.",
        ),
        Text(
            "「赤いおもちゃをすべて」という要請が届いた。決められないので、どの商品かを回答で尋ねた。折り返すと、その機関の文書ではないとわかったものは、偽物として終えた。",
            "A request said “all red toys”: the answer asked which ones are meant. Another turned out, when the agency was called "
            "back, not to be its paper: it ended as forged.",
        ),
    ),
    lifecycles=(REQUEST,),
    decisions=(views.ENTER, *views.DECISIONS, *hits.DECISIONS),
    deadlines=REQUEST_DEADLINES,
    notices=notices.TEMPLATES,
    tables=(BASES,),
    serves=("complaints", "suspension", "P11", "P34", "P35"),
)
