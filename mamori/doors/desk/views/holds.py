"""Legal holds, put and lifted with a reason; and erasures, done once somebody else has agreed."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk import forms
from mamori.doors.desk.people import staff
from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.people import facts as people
from mamori.ground.people.facts import Matter
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.vault import actions as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.once import take_form
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit, actor_of, number_in
from mamori.law.grounds import ERASURE_GROUNDS, HOLD_GROUNDS, LOGS_LONGEST

# Legal holds: what must not be destroyed, on which ground and since when; put and lifted with a reason.


DONE = {
    "held": Text(
        "消去の停止を始めました。解除するまで、何も消去されません。",
        "The hold is in force: nothing of it is destroyed until it is lifted.",
    ),
    "extended": Text("消去の停止の終わりを延ばしました。", "The hold lasts longer now."),
    "lifted": Text("消去の停止を解除しました。", "The hold was lifted."),
}


@open_to(Role.LEAD, Role.COUNSEL)
def listed(request: Visit) -> HttpResponse:
    """Show the holds in force, and put something under a hold; or with `?lift=` ask about one of them."""
    if "lift" in request.GET:
        return _lift(request, number_in(request.GET["lift"]) or 0)
    wanted = {name: request.GET.get(name, "") for name in ("what", "ground")}

    def do(form: forms.HoldForm) -> str:
        given = form.cleaned_data
        [ground] = [ground for ground in HOLD_GROUNDS if ground.code == given["ground"]]
        vault.hold(
            actor_of(request), what=given["what"], ground=ground, reason=given["reason"], days=given["days"]
        )
        return f"{reverse('desk:holds')}?done=held"

    form, status, led = take_form(request, partial(forms.HoldForm, grounds=HOLD_GROUNDS, initial=wanted), do)
    people = staff(request.received_at)
    shown = {
        "holds": [
            (hold, Text(hold.ground_ja, hold.ground_en), people.named(hold.by)) for hold in seals.holds()
        ],
        "form": form,
        "longest": LOGS_LONGEST,
        "done": DONE.get(request.GET.get("done", "")),
    }
    return led or render(request, "desk/holds.html", shown, status=status)


def _lift(request: Visit, hold: int) -> HttpResponse:
    """Ask why a hold is no longer needed, and lift it; or let one that has an end last longer."""
    found = next((one for one in seals.holds() if one.number == hold), None)
    if found is None:
        raise sealing.NoSuchHold(number=hold)
    longer = request.POST.get("step") == "extend"
    made = partial(forms.ExtendForm, prefix="longer") if longer else forms.WhyForm
    asked, status, led = take_form(request, made, lambda form: _done(request, hold, form))
    shown = {
        "hold": found,
        "form": forms.WhyForm() if longer else asked,
        "extending": asked if longer else forms.ExtendForm(prefix="longer"),
        "asked": asked,
    }
    return led or render(request, "desk/lift.html", shown, status=status)


def _done(request: Visit, hold: int, form: forms.WhyForm) -> str:
    """Do what the form asks, and return where it leads."""
    home, reason = reverse("desk:holds"), form.cleaned_data["reason"]
    if isinstance(form, forms.ExtendForm):
        vault.extend(actor_of(request), number=hold, days=form.cleaned_data["days"], reason=reason)
        return f"{home}?done=extended"
    vault.lift(actor_of(request), number=hold, reason=reason)
    return f"{home}?done=lifted"


PROPOSED = Text(
    "消去を申請しました。まだ何も消えていません。下の「承認を待っている消去」で、いつ消去されるかを確かめられます。",
    "The erasure is proposed; nothing is erased yet. “Waiting to be erased” below says when it will be.",
)
MOST = 1_000


@open_to(Role.LEAD, Role.COUNSEL, step_up=True)
def erasures(request: Visit) -> HttpResponse:
    """Show the erasures that wait, and propose one."""

    def do(form: forms.ErasingForm) -> str:
        given = form.cleaned_data
        [ground] = [ground for ground in ERASURE_GROUNDS if ground.code == given["ground"]]
        market.erase_person(
            actor_of(request),
            person=given["person"],
            ground=ground,
            reason=given["reason"],
            profile=choices.profile(request.received_at),
        )
        return f"{reverse('desk:erasing')}?done=proposed"

    form, status, led = take_form(request, partial(forms.ErasingForm, grounds=ERASURE_GROUNDS), do)
    named = staff(request.received_at).named
    waiting = [one for one in people.open_proposals(limit=MOST) if one.matter is Matter.ERASE_PERSON]
    shown = {
        "waiting": [(one, named(one.by)) for one in waiting],
        "form": form,
        "done": PROPOSED if request.GET.get("done") == "proposed" else None,
    }
    return led or render(request, "desk/erasing.html", shown, status=status)
