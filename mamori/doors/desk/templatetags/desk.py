"""What the desk's pages say of cases."""

from __future__ import annotations

from django import template

from mamori.ground.declared.casekinds import case_kind
from mamori.ground.web.parts import Tone
from mamori.ground.web.wording import told

register = template.Library()

_LATE = frozenset(
    {
        "answer-missed",
        "resolution-missed",
        "look-objected",
        "instruction-refused",
        "promise-broken",
        "formal-unanswered",
    }
)


@register.filter
def tone(attention: str) -> str:
    """Return the tone of what asks for attention."""
    return Tone.BAD if attention in _LATE else Tone.WARN


@register.filter
def kind_name(code: str) -> str:
    """Say a kind of case."""
    return told(case_kind(code).title)
