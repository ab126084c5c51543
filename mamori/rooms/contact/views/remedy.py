"""What a buyer may be given in the seller's place, said before anything is asked for; and the asking."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Role
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm, YenField
from mamori.ground.web.once import new_token, take_form, was_led
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.law.roads import roads
from mamori.rooms.contact import actions
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.keeping import trouble_of
from mamori.rooms.contact.lifecycle import UNDECIDED, RemedyState
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.matter import outlook_of, remedy_of
from mamori.rooms.contact.rules.eligibility import KINDS, Kind


class WishForm(HouseForm):
    """What the buyer asks for; how much, only for a part."""

    wish = forms.TypedChoiceField(
        label=said("どれを希望しますか", "What would you like?"), coerce=Kind, widget=forms.RadioSelect
    )
    amount = YenField(
        label=said("一部のときの額（円）", "For a part: how many yen"),
        help_text=said("「一部の返金」を選んだときだけご記入ください。", "Only if you chose a part."),
        required=False,
    )

    def __init__(self, data: Any = None, *, kinds: tuple[Kind, ...]) -> None:
        super().__init__(data)
        choice = self.fields["wish"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(kind.value, said_text(KINDS[kind])) for kind in kinds]
        if Kind.PART not in kinds:
            del self.fields["amount"]

    def clean(self) -> dict[str, Any]:
        """See that a part has its amount.

        :raises ValidationError: when it has none.
        """
        given = super().clean() or {}
        if given.get("wish") is Kind.PART and not given.get("amount"):
            missing = said("希望する額をご記入ください。", "Please say how many yen.")
            self.add_error("amount", ValidationError(missing))
        return given


@open_to(Role.BUYER)
def remedy(request: Visit, number: str) -> HttpResponse:
    """Show what may be given and what stands against it, and take in what the buyer asks for."""
    actor = actor_of(request)
    thread = threads.thread_of(actor, number)
    trouble = trouble_of(thread)
    if trouble is None:
        raise NothingHere()
    base = reverse("contact_buyer:thread", args=(number,))
    if trouble.closed_at is not None:
        return HttpResponseRedirect(base)
    outlook = outlook_of(trouble, actor.at)
    asked = outlook.kinds or (tuple(Kind) if request.method == "POST" else ())

    def do(form: WishForm) -> str:
        wish, amount = form.cleaned_data["wish"], form.cleaned_data.get("amount") or 0
        actions.ask_remedy(actor, trouble=trouble.pk, wish=wish, amount=amount)
        return f"{base}remedy/?done=asked"

    form, status, led = take_form(request, partial(WishForm, kinds=asked), do, by=actor, lets=(NothingHere,))
    remedy = remedy_of(trouble)
    is_askable = remedy is None or RemedyState(remedy.state) in UNDECIDED
    shown = {
        "page": threads.page_of(actor, number),
        "outlook": outlook,
        "form": form,
        "may_ask": bool(outlook.kinds) and is_askable,
        "under_way": not is_askable,
        "token": request.POST.get("token") or new_token(),
        "roads": roads(claim=outlook.price - outlook.refunded) if outlook.hindrances else (),
        "done": request.GET.get("done") == "asked" and was_led(actor, request.get_full_path()),
    }
    return led or render(request, "contact/buyer/remedy.html", shown, status=status)
