"""The pages of what is asked of a marketplace, duties and practices, with the tests that show how far they are done."""

from __future__ import annotations

from mamori.grammar.line import Line
from mamori.grammar.text import Text
from tools.reference.house import declared
from tools.reference.housemap import state
from tools.reference.markdown import cited, code, page, table

SHOWN = Text(
    "「動く」「一部」は、`make test` が通す、挙げた試験だけを根拠にします。試験のないものは「まだ」です。",
    "What works, or works in part, rests on the named tests alone, which `make test` runs. What no test shows is not begun.",
)


def duties() -> str:
    """Render every duty with its force, its room, its deadlines or the reason for none, and what shows how far it is done."""
    rows = [
        (
            code(d.code),
            d.title,
            d.text,
            d.force.text,
            code(d.room),
            d.no_deadline_because or "<br>".join(map(_deadline, d.deadlines)),
            "<br>".join(map(cited, (d.citation, *d.details))),
            state(d),
            _shown(d),
        )
        for d in declared("mamori.law.duties", "DUTIES")
    ]
    return page(
        Text("義務", "Duties"),
        Text(
            "法が求めることと、その強さ、それを担う部屋。仲介・催促・立替返金は法の求めではなく、取組み（practices）にあります。",
            "What the law asks, how strongly, and the room that does it. Mediating, urging and refunds in the seller's place are "
            "not asked by the law; they stand among the practices.",
        ),
        SHOWN.ja,
        SHOWN.en,
        table(
            [
                "符号 / code",
                "求められること / what is asked",
                "内容 / text",
                "強さ / force",
                "部屋 / room",
                "期限 / deadlines",
                "出典 / source",
                "状態 / state",
                "試験 / shown by",
            ],
            rows,
        ),
    )


def practices() -> str:
    """Render every practice with the duty that it serves, its room, and what shows how far it is done."""
    rows = [
        (
            one.code,
            one.text,
            code(one.duty) if one.duty else "",
            one.force.text,
            code(one.room),
            state(one),
            _shown(one),
        )
        for one in declared("mamori.law.practices", "PRACTICES")
    ]
    return page(
        Text("取組み", "Practices"),
        Text(
            "通販サイトが購入者を守るために行っていること。法の定めではなく、番号は変わりません。",
            "What marketplaces do to protect those who buy. It is not law, and a number stays its own.",
        ),
        SHOWN.ja,
        SHOWN.en,
        table(
            [
                "番号 / number",
                "取組み / practice",
                "関わる法の求め / serves",
                "強さ / force",
                "部屋 / room",
                "状態 / state",
                "試験 / shown by",
            ],
            rows,
        ),
    )


def _deadline(name: str) -> str:
    """Name a deadline with who asks for it: the Act names no days, and no figure may look as if it did."""
    [found] = [one for one in declared("mamori.law.deadlines", "DEADLINES") if one.code == name]
    return f"{code(name)} ({found.force.text.ja} / {found.force.text.en})"


def _shown(line: Line) -> str:
    return "<br>".join(map(code, line.shown_by))
