"""What staff fill in: amounts, reasons, outcomes, grounds; refused with the sentences of the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.forms import DigitsField, HouseForm, Numbered, YenField, seen_field
from mamori.ground.web.wording import localized, said, said_text
from mamori.rooms.contact.actions.calls import MOST_NOTED, OUTCOMES, BuyerAnswersNeeded, Outcome
from mamori.rooms.contact.calling import CallLine
from mamori.rooms.contact.forms import one_of
from mamori.rooms.contact.parcels import parcel
from mamori.rooms.contact.queries.offers import OfferShown
from mamori.rooms.contact.rules.danger import KNOWN, QUESTIONS, Known
from mamori.rooms.contact.rules.reasons import LOWER_BECAUSE, PART_BECAUSE, LowerBecause, PartBecause
from mamori.rooms.contact.topics import HARMS, Harm

MOST_REASONED = 1_000


def reason_field(help_text: Text | None = None, **options: Any) -> forms.CharField:
    """Return the field for a reason, which stays in the record."""
    told = help_text or Text(
        "記録に残ります。当事者には送られません。", "It stays in the record and is sent to no party."
    )
    return forms.CharField(
        label=said("理由", "Reason"),
        help_text=said_text(told),
        max_length=MOST_REASONED,
        widget=forms.Textarea(attrs={"rows": 4}),
        **options,
    )


class ReasonForm(HouseForm):
    """A reason, and nothing else."""

    reason = reason_field()


class SolvedForm(ReasonForm):
    """Why staff know that it is solved; while a proposal waits for a reply, that the buyer knows that just that one is lost."""

    gives_up = forms.TypedMultipleChoiceField(
        label=said("この提案は、終えるとなくなります", "This proposal is gone when you end this"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": said(
                "提案が新しくなりました。購入者に確かめ、もう一度お選びください。",
                "The proposal has changed. Please ask the buyer, and choose again.",
            ),
        },
    )

    def __init__(self, *args: Any, waits: OfferShown | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waits is None:
            del self.fields["gives_up"]
            return
        knows = Text(
            "「{what}」がなくなることを、購入者は知っている", "The buyer knows that “{what}” is lost"
        )
        choice = self.fields["gives_up"]
        assert isinstance(choice, forms.TypedMultipleChoiceField)
        choice.error_messages["required"] = said(
            "提案がなくなることを購入者に確かめてから、お選びください。購入者が提案を受けるときは、終えずに返事をお待ちください。",
            "Please ask the buyer, and choose it when they know that it is lost. If they want it, wait for their reply.",
        )
        choice.choices = [(str(waits.id), said_text(knows.fill(what=waits.what)))]

    def clean_gives_up(self) -> int:
        """Return which proposal it is."""
        [given_up] = self.cleaned_data["gives_up"]
        return int(given_up)


class GrantForm(HouseForm):
    """How much to refund, and why."""

    amount = YenField(label=said("返金額（円）", "Refund (yen)"))
    because = forms.TypedChoiceField(
        label=said("一部だけの返金のとき：購入者に伝える理由", "Only a part: what the buyer is told"),
        choices=[(b.value, said_text(text)) for b, text in PART_BECAUSE.items()],
        coerce=PartBecause,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = reason_field()


class ParcelForm(HouseForm):
    """The number of a parcel, where it is known."""

    tracking = forms.CharField(
        label=said("追跡番号（分かるとき）", "Tracking number, if known"), max_length=80, required=False
    )

    def clean_tracking(self) -> str:
        """Return the number as it will be kept."""
        try:
            return parcel(self.cleaned_data["tracking"])
        except Refusal as refusal:
            raise ValidationError(localized(refusal.sentence), code=refusal.code) from None


class LowerForm(HouseForm):
    """To which harm, what both sides are told, and what stays in the record."""

    harm = one_of(
        Harm,
        {harm: text for harm, text in HARMS.items() if harm is not Harm.DANGER},
        said("改めた程度", "How grave it is instead"),
    )
    because = forms.TypedChoiceField(
        label=said("購入者と出品者に伝える理由", "What buyer and seller are told"),
        choices=[(b.value, said_text(text)) for b, text in LOWER_BECAUSE.items()],
        coerce=LowerBecause,
        widget=forms.RadioSelect,
    )
    reason = reason_field()


class NoDangerForm(LowerForm):
    """The same of a danger, by what had been told of it when the page was opened."""

    seen_until = seen_field()


class CallForm(HouseForm):
    """How a call went, under which number, by when the seller promised to act, and what to know of it."""

    only_with: ClassVar = dict.fromkeys(("hours", "by"), (f"outcome={Outcome.PROMISED}",))

    outcome = one_of(Outcome, OUTCOMES, said("架電の結果", "How did the call go?"), widget=Numbered)
    hours = DigitsField(
        label=said("約束の時間（営業日の時間）", "Promised within (hours of business days)"),
        help_text=said(
            "「対応の約束を得た」ときだけ。この時間が過ぎると、もう一度架電一覧に載ります。",
            "Only when the seller promised to act. After these hours the call comes back to the list.",
        ),
        max_length=3,
        required=False,
    )
    by = forms.DateTimeField(
        label=said("または約束の日時", "Or promised by (day and time)"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"),
        required=False,
    )
    line = forms.TypedChoiceField(
        label=said("かけた番号", "Number that was called"), coerce=int, required=False
    )
    note = forms.CharField(
        label=said("電話のメモ", "Note on the call"),
        help_text=said(
            "担当者だけが読みます。当事者には送られません。", "For staff only; it is sent to no party."
        ),
        max_length=MOST_NOTED,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(
        self, *args: Any, lines: Iterable[CallLine] = (), by_keys: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not by_keys:
            self.fields["outcome"].widget = forms.RadioSelect(choices=self.fields["outcome"].widget.choices)
        right = [line for line in lines if not line.is_wrong]
        choice = self.fields["line"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [(line.place, line.number) for line in right]
        if len(right) < 2:
            del self.fields["line"]


class WhyReadForm(HouseForm):
    """Why the words are read on a ground that holds only with a reason."""

    reason = reason_field()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="ground_%s")


# What staff fill in about a danger: what the buyer answered, and how the call to the buyer went.


def _answer(name: str) -> forms.TypedChoiceField:
    return one_of(Known, KNOWN, said_text(QUESTIONS[name]), empty_value=None)


class ReachedForm(HouseForm):
    """What the buyer answered, by whatever means they were reached."""

    injured = _answer("injured")
    fire = _answer("fire")
    kept = _answer("kept")
    stopped = _answer("stopped")
    note = forms.CharField(
        label=said(
            "記録に残すこと（どう連絡がついたか、型番など）",
            "For the record (how they were reached, model, …)",
        ),
        help_text=said(
            "記録に残ります。当事者には送られません。", "It stays in the record and is sent to no party."
        ),
        max_length=MOST_NOTED,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )


class BuyerCallForm(ReachedForm):
    """How the call to a buyer in danger went; the answers only when the buyer was reached."""

    outcome = one_of(
        Outcome,
        {outcome: text for outcome, text in OUTCOMES.items() if outcome is not Outcome.PROMISED},
        said("購入者への架電の結果", "How did the call to the buyer go?"),
        widget=Numbered,
    )
    field_order = ("outcome", *QUESTIONS, "note")
    only_with: ClassVar = dict.fromkeys(QUESTIONS, (f"outcome={Outcome.REACHED}",))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="buyer_%s", **kwargs)
        for name in QUESTIONS:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Return what was filled in.

        :raises ValidationError: when the buyer was reached and an answer is missing.
        """
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("outcome") is Outcome.REACHED and any(given.get(name) is None for name in QUESTIONS):
            raise ValidationError(localized(BuyerAnswersNeeded().sentence), code=BuyerAnswersNeeded.code)
        return given
