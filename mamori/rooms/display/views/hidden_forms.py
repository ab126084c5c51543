"""What somebody fills in who concludes whether a private account is a business."""

from __future__ import annotations

from django import forms

from mamori.ground.web.forms import DayField, WordsField
from mamori.ground.web.versions import VersionForm
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.rooms.display.rules.hidden.standing import StandingOutcome


class ConcludeForm(VersionForm):
    """What is concluded, from which day that is so, and why."""

    outcome = forms.TypedChoiceField(
        label=said("判断", "Conclusion"),
        choices=[(one.value, said_text(one.text)) for one in StandingOutcome],
        coerce=StandingOutcome,
        widget=forms.RadioSelect,
    )
    since = DayField(
        label=said("いつから", "Since which day"),
        help_text=said(
            "この日からの注文について、その人が何であったかを示します。前の判断を改めるときは、前の日かそれより前の日にします。",
            "It says who the account was for orders from this day on. To take an earlier conclusion back, give its day or an "
            "earlier one.",
        ),
    )
    reason = WordsField(
        check=written.reasoned,
        rows=5,
        label=said("理由（出品者が読みます）", "Reason (the seller reads it)"),
        help_text=said(
            "何を見て、出品者の答えをどう受け止めたかを書きます。",
            "What you saw, and what you made of the answer.",
        ),
    )
