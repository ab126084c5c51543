"""Papers to take away: both languages once each, empty sections left out, and files inside under their own names."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2

from mamori.grammar.text import Text
from mamori.ground.web import papers
from mamori.ground.web.papers import FileInside

AT = datetime(2026, 11, 16, tzinfo=UTC)
TITLE = Text("控え", "A paper")


def test_what_is_the_same_in_both_languages_stands_once_and_empty_sections_are_left_out() -> None:
    made = papers.paper(TITLE, TITLE, [(TITLE, [papers.say(Text("店", "店"))]), (TITLE, [])], foot="1")

    assert made["title"] == {"ja": "控え", "en": "A paper"}
    assert [section["blocks"] for section in made["sections"]] == [
        [{"kind": "say", "said": {"ja": "店", "en": ""}}]
    ]


def test_it_is_given_to_be_saved_with_its_files_inside() -> None:
    made = papers.paper(TITLE, TITLE, [(TITLE, [papers.say("文")])], foot="1")
    file = FileInside(name="a.json", content='{"a": "店"}', relationship="data", description="Data")

    given = papers.answer(made, at=AT, name="record-O/1 \r\n", files=[file])

    document = pypdfium2.PdfDocument(given.content)
    inside = document.get_attachment(0)
    assert b"<pdfaid:part>3</pdfaid:part>" in given.content
    assert (inside.get_name(), bytes(inside.get_data()).decode()) == ("a.json", '{"a": "店"}')
    assert given.headers["Content-Disposition"] == 'attachment; filename="record-O_1_.pdf"'
    assert given.headers["Cache-Control"] == "private, no-store"
