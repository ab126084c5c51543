"""What the tables of the clocks keep of people."""

from __future__ import annotations

from mamori.ground.declared.personal import ABOUT, ERROR, KIND, code, reference, table

table(
    "clocks_clock",
    kind=KIND,
    about=ABOUT,
    key=reference("同じ種類の期限を分ける番号", "what tells clocks of one kind apart"),
    duration=code("長さ", "duration"),
    calendar=code("暦の版", "version of the calendar"),
    pauses=code("中断と決まった理由", "pauses with declared reasons"),
    outcome=KIND,
    why=code("止めた手順の名", "name of the step that stopped it"),
    error=ERROR,
)
table("clocks_beat", name=code("働き手の名", "name of the loop"))
table(
    "clocks_runninghouse",
    house=code("動いている家の番号", "random id of the house that runs"),
    host=code("機械の名", "name of the machine"),
)
