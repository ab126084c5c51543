"""The page of how many statements each verb makes."""

from __future__ import annotations

from mamori.grammar.text import Text
from tests.statements import recorded
from tools.reference.markdown import code, page, table


def statements() -> str:
    """Render the recorded table, room by room."""
    rows = recorded.table()
    rooms = sorted({verb.partition(".")[0] for verb in rows})
    parts = []
    for room in rooms:
        own = {verb: row for verb, row in rows.items() if verb.startswith(f"{room}.")}
        body = [(code(verb), *(row.get(engine) for engine in recorded.ENGINES)) for verb, row in own.items()]
        parts.append(f"## {code(room)}\n\n" + table(["verb", "SQLite", "PostgreSQL"], body))
    return page(
        Text("動詞ごとの SQL 文の数", "Statements of each verb"),
        Text(
            "試験の中で、行為を記録した呼び出しのうち最も少なかった数です（トランザクションの開始・保存点も数えます）。"
            "増えた動詞があれば `make test` が失敗します。"
            "`MAMORI_STATEMENTS=tell` なら知らせるだけで、`record` なら記録し直します。",
            "The least of all calls in the tests that recorded an act; the beginning of a transaction and savepoints count, too. "
            "`make test` fails where a verb makes more; with `MAMORI_STATEMENTS=tell` it only says so, and with `record` it "
            "records anew.",
        ),
        *parts,
    )
