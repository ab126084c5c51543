"""How the policy stands: the version in force, the next one, the draft, and all versions."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.enforcement import actions, policies
from mamori.rooms.enforcement.access import somebody_else
from mamori.rooms.enforcement.policy_records import NoSuchPolicy
from mamori.rooms.enforcement.policyforms import ReasonForm
from mamori.rooms.enforcement.queries import policy as queries
from mamori.rooms.enforcement.views.policy.answering import attempt, done
from mamori.rooms.enforcement.views.policy.shortly import shortly


@open_to(Role.LEAD, Role.COUNSEL)
def overview(request: Visit) -> HttpResponse:
    """Show how the policy stands, and begin a draft."""
    refused, status = "", 200
    if request.method == "POST":
        try:
            actions.draft_policy(hand_of(request))
            return HttpResponseRedirect(f"{reverse('enforcement_policy:draft')}?done=begun")
        except Refusal as refusal:
            refused, status = told(refusal.sentence), refusal.status
    binding = policies.in_force(request.received_at)
    shown = shortly(request, binding.table) | {
        "binding": binding,
        "next": queries.announced(request.received_at),
        "draft": queries.draft(),
        "versions": queries.versions(),
        "is_alone": not somebody_else((request.presence.subject,), request.received_at),
        "refused": refused,
        "done": done(request),
    }
    return render(request, "enforcement/policy/overview.html", shown, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
def version(request: Visit, number: int) -> HttpResponse:
    """Show a published version whole."""
    found = queries.published(number)
    if found is None:
        raise NoSuchPolicy()
    shown = {"policy": found, "groups": queries.groups(found.table)}
    return render(request, "enforcement/policy/version.html", shown)


@open_to(Role.LEAD, Role.COUNSEL)
def discard(request: Visit, number: int) -> HttpResponse:
    """Ask why a draft, a proposal or an announced version is given up, and give it up."""
    form, status = ReasonForm(request.POST if request.method == "POST" else None, initial={"edited": 0}), 200
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.discard_policy(
                hand_of(request), number=number, reason=form.cleaned_data["reason"]
            ),
            reverse("enforcement_policy:overview"),
            "discarded",
        )
        if not isinstance(answer, int):
            return answer
        status = answer
    shown = {
        "number": number,
        "form": form,
        "is_own": queries.proposed_by(number) == request.presence.subject,
    }
    return render(request, "enforcement/policy/discard.html", shown, status=status)
