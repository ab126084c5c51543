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
from mamori.grammar.text import Lang, Text
from mamori.ground.post import facts as post
from mamori.japan.spoken import spoken
from mamori.rooms.disclosure.queries.handbook import ProcedureShown, every_procedure
from mamori.rooms.disclosure.rules.handbook import ROOM_TITLES
from mamori.rooms.disclosure.rules.whodoes import ProcedureCourse

TITLE = Text("手順書", "Handbook")
MADE = Text("{at}現在の定めから作成", "made from what was laid down on {at}")
EXAMPLES, OWN = Text("例", "For example"), Text("運営者の書き足し", "The operator's own words")
WHO = Text("だれが、何をするか", "Who does what")
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
        "who": WHO.in_(lang),
        "rooms": [
            {
                "title": title.in_(lang),
                "procedures": [_procedure(one, lang) for one in every if one.procedure.room == room],
            }
            for room, title in ROOM_TITLES.items()
        ],
    }


STYLES = ("web/tokens.css", "web/house.css", "web/parts.css")


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
                    (title, [one for one in every if one.procedure.room == room])
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
        "courses": [_course(course, lang) for course in shown.courses],
        "parts": [_rows(part.rows, lang) for part in shown.parts],
    }


def _rows(rows: ProcedureTable, lang: Lang) -> dict[str, Any]:
    return {
        "title": rows.title.in_(lang),
        "lead": rows.lead.in_(lang) if rows.lead else "",
        "heads": [head.in_(lang) for head in rows.heads],
        "rows": [[cell.in_(lang) for cell in row] for row in rows.rows],
    }


def _course(course: ProcedureCourse, lang: Lang) -> dict[str, Any]:
    return {
        "title": course.title.in_(lang) if course.title else "",
        "stages": [
            {
                "when": stage.when.in_(lang) if stage.when else "",
                "by": [
                    {"who": one.who.in_(lang), "does": [does.in_(lang) for does in one.does]}
                    for one in stage.by
                ],
            }
            for stage in course.stages
        ],
    }
