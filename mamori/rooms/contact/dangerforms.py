"""What staff fill in about a danger: what the buyer answered, and how the call to the buyer went."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from mamori.ground.web.forms import HouseForm, Numbered
from mamori.ground.web.wording import said, said_text, told
from mamori.rooms.contact.actions.calls import MOST_NOTED, OUTCOMES, BuyerAnswersNeeded, Outcome
from mamori.rooms.contact.queries.goods import heading
from mamori.rooms.contact.rules.danger import KNOWN, QUESTIONS, Known

OF_BUYERS = tuple(outcome for outcome in OUTCOMES if outcome is not Outcome.PROMISED)


def _answer(name: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=said_text(QUESTIONS[name]),
        choices=[(known.value, said_text(heading(text))) for known, text in KNOWN.items()],
        coerce=Known,
        empty_value=None,
        widget=forms.RadioSelect,
    )


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

    outcome = forms.TypedChoiceField(
        label=said("購入者への架電の結果", "How did the call to the buyer go?"),
        choices=[(o.value, said_text(heading(OUTCOMES[o]))) for o in OF_BUYERS],
        coerce=Outcome,
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
            raise ValidationError(told(BuyerAnswersNeeded().sentence), code=BuyerAnswersNeeded.code)
        return given
