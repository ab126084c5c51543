"""How allauth is used here: nobody signs up, no mail of its own, passkeys for our origin, secrets sealed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.people.facts import factors_of
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.web.signing.here import came_from
from mamori.ground.web.wording import language, said

MARKET = "market"
FIRST = {Role.READER: "/desk/reading/"}
"""Where those begin whom the desk's queue is not for."""
PLACE = seals.Place("mfa_authenticator", "secret", "data")


WRONG_PASSWORD = said(
    "メールアドレスかパスワードが違います。どちらも確かめて、もう一度お試しください。",
    "The mail address or the password is wrong. Please check both and try again.",
)
WRONG_PROOF = said(
    "確認できませんでした。もう一度お試しください。", "That could not be verified. Please try again."
)
TOO_OFTEN = said(
    "何度も違っていたため、15分ほど受け付けません。しばらくしてからお試しください。",
    "It was wrong too often, so nothing is taken for about 15 minutes. Please try again later.",
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Accounts are added by staff only; suspended ones are answered as wrong ones are."""

    error_messages = {  # noqa: RUF012  # allauth's own shape
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG_PASSWORD,
        "incorrect_password": WRONG_PASSWORD,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "incorrect_code": WRONG_PROOF,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody adds themselves."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return the account; a suspended one is none, also for who knows its password."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Say whether that is the password of whoever is signed in."""
        return bool(user.check_password(password))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody begins who did not say where they were going."""
        return FIRST.get(Role(getattr(request.user, "role", "agent")), settings.LOGIN_REDIRECT_URL)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request comes from; a socket that names nobody is nobody's."""
        return came_from(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer passkey, then app; a password alone proves nothing once there is a factor."""
        methods = super().get_reauthentication_methods(user)
        has = factors_of(user.pk) if user.is_authenticated else None
        if has is not None and (has.passkey or has.totp):
            methods = [method for method in methods if method["id"] != "reauthenticate"]
        return sorted(methods, key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: our own notices tell of changes."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say errors only; what went well the page itself shows."""
        if kwargs.get("message") is not None:
            super().add_message(*args, **kwargs)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth brings no types
    """Passkeys are for the origin that the operator named; an app's secret lies sealed."""

    error_messages = {  # noqa: RUF012  # allauth's own shape
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_PROOF,
        "cannot_delete_authenticator": said(
            "ほかにサインインの手段がないため、消せません。先に別の手段を登録してください。",
            "There is no other way to sign in, so this cannot be removed. Please add another first.",
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return an app's secret, or the seed of recovery codes, sealed."""
        return sealing.seal(subject=MARKET, place=PLACE, plain=text.encode()).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was sealed."""
        return seals.unseal(subject=MARKET, place=PLACE, sealed=bytes.fromhex(encrypted_text)).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Keep at least one way to sign in."""
        others = type(authenticator).objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type="recovery_codes").exists())

    def get_totp_issuer(self) -> str:
        """Name the house in the app."""
        return "Mamori"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the house that passkeys belong to, by the origin and not by what a request claims."""
        return {"id": urlsplit(settings.ORIGIN).hostname or "localhost", "name": "Mamori"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Name the person in the browser's list of passkeys."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  # allauth's name
        """Suggest a name for a new passkey."""
        number = len([1 for _ in user.authenticator_set.filter(type=type)]) + 1
        return Text(f"パスキー{number}", f"Passkey {number}").in_(language())
