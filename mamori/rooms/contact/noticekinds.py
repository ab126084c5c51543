"""A notice of this room by its kind, so that every table of notices makes them alike."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text


def transactional(code: str, title: Text, body: Text, *, on_paper: bool = False) -> Template:
    """Return a notice about a matter that goes on."""
    kind = NoticeKind.TRANSACTIONAL
    return Template(code=f"contact.{code}", kind=kind, title=title, body=body, on_paper=on_paper)


def legal(code: str, title: Text, body: Text, *, on_paper: bool = False) -> Template:
    """Return a notice that a law or a right asks for."""
    kind = NoticeKind.LEGAL
    return Template(code=f"contact.{code}", kind=kind, title=title, body=body, on_paper=on_paper)
