"""What staff fill in for somebody who calls or writes a letter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from mamori.ground.web.forms import HouseForm
from mamori.ground.web.wording import said, said_text
from mamori.rooms.contact.forms import (
    MAY_READ,
    NO,
    OF_A_TROUBLE,
    YES,
    MessageField,
    hurt_asked,
    one_of,
    raised,
)
from mamori.rooms.contact.rules.callers import CHANNELS, QUESTIONS, Channel
from mamori.rooms.contact.topics import HARMS, TOPICS, Harm, Topic

UNSAID = "unsaid"


class CallerForm(HouseForm):
    """Which matter it is about, by which way, and the answers that show who it is."""

    number = forms.CharField(
        label=said("受付番号（8桁）か注文番号", "Case number (8 digits) or order number"),
        help_text=said(
            "どちらも分からないときは、通販サイトからのメールや手紙、納品書を見ていただいてください。",
            "If they know neither: it stands in the marketplace's mails and letters, and on the delivery note.",
        ),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    channel = one_of(
        Channel,
        CHANNELS,
        said("どのように届きましたか", "How did it reach us?"),
        initial=Channel.PHONE.value,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.CharField(
                label=said_text(question.text),
                help_text=said_text(question.hint),
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the fields of the questions."""
        return [self[question.code] for question in QUESTIONS]


class TakenForm(HouseForm):
    """What somebody said or wrote, read back, and what they said about reading."""

    may_read = forms.ChoiceField(
        label=said(
            "「困ったときに、相談窓口がこのやり取りを読んでもよいですか」への答え",
            "Their answer to “May the centre read this conversation if it has to help?”",
        ),
        choices=MAY_READ,
        widget=forms.RadioSelect,
    )
    read_back = forms.BooleanField(
        label=said(
            "読み上げて、合っていると言っていただいた（手紙は、書かれたとおりに写した）",
            "I read it back and was told it is right (a letter: I copied it as it is written)",
        )
    )

    said = MessageField(
        label=said("伺った内容", "What you were told"),
        help_text=said(
            "相手の言葉のまま、いつ・何が・どうなったか・どうしてほしいかを書いてください。出品者に届きます。"
            "相手の名前や電話番号、住所は書かないでください。",
            "In their own words: when, what, how, and what they would like. The seller receives it. "
            "Please do not write their name, telephone number or address.",
        ),
    )
    field_order: Iterable[str] | None = ("said", "may_read", "read_back")

    def clean_may_read(self) -> bool | None:
        """Return what was said, or None when nothing was."""
        return {YES: True, NO: False}.get(self.cleaned_data["may_read"])


class LetDecideForm(HouseForm):
    """Which helper a caller names, and whether that one may answer proposals from now on."""

    name = forms.CharField(
        label=said("頼まれている人の呼び名", "What the buyer calls the helper"),
        help_text=said(
            "頼んだときに書いた呼び名を伺ってください。例：長女の花子。だれが頼まれているかは、画面に出ません。",
            "Ask for the name that the buyer wrote, such as “my daughter Hanako”. Who helps is not shown here.",
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    may_decide = forms.ChoiceField(
        label=said("提案への返事", "Answers to proposals"),
        choices=[
            (YES, said("任せると言った", "They said the helper may answer")),
            (NO, said("任せるのをやめると言った", "They said the helper may answer no more")),
        ],
        widget=forms.RadioSelect,
    )
    read_back = forms.BooleanField(
        label=said(
            "説明を最後まで読み上げ、ご本人が「はい」と言った",
            "I read the explanation out to its end, and the buyer said yes",
        )
    )

    def clean_may_decide(self) -> bool:
        """Return whether the helper may."""
        return bool(self.cleaned_data["may_decide"] == YES)


class MoreTakenForm(TakenForm):
    """The same for a matter that is open already: nothing need be said about reading."""

    danger = forms.BooleanField(
        label=said(
            "けが・やけど・煙・発火など、今、危険だと言っている",
            "They say that it is dangerous now: injury, burns, smoke, fire",
        ),
        help_text=said(
            "出品者・担当者・責任者にすぐ知らせます。けがや火のおそれがあるときは、先に119番へ電話するよう伝えてください。",
            "The seller, agents and leads are told at once. If there is injury or fire, please tell them to call 119 first.",
        ),
        required=False,
    )
    field_order: Iterable[str] | None = ("said", "danger", "may_read", "read_back")
    may_read = forms.ChoiceField(
        label=said("窓口が読んでよいかについて", "Whether the centre may read"),
        choices=[
            (UNSAID, said("話に出なかった（今のまま）", "It did not come up (as it is now)")),
            (YES, said("読んでもよいと言った", "They said it may")),
            (NO, said("読まないでほしいと言った", "They said it may not")),
        ],
        widget=forms.RadioSelect,
        initial=UNSAID,
    )


class OpenedForm(TakenForm):
    """The same for an order that has no open matter: what it is about comes first."""

    topic = one_of(
        Topic,
        {topic: TOPICS[topic] for topic in OF_A_TROUBLE},
        said("何に困っていますか", "What is the trouble?"),
    )
    harm = one_of(Harm, HARMS, said("どのくらい困っていますか", "How serious is it?"))
    hurt = hurt_asked()
    field_order: Iterable[str] | None = ("topic", "harm", "hurt", "said", "may_read", "read_back")

    def clean(self) -> dict[str, Any]:
        """Return what is taken down: where somebody was hurt or it burnt, it is dangerous whatever else is chosen."""
        given = raised(super().clean() or self.cleaned_data)
        return {name: value for name, value in given.items() if name != "hurt"}
