"""Template tags of the house: a sentence in both languages, a declared Text, a moment in Japan."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import get_language

from mamori.grammar.text import Lang, Text
from mamori.japan.spoken import spoken

register = template.Library()


def language() -> Lang:
    """Return the language of the page that is being made."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


@register.simple_tag
def say(ja: str, en: str) -> str:
    """Say a sentence of the page's furniture in the reader's language."""
    return ja if language() == "ja" else en


@register.filter
def told(text: Text) -> str:
    """Say a declared Text in the reader's language."""
    return text.in_(language())


@register.filter
def moment(at: datetime | None) -> str:
    """Say a moment as people in Japan write it."""
    return "" if at is None else spoken(at).in_(language())
