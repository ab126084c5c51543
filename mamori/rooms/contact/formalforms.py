"""What a buyer fills in for a formal notice, and a seller in answer to one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from mamori.ground.web.forms import DayField, HouseForm
from mamori.ground.web.wording import said, said_text
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact.forms import WordsField
from mamori.rooms.contact.queries.goods import heading
from mamori.rooms.contact.rules.formal import SENDERS, Sender


class OptionalWords(WordsField):
    """Words that may be left out."""

    def clean(self, value: Any) -> str:
        """Return the words as they will be kept, or nothing.

        :raises ValidationError: when there are too many.
        """
        return super().clean(value) if str(value or "").strip() else ""


class KindForm(HouseForm):
    """Which notice it is."""

    kind = forms.ChoiceField(
        label=said("何を伝えますか", "What do you declare?"),
        choices=[(notice.code, said_text(heading(notice.title))) for notice in FORMAL_NOTICES],
        widget=forms.RadioSelect,
    )


class ReceivedForm(HouseForm):
    """When the goods were received; nobody has to know."""

    received_on = DayField(
        label=said("商品を受け取った日", "The day you received the goods"),
        help_text=said(
            "まだ届いていないときや、分からないときは、空のまま進んでください。",
            "Leave it empty if they have not come, or if you do not know.",
        ),
        required=False,
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        day = self.fields["received_on"]
        assert isinstance(day, DayField)
        day.last = today


class SenderForm(HouseForm):
    """Who sends the notice about a minor's contract."""

    sender = forms.TypedChoiceField(
        label=said("通知するのはどなたですか", "Who sends this notice?"),
        choices=[(sender.value, said_text(heading(text))) for sender, text in SENDERS.items()],
        coerce=Sender,
        widget=forms.RadioSelect,
    )


class ReasonForm(HouseForm):
    """Why, if the buyer likes to say it."""

    reason = OptionalWords(
        label=said("理由（書かなくてもかまいません）", "Your reasons (you need not give any)"),
        help_text=said(
            "書いたとおりに出品者へ届きます。返金先の口座などを書いても、伏せたり削ったりしません。",
            "It reaches the seller exactly as you write it. Nothing is hidden or cut, not even an account for the refund.",
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class GoAlongForm(HouseForm):
    """What happens next, where the seller says it."""

    said = OptionalWords(
        label=said("これからの手続き（書かなくてもかまいません）", "What happens next (optional)"),
        help_text=said(
            "返送のしかた、返金の時期などをお書きください。",
            "For example how to send it back, and when you refund.",
        ),
        required=False,
    )


class DisputeForm(HouseForm):
    """Why the seller does not go along with it."""

    said = WordsField(
        label=said("争う理由", "Why you dispute it"),
        help_text=said(
            "特約があるときは、どこに示していたかもお書きください。購入者に届きます。",
            "If you had terms on this, say where they were shown. The buyer receives it.",
        ),
    )
