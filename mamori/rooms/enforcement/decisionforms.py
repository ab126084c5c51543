"""What staff fill in to decide on a measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from mamori.grammar.measure import Measure
from mamori.grammar.text import Text
from mamori.ground.web.forms import WordsField
from mamori.ground.web.versions import VersionForm, choose
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.law.grounds import MEASURE_GROUNDS
from mamori.law.measures import PAYOUT_HELD
from mamori.rooms.enforcement.fitness import MOST_OF_DOCUMENT
from mamori.rooms.enforcement.forms import NEEDS_ENGLISH
from mamori.rooms.enforcement.inputs import REASON
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.reasons import UNHEARD_TEXTS


class DecideForm(VersionForm):
    """A measure, for how long, up to which amount, why, and why the seller was not heard first."""

    measure = forms.ChoiceField(label=said("措置", "Measure"), widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=said("日数（終わりのない措置は0）", "Days (0 where it has no end)"),
        min_value=0,
        max_value=3_650,
    )
    other = WordsField(
        check=written.optional,
        rows=3,
        label=said(
            "基準と別の措置や日数にする理由（出品者が読みます。基準のとおりなら空欄）",
            "Why it is another measure or other days than the policy answers (the seller reads it; empty where it is not)",
        ),
    )
    other_en = WordsField(
        check=written.optional, rows=3, label=said("同じ理由を英語で", "The same in English")
    )
    amount = forms.IntegerField(
        label=said(
            "保留する額の上限（円。売上金の支払いの保留だけ。空欄は全額）",
            "Hold at most, in yen (only for a payout held; empty: all of it)",
        ),
        min_value=0,
        max_value=bounds.MOST_YEN,
        required=False,
    )
    why_amount = WordsField(
        check=written.optional,
        rows=3,
        label=said(
            "その額が必要で、より少なくできない理由（出品者が読みます。売上金の支払いの保留だけ）",
            "Why so much is needed, and why not less (the seller reads it; only for a payout held)",
        ),
    )
    why_amount_en = WordsField(
        check=written.optional, rows=3, label=said("同じ理由を英語で", "The same in English")
    )
    unheard = forms.ChoiceField(
        label=said("意見を先に聴かない理由", "Why the seller is not heard first"), required=False
    )
    ground = forms.ChoiceField(label=said("法令の根拠", "Ground in law"), required=False)
    document = forms.CharField(
        label=said("もとになる要請・命令の文書", "Order or request behind it"),
        help_text=said(
            "法令の根拠を選んだときだけ。日付と番号か、証拠に加えたファイルの名前。出品者も読みます。",
            "Only with a ground in law: its date and number, or the name of a file in the evidence. The seller reads it.",
        ),
        max_length=MOST_OF_DOCUMENT,
        required=False,
    )
    at_once = forms.ChoiceField(
        label=said("予告しないで始める事情", "Why it is not announced ahead"), required=False
    )
    hinders = WordsField(
        check=written.optional,
        rows=3,
        label=said(
            "違反の繰り返しが運営にどう支障となるか（出品者が読みます。違反の繰り返しを選んだときだけ）",
            "How the repeated breach hinders the business (the seller reads it; only with a repeated breach)",
        ),
    )
    hinders_en = WordsField(
        check=written.optional, rows=3, label=said("同じことを英語で", "The same in English")
    )
    reason = WordsField(check=written.reasoned, label=said_text(REASON), rows=3)
    field_order = (
        *("measure", "days", "other", "other_en", "amount", "why_amount", "why_amount_en"),
        *("unheard", "ground", "document", "at_once", "hinders", "hinders_en", "reason"),
    )

    def __init__(
        self,
        *args: Any,
        possible: Mapping[Measure, int],
        heard: bool,
        in_english: bool,
        other: bool,
        **kwargs: Any,
    ) -> None:
        """Offer the `possible` measures, each with the points that it would bring.

        `other` = its writer may decide otherwise than the policy answers.
        """
        super().__init__(*args, **kwargs)
        choose(self, "measure", [(one.code, told(_with(one, points))) for one, points in possible.items()])
        none = ("", said("聴いた、または聴かなくてよい", "It was heard, or need not be"))
        choose(self, "unheard", [none, *((code.value, told(text)) for code, text in UNHEARD_TEXTS.items())])
        terms = ("", said("規約の条項による", "A clause of the terms"))
        choose(self, "ground", [terms, *((one.code, told(one.title)) for one in MEASURE_GROUNDS)])
        listed = {ground.code: ground for one in possible for ground in bounds.grounds_at_once(one)}
        waits = ("", said("条項のとおり予告する", "It is announced as its clause says"))
        choose(self, "at_once", [waits, *((code, told(one.title)) for code, one in listed.items())])
        for name, is_there in (
            ("unheard", not heard),
            ("at_once", bool(listed)),
            ("other", other),
            ("other_en", other and in_english),
            *(("amount", PAYOUT_HELD in possible), ("why_amount", PAYOUT_HELD in possible)),
            ("why_amount_en", in_english and PAYOUT_HELD in possible),
            *(("hinders", bool(listed)), ("hinders_en", in_english and bool(listed))),
        ):
            if not is_there:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason in English too, where the seller reads no Japanese.

        :raises ValidationError: never; what is missing is said beside its field.
        """
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("other", "why_amount", "hinders"):
            if f"{name}_en" in self.fields and given.get(name) and not given.get(f"{name}_en"):
                self.add_error(f"{name}_en", NEEDS_ENGLISH)
        return given


def _with(measure: Measure, points: int) -> Text:
    return Text(f"{measure.title.ja}（{points}点）", f"{measure.title.en} ({points} points)")
