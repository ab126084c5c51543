"""Template tags of the policy: the words of a fault's kind, the address of a gap, an answer in a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django import template

from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.web.wording import localized
from mamori.rooms.enforcement.policy.queries import ANY
from mamori.rooms.enforcement.policy.rules.checks import CheckKind
from mamori.rooms.enforcement.policy.rules.judging import called, said_answer
from mamori.rooms.enforcement.policy.rules.table import (
    BAND_TEXTS,
    CELLS,
    FIELDS,
    Bands,
    Edges,
    Field,
    PolicyAnswer,
    ranges,
    starts,
)

register = template.Library()


@register.filter
def lookup(kinds: Mapping[CheckKind, Text], kind: CheckKind) -> Text:
    """Return the words for a kind of fault."""
    return kinds[kind]


@register.simple_tag
def any_band() -> Text:
    """Return what stands for all bands of a field."""
    return ANY


@register.simple_tag
def bands(gap: tuple[Bands, ...]) -> str:
    """Return the bands of a gap as the query of an address, for a new row to begin with."""
    return urlencode({field.value: ",".join(ones) for field, ones in zip(FIELDS, gap, strict=True)})


@register.filter
def answered(answer: PolicyAnswer) -> str:
    """Return what the policy answers, in a line."""
    return localized(said_answer(answer))


@register.simple_tag
def situations() -> int:
    """Return how many situations there are."""
    return len(CELLS)


@register.filter
def told_day(day: date) -> str:
    """Say a day as people in Japan write it."""
    return localized(day_text(day))


@register.simple_tag
def ranges_of(edges: Edges) -> list[tuple[Text, Text]]:
    """Return each band of what went before, with the points for which it stands."""
    return list(zip(BAND_TEXTS[Field.HISTORY].values(), ranges(starts(edges)), strict=True))


@register.filter
def called_version(number: int) -> str:
    """Say what a version of the policy is called."""
    words = localized(called(number))
    return f"{words[:1].upper()}{words[1:]}"
