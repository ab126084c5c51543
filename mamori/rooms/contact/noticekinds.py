"""A notice of this room by its kind, so that every table of notices makes them alike."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text


def transactional(code: str, title: Text, body: Text) -> Template:
    """Return a notice about a matter that goes on."""
    return Template(code=f"contact.{code}", kind=NoticeKind.TRANSACTIONAL, title=title, body=body)


def legal(code: str, title: Text, body: Text) -> Template:
    """Return a notice that a law or a right asks for."""
    return Template(code=f"contact.{code}", kind=NoticeKind.LEGAL, title=title, body=body)
