"""Reading words and seeing contacts: a page that asks for the ground, and an answer that is shown once and kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.declaration import Ground
from mamori.grammar.hand import HEADS, STAFF, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.law.grounds import WARRANT
from mamori.rooms.contact import actions, staffforms
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.views.staff.cases import Back, matter_of
from mamori.rooms.contact.views.staff.panel import page_of
from mamori.rooms.contact.views.staff.private import private, private_matter
from mamori.rooms.contact.views.staff.reading import grounds_of, not_read, read

WHOSE = {"buyer": Role.BUYER, "seller": Role.SELLER}
CALLING = Text("架電のため", "To call them")


@open_to(*STAFF)
def words(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show the matter with its words, once, after a POST with a ground that holds, or within the sitting; record the look."""
    matter = matter_of(request, number)
    return _words(request, matter, grounds_of(matter), case_page)


@open_to(*HEADS, step_up=True)
def warrant(request: Visit, number: str, case_page: str) -> HttpResponse:
    """The same by a judge's warrant: for a lead or counsel who has just proved who they are."""
    return _words(request, matter_of(request, number), (WARRANT,), case_page)


def _words(request: Visit, matter: StaffMatter, grounds: tuple[Ground, ...], case_page: str) -> HttpResponse:
    if matter.recovery is not None:  # the words are the trouble's, and read on its own page
        raise NothingHere()
    reading = (
        read(request, matter, grounds)
        if request.method == "POST"
        else replace(not_read(request, matter), grounds=grounds)
    )
    page = replace(page_of(request, matter, reading, case_page=case_page), done=None)
    number, status = matter.case.number, reading.status
    return private_matter(request, page, matter.topic, number=number, case_page=case_page, status=status)


@open_to(*STAFF, step_up=True)
def contact(request: Visit, number: str, whose: str, case_page: str) -> HttpResponse:
    """Ask why contact details are needed; a POST with a reason shows them, once, and records the look.

    :raises NothingHere: when there is nobody of that kind in the case.
    """
    matter, role = matter_of(request, number), WHOSE.get(whose)
    if role is None or (role is Role.BUYER and matter.recovery is not None):
        raise NothingHere()
    form = staffforms.ReasonForm(
        request.POST if request.method == "POST" else None, initial={"reason": told(CALLING)}
    )
    shown: dict[str, Any] = {"matter": matter, "whose": role, "back": Back(case_page).to(matter.case.number)}
    if request.method != "POST" or not form.is_valid():
        return private(request, "contact", shown | {"form": form}, 200 if request.method != "POST" else 422)
    try:
        details = actions.see_contact(
            hand_of(request), thread=matter.thread.pk, whose=role, reason=form.cleaned_data["reason"]
        )
    except NothingHere:
        raise
    except Refusal as refusal:
        return private(request, "contact", shown | {"form": _with(form, refusal)}, refusal.status)
    return private(request, "contact", shown | {"details": details})


@open_to(*STAFF)
def second_reader(request: Visit, number: str, look: str, case_page: str) -> HttpResponse:
    """Show an emergency look to another person, and take their word whether it was one.

    :raises NothingHere: when that look waits for nobody.
    """
    matter, back, hand = matter_of(request, number), Back(case_page), hand_of(request)
    waiting = next((p for p in matter.waiting_looks if p.about.endswith(f"#{look}")), None)
    if waiting is None:
        raise NothingHere()
    objecting = request.method == "POST" and "object" in request.POST
    form: BaseForm = staffforms.ReasonForm(request.POST if objecting else None)
    status = 200
    if request.method == "POST":
        try:
            done = _decide(hand, matter.thread.pk, look, form, objecting=objecting)
        except NothingHere:
            raise
        except Refusal as refusal:
            form, status = _refused(form, refusal), refusal.status
        else:
            if done:
                return HttpResponseRedirect(back.to(matter.case.number, done))
            status = 422
    shown = {
        "matter": matter,
        "waiting": waiting,
        "form": form,
        "back": back.to(matter.case.number),
        "reason": _reason_of(matter, look),
    }
    return render(request, "contact/staff/second_reader.html", shown, status=status)


@open_to(*HEADS)
def telling(request: Visit, number: str, look: str, case_page: str) -> HttpResponse:
    """Show when the parties are told of an emergency look; tell them now, or hold it back for danger.

    :raises NothingHere: when of that look there is nothing to be told.
    """
    matter, back, hand = matter_of(request, number), Back(case_page), hand_of(request)
    untold = next((one for one in matter.untold_looks if one.key == look), None)
    if untold is None:
        raise NothingHere()
    holding = request.method == "POST" and "hold" in request.POST
    form, status = staffforms.ReasonForm(request.POST if holding else None), 200
    if request.method == "POST":
        if not holding:
            actions.tell_look(hand, thread=matter.thread.pk, look=look)
            return HttpResponseRedirect(back.to(matter.case.number, "told"))
        status = 422
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            actions.hold_back_look(hand, thread=matter.thread.pk, look=look, reason=reason)
            return HttpResponseRedirect(back.to(matter.case.number, "held"))
    shown = {
        "matter": matter,
        "untold": untold,
        "form": form,
        "back": back.to(matter.case.number),
        "reason": _reason_of(matter, look),
    }
    return render(request, "contact/staff/telling.html", shown, status=status)


def _decide(hand: Hand, thread: int, look: str, form: BaseForm, *, objecting: bool) -> str:
    """Do what was chosen and say what it was; nothing when the reason is missing."""
    if not objecting:
        actions.confirm_look(hand, thread=thread, look=look)
        return "confirmed"
    if not form.is_valid():
        return ""
    actions.object_to_look(hand, thread=thread, look=look, reason=form.cleaned_data["reason"])
    return "objected"


def _refused(form: BaseForm, refusal: Refusal) -> BaseForm:
    bound = form if form.is_bound else staffforms.ReasonForm({"reason": "-"})
    return _with(bound, refusal)


def _with(form: BaseForm, refusal: Refusal) -> BaseForm:
    form.is_valid()
    form.add_error(None, told(refusal.sentence))
    return form


def _reason_of(matter: StaffMatter, look: str) -> str:
    for act in ledger.acts_about(matter.case.about):
        if (
            act.content is not None
            and act.kind == "contact.look"
            and act.content["payload"].get("look") == look
        ):
            return str(act.content["reason"])
    return ""
