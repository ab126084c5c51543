"""The forms of what everybody is told: which half-year, since when something is done, what is done besides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from mamori.ground.web.forms import DayField, HouseForm, WordsField
from mamori.ground.web.versions import VersionForm
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.japan.months import HalfYear
from mamori.rooms.disclosure.queries.measures import BY_CODE, OUTLINES
from mamori.rooms.disclosure.rules.editions import half_text

FIRST = date(1990, 1, 1)


class DraftForm(HouseForm):
    """Which half-year, and why something in it is another than before."""

    half = forms.ChoiceField(label=said("半期", "Half-year"))
    reason = WordsField(
        label=said(
            "数え直して違ったところ・直したところの理由（確定版に載ります）",
            "Why something is counted otherwise, or was put right (stands in the edition)",
        ),
        help_text=said(
            "違うところがあると、先に知らせます。なければ空のままにしてください。5件に満たない件数は書かないでください。",
            "You are told first where something is another. Leave it empty where nothing is. Name no count below 5.",
        ),
        check=written.optional,
        most=500,
        rows=4,
    )

    def __init__(self, *args: Any, halves: tuple[HalfYear, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["half"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (str(one), said_text(half_text(one))) for one in halves
        ]


def _since() -> DayField:
    return DayField(label=said("始めた日", "Since"), first=FIRST)


class SinceForm(HouseForm):
    """Which measure, and since which day."""

    practice = forms.ChoiceField(
        label=said("取組み", "Measure"),
        choices=[(code, said_text(BY_CODE[code].text)) for code in OUTLINES],
    )
    since_on = _since()


class OwnMeasureForm(HouseForm):
    """Another measure, in the operator's own words."""

    title_ja = forms.CharField(label=said("名前（日本語）", "Title (Japanese)"), max_length=100)
    title_en = forms.CharField(label=said("名前（英語）", "Title (English)"), max_length=100)
    text_ja = WordsField(label=said("内容（日本語）", "What is done (Japanese)"), most=1_000, rows=5)
    text_en = WordsField(label=said("内容（英語）", "What is done (English)"), most=1_000, rows=5)
    since_on = _since()


class JomcSendForm(HouseForm):
    """Which text was read and sent, by its digest."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class JomcListForm(VersionForm):
    """Where a text stands, and on which day it was changed there."""

    address = forms.CharField(
        label=said("載っているページのアドレス", "Address of the page on which it stands"),
        help_text=said("https:// で始まるもの。", "Starting with https://."),
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    changed_on = DayField(
        label=said("JOMCのページが変わった日", "Day on which it was changed there"), first=FIRST
    )
