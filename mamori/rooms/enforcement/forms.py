"""What sellers and staff fill in: the same sentences as the actions give, beside what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.uploads import FilesField
from mamori.ground.web.wording import said, told
from mamori.japan import written
from mamori.law.breaches import BREACHES
from mamori.rooms.enforcement.changes import ChangedMeanwhile
from mamori.rooms.enforcement.rules.reasons import (
    DISMISSED_TEXTS,
    ENDED_TEXTS,
    Ended,
)

REASON = said("理由（記録に残ります）", "Reason (kept in the record)")


class WordsField(forms.CharField):
    """What somebody writes, refused with the house's own sentences and given back as it was typed."""

    def __init__(self, *, optional: bool = False, rows: int = 6, **options: Any) -> None:
        self.optional = optional
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(
            strip=False, required=not optional, max_length=written.MOST, widget=widget, **options
        )
        self.widget.attrs.pop("maxlength", None)  # the browser would cut off what was pasted, and say nothing

    def clean(self, value: Any) -> str:
        """Return the words as they will be kept.

        :raises ValidationError: when there are none though some are needed, or too many.
        """
        check = written.optional if self.optional else written.checked
        try:
            return check(str(value or ""))
        except Refusal as refusal:
            raise ValidationError(told(refusal.sentence), code=refusal.code) from None


class VersionForm(HouseForm):
    """What every form carries that acts on a matter: which state of it its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].error_messages |= {"required": told(UNSEEN), "invalid": told(UNSEEN)}


UNSEEN = Text(
    "この画面がいつの内容か分かりません。案件の画面を開き直してから、もう一度お送りください。",
    "It cannot be told which state of the matter this page showed. Please open the page again and send it from there.",
)


class WordsForm(HouseForm):
    """What a seller writes, with files where there are any."""

    said = WordsField(label=said("ご意見", "Your view"))
    attached = FilesField(required=False)


class ViewForm(VersionForm, WordsForm):
    """A seller's view, or what it writes to an appeal that is under way."""


class CuredForm(VersionForm):
    """That a seller has put it right."""

    said = WordsField(
        optional=True, rows=3, label=said("どう直したか（なくてもかまいません）", "How (optional)")
    )


class ReasonForm(VersionForm):
    """A reason."""

    reason = WordsField(label=REASON, rows=3)


class UncuredForm(VersionForm):
    """What a look found not put right."""

    reason = WordsField(
        label=said(
            "何がまだ直っていないか（出品者が読みます）", "What is not put right yet (the seller reads it)"
        ),
        rows=3,
    )


class EvidenceForm(VersionForm):
    """Files that a finding rests on."""

    attached = FilesField()

    def clean_attached(self) -> list[UploadedFile[Any]]:
        """Return the files that came.

        :raises ValidationError: when none did.
        """
        files: list[UploadedFile[Any]] = self.cleaned_data["attached"]
        if not files:
            raise ValidationError(self.fields["attached"].error_messages["required"], code="required")
        return files


class DismissForm(ReasonForm):
    """Why nothing is done."""

    because = forms.ChoiceField(
        label=said("措置をとらない理由", "Why nothing is done"),
        widget=forms.RadioSelect,
    )
    field_order = ("because", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "because", [(code.value, told(text)) for code, text in DISMISSED_TEXTS.items()])


class LiftForm(ReasonForm):
    """Why a measure ends before its time."""

    because = forms.ChoiceField(label=said("終える理由", "Why it ends"), widget=forms.RadioSelect)
    field_order = ("because", "reason")

    def __init__(self, *args: Any, endings: tuple[Ended, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "because", [(one.value, told(ENDED_TEXTS[one])) for one in endings])


class FindForm(HouseForm):
    """A finding that staff make."""

    seller = forms.CharField(label=said("出品者の番号", "Seller"), max_length=64)
    breach = forms.ChoiceField(label=said("違反の種類", "Kind of breach"))
    severity = forms.ChoiceField(label=said("重さ", "Severity"), widget=forms.RadioSelect)
    harm = forms.ChoiceField(label=said("被害", "Harm"), widget=forms.RadioSelect)
    listing = forms.CharField(label=said("商品の番号", "Listing"), max_length=64, required=False)
    review = forms.CharField(label=said("レビューの番号", "Review"), max_length=64, required=False)
    order = forms.CharField(label=said("注文番号", "Order"), max_length=64, required=False)
    category = forms.CharField(label=said("商品の分野", "Category"), max_length=64, required=False)
    found_at = forms.DateTimeField(
        required=False,
        label=said("気づいた日時", "Noticed at"),
        help_text=said("空けておくと、今になります", "left empty, it is now"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"),
    )
    facts = WordsField(label=said("事実（出品者が読みます）", "Facts (the seller reads them)"), rows=5)
    facts_en = WordsField(
        optional=True,
        rows=4,
        label=said(
            "英語での事実（英語で読む出品者のために）", "Facts in English, for a seller who reads English"
        ),
    )

    origin = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "breach", [(one.code, told(one.title)) for one in BREACHES])
        choose(self, "severity", [(one.value, told(text)) for one, text in SEVERITY_TEXTS.items()])
        choose(self, "harm", [(one.value, told(text)) for one, text in REACH_TEXTS.items()])

    def clean(self) -> dict[str, Any]:
        """Ask for the facts in English too where the seller reads no Japanese.

        :raises ValidationError: never; what is missing is said beside its field.
        """
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if reads_english(given.get("seller", "")) and not given.get("facts_en", "").strip():
            self.add_error("facts_en", NEEDS_ENGLISH)
        return given


def reads_english(seller_ref: str) -> bool:
    """Say whether a seller reads another language than Japanese."""
    seller = market.seller(seller_ref)
    return seller is not None and seller.lang[:2] not in ("", "ja")


NEEDS_ENGLISH = said(
    "この出品者は日本語以外で読みます。英語でもお書きください。",
    "This seller does not read Japanese best. Please write it in English too.",
)


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


def refuse(form: HouseForm, refusal: Refusal, version: int) -> int:
    """Say on the form why it was refused, and let it carry the version that stands now where that is why; return the status."""
    if isinstance(refusal, ChangedMeanwhile):
        renew(form, "version", version)
    form.add_error(None, told(refusal.sentence))
    return refusal.status
