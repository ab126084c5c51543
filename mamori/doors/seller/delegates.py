"""The page on which a seller says who acts for the shop."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.market import facts as market
from mamori.ground.people import actions, facts
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import said, told


class DelegateForm(HouseForm):
    """Somebody who is to act for the shop."""

    person = forms.CharField(label=said("担当の人の名前", "Name of the person"), max_length=100)
    mail = forms.EmailField(
        label=said("メールアドレス", "Mail address"),
        max_length=254,
        help_text=said("サインインのコードが届きます。", "Sign-in codes go there."),
    )
    name = forms.CharField(
        label=said("短い名前（ローマ字）", "Short name in Latin letters"),
        max_length=32,
        help_text=said(
            "記録にはこの名前が残ります。例：hanako。あとから別の人には使えません。",
            "Records bear this name, such as hanako.  It cannot be given to somebody else later.",
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


@open_to(Role.SELLER)
def delegates(request: Visit) -> HttpResponse:
    """Show who acts for the shop; add somebody, or end it."""
    seller_ref = request.presence.who.removeprefix("seller:")
    is_end = request.POST.get("act") == "end"
    form = DelegateForm(request.POST if request.method == "POST" and not is_end else None)
    if is_end:
        actions.end_delegate(hand_of(request), name=request.POST.get("name", ""))
        messages.success(request, str(said("終了しました。", "Ended.")))
        return HttpResponseRedirect(request.path)
    if form.is_bound and form.is_valid() and _added(request, seller_ref, form):
        messages.success(request, str(said("代理担当を加えました。", "The delegate was added.")))
        return HttpResponseRedirect(request.path)
    return render(request, "seller/delegates.html", {"form": form, "delegates": facts.delegates(seller_ref)})


def _added(request: Visit, seller_ref: str, form: DelegateForm) -> bool:
    asked = form.cleaned_data
    try:
        if market.seller(f"{seller_ref}/{asked['name']}") is not None:
            raise actions.DelegateNameTaken(
                name=asked["name"]
            )  # another shop's own number would mean two things
        actions.add_delegate(hand_of(request), name=asked["name"], person=asked["person"], mail=asked["mail"])
    except Refusal as refusal:
        form.add_error("name", told(refusal.sentence))
        return False
    return True
