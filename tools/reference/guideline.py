"""The page of the guideline's headings: under each what runs, what is missing, and the tests that show it."""

from __future__ import annotations

from mamori.grammar.declaration import Practice
from mamori.grammar.line import State
from mamori.grammar.text import Text
from mamori.law.duties import DUTIES
from mamori.law.guideline import HEADINGS, HEADINGS_FROM, UNREAD
from mamori.law.practices import PRACTICES
from tools.reference.markdown import code, page, table

NOTHING = Text("ない", "nothing")


def guideline() -> str:
    """Render each heading with its practices, and on top that the notice itself was not read."""
    places = {one.code: one.citation.text for one in DUTIES}
    known = {one.code: one for one in PRACTICES}
    sections = (
        (
            f"## {one.title.ja} / {one.title.en}",
            f"{places[one.duty].ja}<br>{places[one.duty].en}",
            table(
                ["番号 / number", "動くもの / what runs", "ないもの / missing", "示す試験 / shown by"],
                [_row(known[name]) for name in one.practices],
            ),
        )
        for one in HEADINGS
    )
    return page(
        Text("指針の見出しと取組み", "Headings of the guideline"),
        Text(f"**{UNREAD.ja}**", f"**{UNREAD.en}**"),
        HEADINGS_FROM.ja,
        HEADINGS_FROM.en,
        *(part for section in sections for part in section),
    )


def _row(one: Practice) -> tuple[object, ...]:
    begun = one.state is not State.NOT_BEGUN
    return (
        one.code,
        one.heading if begun else NOTHING,
        one.missing if begun else one.text,
        "<br>".join(map(code, one.shown_by)),
    )
