"""The handbook as one paper, and as one file for an intranet: without scripts, and without anything from elsewhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from mamori.grammar.procedure import ProcedureTable
from mamori.grammar.statechart import Statechart
from mamori.grammar.text import Lang, Text
from mamori.ground.post import facts as post
from mamori.japan.spoken import spoken
from mamori.rooms.disclosure.queries.handbook import ProcedureShown, every_procedure
from mamori.rooms.disclosure.queries.lanepictures import drawn_of
from mamori.rooms.disclosure.rules.handbook import ROOM_TITLES
from mamori.rooms.disclosure.rules.lanes import lanes

TITLE = Text("手順書", "Handbook")
MADE = Text("{at}現在の定めから作成", "made from what was laid down on {at}")
EXAMPLES, OWN = Text("例", "For example"), Text("運営者の書き足し", "The operator's own words")
WHAT = Text(
    "動いている仕組みの定めからそのまま作った手順です。定めを変えると、この手順書も変わります。",
    "Rendered from what the system goes by: whoever changes that changes this handbook.",
)


SOURCE = Path(__file__).parents[1] / "templates" / "disclosure" / "handbook.typ"
STANDARDS = ("ua-1",)


def pdf_of(at: datetime, *, lang: Lang, operator: str) -> bytes:
    """Return the whole handbook in one language as an accessible PDF."""
    book = book_of(at, lang=lang, operator=operator)
    return post.typeset(SOURCE, {"book": book}, at=at, standards=STANDARDS)


def book_of(at: datetime, *, lang: Lang, operator: str) -> dict[str, Any]:
    """Return the whole handbook in one language as JSON-ready values."""
    every = every_procedure(at)
    return {
        "lang": lang,
        "title": TITLE.in_(lang),
        "operator": operator,
        "made": MADE.fill(at=spoken(at)).in_(lang),
        "what": WHAT.in_(lang),
        "examples": EXAMPLES.in_(lang),
        "own": OWN.in_(lang),
        "rooms": [
            {
                "title": title.in_(lang),
                "procedures": [_procedure(one, lang) for one in every if one.procedure.room == room],
            }
            for room, title in ROOM_TITLES.items()
        ],
    }


STYLES = ("web/tokens.css", "web/house.css", "web/parts.css", "web/pictures.css")


def file_of(at: datetime, *, lang: Lang, operator: str) -> str:
    """Return the whole handbook in one language as one page of HTML that needs nothing else."""
    every = every_procedure(at)
    css = "\n".join(Path(str(finders.find(name))).read_text(encoding="utf-8") for name in STYLES)
    with translation.override(lang):
        return render_to_string(
            "disclosure/handbook_file.html",
            {
                "LANGUAGE_CODE": lang,
                "at": at,
                "operator": operator,
                "style": mark_safe(f"<style>{css}</style>"),  # noqa: S308  # our own style sheets
                "rooms": [
                    (title, [(one, drawn_of(one)) for one in every if one.procedure.room == room])
                    for room, title in ROOM_TITLES.items()
                ],
            },
        )


def _procedure(shown: ProcedureShown, lang: Lang) -> dict[str, Any]:
    one = shown.procedure
    return {
        "code": one.code,
        "digest": shown.digest[:12],
        "title": one.title.in_(lang),
        "lead": one.lead.in_(lang),
        "examples": [example.in_(lang) for example in one.examples],
        "own": shown.own.text.in_(lang) if shown.own else "",
        "parts": [
            _rows(part.rows, lang) | {"drawing": _drawing(part.drawing, lang) if part.drawing else None}
            for part in shown.parts
        ],
    }


def _rows(rows: ProcedureTable, lang: Lang) -> dict[str, Any]:
    return {
        "title": rows.title.in_(lang),
        "lead": rows.lead.in_(lang) if rows.lead else "",
        "heads": [head.in_(lang) for head in rows.heads],
        "rows": [[cell.in_(lang) for cell in row] for row in rows.rows],
    }


def _drawing(chart: Statechart[Any], lang: Lang) -> dict[str, Any]:
    laid = lanes(chart)
    return {
        "alt": laid.text.in_(lang),
        "rows": [
            {"text": row.text.in_(lang), "initial": row.is_initial, "end": row.is_end} for row in laid.rows
        ],
        "lanes": [{"to": lane.to, "starts": list(lane.starts), "place": lane.place} for lane in laid.lanes],
    }
