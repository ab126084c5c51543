"""A form's answers: as they were posted, so that they can be asked again, and as lines for people to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.web.parts import Row

YES, NO = Text("はい", "Yes"), Text("いいえ", "No")


def posted(form: forms.BaseForm) -> dict[str, list[str]]:
    """Return what was posted for the form's fields, and nothing else of the request."""
    found: dict[str, list[str]] = {}
    data: Any = form.data
    for bound in form:
        prefix = bound.html_name
        for name in data:
            if name == prefix or name.startswith(f"{prefix}_"):
                found[name] = data.getlist(name)
    return found


def as_data(kept: Mapping[str, list[str]]) -> QueryDict:
    """Return what was kept as a form takes it."""
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, values)
    return data


def rows_of(form: forms.BaseForm) -> Iterator[Row]:
    """Say each answer of a valid form as a line: the choice's words, not its code."""
    for bound in form.visible_fields():
        yield Row(label=str(bound.label), value=_worded(bound.field, form.cleaned_data.get(bound.name)))


def _worded(asked: forms.Field, value: Any) -> Text | str:
    if isinstance(asked, forms.BooleanField):
        return YES if value else NO
    if isinstance(asked, forms.ChoiceField):
        words = {str(code): str(label) for code, label in _flat(asked.choices)}
        many = value if isinstance(value, list) else [value] if value else []
        return "\n".join(words.get(str(code), str(code)) for code in many)
    if isinstance(value, date):
        return day_text(value)
    return "" if value is None else str(value)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label
