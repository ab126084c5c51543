"""Recovery codes are offered to whoever signs in by a password and an app, until they were shown."""

from __future__ import annotations

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.people.models import Account
from mamori.ground.web.signing.tests.test_staff import PASSWORD, with_app

PAGE = "/account/factors/"


def shown(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_who_signs_in_by_password_and_app_is_offered_recovery_codes_until_they_were_shown(
    enter: Enter,
) -> None:
    enter(Role.AGENT)
    account = Account.objects.get(email="agent@example.jp")
    with_app(account)
    account.set_unusable_password()
    account.save()
    by_passkey_alone = shown(enter(Role.AGENT, stepped_up=True))

    account.set_password(PASSWORD)
    account.save()
    client = enter(Role.AGENT, stepped_up=True)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    offered = shown(client)
    RecoveryCodes.activate(account)
    unseen = shown(client)
    client.post(f"{PAGE}recovery/")

    assert "回復コードを作る" not in by_passkey_alone
    assert "回復コードを作る" in offered
    assert "回復コードを控える" in unseen
    assert "回復コードを控える" not in shown(client)
