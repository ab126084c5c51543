"""The page of the files that go to a bank and come from one: fields, faults, outcomes."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.japan.zengin.faults import FAULTS
from mamori.japan.zengin.returns import NEXT, Outcome
from mamori.japan.zengin.writing import RECORDS, Field
from tools.reference.markdown import code, page, place, table


def zengin() -> str:
    """Render the records of a transfer file, what may be wrong with one, and what may become of a payment."""
    return page(
        Text("振込データ", "Transfer files"),
        Text(
            f"総合振込の4種類の行（各120バイト）と、誤りの文。宣言: {place('mamori.japan.zengin.writing')}",
            "The four records of a file of transfers (総合振込), 120 bytes each, and what may be wrong with one. Declared in "
            f"{place('mamori.japan.zengin.writing')}",
        ),
        *(_record(title, fields) for title, fields in RECORDS.values()),
        "## 誤り / Faults",
        table(["符号 / code", "文 / sentence"], [(code(name), text) for name, text in FAULTS.items()]),
        "## 振込の結果 / What becomes of a payment",
        table(["outcome", "意味 / meaning"], [(code(one.value), one.text) for one in Outcome]),
        table(
            ["reason", "理由 / reason", "次にすること / what next"],
            [(code(why.value), title, then) for why, (title, then) in NEXT.items()],
        ),
    )


def _record(title: Text, fields: tuple[Field, ...]) -> str:
    rows = [
        (f"{one.at}–{one.at + one.width - 1}", f"{one.sort}({one.width})", one.title, _always(one))
        for one in fields
    ]
    return f"## {title.ja} / {title.en}\n\n" + table(
        ["位置 / bytes", "形 / form", "項目 / field", "固定 / always"], rows
    )


def _always(field: Field) -> str:
    if field.always is None:
        return ""
    return code(field.always) if field.always else "空白 / blank"
