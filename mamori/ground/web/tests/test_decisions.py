"""A form asks what the verb asks, each question with the field that fits it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import pytest
from django import forms
from django.utils import translation

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, Input, ReasonInput, WordsInput, YenInput
from mamori.ground.web.decisions import form_of
from mamori.ground.web.forms import YenField


class How(StrEnum):
    """Two ways."""

    THIS = "this"
    THAT = "that"

    @property
    def text(self) -> Text:
        """Say it in words."""
        return Text(f"{self}で", f"by {self}")


def verb(
    actor: Actor,
    *,
    key: int,
    how: Annotated[How, ChoiceInput(label=Text("方法", "How"))],
    amount: Annotated[int, YenInput(label=Text("額", "Amount"), help=Text("円", "yen"))],
    said: Annotated[str, WordsInput(label=Text("返事", "Answer"), most=10)],
    reason: Annotated[str, ReasonInput()],
) -> None:
    """Do something."""


def strange(actor: Actor, *, what: Annotated[str, Input(label=Text("何", "What"))]) -> None:
    """Ask what no field asks."""


FULL = {"how": "that", "amount": "１,２００円", "said": "はい", "reason": "調べた"}


def test_a_form_gives_the_verb_values_of_the_types_that_it_asks() -> None:
    form = form_of(verb)(FULL)

    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"how": How.THAT, "amount": 1200, "said": "はい", "reason": "調べた"}
    assert form.cleaned_data["how"] is How.THAT


def test_each_question_has_the_field_that_fits_it_and_both_languages() -> None:
    fields = form_of(verb)().fields

    assert isinstance(fields["amount"], YenField)
    assert all(field.required for field in fields.values())
    assert isinstance(fields["how"].widget, forms.RadioSelect)
    with translation.override("en"):
        assert (str(fields["reason"].label), str(fields["amount"].help_text)) == ("Reason", "yen")
    with translation.override("ja"):
        assert str(fields["reason"].label) == "理由"


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"said": "あ" * 11}, {"how": "other"}, {"amount": "-1"}])
def test_what_cannot_be_is_said_beside_its_field(wrong: dict[str, str]) -> None:
    form = form_of(verb)(FULL | wrong)

    assert list(form.errors) == list(wrong)


def test_a_question_that_no_field_asks_is_a_fault_of_the_verb() -> None:
    with pytest.raises(TypeError):
        form_of(strange)
