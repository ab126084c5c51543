"""The forms of inquiries: what came, as its paper says it, and what of it is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.web.forms import DayField, HouseForm, WordsField
from mamori.ground.web.versions import VersionForm
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.law.inquiries import InquiryKind
from mamori.law.kept import HeldKind
from mamori.rooms.disclosure.queries.inquiries import InquiryShown
from mamori.rooms.disclosure.rules.inquiries import InquiryPaper

PARTY = regex(r"(?:buyer|seller):[!-~]{1,64}")
FIRST, LAST = date(2026, 1, 1), date(2046, 12, 31)


def _kept(label: Text, kinds: Sequence[HeldKind]) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=said_text(label),
        coerce=HeldKind,
        choices=[(one.value, said_text(one.text)) for one in kinds],
        widget=forms.CheckboxSelectMultiple,
    )


def _why(label: Text) -> WordsField:
    return WordsField(label=told(label), check=written.reasoned, most=500, rows=4)


class InquiryForm(HouseForm):
    """An inquiry as its paper says it."""

    kind = forms.TypedChoiceField(
        label=said("照会の根拠", "On which ground?"),
        coerce=InquiryKind,
        choices=[(one.value, said_text(one.text)) for one in InquiryKind],
        widget=forms.RadioSelect,
    )
    by = forms.CharField(label=said("照会した機関・人", "Who asks"), max_length=200)
    paper = forms.CharField(label=said("文書の番号と日付", "Number and date of its paper"), max_length=200)
    asked = _kept(Text("求められているもの", "What is asked for"), tuple(HeldKind))
    scope = WordsField(
        label=said(
            "範囲（だれの、いつからいつまでの、どの記録か）", "Its scope: whose, of which time, which records"
        ),
        rows=3,
        most=1_000,
    )
    parties = forms.CharField(
        label=said(
            "だれについてか（buyer:… seller:… を空白で区切る）", "About whom (buyer:… seller:…, by spaces)"
        ),
        help_text=said(
            "まだわからないときは空のまま。渡すことを提案するまでに「記録を直す」で書きます。",
            "Leave it empty while it is not known; it is needed before anything is given.",
        ),
        required=False,
        max_length=2_000,
    )
    due_on = DayField(
        label=said("書面にある期限の日", "The day by which the paper asks"),
        first=FIRST,
        last=LAST,
        required=False,
    )
    silent = forms.BooleanField(
        label=said(
            "書面が、受けたことを漏らさないよう求めている", "The paper asks that nobody be told of it"
        ),
        required=False,
    )
    silent_until = DayField(
        label=said("漏らさない期間の終わりの日", "The last day of that silence"),
        help_text=said("書かれていなければ空のまま。", "Leave it empty where none is named."),
        first=FIRST,
        last=LAST,
        required=False,
    )
    words = WordsField(label=said("内容", "What it says"), check=written.optional, rows=6, most=4_000)

    def clean_parties(self) -> list[str]:
        """Return the references, each of a buyer or a seller.

        :raises ValidationError: when one is none.
        """
        refs: list[str] = self.cleaned_data["parties"].split()
        if any(not PARTY.fullmatch(one) for one in refs):
            sentence = said(
                "buyer:B-1、seller:S-1 の形でご記入ください。", "Please write buyer:B-1 or seller:S-1."
            )
            raise ValidationError(sentence, code="party")
        return refs

    def clean(self) -> dict[str, Any]:
        """Return what the verb asks: the paper as one value, and the rest."""
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        given = {name: found[name] for name in InquiryForm.base_fields}
        given |= {"asked": tuple(given["asked"]), "parties": tuple(given["parties"])}
        more = {name: value for name, value in found.items() if name not in given}
        return {"told": InquiryPaper(**given), **more}


class EnterInquiryForm(InquiryForm):
    """The same as it came, and that it is another paper than one of the same number."""

    another = forms.BooleanField(
        label=said(
            "これは別の文書（同じ番号のものが、すでに記録されている）",
            "This is another paper of the same number",
        ),
        required=False,
    )


class CorrectForm(VersionForm, InquiryForm):
    """The same, corrected, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = _why(
            Text("直す理由（記録に残ります）", "Why it is corrected (kept in the record)")
        )


class OfferForm(VersionForm):
    """What of it is given, and why."""

    def __init__(self, *args: Any, may: Sequence[HeldKind], why: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"] = _kept(Text("渡すもの・応じるもの", "What is given or done"), may)
        self.fields["reason"] = _why(why)


def written_in(page: InquiryShown) -> dict[str, Any]:
    """Return what stands in the forms when they are opened."""
    said_of = page.said
    return {
        "version": page.version,
        "items": [one.value for one in page.within],
        "kind": page.kind.value,
        "by": said_of.by,
        "paper": said_of.paper,
        "scope": said_of.scope,
        "words": said_of.words,
        "asked": [one.value for one in page.asked],
        "parties": " ".join(page.parties),
        "due_on": page.due_on,
        "silent": page.silent,
        "silent_until": page.silent_until,
    }
