"""What the desk's pages say of cases."""

from __future__ import annotations

from django import template

from mamori.ground.web.wording import Tone

register = template.Library()

_GRAVE = frozenset(
    {
        "danger",
        "answer-missed",
        "resolution-missed",
        "look-objected",
        "instruction-refused",
        "promise-broken",
        "told-late",
        "formal-unanswered",
        "hiding",
        "undecided",
    }
)


@register.filter
def tone(attention: str) -> str:
    """Return the tone of what asks for attention."""
    return Tone.BAD if attention in _GRAVE else Tone.WARN
