"""How listings are looked at when they are told, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure
from mamori.grammar.text import Text
from mamori.law.screening import SCREENING_DEADLINES
from mamori.rooms.safety.lifecycle import SCREENING
from mamori.rooms.safety.screening import notices, views

SCREENING_PROCEDURE = Procedure(
    code="screening",
    room="safety",
    title=Text("出品を規則で確かめる", "Looking at listings by rules"),
    lead=Text(
        "新しい出品と書き換えられた出品を、言葉の規則と名前の一覧で見ます。当たったものは候補で、問題がないか、出品者に尋ねるか、"
        "違反の疑いとするかは人が決めます。問題なしとした出品は、言葉が変わるまで尋ね直しません。",
        "Listings that are new or were rewritten are looked at by rules and lists of names. What is found is a candidate: a "
        "person says whether it is fine, its seller is asked, or it becomes a finding. What is fine is not asked again until "
        "its words change.",
    ),
    examples=(
        Text(
            "「モバイルバッテリー」に5件当たった。3件は本体の写真にマークがあり問題なしとし、2件は出品者に写真を頼んだ。",
            "“Power banks” found five listings. Three show the mark on their pictures and are fine; two sellers were asked.",
        ),
        Text(
            "ある規則に当たった40件がすべて問題なしだった。責任者が理由を書いて使うのをやめた。",
            "All forty that a rule had found were fine. A lead retired it, with the reason.",
        ),
    ),
    lifecycles=(SCREENING,),
    decisions=(views.ADD, *views.DECISIONS),
    deadlines=SCREENING_DEADLINES,
    notices=notices.TEMPLATES,
    serves=("complaints", "P11", "P34"),
)
