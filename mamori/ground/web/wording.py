"""Words in the reader's language: at once for pages, and put off until they are shown for forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise, lazystr
from django.utils.text import capfirst
from django.utils.translation import get_language

from mamori.grammar.text import Lang, Text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    type Promised = _StrPromise


def language() -> Lang:
    """Return the language of the page or answer that is being made."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


def told(text: object) -> str:
    """Return a declared Text in the reader's language; what is a string already stays as it is."""
    return text.in_(language()) if isinstance(text, Text) else str(text)


def begun(words: object) -> str:
    """Return words that stand alone: in English declared ones, which are promised, begin with a capital; others stay."""
    return capfirst(str(words)) if isinstance(words, Promise) and language() == "en" else str(words)


class _Said:
    """A Text that becomes words only when somebody reads it."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return told(self.text)


def said(ja: str, en: str) -> Promised:
    """Return words for a form's label, help or message, which are declared before anyone reads them."""
    return lazystr(_Said(Text(ja, en)))


def said_text(text: Text) -> Promised:
    """Return a declared Text for a form's label, help, choice or message."""
    return lazystr(_Said(text))
