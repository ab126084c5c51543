"""The forms of the handbook: the questions on a procedure, and the operator's own words."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.rooms.disclosure.rules.quiz import QuizQuestion


class ReadForm(HouseForm):
    """What was read, and for which time its reader answers."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    turn = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def quiz_form(asked: Sequence[QuizQuestion]) -> type[ReadForm]:
    """Return the form that asks these questions, each with its answers."""
    fields = {
        f"answer_{place}": forms.ChoiceField(
            label=said_text(question.asks),
            choices=[(str(number), said_text(answer)) for number, answer in enumerate(question.answers)],
            widget=forms.RadioSelect,
        )
        for place, question in enumerate(asked)
    }
    return type("QuizForm", (ReadForm,), fields)


class ProcedureWordsForm(HouseForm):
    """What the operator adds to a procedure, in one language or both."""

    ja = WordsField(
        label=said("日本語（Markdown）", "Japanese (Markdown)"), check=written.optional, most=5_000, rows=10
    )
    en = WordsField(
        label=said("英語（Markdown）", "English (Markdown)"), check=written.optional, most=5_000, rows=8
    )
