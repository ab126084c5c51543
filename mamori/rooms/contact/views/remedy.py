"""What a buyer may be given in the seller's place, said before anything is asked for; and the asking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm, YenField
from mamori.ground.web.once import form_key, new_token, once, was_led
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text, told
from mamori.law.roads import roads
from mamori.rooms.contact import actions
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.keeping import trouble_of
from mamori.rooms.contact.lifecycle import UNDECIDED, RemedyState
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.matter import Outlook, outlook_of, remedy_of
from mamori.rooms.contact.rules.eligibility import KINDS, Kind

ASKABLE = UNDECIDED | {None}
"""States of a remedy in which the buyer may still say what is wanted."""


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
    if request.method != "POST":
        return _show(request, number, outlook, WishForm(kinds=outlook.kinds), state=_state(trouble))
    form = WishForm(request.POST, kinds=outlook.kinds or tuple(Kind))
    if not form.is_valid():
        return _show(request, number, outlook, form, state=_state(trouble), status=422)

    def do() -> str:
        wish, amount = form.cleaned_data["wish"], form.cleaned_data.get("amount") or 0
        actions.ask_remedy(actor, trouble=trouble.pk, wish=wish, amount=amount)
        return f"{base}remedy/?done=asked"

    try:
        return HttpResponseRedirect(once(actor, form_key(request), do))
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return _show(request, number, outlook, form, state=_state(trouble), status=refusal.status)


def _state(trouble: Any) -> RemedyState | None:
    remedy = remedy_of(trouble)
    return RemedyState(remedy.state) if remedy else None


def _show(
    request: Visit,
    number: str,
    outlook: Outlook,
    form: WishForm,
    *,
    state: RemedyState | None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "page": threads.page_of(actor_of(request), number),
        "outlook": outlook,
        "form": form,
        "may_ask": bool(outlook.kinds) and state in ASKABLE,
        "under_way": state not in ASKABLE,
        "token": request.POST.get("token") or new_token(),
        "roads": roads(claim=outlook.price - outlook.refunded) if outlook.hindrances else (),
        "done": request.GET.get("done") == "asked" and was_led(actor_of(request), request.get_full_path()),
    }
    return render(request, "contact/buyer/remedy.html", shown, status=status)
