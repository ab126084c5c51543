"""The forms of the handbook: which words were read, and the operator's own."""

from __future__ import annotations

from django import forms

from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.wording import said
from mamori.japan import written


class ReadForm(HouseForm):
    """The digest of what was read."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ProcedureWordsForm(HouseForm):
    """What the operator adds to a procedure, in one language or both."""

    ja = WordsField(
        label=said("日本語（Markdown）", "Japanese (Markdown)"), check=written.optional, most=5_000, rows=10
    )
    en = WordsField(
        label=said("英語（Markdown）", "English (Markdown)"), check=written.optional, most=5_000, rows=8
    )
