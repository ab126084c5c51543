"""The pages of what is kept of people and for how long."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.personal import HOW_TEXTS, Column, tables
from tools.reference.house import declared
from tools.reference.markdown import code, page, table


def personal_data() -> str:
    """Render every column with how it lies there, where it is told, and what shredding does to it."""
    rows = [
        (
            code(name),
            code(column),
            told.what,
            _how(told),
            ", ".join(told.told),
            told.searched,
            told.reach.text,
        )
        for name, columns in tables().items()
        for column, told in columns.items()
    ]
    meanings = [(code(how), text) for how, text in HOW_TEXTS.items()]
    return page(
        Text("個人データの表", "What is kept of people"),
        Text(
            "文字・バイナリ・JSON のすべての列。どう置かれ、どこに写しが出て、本人の鍵を破棄するとどうなるか。"
            "状態の列は除く。ファイルの中身は MAMORI_FILES の中に、ファイルごとの鍵で暗号化して置く。",
            "Every text, binary and JSON column of the database: how it lies there, where a copy goes, and what destroying the "
            "person's key does to it. Columns of states are left out. The bytes of files lie in MAMORI_FILES, each under a key "
            "of its own.",
        ),
        "## 置き方 / How it lies there",
        table(["符号 / code", "意味 / meaning"], meanings),
        "## 列 / Columns",
        table(
            [
                "表 / table",
                "列 / column",
                "何か / what",
                "置き方 / how",
                "写しの行き先 / told by",
                "検索 / searched",
                "鍵を破棄すると / when shredded",
            ],
            rows,
        ),
    )


def retention() -> str:
    """Render every rule of retention."""
    rows = [
        (code(r.code), r.title, r.what, r.since, _days(r.days), f"{r.least}–{r.most}", r.because, r.citation)
        for r in declared("mamori.law.retention", "RETENTIONS")
    ]
    return page(
        Text("保存期間", "Retention"),
        Text(
            "何を、いつから何日たてば消すか。働き手が1時間ごとに行い、一つずつ行為として記録する。消去の停止（legal hold）は"
            "すべてに優先する。日数は `mamori set retention.…` で変えられる。",
            "What goes after how many days, from which moment. The worker does it hourly, each as a recorded act; a legal hold "
            "stands above all of it. `mamori set retention.…` changes the days.",
        ),
        table(
            [
                "符号 / code",
                "対象 / kept",
                "何が起きるか / what happens",
                "いつから / since",
                "既定の日数 / days",
                "範囲 / bounds",
                "なぜその日数か / why so long",
                "出典 / source",
            ],
            rows,
        ),
    )


def _how(told: Column) -> str:
    return f"{code(told.how)} {code(told.whose)}" if told.whose else code(told.how)


def _days(days: int) -> str:
    return str(days) if days else "消さない / never"
