"""What a lead or counsel fills in to publish terms: the house's patterns as they stand, or words of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from mamori.grammar.declaration import Clause
from mamori.ground.terms.actions import LONGEST, LONGEST_TITLE
from mamori.ground.web.forms import DayField, DigitsField, HouseForm
from mamori.ground.web.wording import said, said_text
from mamori.law.grounds import SHORT_NOTICE_GROUNDS


class PatternsForm(HouseForm):
    """Which clauses are published as the house words them."""

    clauses = forms.MultipleChoiceField(
        label=said("公表する条項", "Clauses to publish"), widget=forms.CheckboxSelectMultiple
    )
    binds_on = DayField(
        label=said("いつから", "From when"),
        required=False,
        help_text=said(
            "空欄なら承認の日から。すでに同じ文の規約を使っているときは、その始まりの日。その日からの出品者の同意が生きます。",
            "Left empty, from the day of agreement. If you use the same words already, the day since when: what sellers accepted "
            "since counts.",
        ),
    )

    def __init__(self, data: Any = None, *, clauses: Iterable[Clause]) -> None:
        super().__init__(data)
        choice = self.fields["clauses"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(clause.code, said_text(clause.title)) for clause in clauses]


class WordsForm(HouseForm):
    """A version of one clause in the operator's own words."""

    title_ja = forms.CharField(label=said("題（日本語）", "Title in Japanese"), max_length=LONGEST_TITLE)
    text_ja = forms.CharField(
        label=said("文（日本語）", "Text in Japanese"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    title_en = forms.CharField(label=said("題（英語）", "Title in English"), max_length=LONGEST_TITLE)
    text_en = forms.CharField(
        label=said("文（英語）", "Text in English"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = DigitsField(label=said("版の番号", "Number of the version"), max_length=6)
    binds_on = DayField(
        label=said("いつから", "From when"),
        required=False,
        help_text=said(
            "空欄なら、決められた日数を置いた最も早い日から。",
            "Left empty, from the earliest day that the days of notice allow.",
        ),
    )
    ground = forms.ChoiceField(label=said("期間を置くか", "Notice"), widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        label=said("期間を置かない理由", "Why without notice"),
        help_text=said("出品者に知らせる文です。", "Sellers are told these words."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any], notice_days: int) -> None:
        super().__init__(data, initial=initial)
        choice = self.fields["ground"]
        assert isinstance(choice, forms.ChoiceField)
        usual = said(f"中{notice_days}日を置いて知らせる", f"Give {notice_days} whole days of notice")
        choice.choices = [("", usual), *((one.code, said_text(one.title)) for one in SHORT_NOTICE_GROUNDS)]
