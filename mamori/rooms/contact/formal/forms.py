"""What a buyer fills in for a formal notice, and a seller in answer to one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.formal import Sold
from mamori.ground.market.facts import OrderFact
from mamori.ground.web.forms import DayField, HouseForm, choose
from mamori.ground.web.wording import localized, said, said_text
from mamori.law.formal import FORMAL_NOTICES, MINOR, offered
from mamori.rooms.contact.formal import records
from mamori.rooms.contact.formal.rules import SENDERS, Declared, ReceivedBeforeOrder, Sender, check_received
from mamori.rooms.contact.forms import MAY_READ, YES, CarriedFilesForm, MessageField, one_of
from mamori.rooms.contact.queries.goods import heading


class KindForm(HouseForm):
    """Which notice it is."""

    kind = forms.ChoiceField(label=said("何を伝えますか", "What do you declare?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, sold: Sold, wanted: str) -> None:
        """Offer the notices that the law bears for such a sale, and the one that is `wanted`: none is refused."""
        super().__init__(data)
        there = offered(sold)
        choose(
            self,
            "kind",
            [
                (notice.code, said_text(heading(notice.title)))
                for notice in FORMAL_NOTICES
                if notice in there or notice.code == wanted
            ],
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

    def __init__(self, data: Any = None, *, today: date, order: OrderFact | None = None) -> None:
        super().__init__(data)
        self.order = order
        day = self.fields["received_on"]
        assert isinstance(day, DayField)
        day.last = today

    def clean_received_on(self) -> date | None:
        """Return the day, where it is known.

        :raises ValidationError: when it lies before the order.
        """
        day: date | None = self.cleaned_data["received_on"]
        try:
            if self.order is not None:
                check_received(records.ordered_on(self.order), day)
        except ReceivedBeforeOrder as refusal:
            raise ValidationError(localized(refusal.sentence), code=refusal.code) from None
        return day


class SenderForm(HouseForm):
    """Who sends the notice about a minor's contract."""

    sender = one_of(Sender, SENDERS, said("通知するのはどなたですか", "Who sends this notice?"))


class ReasonForm(CarriedFilesForm):
    """Why, if the buyer likes to say it, with files; those that came with a message are carried along, sealed."""

    reason = MessageField(
        label=said("理由（書かなくてもかまいません）", "Your reasons (you need not give any)"),
        help_text=said(
            "書いたとおりに出品者へ届きます。返金先の口座などを書いても、伏せたり削ったりしません。",
            "It reaches the seller exactly as you write it. Nothing is hidden or cut, not even an account for the refund.",
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CallerNoticeForm(ReceivedForm):
    """What a caller declares, taken down; the text is made of it and read out before it is sent."""

    kind = forms.ChoiceField(
        label=said("何を伝えたいと言っていますか", "What does the caller want to declare?"),
        help_text=said(
            "それぞれの意味を読み上げ、ご本人に選んでいただいてください。どれがよいかを勧めたり、有効かどうかを答えたりしないでください。",
            "Read out what each means and let the caller choose. Please recommend none, and do not say whether it is valid.",
        ),
        choices=[(notice.code, said_text(heading(notice.title))) for notice in FORMAL_NOTICES],
        widget=forms.RadioSelect,
    )
    sender = forms.ChoiceField(
        label=said(
            "通知する人（未成年者の取消しのときだけ）", "Who declares it (only for a minor's contract)"
        ),
        choices=[
            ("", said("未成年者の取消しではない", "It is not about a minor's contract")),
            *((sender.value, said_text(heading(text))) for sender, text in SENDERS.items()),
        ],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    reason = MessageField(
        label=said("理由（言わなくてもかまいません）", "Reasons (they need not give any)"),
        help_text=said(
            "相手の言葉のまま書いてください。書いたとおりに出品者へ届き、何も伏せません。",
            "In their own words. It reaches the seller exactly as you write it; nothing is hidden.",
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    may_read = forms.ChoiceField(
        label=said(
            "「この通知と出品者の返事を、相談窓口が読んでもよいですか」への答え",
            "Their answer to “May the centre read this notice and the seller's answer?”",
        ),
        help_text=said(
            "「はい」のときは、あとで電話で読み上げられます。取り消せません。",
            "With a yes it can be read out to them later by telephone. It cannot be undone.",
        ),
        choices=MAY_READ,
        widget=forms.RadioSelect,
    )
    field_order = ("kind", "sender", "received_on", "reason", "may_read")

    def clean_may_read(self) -> bool:
        """Return whether it may."""
        return bool(self.cleaned_data["may_read"] == YES)

    def clean(self) -> dict[str, Any]:
        """See that a minor's notice says who declares it, and no other does.

        :raises ValidationError: when it does not.
        """
        given = super().clean() or {}
        if "kind" in given and (given["kind"] == MINOR.code) is not bool(given.get("sender")):
            wrong = said(
                "未成年者の取消しのときだけ、通知する人を選んでください。",
                "Please choose who declares it for a minor's contract, and for no other notice.",
            )
            self.add_error("sender", ValidationError(wrong))
        return given

    @property
    def declared(self) -> Declared:
        """Return what is declared."""
        given = self.cleaned_data
        return Declared(
            notice=given["kind"],
            received_on=given["received_on"],
            sender=Sender(given["sender"]) if given["sender"] else None,
            reason=given["reason"],
        )


class GoAlongForm(HouseForm):
    """What happens next, where the seller says it."""

    said = MessageField(
        label=said("これからの手続き（書かなくてもかまいません）", "What happens next (optional)"),
        help_text=said(
            "返送のしかた、返金の時期などをお書きください。",
            "For example how to send it back, and when you refund.",
        ),
        required=False,
    )


class DisputeForm(HouseForm):
    """Why the seller does not go along with it."""

    said = MessageField(
        label=said("争う理由", "Why you dispute it"),
        help_text=said(
            "特約があるときは、どこに示していたかもお書きください。購入者に届きます。",
            "If you had terms on this, say where they were shown. The buyer receives it.",
        ),
    )
