"""How a recall is dealt with, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure
from mamori.grammar.text import Text
from mamori.law.recalls import RECALL_DEADLINES
from mamori.rooms.safety.lifecycle import RECALL
from mamori.rooms.safety.recalls import notices, views

RECALL_PROCEDURE = Procedure(
    code="recall",
    room="safety",
    title=Text("リコールが公表されたとき", "When a recall is published"),
    lead=Text(
        "公表を登録すると、出品と照らし合わせて候補が出ます。対象かどうかは人が決め、非表示と購入者への知らせも人が始めます。"
        "終えたあとも、新しい出品と書き換えられた出品を毎日照らし合わせ、見つかれば人に尋ねます。",
        "A notice that is entered is held against the listings. A person says which candidates are meant, hides them and begins "
        "the warning. Once it is closed, new and rewritten listings are still held against it daily, and staff are asked.",
    ),
    examples=(
        Text(
            "充電器の型番で3件見つかった。2件を非表示にし、買った人の全員に知らせて終えた。翌月、別の表記で出品され、また尋ねられた。",
            "Three listings were found by a charger's model. Two were meant and hidden, everybody who bought them was warned, and "
            "it was closed. A month later the goods came back in another spelling, and staff were asked again.",
        ),
        Text(
            "候補がなかった。ここで売られていない商品なので、そのまま終えた。",
            "There was no candidate: the goods were never sold here, and it was closed.",
        ),
    ),
    lifecycles=(RECALL,),
    decisions=(views.ENTER, views.TABLE, *views.DECISIONS),
    deadlines=RECALL_DEADLINES,
    notices=notices.TEMPLATES,
    serves=("complaints", "P11", "P34"),
)
