"""By what somebody proves who they are: asked of, and taken from, the tables of allauth."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator


@dataclass(frozen=True, slots=True)
class Factors:
    """Whether somebody has a passkey, and codes from an app."""

    passkey: bool
    totp: bool


def factors_of(account: int) -> Factors:
    """Return what the account has."""
    types = set(Authenticator.objects.filter(user_id=account).values_list("type", flat=True))
    return Factors(
        passkey=Authenticator.Type.WEBAUTHN.value in types, totp=Authenticator.Type.TOTP.value in types
    )


def remove_factors(account: int) -> int:
    """Take away every factor of the account and return how many there were."""
    removed: int = Authenticator.objects.filter(user_id=account).delete()[0]
    return removed


def every_factor() -> dict[int, Factors]:
    """Return what each account has that has anything."""
    types: dict[int, set[str]] = {}
    for account, kind in Authenticator.objects.values_list("user_id", "type"):
        types.setdefault(account, set()).add(kind)
    return {
        account: Factors(
            passkey=Authenticator.Type.WEBAUTHN.value in has, totp=Authenticator.Type.TOTP.value in has
        )
        for account, has in types.items()
    }
