"""What staff fill in to record a finding, a question a page: what is wrong is said where it is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS, Concerns, Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.market import facts as market
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.versions import choose
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.law.breaches import OFFERED
from mamori.law.breaches import breach as breach_of
from mamori.rooms.enforcement import intake
from mamori.rooms.enforcement.subject import Subject


class SellerForm(HouseForm):
    """Whom a finding is about."""

    seller = forms.CharField(label=said("出品者の番号", "Seller"), max_length=64)

    def clean_seller(self) -> str:
        """Return the reference.

        :raises ValidationError: when nobody told of such a seller.
        """
        ref: str = self.cleaned_data["seller"]
        _let_pass(Subject(seller=ref))
        return ref


class BreachForm(HouseForm):
    """Which kind of breach it is."""

    breach = forms.ChoiceField(label=said("違反の種類", "Kind of breach"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "breach", [(one.code, said_text(one.title)) for one in OFFERED])


class WeightForm(HouseForm):
    """How grave it is, and who was harmed."""

    severity = forms.TypedChoiceField(
        label=said("重さ", "Severity"), widget=forms.RadioSelect, coerce=Severity
    )
    harm = forms.TypedChoiceField(label=said("被害", "Harm"), widget=forms.RadioSelect, coerce=Reach)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "severity", [(one.value, said_text(text)) for one, text in SEVERITY_TEXTS.items()])
        choose(self, "harm", [(one.value, said_text(text)) for one, text in REACH_TEXTS.items()])


class AboutForm(HouseForm):
    """What of the seller's it is about: only what a measure against such a breach may touch, and the order."""

    listing = forms.CharField(label=said("商品の番号", "Listing"), max_length=64, required=False)
    category = forms.CharField(label=said("商品の分野", "Category"), max_length=64, required=False)
    review = forms.CharField(label=said("レビューの番号", "Review"), max_length=64, required=False)
    order = forms.CharField(label=said("注文番号", "Order"), max_length=64, required=False)

    def __init__(self, *args: Any, seller: str, breach: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seller = seller
        concerned = breach_of(breach).concerns
        for name, concerns in (
            ("listing", Concerns.LISTING),
            ("category", Concerns.CATEGORY),
            ("review", Concerns.REVIEW),
        ):
            if concerns not in concerned:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Hold each against the marketplace's records, and say it beside its field."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, ref in list(given.items()):
            try:
                _let_pass(Subject(seller=self.seller, **{name: ref}))
            except ValidationError as unknown:
                self.add_error(name, unknown)
        return given


class NoticedForm(HouseForm):
    """When it was noticed."""

    found_at = forms.DateTimeField(
        required=False,
        label=said("気づいた日時", "Noticed at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"),
    )

    def __init__(self, *args: Any, breach: str, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.breach, self.at = breach, at

    def clean_found_at(self) -> datetime | None:
        """Return the moment.

        :raises ValidationError: when it has not come yet, or was too long ago.
        """
        moment: datetime | None = self.cleaned_data["found_at"]
        try:
            intake.must_be_there(self.breach, moment, self.at)
        except Refusal as refusal:
            raise ValidationError(told(refusal.sentence), code=refusal.code) from None
        return moment


class FactsForm(HouseForm):
    """What happened, in words that the seller reads: in English too where it reads no Japanese."""

    facts = WordsField(label=said("事実（出品者が読みます）", "Facts (the seller reads them)"), rows=6)
    facts_en = WordsField(
        check=written.optional,
        rows=5,
        label=said(
            "英語での事実（英語で読む出品者のために）", "Facts in English, for a seller who reads English"
        ),
    )

    def __init__(self, *args: Any, seller: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reads_english(seller):
            del self.fields["facts_en"]

    def clean_facts_en(self) -> str:
        """Return the words.

        :raises ValidationError: when there are none.
        """
        words: str = self.cleaned_data["facts_en"]
        if not words.strip():
            raise ValidationError(NEEDS_ENGLISH, code="required")
        return words


NEEDS_ENGLISH = said(
    "この出品者は日本語以外で読みます。英語でもお書きください。",
    "This seller does not read Japanese best. Please write it in English too.",
)


def reads_english(seller_ref: str) -> bool:
    """Say whether a seller reads another language than Japanese."""
    seller = market.seller(seller_ref)
    return seller is not None and seller.lang[:2] not in ("", "ja")


def _let_pass(subject: Subject) -> None:
    try:
        intake.must_be_sellers(subject)
    except Refusal as refusal:
        raise ValidationError(told(refusal.sentence), code=refusal.code) from None
