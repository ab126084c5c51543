"""Pages on which leads and counsel enter inquiries and decide on them, and the table by which everybody routes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.text import Text
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, offers, sections
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.versions import VersionForm
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.law.inquiries import INQUIRIES, InquiryKind, Kept
from mamori.rooms.disclosure.decisions import inquiries as decisions
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.lists import INQUIRY_LIST
from mamori.rooms.disclosure.queries import inquiries as queries
from mamori.rooms.disclosure.queries.inquiries import InquiryShown, NoSuchInquiry

PARTY = re.compile(r"(?:buyer|seller):[!-~]{1,64}")


def _kept(label: Text, kinds: Sequence[Kept]) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=said_text(label),
        coerce=Kept,
        choices=[(one.value, said_text(one.text)) for one in kinds],
        widget=forms.CheckboxSelectMultiple,
    )


class InquiryForm(HouseForm):
    """An inquiry as it came."""

    kind = forms.TypedChoiceField(
        label=said("照会の根拠", "On which ground?"),
        coerce=InquiryKind,
        choices=[(one.value, said_text(one.text)) for one in InquiryKind],
        widget=forms.RadioSelect,
    )
    by = forms.CharField(label=said("照会した機関・人", "Who asks"), max_length=200)
    paper = forms.CharField(label=said("文書の番号と日付", "Number and date of its paper"), max_length=200)
    asked = _kept(Text("求められているもの", "What is asked for"), tuple(Kept))
    parties = forms.CharField(
        label=said(
            "だれについてか（buyer:… seller:… を空白で区切る）", "About whom (buyer:… seller:…, by spaces)"
        ),
        required=False,
        max_length=2_000,
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


class OfferForm(VersionForm):
    """What of it is given, and why."""

    def __init__(self, *args: Any, may: Sequence[Kept], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"] = _kept(Text("渡すもの", "What is given"), may)
        label = told(
            Text("どの根拠で、なぜ渡すか（記録に残ります）", "On which ground and why (kept in the record)")
        )
        self.fields["reason"] = WordsField(label=label, check=written.reasoned, most=500, rows=4)


@open_to(*DECIDERS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every inquiry, the newest first: the register, which can be saved as a table."""
    return show(request, INQUIRY_LIST, case_page=case_page, template="disclosure/staff/inquiries.html")


@open_to(*STAFF)
def table(request: Visit, case_page: str) -> HttpResponse:
    """Show every member of staff which inquiry rests on what, who decides, and what may never be given on it."""
    del case_page
    return render(request, "disclosure/staff/inquiry_table.html", {"kinds": INQUIRIES.items()})


@open_to(*DECIDERS)
def enter(request: Visit, case_page: str) -> HttpResponse:
    """Enter an inquiry as it came."""
    del case_page
    return decide(
        request,
        decisions.ENTER,
        None,
        again=lambda: None,
        key="",
        back=reverse("disclosure_staff:inquiries"),
        template="disclosure/staff/inquiry_enter.html",
        form=InquiryForm,
        flash=True,
    )


@open_to(*DECIDERS)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show an inquiry, what may be given on its ground and what never, and what can be decided.

    :raises NoSuchInquiry: when there is none.
    """
    del case_page
    hand = hand_of(request)
    shown = queries.inquiry_of(hand, number)
    asked = request.GET.get("done", "")
    done = decisions.BY_SLUG[asked].done if asked in decisions.BY_SLUG else None
    page = MatterPage(
        sections=sections("disclosure/staff/inquiry", (PagePart.FACTS,), {"page": shown}),
        offers=offers(decisions.DECISIONS, shown, hand.role, partial(_address, number)),
        done=just_done(hand, queries.about_inquiry(number), done),
    )
    frame = MatterFrame(
        title=shown.rule.title,
        named=shown.said.by,
        ref=shown.said.paper,
        back=reverse("disclosure_staff:inquiries"),
        back_text=Text("照会の一覧", "All inquiries"),
    )
    return show_matter(request, page, frame)


def _address(number: int, slug: str) -> str:
    if slug == decisions.AGREE.slug:
        return reverse("disclosure_staff:inquiry-agree", args=(number,))
    return reverse("disclosure_staff:inquiry-duty", args=(number, slug))


@open_to(*DECIDERS)
def duty(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or make a decision on an inquiry, but for the one that needs a fresh proof.

    :raises NoSuchInquiry: when there is no such inquiry or step.
    """
    del case_page
    if slug == decisions.AGREE.slug:
        raise NoSuchInquiry
    return _decide(request, number, slug)


@open_to(*DECIDERS, step_up=decisions.AGREE.step_up)
def agree(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Agree that something is given; whoever does has proven itself just before.

    :raises NoSuchInquiry: when there is none.
    """
    del case_page
    return _decide(request, number, decisions.AGREE.slug)


def _decide(request: Visit, number: int, slug: str) -> HttpResponse:
    decision, hand = decisions.BY_SLUG.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchInquiry
    shown = queries.inquiry_of(hand, number)
    form: Callable[..., HouseForm] | None = partial(OfferForm, may=shown.within) if slug == "offer" else None
    return decide(
        request,
        decision,
        shown,
        again=lambda: queries.inquiry_of(hand, number),
        key=number,
        back=reverse("disclosure_staff:inquiry", args=(number,)),
        template="disclosure/staff/inquiry_duty.html",
        form=form,
        initial=_initial,
        refused=(NoSuchInquiry,),
    )


def _initial(page: InquiryShown) -> dict[str, Any]:
    return {"version": page.version, "items": [one.value for one in page.within]}
