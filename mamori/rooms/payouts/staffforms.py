"""What staff fill in about payouts and names: findings by key, reasons, amounts."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.forms import HouseForm, Numbered, YenField
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.rooms.payouts.actions.holding import Settled

MOST = 500


class Found(StrEnum):
    """What a look at two names comes to, each with its reason: the keys 1 to 6."""

    READING = "reading"
    SPELLING = "spelling"
    ADDED = "added"
    CONFIRMED = "confirmed"
    RELATIVE = "relative"
    ANOTHER = "another"

    @property
    def is_same(self) -> bool:
        """Say whether the holder is the registered person."""
        return self not in (Found.RELATIVE, Found.ANOTHER)

    @property
    def reason(self) -> Text:
        """Return the reason in words."""
        return FOUND[self]


FOUND = {
    Found.READING: Text("名前の読み方として認められる", "it is a way to read this name"),
    Found.SPELLING: Text(
        "書き方だけの違い（略字・のばす音・字数で切れた名義など）",
        "only the spelling differs (short forms, long vowels, a name cut by the bank)",
    ),
    Found.ADDED: Text(
        "屋号や法人の種類が付いているだけ", "only a trade name or a corporate form stands beside it"
    ),
    Found.CONFIRMED: Text(
        "書類や本人への確認で、同じと分かった", "papers, or asking the seller, showed that they are the same"
    ),
    Found.RELATIVE: Text(
        "名（下の名前）が違う：家族などの口座", "the given name is another: a relative's account"
    ),
    Found.ANOTHER: Text("別の人・別の会社の口座", "the account of another person or company"),
}
_SAME, _OTHER = Text("同じ名義", "Same holder"), Text("別の名義", "Another holder")


def _choice(number: int, found: Found) -> tuple[str, Any]:
    head = _SAME if found.is_same else _OTHER
    return found.value, said(
        f"{number}　{head.ja}：{found.reason.ja}", f"{number}  {head.en}: {found.reason.en}"
    )


class NameForm(HouseForm):
    """What somebody found, in a few words more where needed, of the version of the registered name that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.TypedChoiceField(
        label=said("見比べた結果", "What did you find?"),
        choices=[_choice(number, found) for number, found in enumerate(FOUND, start=1)],
        coerce=Found,
        widget=Numbered,
    )
    words = forms.CharField(
        label=said("書き添えること", "Anything to add"),
        help_text=said(
            "記録に残ります。出品者には送られません。",
            "It stays in the record and is not sent to the seller.",
        ),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def reason(self) -> str:
        """Return the reason as it goes into the record, in the language of who gives it."""
        found, words = self.cleaned_data["found"], self.cleaned_data["words"].strip()
        return f"{told(found.reason)}{'。' if words else ''}{words}"


class ReasonField(forms.CharField):
    """A reason, refused with the house's own sentence where it is none."""

    def __init__(self, help_text: Text) -> None:
        super().__init__(
            label=said("理由", "Reason"),
            help_text=said_text(help_text),
            max_length=MOST,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def clean(self, value: Any) -> str:
        """Return the reason as it will be kept.

        :raises ValidationError: when there are no words in it.
        """
        try:
            return written.reasoned(super().clean(value))
        except Refusal as refusal:
            raise ValidationError(told(refusal.sentence), code=refusal.code) from None


_KEPT = Text("記録に残ります。", "It stays in the record.")
_EXPLAINED = Text(
    "記録に残り、出品者に聞かれたときの説明に使います。",
    "It stays in the record, and is what the seller is told when asking.",
)


class ReviewForm(HouseForm):
    """Why a hold stays."""

    reason = ReasonField(_EXPLAINED)


class CallOffForm(HouseForm):
    """Why a run is called off."""

    reason = ReasonField(_KEPT)


class AnswerForm(HouseForm):
    """What an objection is answered."""

    said = forms.CharField(
        label=said("返事", "Answer"),
        help_text=said(
            "出品者が読みます。2,000文字までです。", "The seller reads it. At most 2,000 characters."
        ),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ReleaseForm(HouseForm):
    """How much is to be paid in spite of what stands against it, and why."""

    amount = YenField(
        label=said("支払う額（円）", "Amount to be paid (yen)"),
        help_text=said("止まっている額までです。", "No more than what waits."),
    )
    reason = ReasonField(_KEPT)


class SettleForm(HouseForm):
    """How money that was never paid comes to its end, and why."""

    how = forms.TypedChoiceField(
        label=said("どう終えますか", "How does it end?"),
        choices=[(how.value, said_text(how.text)) for how in Settled],
        coerce=Settled,
        widget=forms.RadioSelect,
    )
    reason = ReasonField(_EXPLAINED)
