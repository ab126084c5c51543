"""What staff fill in at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from mamori.grammar.declaration import Ground
from mamori.ground.cases.actions import HandOverNeedsReason
from mamori.ground.people.facts import AccountFact
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.wording import localized, said, said_text
from mamori.law.grounds import LOGS_DAYS, LOGS_LONGEST


class NoteForm(HouseForm):
    """A note for the record."""

    text = forms.CharField(
        label=said("メモを残す", "Leave a note"),
        help_text=said(
            "担当者だけが読みます。当事者の文章を写さないでください。",
            "For staff only. Please do not copy what a party wrote.",
        ),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "accesskey": "m", "data-key": "m"}),
    )


class HandOverForm(HouseForm):
    """To whom a case goes, and what they should know."""

    to = forms.ChoiceField(
        label=said("だれに", "To whom"),
        required=False,
        error_messages={
            "invalid_choice": said(
                "だれにするかを、一覧から選んでください。", "Please choose from the list to whom it goes."
            )
        },
    )
    reason = forms.CharField(
        label=said("理由と、伝えること", "Why, and what they should know"),
        help_text=said(
            "人に引き継ぐときは必ずお書きください。担当なしに戻すときは、なくてもかまいません。",
            "Always needed when somebody takes over; not when it goes back to all.",
        ),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, people: Iterable[AccountFact]) -> None:
        super().__init__(data)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ChoiceField)
        names = [(account.who, f"{account.name}（{localized(account.role.text)}）") for account in people]
        choice.choices = [("", said("担当なしに戻す", "Nobody: back to all")), *names]


class SeveralForm(HandOverForm):
    """The same of the cases that are ticked in the queue; the reason is asked for only where `what` is to hand over."""

    reason = forms.CharField(
        label=said("理由と、伝えること", "Why, and what they should know"), max_length=1_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the words before any case is touched, so that it is said once."""
        given = super().clean() or self.cleaned_data
        if self.data.get("what") == "hand" and given.get("to") and not given.get("reason"):
            self.add_error("reason", localized(HandOverNeedsReason.text))
        return given


class WhyForm(HouseForm):
    """A reason, which stays in the record."""

    reason = forms.CharField(
        label=said("理由", "Reason"),
        help_text=said("記録に残ります。", "It stays in the record."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HoldForm(WhyForm):
    """What is put under a hold, on which ground, and why."""

    what = forms.CharField(
        label=said("対象", "What"),
        help_text=said(
            "案件番号、buyer:B-1、seller:S-1、vault.file:… のどれか。",
            "A case number, buyer:B-1, seller:S-1, or vault.file:….",
        ),
        max_length=128,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    ground = forms.ChoiceField(label=said("根拠", "Ground"), widget=forms.RadioSelect)

    days = forms.IntegerField(
        label=said("何日間（捜査機関の保全要請だけ）", "For how many days (only an investigator's request)"),
        help_text=said(
            f"{LOGS_DAYS}日まで。空欄は{LOGS_DAYS}日。ほかの根拠では空のままにします。",
            f"At most {LOGS_DAYS}, and {LOGS_DAYS} when left empty. Leave it empty on any other ground.",
        ),
        min_value=1,
        max_value=LOGS_LONGEST,
        required=False,
    )
    field_order = ("what", "ground", "days", "reason")

    def __init__(self, data: Any = None, *, grounds: Iterable[Ground], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choice = self.fields["ground"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(ground.code, said_text(ground.title)) for ground in grounds]


class ExtendForm(WhyForm):
    """By how many days a hold with an end lasts longer, and why."""

    days = forms.IntegerField(
        label=said("何日延ばすか", "By how many days"), min_value=1, max_value=LOGS_LONGEST
    )
    field_order = ("days", "reason")


class ErasingForm(WhyForm):
    """Who is to be erased, on which ground, and why."""

    person = forms.CharField(
        label=said("対象", "Whom"),
        help_text=said("buyer:B-1 か seller:S-1 の形。", "As buyer:B-1 or seller:S-1."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    ground = forms.ChoiceField(label=said("根拠", "Ground"), widget=forms.RadioSelect)

    field_order = ("person", "ground", "reason")

    def __init__(self, data: Any = None, *, grounds: Iterable[Ground]) -> None:
        super().__init__(data)
        choice = self.fields["ground"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(ground.code, said_text(ground.title)) for ground in grounds]
        self.fields["reason"].help_text = said(
            "消去のあとも記録に残ります。氏名などは書かないでください。",
            "It stays in the record after the erasure: name nobody in it.",
        )
