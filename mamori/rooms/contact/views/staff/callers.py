"""Pages for helping somebody who calls or writes: who it is, what they say, the number to tell them."""

from __future__ import annotations

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Role
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.once import new_token, take_form
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.contact import actions, facts, keeping
from mamori.rooms.contact.callerforms import CallerForm, LetDecideForm, MoreTakenForm, OpenedForm
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.formal.lifecycle import FormalState
from mamori.rooms.contact.formal.queries import going_on
from mamori.rooms.contact.models import Check, Thread
from mamori.rooms.contact.queries.goods import goods_name, order_name
from mamori.rooms.contact.rules.callers import CHANNELS, HOLDS, NEEDED, Channel
from mamori.rooms.contact.rules.helping import CONSENT_TO_DECIDE
from mamori.rooms.contact.views.staff.cases import Back, matter_of, private

TAKERS = (Role.AGENT, Role.LEAD)


@open_to(*TAKERS)
def ask(request: Visit, case_page: str) -> HttpResponse:
    """Ask which matter it is and who is calling; the answers are compared and kept nowhere.

    With `?taken=` the number of what was just taken down is shown, to be told to the caller, and what happens next.
    """
    if number := request.GET.get("taken", "")[:64]:
        return _taken(request, number, case_page)
    wanted = {"number": request.GET.get("number", "")[:64]}

    def do(form: CallerForm) -> str:
        given = form.cleaned_data
        check = actions.check_caller(
            actor_of(request), number=given["number"], channel=given["channel"], answers=given
        )
        return reverse("contact_staff:caller", args=(check,))

    form, status, led = take_form(request, lambda data: CallerForm(data, initial=wanted), do)
    return led or private(request, "callers", {"form": form, "needed": NEEDED}, status)


@open_to(*TAKERS)
def take(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Take the words down, and show the number to be told."""
    actor = actor_of(request)
    found = actions.the_check(actor, check)
    is_new = found.thread is None or found.thread.closed_at is not None

    def do(form: BaseForm) -> str:
        verb = actions.open_for_caller if is_new else actions.take_down
        known = facts.thread(verb(actor, check=check, **form.cleaned_data))
        assert known is not None
        return taken_address(known.case)

    form, status, led = take_form(request, OpenedForm if is_new else MoreTakenForm, do, by=actor)
    return led or private(request, "caller", _shown(request, found, form, is_new=is_new), status)


def taken_address(number: str) -> str:
    """Return where the number is shown that the caller is told."""
    return f"{reverse('contact_staff:callers')}?taken={number}"


def _taken(request: Visit, number: str, case_page: str) -> HttpResponse:
    shown: dict[str, object] = {"number": number, "case": case_page.format(number=number)}
    try:
        arrival = formals.arrival_of(actor_of(request), number)
    except NothingHere:
        return render(request, "contact/staff/taken.html", shown)
    page = "taken_settled" if arrival.formal.state == FormalState.SETTLED else "taken_notice"
    return render(request, f"contact/staff/{page}.html", shown | {"arrival": arrival})


def _about_proposals(request: Visit, check: Check) -> dict[str, object]:
    """Return whether a proposal waits for this buyer's word, and whether an answer of theirs can be corrected."""
    if check.thread is None or check.thread.closed_at is not None:
        return {}
    matter = matter_of(request, keeping.case_number(keeping.about(check.thread)))
    return {"awaits": matter.awaits_buyer, "corrects": matter.correctable}


def _shown(request: Visit, check: Check, form: BaseForm, *, is_new: bool) -> dict[str, object]:
    order = market.order(check.order_ref) if check.order_ref else None
    may_declare = bool(check.order_ref) and check.channel == Channel.PHONE
    return {
        "form": form,
        "token": request.POST.get("token") or new_token(),
        "channel": CHANNELS[Channel(check.channel)],
        "goods": goods_name(check.thread) if check.thread else order_name(order),
        "order": check.order_ref,
        "is_new": is_new,
        "until": check.at + HOLDS,
        "check": str(check.pk),
        **_about_proposals(request, check),
        "may_let": not is_new and check.channel == Channel.PHONE,
        "may_declare": may_declare,
        "sent": going_on(check.buyer_ref, check.order_ref) if may_declare else (),
    }


def helper(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Show what to read out, and take down whether the helper whom the caller names may answer proposals."""
    actor = actor_of(request)
    actions.the_check(actor, check)

    def do(form: LetDecideForm) -> str:
        thread, _ = actions.let_decide_for_caller(actor, check=check, **form.cleaned_data)
        number = keeping.case_number(keeping.about(Thread.objects.get(pk=thread)))
        return Back(case_page).to(number, "helper")

    form, status, led = take_form(request, LetDecideForm, do, by=actor)
    token = request.POST.get("token") or new_token()
    shown = {"form": form, "check": check, "consent": CONSENT_TO_DECIDE, "token": token}
    return led or private(request, "caller_helper", shown, status)
