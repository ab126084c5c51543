"""What sellers and staff fill in: the same sentences as the actions give, beside what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS
from mamori.ground.market import facts as market
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.uploads import FilesField
from mamori.ground.web.versions import VersionForm, choose
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.law.breaches import BREACHES
from mamori.rooms.enforcement.inputs import REASON
from mamori.rooms.enforcement.rules.reasons import ENDED_TEXTS, Ended


class WordsForm(HouseForm):
    """What a seller writes, with files where there are any."""

    said = WordsField(label=said("ご意見", "Your view"))
    attached = FilesField(required=False)


class ViewForm(VersionForm, WordsForm):
    """A seller's view, or what it writes to an appeal that is under way."""


class CuredForm(VersionForm):
    """That a seller has put it right."""

    said = WordsField(
        check=written.optional, rows=3, label=said("どう直したか（なくてもかまいません）", "How (optional)")
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


class LiftForm(VersionForm):
    """Why a measure ends before its time."""

    because = forms.TypedChoiceField(
        label=said("終える理由", "Why it ends"), widget=forms.RadioSelect, coerce=Ended
    )
    reason = WordsField(check=written.reasoned, label=said_text(REASON), rows=3)

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
        check=written.optional,
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
