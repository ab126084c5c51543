"""Whoever guesses passwords closes the door to themselves: not to the person whose address it is, and never to passkeys."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from mamori.ground.people.models import Account
from mamori.ground.web.signing import forms, staff
from mamori.ground.web.signing.tests.test_staff import PASSWORD, at_the_desk, code, login, someone, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_time_without_end")]
GUESSER, ELSEWHERE = "203.0.113.7", "198.51.100.20"
MAIL = "hanako@example.jp"


@pytest.fixture
def a_time_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no quarter of an hour and no minute end while a test counts."""
    for module, names in (
        (forms, ("PASSWORDS", "PASSWORDS_FROM", "PASSWORDS_FOR")),
        (staff, ("SIGN_INS", "PASSKEYS")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, replace(getattr(module, name), per=timedelta(days=1)))


@dataclass
class Passkey:
    """A passkey whose private half the test has, as a person's device has it."""

    account: Account
    private: ec.EllipticCurvePrivateKey
    credential: bytes

    def show(self, client: Client) -> int:
        """Sign in with it and return how the house answers."""
        asked = client.get("/account/passkey/", headers={"x-requested-with": "XMLHttpRequest"}).json()
        challenge = asked["request_options"]["publicKey"]["challenge"]
        told = {
            "type": "webauthn.get",
            "challenge": challenge,
            "origin": settings.ORIGIN,
            "crossOrigin": False,
        }
        client_data = json.dumps(told).encode()
        seen = AuthenticatorData.create(
            hashlib.sha256(b"localhost").digest(), AuthenticatorData.FLAG(0x05), 1
        )
        signature = self.private.sign(seen + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        shown = {
            "id": websafe_encode(self.credential),
            "rawId": websafe_encode(self.credential),
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(client_data),
                "authenticatorData": websafe_encode(bytes(seen)),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(user_pk_to_url_str(self.account).encode()),
            },
        }
        return client.post("/account/passkey/", {"credential": json.dumps(shown)}).status_code


def passkey(account: Account) -> Passkey:
    """Give somebody a passkey."""
    private, credential = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
    attested = AttestedCredentialData.create(
        b"\0" * 16, credential, ES256.from_cryptography_key(private.public_key())
    )
    data = AuthenticatorData.create(
        hashlib.sha256(b"localhost").digest(), AuthenticatorData.FLAG(0x45), 0, attested
    )
    registered = RegistrationResponse(
        raw_id=credential,
        response=AuthenticatorAttestationResponse(
            client_data=CollectedClientData.create("webauthn.create", b"challenge", settings.ORIGIN),
            attestation_object=AttestationObject.create("none", data, {}),
        ),
    )
    kept: dict[str, Any] = {"name": "key", "credential": dict(registered)}
    Authenticator.objects.create(user=account, type="webauthn", data=kept)
    return Passkey(account, private, credential)


def at(source: str) -> Client:
    """Open a browser behind one network address."""
    return Client(REMOTE_ADDR=source)


def guess(source: str, times: int, email: str = MAIL) -> list[int]:
    """Give wrong passwords and return how each was answered."""
    client = at(source)
    return [login(client, email, f"wrong password {one}").status_code for one in range(times)]  # type: ignore[attr-defined]


def is_closed(client: Client, email: str = MAIL) -> bool:
    """Say whether no password is taken for that address from there; only the right one tells, so it is given."""
    return "15分ほど受け付けません" in login(client, email, PASSWORD).content.decode()  # type: ignore[attr-defined]


def test_who_guesses_closes_the_door_to_themselves_and_to_nobody_else() -> None:
    secret = with_app(someone())
    guess(GUESSER, 40)
    person = at(ELSEWHERE)

    assert login(person).headers["Location"] == "/account/code/"  # type: ignore[attr-defined]
    person.post("/account/code/", {"code": code(secret)})

    assert at_the_desk(person)


def test_a_passkey_opens_from_the_very_network_in_which_somebody_guessed() -> None:
    key = passkey(someone())
    answers = guess(GUESSER, 300)
    person = at(GUESSER)

    assert answers[-1] == 429
    assert key.show(person) == 302
    assert at_the_desk(person)


def test_ten_wrong_passwords_close_it_there_for_that_address() -> None:
    someone()
    guess(GUESSER, 10)

    assert is_closed(at(GUESSER))


def test_one_network_guesses_for_many_addresses_no_more_than_thirty_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(staff, "SIGN_INS", replace(staff.SIGN_INS, most=1_000))
    someone()
    for number in range(30):
        guess(GUESSER, 1, f"{number}@example.jp")

    assert is_closed(at(GUESSER))
    assert guess(ELSEWHERE, 1) == [200]


def test_guessing_from_many_networks_slows_the_address_but_not_its_passkey() -> None:
    key = passkey(someone())
    for network in range(10):
        guess(f"203.0.113.{network}", 10)
    person = at(ELSEWHERE)

    assert is_closed(at(ELSEWHERE))
    assert key.show(person) == 302
    assert at_the_desk(person)


def test_right_passwords_use_nothing_up() -> None:
    with_app(someone())

    assert [login(at(GUESSER)).headers["Location"] for _ in range(30)] == ["/account/code/"] * 30  # type: ignore[attr-defined]


def test_wrong_passwords_at_the_door_do_not_count_for_who_is_in() -> None:
    someone()
    client = at(ELSEWHERE)
    login(client)
    for network in range(12):
        guess(f"203.0.113.{network}", 10)

    page = client.post("/account/reauthenticate/", {"password": PASSWORD})

    assert page.status_code == 302
