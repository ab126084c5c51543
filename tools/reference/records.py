"""The pages of what goes between the marketplace and us: lines that it tells, and what it is asked to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.declared.records import Field, describe
from mamori.ground.market.kinds import INSTRUCTIONS, UNDOING, Amount, InstructionKind, Target
from mamori.ground.market.lines import KINDS
from tools.reference.markdown import code, page, place, table


def import_() -> str:
    """Render the kinds of line, their fields, and where they are declared."""
    parts = [_kind(name, kind) for name, kind in KINDS.items()]
    return page(
        Text("取り込む行", "Lines that are imported"),
        Text(
            "`mamori import` と `POST /events` は同じ NDJSON を読みます。1行に1件、UTF-8、改行は LF か CRLF。`op` が put"
            "（書かないときも put）なら記録の全体を置き換え、書かない項目はなくなるか既定の値に戻ります。patch なら"
            "書いた項目だけを変え、null は消します。知らない項目のある行は断ります。"
            "返金の合計は減らず、同意した条項は加わるだけです。"
            f"宣言: {place('mamori.ground.market.lines')}、{place('mamori.ground.market.sellerlines')}",
            "`mamori import` and `POST /events` read the same NDJSON: one record a line, UTF-8, LF or CRLF. Where `op` is put, "
            "or left out, the line replaces its record whole: what it leaves out is removed or becomes its default. Where it is "
            "patch, it changes what it gives, and null removes. A line with an unknown field is refused. Refunds never go down, "
            "and accepted clauses are only added to. Declared in "
            f"{place('mamori.ground.market.lines')} and {place('mamori.ground.market.sellerlines')}",
        ),
        *parts,
    )


TARGETS = {
    Target.ORDER: Text("注文", "order"),
    Target.LISTING: Text("商品", "listing"),
    Target.REVIEW: Text("レビュー", "review"),
    Target.SELLER: Text("出品者", "seller"),
}
AMOUNTS = {
    Amount.NONE: None,
    Amount.NEEDED: Text("円", "yen"),
    Amount.CAP: Text("円を上限に（0 は全額）", "at most so many yen (0 = all)"),
}


def instructions() -> str:
    """Render every kind of instruction, what it concerns, what the marketplace is to do, and what undoes it."""
    return page(
        Text("通販サイトへの指示", "Instructions to the marketplace"),
        Text(
            "ウェブフック `market.instruction_issued` の what と、その意味。答え方は"
            f"[通販サイトの手引き](../how-to/carry-out-measures.md)に。宣言: {place('mamori.ground.market.kinds')}",
            "What the `what` of the webhook `market.instruction_issued` means. How to answer is in "
            f"[the marketplace's guide](../how-to/carry-out-measures.md). Declared in {place('mamori.ground.market.kinds')}",
        ),
        *(_of_target(target, title) for target, title in TARGETS.items()),
    )


def _of_target(target: Target, title: Text) -> str:
    rows = [_row(kind) for kind in INSTRUCTIONS if kind.target is target]
    head = [
        "what",
        "名前 / name",
        "すること / what to do",
        "`amount`",
        "`detail`",
        "元に戻す指示 / undone by",
    ]
    return f'## {title.ja} / {title.en} — `"target":"{target}"`\n\n' + table(head, rows)


def _row(kind: InstructionKind) -> list[object]:
    undone_by = code(UNDOING[kind.code].code) if kind.code in UNDOING else None
    return [code(kind.code), kind.title, kind.asks, AMOUNTS[kind.amount], kind.detail, undone_by]


def _kind(name: str, kind: Any) -> str:
    rows = [
        [code(path), field.is_needed, field.means, field.form, field.serves, field.kept]
        for path, field in _fields("", describe(kind))
    ]
    head = f'## {kind.title.ja} / {kind.title.en} — `"kind":"{name}"`'
    return f"{head}\n\n" + table(["field", "needed", "means", "form", "for", "kept"], rows)


def _fields(before: str, fields: tuple[Field, ...]) -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield before + field.name, field
        yield from _fields(f"{before}{field.name}[].", field.parts)
