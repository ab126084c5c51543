"""The pages by which staff sign in and tend their factors: allauth's views, with our access, forms and limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.auth import get_user_model, login
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mamori.grammar.actor import INSIDE, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.people import actions as people, facts
from mamori.ground.people.facts import PASSKEYS, SIGN_INS, Access, is_fresh
from mamori.ground.web.access import EVERYONE, methods_of, open_to
from mamori.ground.web.signing import choices, devices
from mamori.ground.web.signing.forms import (
    AddAppForm,
    AddPasskeyForm,
    ChangePasswordForm,
    NamePasskeyForm,
    NewPasswordForm,
)
from mamori.ground.web.signing.here import neighbourhood
from mamori.ground.web.signs import Visit

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


HAVE_ACCOUNTS = INSIDE | {Role.OFFICER, Role.HOLDER}


type View = Callable[..., Any]


def to_anyone(view: View, *, apart: bool = False) -> View:
    """Open a view of allauth to everybody, and count who tries to sign in; passkeys are counted `apart` from all else."""

    @open_to(*EVERYONE)
    def counted(request: Visit, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            people.count(PASSKEYS if apart else SIGN_INS, neighbourhood(request), at=request.taken_at)
        return view(request, *args, **kwargs)

    counted.counts_itself = apart  # type: ignore[attr-defined]
    return counted


def to_owner(view: View) -> View:
    """Open a view of allauth to whoever has an account, also while they still lack a factor."""

    def owned(request: Visit, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    owned.access = Access(roles=HAVE_ACCOUNTS, enrolling=True)  # type: ignore[attr-defined]
    owned.methods = methods_of(view)  # type: ignore[attr-defined]
    return owned


def with_proof(view: View) -> View:
    """Ask whom the company signs in for a fresh proof before a means of the house's own is added: allauth would not."""

    def proven(request: Visit, *args: Any, **kwargs: Any) -> Any:
        here = request.presence
        if here.company and not is_fresh(here.stepped_up_at, request.came_at):
            return redirect(f"/account/reauthenticate/?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return proven


def in_turn(view: View) -> View:
    """Let changes of one person's means come one after the other, in whichever windows: each is held against what is left."""

    def held(request: Visit, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            people.hold_means(account=request.user.pk or 0)  # nobody without an account comes so far
            return view(request, *args, **kwargs)

    return held


class LastFactor(Refusal, code="people.last-factor", status=409):
    """Given when somebody would remove the last way to sign in."""

    text = Text(
        "ほかにサインインの手段がないため、消せません。先に別のパスキーを登録してください。",
        "There is no other way to sign in, so this cannot be removed. Please add another passkey first.",
    )


class AddPasskey(passkeys.AddWebAuthnView):  # type: ignore[misc]  # allauth brings no types
    """Adds a passkey that suffices alone."""

    form_class = AddPasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for a passkey that it can find by itself, held by finger, face or PIN."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": webauthn.begin_registration(self.request.user, True)}
        return context

    def get_success_url(self) -> str:
        """Lead to the means of signing in: recovery codes are of use only beside a password and an app."""
        return reverse("mfa_index")


class PasskeyAgain(passkeys.ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth brings no types
    """Asks for the passkey once more, and again where it was not the right one."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page again, with what went wrong."""
        response: HttpResponse = self.render_to_response(self.get_context_data() | {"form": form})
        return response


class NamePasskey(passkeys.EditWebAuthnView):  # type: ignore[misc]  # allauth brings no types
    """Gives a passkey another name."""

    form_class = NamePasskeyForm
    success_url = "/account/factors/"


class RemovePasskey(passkeys.RemoveWebAuthnView):  # type: ignore[misc]  # allauth brings no types
    """Removes a passkey, but not the last way to sign in."""

    success_url = "/account/factors/"

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it unless nothing would be left."""
        if not get_adapter().can_delete_authenticator(self.get_object()):
            raise LastFactor()
        response: HttpResponse = super().form_valid(form)
        return response


class AddApp(app.ActivateTOTPView):  # type: ignore[misc]  # allauth brings no types
    """Adds an app that shows codes."""

    form_class = AddAppForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the pattern as it stands in a page, without the heading of a file of its own."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"totp_svg": context["totp_svg"].partition("?>")[2].strip() or context["totp_svg"]}


class RecoveryCodes(recovery.ViewRecoveryCodesView):  # type: ignore[misc]  # allauth brings no types
    """Shows recovery codes once, by the press of a button: a page that is only read changes nothing."""

    http_method_names = ("get", "post")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reveal the codes to a POST that is the first; say otherwise how many are left."""
        raise_if_reauthentication_required(self.request, app="allauth.mfa")
        rows = Authenticator.objects.filter(user=self.request.user, type="recovery_codes")
        # Locked, as by whoever signs in by a code: which codes are used up lies in the same value as that they were shown.
        row = get_object_or_404(rows.select_for_update() if self.request.method == "POST" else rows)
        codes = row.wrap()
        unseen, left = not codes.did_view, codes.get_unused_codes()
        shown = unseen and self.request.method == "POST"
        if shown:
            codes.mark_as_viewed()
        return {"codes": left if shown else [], "unseen": unseen and not shown, "left": len(left)}

    def post(self, request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
        """Reveal."""
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response


class SetPassword(account.PasswordSetView):  # type: ignore[misc]  # allauth brings no types
    """Sets a password where there was none."""

    form_class = NewPasswordForm
    success_url = "/account/factors/"


class ChangePassword(account.PasswordChangeView):  # type: ignore[misc]  # allauth brings no types
    """Sets another password."""

    form_class = ChangePasswordForm
    success_url = "/account/factors/"


class MyFactors(factors.IndexView):  # type: ignore[misc]  # allauth brings no types
    """Shows by what somebody signs in, and what they still lack."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is still awaited."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "awaits": self.request.presence.awaits.value,
            "company": choices.company_name(self.request.taken_at) if choices.is_company_used() else None,
            "may_link": self.request.presence.role in INSIDE,
        }


class LoginPage(account.LoginView):  # type: ignore[misc]  # allauth brings no types
    """Shows the ways to sign in, the company's first where it is used."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the company is called, and whether it alone lets in."""
        at = self.request.taken_at
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "company": choices.company_name(at) if choices.is_company_used() else None,
            "company_only": choices.stays(at).company_only,
            "next": facts.local_path(self.request.GET.get("next", "")),
        }


def _prove_again(request: Visit, *args: Any, **kwargs: Any) -> Any:
    """Offer the company's proof to whom it signs in, their own means beside it; all others go on to allauth's page."""
    here = request.presence
    if request.method == "GET" and here.company and here.account and choices.is_company_used():
        has = facts.factors_of(here.account)
        shown = {
            "company": choices.company_name(request.taken_at),
            "next": facts.local_path(request.GET.get("next", "")),
            "passkey": has.passkey,
            "app": has.totp,
        }
        return render(request, "account/company_again.html", shown)
    return account.reauthenticate(request, *args, **kwargs)


login_page = to_anyone(LoginPage.as_view())


passkey_login = to_anyone(passkeys.login_webauthn, apart=True)


app_code = to_anyone(factors.authenticate)


logout = open_to(*EVERYONE)(account.logout)


inactive = open_to(*EVERYONE)(account.account_inactive)


prove_again = to_owner(_prove_again)


app_code_again = to_owner(factors.reauthenticate)


passkey_again = to_owner(PasskeyAgain.as_view())


my_factors = to_owner(MyFactors.as_view())


add_passkey = to_owner(with_proof(AddPasskey.as_view()))


name_passkey = to_owner(NamePasskey.as_view())


remove_passkey = to_owner(in_turn(RemovePasskey.as_view()))


add_app = to_owner(with_proof(AddApp.as_view()))


remove_app = to_owner(in_turn(app.deactivate_totp))


recovery_codes = to_owner(never_cache(in_turn(RecoveryCodes.as_view())))


new_recovery_codes = to_owner(recovery.generate_recovery_codes)


set_password = to_owner(with_proof(reauthentication_required(app="allauth.mfa")(SetPassword.as_view())))


change_password = to_owner(reauthentication_required(app="allauth.mfa")(ChangePassword.as_view()))


my_devices = to_owner(devices.show)


@open_to(*EVERYONE)
@never_cache
def invited(request: Visit, token: str) -> HttpResponse:
    """Show one button that takes an invitation; a GET alone, such as a mail scanner's, uses nothing up."""
    if request.method != "POST":
        if not facts.is_invited(token, at=request.taken_at):
            raise people.InvitationUnusable()
        return render(request, "account/invited.html")
    people.count(SIGN_INS, neighbourhood(request), at=request.taken_at)
    number = people.take_invitation(token=token, at=request.taken_at)
    request.session.flush()
    user = get_user_model().objects.get(pk=number)
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="invitation", reauthenticated=True)
    return HttpResponseRedirect("/account/factors/")
