"""How an authority's request is dealt with, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.law.requests import REQUEST_BASES, REQUEST_DEADLINES
from mamori.rooms.safety.hits import views as hits
from mamori.rooms.safety.lifecycle import REQUEST
from mamori.rooms.safety.requests import notices, views
from mamori.rooms.safety.sending import views as sending

YES, NO = Text("要請の範囲内だけ", "within the request alone"), Text("なし", "none")
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
        "届いたとおりに記録し、別の人が確かめて登録した番号に折り返します。要請に書かれた番号は使いません。それまでは自社の判断での対応だけができ、"
        "回答はしません。偽物とわかれば、何も行いません。期限が来ても、何も自動では終わりません。",
        "It is entered as it came, and the agency called back at the number that another person confirmed, never at the one in "
        "the request. Until then only our own decision is possible, and nothing is answered. Upon a forged one nothing is done. "
        "No deadline ends anything by itself.",
    ),
    examples=(
        Text(
            "省から、充電器の一覧がExcelで届いた。折り返して確かめ、候補を一件ずつ見て、すぐに非表示にし、表と文で回答した。",
            "A ministry sent a list of chargers in Excel. It was called back, the candidates judged, the goods hidden at once, "
            "and it was answered by table and letter.",
        ),
        Text(
            "折り返すと、その機関の文書ではなかった。偽物として終え、先に自社の判断でした非表示を、一件ずつ見直した。",
            "Called back, the agency had sent no such paper. It ended as forged, and what had been hidden on our own decision "
            "was looked at again, one by one.",
        ),
    ),
    lifecycles=(REQUEST,),
    decisions=(views.ENTER, *views.DECISIONS, sending.SEND, *hits.DECISIONS),
    deadlines=REQUEST_DEADLINES,
    notices=notices.TEMPLATES,
    tables=(BASES,),
    serves=("complaints", "suspension", "P11", "P34", "P35"),
)
