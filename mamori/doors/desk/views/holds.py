"""Legal holds, put and lifted with a reason; and erasures, done once somebody else has agreed."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk import forms
from mamori.doors.desk.people import staff
from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.people import facts as people
from mamori.ground.people.facts import Matter
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.vault import actions as vault
from mamori.ground.web.access import open_to
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import told
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
    """Show the holds in force, and put something under a hold."""
    asked = {name: request.GET.get(name, "") for name in ("what", "ground")}
    form = forms.HoldForm(
        request.POST if request.method == "POST" else None, grounds=HOLD_GROUNDS, initial=asked
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            [ground] = [ground for ground in HOLD_GROUNDS if ground.code == given["ground"]]
            try:
                vault.hold(
                    actor_of(request),
                    what=given["what"],
                    ground=ground,
                    reason=given["reason"],
                    days=given["days"],
                )
                return HttpResponseRedirect(f"{reverse('desk:holds')}?done=held")
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    people = staff(request.received_at)
    shown = {
        "holds": [
            (hold, Text(hold.ground_ja, hold.ground_en), people.named(hold.by)) for hold in seals.holds()
        ],
        "form": form,
        "longest": LOGS_LONGEST,
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "desk/holds.html", shown, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
def lift(request: Visit, hold: int) -> HttpResponse:
    """Ask why a hold is no longer needed, and lift it; or let one that has an end last longer."""
    found = next((one for one in seals.holds() if one.number == hold), None)
    if found is None:
        raise sealing.NoSuchHold(number=hold)
    longer = request.method == "POST" and request.POST.get("step") == "extend"
    form = forms.WhyForm(request.POST if request.method == "POST" and not longer else None)
    extending = forms.ExtendForm(request.POST if longer else None, prefix="longer")
    asked = extending if longer else form
    status = 200
    if request.method == "POST":
        status = 422
        if asked.is_valid():
            try:
                return HttpResponseRedirect(f"{reverse('desk:holds')}?done={_done(request, hold, asked)}")
            except Refusal as refusal:
                asked.add_error(None, told(refusal.sentence))
                status = refusal.status
    shown = {"hold": found, "form": form, "extending": extending, "asked": asked}
    return render(request, "desk/lift.html", shown, status=status)


def _done(request: Visit, hold: int, form: forms.WhyForm) -> str:
    """Do what the form asks, and return the word for it."""
    reason = form.cleaned_data["reason"]
    if isinstance(form, forms.ExtendForm):
        vault.extend(actor_of(request), number=hold, days=form.cleaned_data["days"], reason=reason)
        return "extended"
    vault.lift(actor_of(request), number=hold, reason=reason)
    return "lifted"


PROPOSED = Text(
    "消去を申請しました。まだ何も消えていません。下の「承認を待っている消去」で、いつ消去されるかを確かめられます。",
    "The erasure is proposed; nothing is erased yet. “Waiting to be erased” below says when it will be.",
)
MOST = 1_000


@open_to(Role.LEAD, Role.COUNSEL, step_up=True)
def erasures(request: Visit) -> HttpResponse:
    """Show the erasures that wait, and propose one."""
    form = forms.ErasingForm(request.POST if request.method == "POST" else None, grounds=ERASURE_GROUNDS)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _propose(request, form.cleaned_data)
                return HttpResponseRedirect(f"{reverse('desk:erasing')}?done=proposed")
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    named = staff(request.received_at).named
    waiting = [one for one in people.open_proposals(limit=MOST) if one.matter is Matter.ERASE_PERSON]
    shown = {
        "waiting": [(one, named(one.by)) for one in waiting],
        "form": form,
        "done": PROPOSED if request.GET.get("done") == "proposed" else None,
    }
    return render(request, "desk/erasing.html", shown, status=status)


def _propose(request: Visit, given: dict[str, str]) -> None:
    [ground] = [ground for ground in ERASURE_GROUNDS if ground.code == given["ground"]]
    market.erase_person(
        actor_of(request),
        person=given["person"],
        ground=ground,
        reason=given["reason"],
        profile=choices.profile(request.received_at),
    )
