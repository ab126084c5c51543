"""What sellers and staff fill in: the same sentences as the actions give, beside what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS, Measure
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.uploads import FilesField
from mamori.ground.web.wording import said, told
from mamori.japan import written
from mamori.law.breaches import BREACHES
from mamori.law.grounds import MEASURE_GROUNDS
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.reasons import (
    DISMISSED_TEXTS,
    ENDED_TEXTS,
    UNHEARD_TEXTS,
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


class NoteForm(VersionForm):
    """A note of the reviewers."""

    said = WordsField(label=said("メモ", "The note"))


class CuredForm(VersionForm):
    """That a seller has put it right."""

    said = WordsField(
        optional=True, rows=3, label=said("どう直したか（なくてもかまいません）", "How (optional)")
    )


class ReasonForm(VersionForm):
    """A reason."""

    reason = WordsField(label=REASON, rows=3)


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
    """Why a measure ends before its time; one that is over can only turn out a mistake."""

    because = forms.ChoiceField(label=said("終える理由", "Why it ends"), widget=forms.RadioSelect)
    field_order = ("because", "reason")

    def __init__(self, *args: Any, may_reverse: bool, over: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ending = () if over else (Ended.CURED, Ended.REVIEWED)
        usual = (*ending, *((Ended.MISTAKE,) if may_reverse else ()))
        choose(self, "because", [(one.value, told(ENDED_TEXTS[one])) for one in usual])


class DecideForm(ReasonForm):
    """A measure, for how long, up to which amount, why, and why the seller was not heard first."""

    measure = forms.ChoiceField(label=said("措置", "Measure"), widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=said("日数（終わりのない措置は0）", "Days (0 where it has no end)"),
        min_value=0,
        max_value=3_650,
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
    unheard = forms.ChoiceField(
        label=said("意見を先に聴かない理由", "Why the seller is not heard first"), required=False
    )
    ground = forms.ChoiceField(label=said("法令の根拠", "Ground in law"), required=False)
    at_once = forms.ChoiceField(
        label=said("予告しないで始める事情", "Why it is not announced ahead"), required=False
    )
    field_order = ("measure", "days", "amount", "unheard", "ground", "at_once", "reason")

    def __init__(self, *args: Any, possible: tuple[Measure, ...], heard: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "measure", [(one.code, told(one.title)) for one in possible])
        none = ("", said("聴いた、または聴かなくてよい", "It was heard, or need not be"))
        choose(self, "unheard", [none, *((code.value, told(text)) for code, text in UNHEARD_TEXTS.items())])
        terms = ("", said("規約の条項による", "A clause of the terms"))
        choose(self, "ground", [terms, *((one.code, told(one.title)) for one in MEASURE_GROUNDS)])
        if heard:
            del self.fields["unheard"]
        listed = {ground.code: ground for one in possible for ground in bounds.grounds_at_once(one)}
        waits = ("", said("条項のとおり予告する", "It is announced as its clause says"))
        choose(self, "at_once", [waits, *((code, told(one.title)) for code, one in listed.items())])
        if not listed:
            del self.fields["at_once"]


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
        seller = market.seller(given.get("seller", ""))
        if seller and seller.lang[:2] not in ("", "ja") and not given.get("facts_en", "").strip():
            self.add_error("facts_en", NEEDS_ENGLISH)
        return given


NEEDS_ENGLISH = said(
    "この出品者は日本語以外で読みます。事実を英語でもお書きください。",
    "This seller does not read Japanese best. Please write the facts in English too.",
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


class ReplyForm(VersionForm):
    """What a reviewer writes to the seller, and whether an answer is asked for."""

    asks = forms.BooleanField(
        required=False,
        label=said("返事をお願いする（期限が始まります）", "Ask for an answer (a clock begins)"),
    )
    said = WordsField(label=said("出品者への言葉", "Words to the seller"))
    field_order = ("said", "asks")


def _outcome(*choices: tuple[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=said("結論", "Outcome"), widget=forms.RadioSelect, choices=choices)


STANDS = ("kept", said("決定を変えない", "The decision stands"))
OUTCOME_REASON = said("理由（出品者が読みます）", "Reasons (the seller reads them)")


class MoneyOutcomeForm(VersionForm):
    """The outcome of an appeal against a deduction: all of it goes back, so many yen, or nothing."""

    outcome = _outcome(
        ("granted", said("異議を認め、全額を戻す", "Grant it: all of it goes back")),
        ("partly", said("一部を認め、下の額を戻す", "Grant a part: the yen below go back")),
        STANDS,
    )
    amount = forms.IntegerField(
        label=said("戻す額（円）", "Yen that go back"),
        help_text=said("一部を認めるときだけ", "only where a part is granted"),
        required=False,
        min_value=1,
    )
    said = WordsField(label=OUTCOME_REASON)


class OutcomeForm(VersionForm):
    """The outcome of an appeal and its reasons, which the seller reads."""

    outcome = _outcome(
        ("granted", said("異議を認め、措置と点数を取り消す", "Grant it: the measure and its points go")),
        (
            "partly/measure",
            said("一部：措置を終え、点数は残す", "In part: the measure ends, its points stay"),
        ),
        (
            "partly/points",
            said("一部：点数を消し、措置は続ける", "In part: its points go, the measure stays"),
        ),
        STANDS,
    )
    said = WordsField(label=OUTCOME_REASON)
