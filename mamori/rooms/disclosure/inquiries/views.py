"""Pages on which leads and counsel enter inquiries and decide on them, and the table by which everybody routes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import INSIDE, Actor
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.inputs import inputs_of
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide, show_matter
from mamori.ground.web.forms import DayField, HouseForm, VersionForm, WordsField
from mamori.ground.web.lists import show
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.law.inquiries import INQUIRIES, HeldKind, InquiryKind, listed as in_words
from mamori.rooms.disclosure.inquiries import actions, queries
from mamori.rooms.disclosure.inquiries.queries import InquiryShown, NoSuchInquiry
from mamori.rooms.disclosure.inquiries.rules import BY_OTHERS, InquiryPaper, deciders_of
from mamori.rooms.disclosure.lifecycle import DECIDERS, InquiryState
from mamori.rooms.disclosure.views import INQUIRY_LIST

# What leads and counsel decide about an inquiry, each declared once.


PROPOSED = Text("提案しました。別の人の確認を待ちます。", "It was proposed. Another person has to agree.")
REFUSED = Text("渡さないと決めました。", "It was decided to give nothing.")
PASSED = Text("回したと記録しました。", "It was passed on.")


def _others(page: InquiryShown) -> Text | None:
    return None if page.is_mine else BY_OTHERS.fill(roles=deciders_of(page.kind))


def _cannot_offer(page: InquiryShown) -> Text | None:
    return _others(page) or page.before


def _cannot_agree(page: InquiryShown) -> Text | None:
    return None if page.may_agree else actions.InquiryNeedsAnother.text


def _decision(
    slug: str,
    title: Text,
    done: dict[str, Text],
    verb: Callable[..., object],
    *states: InquiryState,
    **told: Any,
) -> Decision[InquiryShown]:
    there: Callable[[InquiryShown], bool] = told.pop("is_there", lambda page: True)
    return Decision(
        slug=slug,
        title=title,
        lead=told.pop("lead", None),
        done=done,
        verb=verb,
        roles=DECIDERS,
        is_there=lambda page: page.state in states and there(page),
        **told,
    )


ENTER = Decision[None](
    slug="entered",
    title=Text("届いた照会を記録する", "Enter an inquiry that came"),
    lead=Text(
        "根拠がわからないときは、いちばん近いものを選び、内容の欄に書いてください。記録しただけでは、だれにも知らされません。"
        "終わるまで、対象の人の消去は止まります。",
        "Where the ground is unclear choose the nearest and say so below. Entering it tells nobody. Whom it is about is not "
        "erased until it is over.",
    ),
    button=Text("記録する", "Enter it"),
    done={
        "enter": Text("記録しました。一覧のいちばん上にあります。", "It was entered, at the top of the list.")
    },
    verb=actions.enter_inquiry,
    roles=DECIDERS,
)
CORRECT = _decision(
    "correct",
    Text("記録を直す", "Correct what was entered"),
    {"correct": Text("直しました。", "It was corrected.")},
    actions.correct_inquiry,
    InquiryState.ENTERED,
    closed=_others,
)
SEE = _decision(
    "see",
    Text("先にすることを済ませたと記録する", "Note that what comes first was seen to"),
    {"see": Text("記録しました。", "It was noted.")},
    actions.see_first,
    InquiryState.ENTERED,
    is_there=lambda page: page.rule.first is not None and not page.is_seen,
)
OFFER = _decision(
    "offer",
    Text("渡すことを提案する", "Propose to give"),
    {"offer": PROPOSED},
    actions.offer_inquiry,
    InquiryState.ENTERED,
    closed=_cannot_offer,
)
REFUSE = _decision(
    "refuse",
    Text("渡さない", "Give nothing"),
    {"refuse": REFUSED, "propose_refusal": PROPOSED},
    actions.refuse_inquiry,
    InquiryState.ENTERED,
    lead=Text(
        "強制の求めでは提案になり、別の人の確認を待ちます。",
        "Where it is compulsory another person has to agree.",
    ),
    closed=_others,
)
PASS = _decision(
    "pass",
    Text("ほかの手続きに回す", "Pass it on"),
    {"pass_on": PASSED, "propose_passing": PROPOSED},
    actions.pass_inquiry,
    InquiryState.ENTERED,
    lead=Text(
        "消去の停止、購入者の開示請求、権利者の申出などに当たるとき。強制の求めでは提案になり、別の人の確認を待ちます。",
        "A hold, a buyer's request, a notice of rights. Where it is compulsory another person has to agree.",
    ),
    closed=_others,
)
AGREE = _decision(
    "agree",
    Text("提案に同意する", "Agree to what is proposed"),
    {
        "give": Text(
            "渡すと決めました。渡したら記録してください。",
            "It was decided to give it: note when it was handed over.",
        ),
        "obey_alone": Text(
            "一人で渡すと決めました。記録に残ります。", "You decided alone to give it, which is kept."
        ),
        "refuse": REFUSED,
        "pass_on": PASSED,
    },
    actions.agree_inquiry,
    InquiryState.WAITING,
    closed=_cannot_agree,
    step_up=True,
)
BACK = _decision(
    "back",
    Text("提案・決定を戻す", "Send it back"),
    {"take_back": Text("戻しました。", "It was sent back.")},
    actions.take_back_inquiry,
    InquiryState.WAITING,
    InquiryState.DECIDED,
)
HAND_OVER = _decision(
    "handover",
    Text("渡した・したと記録する", "Note that it was handed over or done"),
    {"hand_over": Text("記録し、照会を終えました。", "It was noted, and the inquiry is over.")},
    actions.hand_over_inquiry,
    InquiryState.DECIDED,
)
DECISIONS = (SEE, OFFER, REFUSE, PASS, CORRECT, AGREE, HAND_OVER, BACK)
BY_SLUG = {one.slug: one for one in DECISIONS}


# The forms of inquiries: what came, as its paper says it, and what of it is given.


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


@open_to(*DECIDERS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every inquiry, the newest first, with how many came this year: the register, which can be saved as a table."""
    now = request.received_at.astimezone(JAPAN)
    year = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    more = {"year": now.year, "counts": queries.counted(year, now)}
    template = "disclosure/staff/inquiries.html"
    return show(request, INQUIRY_LIST, case_page=case_page, template=template, more=more)


