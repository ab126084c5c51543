"""Forms that say which state of a matter their writer saw, and how one is answered that was refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from mamori.grammar.refusal import Refusal
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.wording import told


class VersionForm(HouseForm):
    """What every form carries that acts on a matter: which state of it its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


MOMENT = "%Y-%m-%dT%H:%M:%S.%f%z"
"""A moment as a hidden field carries it: to the microsecond."""


def seen_field() -> forms.DateTimeField:
    """Carry until when word of a danger stood on the page."""
    return forms.DateTimeField(widget=forms.HiddenInput, input_formats=[MOMENT])


def choose(form: HouseForm, name: str, choices: list[tuple[str, Any]]) -> None:
    """Give a field its choices in the reader's language."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def renew(form: HouseForm, name: str, value: object) -> None:
    """Let a form that was refused be sent again with another value in a field that nobody sees."""
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data[name] = str(value)
    form.data = data


def refuse(form: HouseForm, refusal: Refusal, **stands: object) -> int:
    """Say on the form why it was refused; where that is what `stands` now, let its hidden fields carry it.  Return the status."""
    if isinstance(refusal, ChangedMeanwhile):
        for name, value in stands.items():
            if name in form.fields and form.fields[name].widget.is_hidden:
                renew(form, name, value)
    form.add_error(None, told(refusal.sentence))
    return refusal.status
