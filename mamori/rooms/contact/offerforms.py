"""What is filled in about solutions: what is proposed, how much, and which proposal a reply is meant for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms

from mamori.grammar.text import Text
from mamori.ground.web.forms import HouseForm, YenField
from mamori.ground.web.wording import localized, said, said_text
from mamori.rooms.contact.actions.offering import MOST_SAID
from mamori.rooms.contact.forms import MessageForm
from mamori.rooms.contact.queries.goods import heading
from mamori.rooms.contact.rules.proposals import KINDS, Kind

MOST_OF_THEM = 32_767
KIND_CHOICES = [(kind.value, said_text(heading(row.text))) for kind, row in KINDS.items()]


REFUND_CHOICES = [
    ("", said("返金しない", "No refund")),
    (Kind.FULL_REFUND.value, said("全額を返金する", "Refund the whole price")),
    (Kind.PART_REFUND.value, said("一部を返金する", "Refund a part")),
]
OFFERS = Text(
    "注文の残りは{left}円です。購入者が受けると、すぐ合意になります。提案しても、解決の期限は止まりません。",
    "{left} yen are left of the order. When the buyer accepts, it is agreed at once. The time for a solution runs on.",
)


def choices_of(kinds: Collection[Kind]) -> list[tuple[str, Any]]:
    """Return these kinds of solutions as choices, in their declared order."""
    return [one for one in KIND_CHOICES if one[0] in kinds]


class ReplyForm(HouseForm):
    """Only a button, and the number of the proposal that it is meant for."""

    offer = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_OF_THEM)


class EndForm(HouseForm):
    """Only a button; while a proposal waits for a reply, whether just that one may be lost with the end."""

    gives_up = forms.TypedMultipleChoiceField(
        label=said("この提案は、終えるとなくなります", "This proposal is gone when you end this"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": said(
                "提案が新しくなりました。上の提案をご覧になり、もう一度お選びください。",
                "The proposal has changed. Please look at the one above, and choose again.",
            ),
        },
    )

    def __init__(self, *args: Any, waits: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waits is None:
            del self.fields["gives_up"]
            return
        text = said(
            "この提案を受けずに終える。なくなってもかまわない", "I end this without it; it may be lost"
        )
        choice = self.fields["gives_up"]
        assert isinstance(choice, forms.TypedMultipleChoiceField)
        choice.choices = [(str(waits), text)]
        choice.error_messages["required"] = said(
            "提案に返事をするか、「なくなってもかまわない」を選んでから終えてください。",
            "Please reply to the proposal, or choose that it may be lost.",
        )


class CorrectionForm(ReplyForm):
    """What is right, where an answer was misheard."""

    said = forms.CharField(
        max_length=MOST_SAID,
        label=said("どこが違いますか", "What is wrong?"),
        help_text=said(
            "ほんとうはどうお答えになったかをお書きください。相談窓口だけが読みます。",
            "Please say what you really answered. Only the centre reads it.",
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ProposalForm(HouseForm):
    """What is proposed, of the `kinds` that can be agreed on just now; where it answers another proposal, that one's number.

    Another kind, from a page that was opened before, is refused by the verb, which says why.
    """

    only_with: ClassVar = {"amount": (f"kind={Kind.PART_REFUND}",)}

    offer = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_OF_THEM, required=False)
    kind = forms.TypedChoiceField(
        label=said("どう解決するか", "How to solve it"),
        choices=KIND_CHOICES,
        coerce=Kind,
        widget=forms.RadioSelect,
    )
    amount = YenField(
        label=said("金額（円）", "Amount (yen)"),
        help_text=said("「一部を返金する」のときだけご記入ください。", "Only for a refund of a part."),
        required=False,
    )
    said = forms.CharField(
        label=said("言葉を添える", "Your words"),
        help_text=said(
            "「説明やおわび」「そのほか」のときは必ずお書きください。",
            "Always needed for an explanation, an apology or something else.",
        ),
        max_length=MOST_SAID,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, kinds: Collection[Kind] = tuple(KINDS), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.choices = choices_of(kinds)


class CentresProposalForm(ProposalForm):
    """What the centre proposes: never an answer to another proposal, and no amount before somebody chose to give a part."""

    offer = None  # type: ignore[assignment]  # how a form leaves a field of its parent out

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.pop("amount", None)


class RefundingAnswerForm(MessageForm):
    """The answer and, of a trouble, a refund of the `left` yen that is offered beside it.

    What a page that was opened before still offers is refused by the verb, which says why.
    """

    only_with: ClassVar = {"amount": (f"refund={Kind.PART_REFUND}",)}

    refund = forms.TypedChoiceField(
        label=said("返金をいっしょに提案する", "Offer a refund with it"),
        choices=REFUND_CHOICES,
        coerce=Kind,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    amount = YenField(
        label=said("返金する金額（円）", "Amount of the refund (yen)"),
        help_text=said("「一部を返金する」のときだけご記入ください。", "Only for a refund of a part."),
        required=False,
    )

    def __init__(
        self, *args: Any, refunds: Collection[Kind] = (), trouble: bool = False, left: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not refunds and not (trouble and self.is_bound):
            del self.fields["refund"], self.fields["amount"]
            return
        self.fields["refund"].help_text = localized(OFFERS.fill(left=f"{left:,}"))
        self.fields["refund"].widget.choices = [
            one for one in REFUND_CHOICES if not one[0] or one[0] in refunds
        ]

    def clean(self) -> dict[str, Any] | None:
        """See that an amount does not stand beside no refund: nobody would offer it."""
        given = self.cleaned_data
        if given.get("amount") and not given.get("refund") and "refund" not in self.errors:
            self.add_error(
                "amount",
                said(
                    "返金するときは、返金のしかたも選んでください。",
                    "To offer a refund, please choose which, too.",
                ),
            )
        return given


class TakeBackForm(HouseForm):
    """Which proposal is taken back: the one that its writer saw."""

    proposal = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