@open_to(*INSIDE)
def table(request: Visit, case_page: str) -> HttpResponse:
    """Show everybody of the operator which inquiry rests on what, who decides, and what may never be given on it."""
    del case_page
    kinds = [
        (kind, rule, deciders_of(kind), in_words(rule.may), in_words(rule.never))
        for kind, rule in INQUIRIES.items()
    ]
    return render(request, "disclosure/staff/inquiry_table.html", {"kinds": kinds})


@open_to(*DECIDERS)
def enter(request: Visit, case_page: str) -> HttpResponse:
    """Enter an inquiry as it came."""
    del case_page
    return decide(
        request,
        ENTER,
        None,
        again=lambda: None,
        key="",
        back=reverse("disclosure_staff:inquiries"),
        template="disclosure/staff/inquiry_enter.html",
        form=EnterInquiryForm,
        flash=True,
    )


@open_to(*DECIDERS)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show an inquiry, what may be given on its ground and what never, and what can be decided."""
    del case_page
    actor = actor_of(request)
    shown = queries.inquiry_of(actor, number)
    page = MatterPage(
        sections=_sections(shown),
        offers=offers(
            DECISIONS,
            shown,
            actor.role,
            partial(_address, number),
            form=partial(_form, shown),
            initial=written_in(shown),
        ),
        done=_done(actor, shown, request.GET.get("done", "")),
    )
    frame = MatterFrame(
        title=shown.rule.title,
        named=shown.said.by,
        ref=shown.said.paper,
        back=reverse("disclosure_staff:inquiries"),
        back_text=Text("照会の一覧", "All inquiries"),
    )
    return show_matter(request, page, frame)


def _sections(shown: InquiryShown) -> tuple[Section, ...]:
    """Return what is shown of an inquiry, on its page and beside each decision on it."""
    return sections("disclosure/staff/inquiry", (PagePart.FACTS, PagePart.HISTORY), {"page": shown})


def _done(actor: Actor, shown: InquiryShown, slug: str) -> Text | None:
    """Return what this actor did last, where the address claims it."""
    mine = [act.verb for act in shown.past if act.actor == actor.by]
    decision = BY_SLUG.get(slug)
    return decision.done.get(mine[-1]) if decision and mine else None


def _address(number: int, slug: str) -> str:
    if slug == AGREE.slug:
        return reverse("disclosure_staff:inquiry-agree", args=(number,))
    return reverse("disclosure_staff:inquiry-duty", args=(number, slug))


@open_to(*DECIDERS)
def duty(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or make a decision on an inquiry, but for the one that needs a fresh proof."""
    del case_page
    if slug == AGREE.slug:
        raise NoSuchInquiry
    return _decide(request, number, slug)


@open_to(*DECIDERS, step_up=AGREE.step_up)
def agree(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Agree to what is proposed; whoever does has proven itself just before."""
    del case_page
    return _decide(request, number, AGREE.slug)


def _decide(request: Visit, number: int, slug: str) -> HttpResponse:
    decision, actor = BY_SLUG.get(slug), actor_of(request)
    if decision is None:
        raise NoSuchInquiry
    shown = queries.inquiry_of(actor, number)
    return decide(
        request,
        decision,
        shown,
        again=lambda: queries.inquiry_of(actor, number),
        key=number,
        back=reverse("disclosure_staff:inquiry", args=(number,)),
        template="disclosure/staff/inquiry_duty.html",
        beside=_sections,
        form=_form(shown, decision),
        initial=written_in,
        refused=(NoSuchInquiry,),
    )


def _form(shown: InquiryShown, decision: Decision[InquiryShown]) -> Callable[..., HouseForm]:
    """Return what a decision asks: the whole paper where it is corrected, what may be given where it is offered."""
    if decision is CORRECT:
        return CorrectForm
    if decision is OFFER:
        _, why = inputs_of(decision.verb)["reason"]
        return partial(OfferForm, may=shown.within, why=why.label)
    return by_verb(decision)
