"""Staff write to the parties on the page of a case; a party writes to the centre from its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market.facts import shown_number
from mamori.ground.matters.page import PagePart, Section
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.web.forms import HouseForm, renew
from mamori.ground.web.once import new_token, take_form
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized, said, said_text
from mamori.japan.calendar import spoken
from mamori.rooms.contact import mediating
from mamori.rooms.contact.centre import actions
from mamori.rooms.contact.centre.phrases import PHRASES, filled
from mamori.rooms.contact.centre.queries import centre_messages
from mamori.rooms.contact.centre.rules import OF_PARTY, Readers
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.forms import MessageField, SaidForm, one_of
from mamori.rooms.contact.lifecycle import ThreadState
from mamori.rooms.contact.phrases import Usual
from mamori.rooms.contact.queries.goods import order_name
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.deeds import Deed
from mamori.rooms.contact.rules.owed import asks_seller
from mamori.rooms.contact.rules.proposals import Side
from mamori.rooms.contact.views.deeds import Act

MOST_SEEN = 160


class CentreForm(HouseForm):
    """To whom, the words, and what stood on the page when they were begun."""

    readers = one_of(
        Readers, {one: one.text for one in Readers}, said("あて先（読む人）", "To (who reads it)")
    )
    words = MessageField(
        label=said("書く内容", "Your words"),
        widget=forms.Textarea(attrs={"rows": 5, "accesskey": "r", "data-key": "r"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=MOST_SEEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="centre_%s", **kwargs)


ALONE = Text("窓口だけに送る", "For the centre alone")
ALL = {
    Readers.BUYER: Text("出品者にも見せる", "Let the seller read it, too"),
    Readers.SELLER: Text("購入者にも見せる", "Let the buyer read it, too"),
}


class ToCentreForm(SaidForm):
    """The words to the centre, and whether the other side may read them; nobody else does unless that is chosen."""

    def __init__(self, *args: Any, choices: Sequence[Readers], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone, both = choices
        texts = {alone: ALONE, both: ALL[alone]}
        self.fields["readers"] = forms.TypedChoiceField(
            label=said("だれが読めるか", "Who may read it"),
            choices=[(one.value, said_text(text)) for one, text in texts.items()],
            coerce=Readers,
            initial=alone,
            widget=forms.RadioSelect,
        )
        self.order_fields(("said", "readers"))


SENT = Text("送りました。", "It was sent.")
ASKED = Text(
    "送りました。出品者の番に戻り、回答の期限が新しく始まりました。",
    "It was sent. It is the seller's turn again, and the time for the answer has begun anew.",
)


def can_write(matter: StaffMatter) -> bool:
    """Say whether staff can write to the parties of this matter: those of a trouble that is open."""
    return matter.trouble is not None and matter.recovery is None and matter.thread.closed_at is None


def section(request: Visit, matter: StaffMatter, form: CentreForm | None = None) -> Section:
    """Return the part of a case's page in which the centre and the parties write to each other."""
    found = centre_messages(matter.thread, Side.CENTRE, clock_facts.open_clocks(matter.case.about))
    waits = next((Readers(one.by) for one in found if one.due_at is not None), Readers.BUYER)
    usual = _usual(matter, request.received_at)
    wanted = request.GET.get("phrase", "")  # the usual text with which the address says to begin
    to, begun = next(((to, said) for to, one, said in usual if one.code == wanted), (waits, ""))
    seen = actions.seen_now(len(found), matter.case.assignee)
    is_open = can_write(matter)
    shown = {
        "number": matter.case.number,
        "messages": [(one, mediating.mediator(one.agent, one.at)) for one in found],
        "form": form
        or (CentreForm(initial={"readers": to, "words": begun, "seen": seen}) if is_open else None),
        "is_open": is_open,
        "may_ask": matter.thread.state == ThreadState.ANSWERED
        and asks_seller(matter.matter.owed, unsolved=False)
        and not any(one.is_open and one.at_once for one in matter.offers),
        "phrases": usual,
        "token": request.POST.get("token") or new_token(),
    }
    return Section(part=PagePart.FILE, template="contact/staff/centre.html", shown=shown)


def send(request: Visit, matter: StaffMatter, back: str) -> tuple[CentreForm, int, HttpResponse | None]:
    """Send what was written, once; else return the form as it was typed, and the status."""
    then = request.POST.get("then", "")

    def do(form: CentreForm) -> str:
        verb = actions.ask_seller if then == "ask" else actions.write_as_centre
        given = form.cleaned_data
        verb(
            actor_of(request),
            thread=matter.thread.pk,
            readers=given["readers"],
            said=given["words"],
            seen=given["seen"],
        )
        return f"{back}?then=next" if then == "next" else back

    form, status, led = take_form(request, CentreForm, do, by=actor_of(request), lets=(NothingHere,))
    if status == ChangedMeanwhile.status:
        written = matter.thread.centre_messages.count()
        renew(form, "seen", actions.seen_now(written, matter.case.assignee))
    if led:
        messages.success(request, localized(ASKED if then == "ask" else SENT))
    return form, status, led


def _usual(matter: StaffMatter, at: datetime) -> list[tuple[Readers, Usual, str]]:
    """Return the usual texts with their places filled: of the case itself, and never of what somebody wrote.

    A due moment that has passed fills no place: nothing can be promised by then.
    """
    trouble = matter.trouble
    moments = (matter.thread.answer_due_at, trouble.resolution_due_at if trouble else None)
    due = next((one for one in moments if one and one > at), None)
    values = {
        "order": shown_number(matter.thread.order_ref),
        "goods": localized(order_name(matter.order)),
        "shop": matter.shop,
        "due": localized(spoken(due)) if due else "",
    }
    return [(to, one, filled(localized(one.words), values)) for to, some in PHRASES.items() for one in some]


def to_centre(*, by_seller: bool) -> Act:
    """Return the page on which a party writes to the centre."""
    return Act(
        slug="centre",
        deed=Deed.TO_CENTRE,
        title=Text("相談窓口に書く", "Write to the customer centre"),
        link=Text("相談窓口に書く", "Write to the customer centre"),
        lead=Text(
            "相談窓口の担当者が読み、このページで返事をします。相手に見せるかどうかは、下で選べます。",
            "An agent of the centre reads it and answers on this page. Below you choose whether the other side may read it.",
        ),
        button=Text("送る", "Send"),
        done=Text(
            "相談窓口に送りました。返事が届いたらお知らせします。",
            "It was sent. We will tell you when there is an answer.",
        ),
        form=ToCentreForm,
        verb=actions.write_to_centre,
        asks=lambda page: {"choices": OF_PARTY[Side.SELLER if by_seller else Side.BUYER]},
    )
