"""Clauses of the operator's terms that an act may need; what a seller has not accepted binds nobody."""

from __future__ import annotations

from datetime import date

from mamori.grammar.declaration import Clause
from mamori.grammar.text import Text

RECOVERY = Clause(
    code="recovery",
    version=1,
    title=Text("立替返金の回収", "Recovery of a refund made in the seller's place"),
    text=Text(
        "運営者が出品者に代わって購入者へ返金したときは、出品者の意見を聴いたうえで、返金額を上限として売上金から差し引くことがあります。"
        "差し引くときは、理由・金額・見直し日を書面で知らせ、出品者は不服を申し出ることができます。",
        "Where the operator has refunded a buyer in the seller's place, it may, after hearing the seller, deduct at most "
        "that amount from sales proceeds. It states reason, amount and review date, and the seller may object.",
    ),
    first=date(2026, 1, 1),
    needed_for="contact.recovery",
)

CLAUSES = (RECOVERY,)
