"""What staff fill in when a party answers a proposal by telephone or letter, or says that it was misheard."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from mamori.ground.web.forms import HouseForm, YenField
from mamori.ground.web.wording import said as worded
from mamori.ground.web.wording import said_text
from mamori.rooms.contact.actions.offering import MOST_SAID, Offered
from mamori.rooms.contact.actions.told_replies import Speaker, Told
from mamori.rooms.contact.calling import Line
from mamori.rooms.contact.offerforms import KIND_CHOICES, choices_of
from mamori.rooms.contact.queries.goods import heading
from mamori.rooms.contact.rules.proposals import KINDS, REPLIES, Kind, Reply


class SpeakerForm(HouseForm):
    """Who speaks: a buyer was checked before; of a seller it is asked under which registered number it was called."""

    line = forms.TypedChoiceField(
        label=worded("こちらからかけた登録の番号", "Registered number that you called"),
        coerce=int,
        widget=forms.RadioSelect,
    )
    in_charge = forms.BooleanField(
        label=worded(
            "店の名前を名乗り、返事をしてよい立場だと言った",
            "They gave the shop's name and said that they may answer for it",
        )
    )

    def __init__(self, data: Any = None, *, check: str = "", lines: Iterable[Line] = ()) -> None:
        super().__init__(data)
        self.check = check
        if check:
            del self.fields["line"], self.fields["in_charge"]
            return
        choice = self.fields["line"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [(line.place, line.number) for line in lines if not line.is_wrong]

    @property
    def speaker(self) -> Speaker:
        """Return who speaks."""
        if self.check:
            return Speaker(check=self.check)
        return Speaker(line=self.cleaned_data["line"], in_charge=self.cleaned_data["in_charge"])

    @property
    def first(self) -> list[forms.BoundField]:
        """Return the fields by which it is known who speaks."""
        return [self[name] for name in ("line", "in_charge") if name in self.fields]


class ToldForm(SpeakerForm):
    """What a party answers, in its very words, and what it proposes instead."""

    reply = forms.TypedChoiceField(
        label=worded("返事", "The answer"),
        choices=[(reply.value, said_text(heading(text))) for reply, text in REPLIES.items()],
        coerce=Reply,
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        max_length=MOST_SAID,
        label=worded("お言葉のまま", "In the very words"),
        help_text=worded(
            "言われたとおり、書かれたとおりに。もう一方の当事者には見えません。",
            "As it was said or written. The other side does not see it.",
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.TypedChoiceField(
        label=worded("別の提案", "What is proposed instead"),
        choices=KIND_CHOICES,
        coerce=Kind,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    amount = YenField(label=worded("金額（円）", "Amount (yen)"), required=False)
    beside = forms.CharField(
        label=worded("相手に伝える言葉", "Words to the other side"),
        max_length=MOST_SAID,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, kinds: Collection[Kind] = tuple(KINDS), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.choices = choices_of(kinds)

    @property
    def told(self) -> Told:
        """Return what was answered."""
        given = self.cleaned_data
        counter = None
        if given["reply"] is Reply.COUNTER:
            counter = Offered(kind=given["kind"], amount=given["amount"], said=given["beside"])
        return Told(reply=given["reply"], said=given["said"], counter=counter)

    @property
    def instead(self) -> list[forms.BoundField]:
        """Return the fields of another proposal."""
        return [self["kind"], self["amount"], self["beside"]]

    def clean(self) -> dict[str, Any] | None:
        """Ask what is proposed instead, where something else is."""
        given = super().clean()
        if self.cleaned_data.get("reply") is Reply.COUNTER and self.cleaned_data.get("kind") is None:
            self.add_error(
                "kind", worded("別の提案の内容を選んでください。", "Please choose what is proposed instead.")
            )
        return given


class MisheardForm(SpeakerForm):
    """What a party says is right, read back."""

    said = forms.CharField(
        max_length=MOST_SAID,
        label=worded("正しい返事（お言葉のまま）", "What is right, in the very words"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    read_back = forms.BooleanField(
        label=worded(
            "読み上げて、合っていると言っていただいた（手紙は、書かれたとおりに写した）",
            "I read it back and was told it is right (a letter: I copied it as it is written)",
        )
    )
