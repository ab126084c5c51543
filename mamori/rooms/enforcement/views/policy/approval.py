"""A proposal before the second person: what differs, what that would change, and the approval or the way back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.deadlines import POLICY_NOTICE
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.access import somebody_else
from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.policy_records import NoSuchPolicy
from mamori.rooms.enforcement.policyforms import PublishForm, ReasonForm
from mamori.rooms.enforcement.queries.policy import Draft
from mamori.rooms.enforcement.views.policy.answering import attempt, done
from mamori.rooms.enforcement.views.policy.draft import the_draft, weighed


@open_to(Role.LEAD, Role.COUNSEL)
def proposal(request: Visit) -> HttpResponse:
    """Show a proposal, and approve it."""
    found = _the_proposal()
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"edited": found.edited})
    status = 200
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.publish_policy(
                hand_of(request),
                number=found.number,
                edited=form.cleaned_data["edited"],
                haste=form.chosen(),
                reason=form.cleaned_data["reason"],
            ),
            reverse("enforcement_policy:overview"),
            "published",
        )
        if not isinstance(answer, int):
            return answer
        status = answer
    shown = weighed(request, found) | {
        "form": form,
        "back": ReasonForm(auto_id="back_%s", initial={"edited": found.edited}),
        "is_own": found.by == request.presence.subject,
        "is_alone": not somebody_else((found.by,), request.received_at),
        "notice": terms.duration(POLICY_NOTICE, at=request.received_at).count,
        "done": done(request),
    }
    return render(request, "enforcement/policy/proposal.html", shown, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
def send_back(request: Visit) -> HttpResponse:
    """Ask why a proposal goes back, and make it a draft again."""
    found, status = _the_proposal(), 200
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"edited": found.edited})
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.send_back_policy(
                hand_of(request), number=found.number, reason=form.cleaned_data["reason"]
            ),
            reverse("enforcement_policy:draft"),
            "sent-back",
        )
        if not isinstance(answer, int):
            return answer
        status = answer
    return render(request, "enforcement/policy/send_back.html", {"form": form, "draft": found}, status=status)


def _the_proposal() -> Draft:
    found = the_draft(editable=False)
    if found.state is not PolicyState.PROPOSED:
        raise NoSuchPolicy()
    return found
