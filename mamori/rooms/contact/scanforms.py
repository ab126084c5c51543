"""What a party fills in about the machine that looks at what it writes."""

from __future__ import annotations

from django import forms

from mamori.ground.web.forms import HouseForm
from mamori.ground.web.wording import said

YES, NO = "yes", "no"


class ScanningForm(HouseForm):
    """Whether a machine may look at what one writes."""

    agrees = forms.ChoiceField(
        label=said("機械が確かめてもよいですか", "May a machine look?"),
        choices=[
            (YES, said("はい、確かめてもよい", "Yes, it may")),
            (NO, said("いいえ、確かめないでほしい", "No, please do not look")),
        ],
        widget=forms.RadioSelect,
    )

    def clean_agrees(self) -> bool:
        """Return whether it may."""
        return bool(self.cleaned_data["agrees"] == YES)
