"""Pages about people: the list, one account, somebody new, one proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk.people import staff
from mamori.doors.desk.views.queue import left_by
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.people import actions, facts
from mamori.ground.people.facts import TRUSTED, AccountFact, Matter, Profile, ProposalFact
from mamori.ground.terms.actions import ABOUT
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import take_form
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.rooms.payouts import facts as payouts

ROLES = [(role.value, said_text(role.text)) for role in (Role.AGENT, Role.LEAD, Role.COUNSEL, Role.READER)]


class AddForm(HouseForm):
    """Somebody new."""

    name = forms.CharField(label=said("名前", "Name"), max_length=100)
    email = forms.EmailField(label=said("メールアドレス", "Mail address"), max_length=254)
    role = forms.ChoiceField(
        label=said("役割", "Role"),
        choices=ROLES,
        widget=forms.RadioSelect,
        initial=Role.AGENT.value,
        help_text=said(
            "責任者と法務担当には、ほかの人の承認がいります。",
            "Lead and counsel need somebody else's agreement.",
        ),
    )


class RoleForm(HouseForm):
    """Another role."""

    role = forms.ChoiceField(label=said("役割", "Role"), choices=ROLES, widget=forms.RadioSelect)
    reason = forms.CharField(label=said("理由", "Reason"), max_length=500, required=False)


class ReasonForm(HouseForm):
    """Why."""

    reason = forms.CharField(label=said("理由", "Reason"), max_length=500)


class NoSuchAnswer(Refusal, code="people.no-such-answer", status=422):
    """Given when what was pressed on a proposal is neither agreeing nor declining."""

    text = Text(
        "何をするのかを読み取れず、何も変えていません。申請のページから、もう一度ボタンで選んでください。",
        "What you wish could not be read, and nothing was changed. Please choose with a button on the proposal's page.",
    )


@open_to(*STAFF)
def people(request: Visit) -> HttpResponse:
    """Show what waits for others; to those who tend accounts also whose cases wait for a new hand, and who there is."""
    who, tends = staff(request.received_at), request.presence.role in TRUSTED
    shown = {
        "accounts": who.accounts if tends else (),
        "left": left_by(who) if tends else (),
        "proposals": facts.open_proposals(),
    }
    return render(request, "desk/accounts/list.html", shown)


@open_to(*TRUSTED, step_up=True)
def add(request: Visit) -> HttpResponse:
    """Add somebody, and send the invitation to their own address."""
    actor = actor_of(request)
    profile = choices.profile(actor.at)

    def do(form: AddForm) -> str:
        asked = form.cleaned_data
        number = actions.add_account(
            actor, email=asked["email"], name=asked["name"], role=Role(asked["role"]), profile=profile
        )
        actions.invite_by_mail(actor, account=number, origin=settings.ORIGIN, profile=profile)
        messages.success(
            request, str(said("登録し、招待を送りました。", "Added, and the invitation is on its way."))
        )
        return f"/desk/people/{number}/"

    form, _, led = take_form(request, AddForm, do)
    return led or render(request, "desk/accounts/add.html", {"form": form})


@open_to(*TRUSTED, step_up=True)
def account(request: Visit, number: int) -> HttpResponse:
    """Show one account with what can be done about it, and do it."""
    found = facts.account(number, at=request.received_at)
    if found is None:
        raise Http404
    role_form, reset_form = RoleForm(initial={"role": found.role.value}), ReasonForm(prefix="reset")
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "role":
            role_form = RoleForm(request.POST)
        if act == "reset":
            reset_form = ReasonForm(request.POST, prefix="reset")
        if _done(request, found, act, role_form, reset_form):
            return HttpResponseRedirect(request.path)
    context = {
        "account": found,
        "role_form": role_form,
        "reset_form": reset_form,
        "is_mine": _is_mine(request, found),
    }
    return render(request, "desk/accounts/account.html", context)


@open_to(*STAFF, step_up=True)
def proposal(request: Visit, number: int) -> HttpResponse:
    """Show what was proposed, and take somebody's agreement or refusal; an urgent reading is decided on in its case."""
    found = next((waiting for waiting in facts.open_proposals(limit=1000) if waiting.number == number), None)
    if found is None:
        raise actions.NoSuchProposal()
    if found.matter is Matter.READ_AFTERWARDS:  # its case must hear of it, too
        return HttpResponseRedirect(reverse("desk:case", args=(found.about.partition("#")[0],)))
    profile = choices.profile(request.received_at)
    if request.method == "POST":
        actor = actor_of(request)
        match request.POST.get("act"):
            case "agree":
                actions.agree(actor, proposal=number, profile=profile)
                messages.success(request, str(said("承認を記録しました。", "Your agreement is recorded.")))
            case "decline":
                actions.decline(
                    actor, proposal=number, profile=profile, reason=request.POST.get("reason", "")[:500]
                )
                messages.success(request, str(said("取りやめました。", "It will not be done.")))
            case _:
                raise NoSuchAnswer
        return HttpResponseRedirect("/desk/people/")
    context = {
        "proposal": found,
        "by": staff(request.received_at).named(found.by),
        "may": _may(request, found, profile),
        "counts": facts.is_second(
            request.presence.subject, than=found.by, profile=profile, at=request.received_at
        ),
        "days": profile.counts_after.days,
        "is_mine": request.presence.subject == found.by,
        "release": payouts.release(found.about) if found.matter is Matter.RELEASE_PAYOUT else None,
        "terms": int(found.about.removeprefix(ABOUT)) if found.matter is Matter.CHANGE_TERMS else None,
    }
    return render(request, "desk/accounts/proposal.html", context)


def _done(request: Visit, found: AccountFact, act: str, role_form: RoleForm, reset_form: ReasonForm) -> bool:
    """Do what was asked; say whether it was."""
    actor, number = actor_of(request), found.number
    profile = choices.profile(actor.at)
    match act:
        case "invite":
            actions.invite_by_mail(actor, account=number, origin=settings.ORIGIN, profile=profile)
            told_ = said("招待を送りました。", "The invitation is on its way.")
        case "suspend":
            actions.suspend(actor, account=number, profile=profile)
            told_ = said("停止しました。", "Suspended.")
        case "let-in":
            actions.let_in_again(actor, account=number, profile=profile)
            told_ = said("停止を解きました。", "Let in again.")
        case "role" if role_form.is_valid():
            _change_role(actor, number, role_form.cleaned_data, profile)
            told_ = said("変更したか、承認待ちにしました。", "Changed, or waiting for agreement.")
        case "reset" if reset_form.is_valid():
            actions.propose_reset(
                actor, account=number, profile=profile, reason=reset_form.cleaned_data["reason"]
            )
            told_ = said("申請しました。", "Proposed.")
        case _:
            return False
    messages.success(request, str(told_))
    return True


def _change_role(actor: Actor, number: int, asked: dict[str, Any], profile: Profile) -> None:
    actions.change_role(
        actor, account=number, role=Role(asked["role"]), profile=profile, reason=asked["reason"]
    )


def _may(request: Visit, found: ProposalFact, profile: Profile) -> bool:
    return found.needs > 0 and facts.may_agree(
        found.matter,
        size=profile.size,
        role=request.presence.role,
        who=request.presence.subject,
        proposer=found.by,
        concerned=found.about,
    )


def _is_mine(request: Visit, found: AccountFact) -> bool:
    return request.presence.account == found.number
