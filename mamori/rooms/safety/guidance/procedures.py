"""How buyers are told of safe use, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.law.guidance import GUIDANCE, GUIDANCE_DAYS, GUIDANCE_DEADLINES
from mamori.rooms.safety.guidance import notices, views
from mamori.rooms.safety.lifecycle import GUIDANCE_CHART

GUIDANCE_PROCEDURE = Procedure(
    code="guidance",
    room="safety",
    title=Text("購入のあとに、安全な使い方を知らせる", "Buyers are told how to use goods safely"),
    lead=Text(
        "届いたあとと季節のはじめは、自動で知らせます。知らせたいことがあるときは、一人が書き、別の人が確かめて送ります。"
        "一つのきっかけで、同じ種類は一人に一度だけです。取り消された注文や全額が返金された注文の商品は知らせません。",
        "After delivery and as a season begins it goes by itself. News is written by one and released by another. For a kind "
        "and an occasion each buyer is told once, and of no order that was cancelled or paid back in full.",
    ),
    examples=(
        Text(
            "モバイルバッテリーが届いて数日たち、購入者に、落とさないことや、ふくらんだら使わないことが届いた。",
            "Some days after a power bank came, its buyer read not to drop it, and to stop using it if it swells.",
        ),
    ),
    lifecycles=(GUIDANCE_CHART,),
    decisions=views.DECISIONS,
    deadlines=GUIDANCE_DEADLINES,
    notices=notices.TEMPLATES,
    tables=(
        ProcedureTable(
            title=Text("種類ごとの案内", "The guidance of each kind"),
            heads=(Text("種類", "kind"), Text("案内", "guidance")),
            rows=tuple((one.name, one.advice) for one in GUIDANCE.values()),
        ),
    ),
    serves=("complaints", "P16"),
    settings=(GUIDANCE_DAYS,),
)
