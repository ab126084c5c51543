"""Forms that say which state of a matter their writer saw, and how one is answered that was refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.wording import said_text, told

UNSEEN = Text(
    "この画面がいつの内容か分かりません。案件の画面を開き直してから、もう一度お送りください。",
    "It cannot be told which state of the matter this page showed. Please open the page again and send it from there.",
)


class VersionForm(HouseForm):
    """What every form carries that acts on a matter: which state of it its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].error_messages |= {"required": told(UNSEEN), "invalid": told(UNSEEN)}


MOMENT = "%Y-%m-%dT%H:%M:%S.%f%z"
"""A moment as a hidden field carries it: to the microsecond."""


def seen_field() -> forms.DateTimeField:
    """Carry until when word of a danger stood on the page."""
    errors = {"required": said_text(UNSEEN), "invalid": said_text(UNSEEN)}
    return forms.DateTimeField(widget=forms.HiddenInput, input_formats=[MOMENT], error_messages=errors)


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


def refuse(form: HouseForm, refusal: Refusal, version: int, *, seen_until: str = "") -> int:
    """Say on the form why it was refused, and let it carry what stands now where that is why; return the status."""
    if isinstance(refusal, ChangedMeanwhile):
        renew(form, "version", version)
        if "seen_until" in form.fields:
            renew(form, "seen_until", seen_until)
    form.add_error(None, told(refusal.sentence))
    return refusal.status
