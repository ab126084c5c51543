"""Staff sign in with password and app; wrong ones are counted exactly; pages open only with a factor."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.people import actions, facts
from mamori.ground.people.models import Account, Tally
from mamori.ground.people.rules import Awaits, Profile, Size
from mamori.ground.terms import actions as terms
from mamori.ground.web.signing import forms, views
from mamori.law.settings import PEOPLE_SIZE

pytestmark = pytest.mark.django_db

type Enter = Callable[..., Client]
PASSWORD = "a rather long password"
DESK = "/desk/components"


THREE = Profile(size=Size.THREE, delay=Hours(24))


def machine() -> Actor:
    """Return the actor of the command line, now."""
    return Actor(by="machine:command/test", role=Role.MACHINE, at=datetime.now(UTC), via="command")


def someone(email: str = "hanako@example.jp", *, password: str = PASSWORD) -> Account:
    """Add somebody with a password and nothing else."""
    number = actions.add_account(
        machine(),
        email=email,
        name="花子",
        role=Role.AGENT,
        profile=THREE,
    )
    account = Account.objects.get(pk=number)
    account.set_password(password)
    account.save()
    return account


def with_app(account: Account, *, allowed: bool = True) -> str:
    """Give somebody an app and return its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)
    if allowed:
        actions.allow_totp(machine(), account=account.pk)
    return secret


def code(secret: str, *, later: int = 0) -> str:
    """Return what the app shows."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + later))


def login(client: Client, email: str = "hanako@example.jp", password: str = PASSWORD) -> object:
    """Give mail address and password."""
    return client.post("/account/login/", {"login": email, "password": password})


def at_the_desk(client: Client) -> bool:
    """Say whether the desk is open."""
    return client.get(DESK).status_code == 200


def test_password_and_app_let_in() -> None:
    secret, client = with_app(someone()), Client()

    asked = login(client)
    assert asked.headers["Location"] == "/account/code/"  # type: ignore[attr-defined]
    assert not at_the_desk(client)
    client.post("/account/code/", {"code": code(secret)})

    assert at_the_desk(client)


def test_a_code_of_the_app_works_once_whichever_process_sees_it() -> None:
    secret, first, second = with_app(someone()), Client(), Client()
    shown = code(secret)
    login(first)
    first.post("/account/code/", {"code": shown})
    from django.core.cache import cache

    cache.clear()  # another process has another memory
    login(second)
    second.post("/account/code/", {"code": shown})

    assert at_the_desk(first)
    assert not at_the_desk(second)


def test_a_password_alone_opens_nothing_but_the_way_to_a_factor(enter: Enter) -> None:
    someone()
    client = Client()
    login(client)

    assert client.get(DESK).headers["Location"] == "/account/factors/"
    page = client.get("/account/factors/")
    assert page.status_code == 200
    assert "パスキーを登録してください" in page.content.decode()
    assert client.get("/").context["presence"].role is Role.ANONYMOUS


def test_an_app_without_agreement_waits() -> None:
    secret, client = with_app(someone(), allowed=False), Client()
    login(client)
    client.post("/account/code/", {"code": code(secret)})

    assert client.get(DESK).headers["Location"] == "/account/factors/"
    assert "承認すると" in client.get("/account/factors/").content.decode()


def wrong_answers(client: Client, email: str, times: int) -> set[tuple[int, str]]:
    """Give wrong passwords and return how they were answered, the tokens of forms aside."""
    answers = set()
    for guess in range(times):
        page = login(client, email, f"wrong password {guess}")
        words = re.sub(r'(value|data-\w+)="[^"]*"|[0-9a-f]{16}', "", page.content.decode())  # type: ignore[attr-defined]
        answers.add((page.status_code, words.replace(email, "")))  # type: ignore[attr-defined]
    return answers


def test_known_unknown_and_suspended_addresses_are_answered_alike() -> None:
    someone()
    suspended = someone("gone@example.jp")
    someone("passkey-only@example.jp")
    Account.objects.filter(pk=suspended.pk).update(is_active=False)
    Account.objects.filter(email="passkey-only@example.jp").update(password="!")

    answers = [
        wrong_answers(Client(), email, 3)
        for email in ("hanako@example.jp", "nobody@example.jp", "gone@example.jp", "passkey-only@example.jp")
    ]
    answers.append(
        {
            (
                page.status_code,
                re.sub(r'(value|data-\w+)="[^"]*"|[0-9a-f]{16}', "", page.content.decode()).replace(
                    "gone@example.jp", ""
                ),
            )
        }
        if (page := login(Client(), "gone@example.jp"))
        else set()
    )  # type: ignore[attr-defined]

    assert all(len(answer) == 1 for answer in answers)
    assert len({next(iter(answer)) for answer in answers}) == 1


@pytest.fixture
def a_quarter_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no quarter of an hour end while a test counts."""
    for name in ("PASSWORDS", "PASSWORDS_FROM", "PASSWORDS_FOR", "APP_CODES"):
        monkeypatch.setattr(forms, name, replace(getattr(forms, name), per=timedelta(days=36_500)))


@pytest.mark.usefixtures("a_quarter_without_end")
def test_ten_wrong_passwords_and_then_the_right_one_is_refused_too() -> None:
    with_app(someone())
    client = Client()
    wrong_answers(client, "hanako@example.jp", 10)

    page = login(client)

    assert page.status_code == 200  # type: ignore[attr-defined]
    assert "15分ほど受け付けません" in page.content.decode()  # type: ignore[attr-defined]
    assert Tally.objects.get(name="passwords").count == 10


@pytest.mark.usefixtures("a_quarter_without_end")
def test_an_unknown_address_is_counted_like_a_known_one() -> None:
    client = Client()
    wrong_answers(client, "nobody@example.jp", 10)

    assert "15分ほど受け付けません" in login(client, "nobody@example.jp").content.decode()  # type: ignore[attr-defined]


def test_right_passwords_are_not_counted() -> None:
    with_app(someone())

    for _ in range(12):
        assert login(Client()).status_code == 302  # type: ignore[attr-defined]


@pytest.mark.usefixtures("a_quarter_without_end")
def test_ten_wrong_codes_of_an_app_and_no_more_is_taken() -> None:
    secret, client = with_app(someone()), Client()
    login(client)
    right = code(secret)
    for guess in range(10):
        client.post("/account/code/", {"code": f"{(int(right) + 1 + guess) % 1_000_000:06}"})

    client.post("/account/code/", {"code": right})

    assert not at_the_desk(client)


def test_too_many_sign_ins_from_one_address_are_answered_with_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SIGN_INS", replace(views.SIGN_INS, per=timedelta(days=36_500)))
    someone()
    client = Client()

    answers = [
        client.post("/account/login/", {"login": f"{number}@example.jp", "password": "x"})
        for number in range(31)
    ]

    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert int(answers[30].headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "path", ["/account/signup/", "/account/password/reset/", "/account/email/", "/account/login/code/"]
)
def test_nobody_signs_up_or_resets_by_themselves(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_suspended_person_is_out_with_the_next_request(enter: Enter) -> None:
    client = enter(Role.AGENT)
    enter(Role.LEAD)
    assert at_the_desk(client)

    actions.suspend(machine(), account=Account.objects.get(email="agent@example.jp").pk, profile=THREE)

    assert not at_the_desk(client)
    actions.let_in_again(machine(), account=Account.objects.get(email="agent@example.jp").pk, profile=THREE)
    assert not at_the_desk(client)


def test_a_changed_password_ends_other_sessions_and_not_this_one() -> None:
    secret = with_app(someone())
    mine, other = Client(), Client()
    for client, later in ((mine, -0), (other, 0)):
        login(client)
        client.post(
            "/account/code/", {"code": recovery(client) if client is other else code(secret, later=later)}
        )
    assert at_the_desk(mine)
    assert at_the_desk(other)

    mine.post("/account/reauthenticate/code/?next=/account/password/change/", {"code": recovery(mine)})
    new = "another long password"
    changed = mine.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert changed.status_code == 302
    assert at_the_desk(mine)
    assert not at_the_desk(other)


def recovery(client: Client) -> str:
    """Return an unused recovery code of hanako."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    account = Account.objects.get(email="hanako@example.jp")
    return RecoveryCodes.activate(account).get_unused_codes()[0]


def test_a_password_alone_is_no_proof_for_a_sensitive_look(enter: Enter) -> None:
    client = enter(Role.AGENT)
    account = Account.objects.get(email="agent@example.jp")
    account.set_password(PASSWORD)
    account.save()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get("/account/reauthenticate/?next=/desk/")

    assert answer.headers["Location"].startswith("/account/reauthenticate/passkey/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert (
        client.get("/account/password/change/")
        .headers["Location"]
        .startswith("/account/reauthenticate/passkey/")
    )


_CLIENT = '"clientDataJSON":"e30"'
NO_PASSKEYS = [
    "x",
    "1",
    "[]",
    "{}",
    "[" * 20_000,
    '{"id":"x"}',
    '{"id":"x","response":1}',
    '{"id":"x","response":{"userHandle":"MQ"}}',
    '{"id":"eA","rawId":"eA","type":"public-key","response":{"userHandle":"MQ"}}',
    f'{{"id":"eA","rawId":"eA","type":"public-key","response":{{{_CLIENT},"authenticatorData":"AA","signature":"AA"}}}}',
    f'{{"id":"eA","rawId":"eA","type":"public-key","response":{{{_CLIENT},"attestationObject":"oA"}}}}',
    f'{{"id":"eA","rawId":"eA","type":"public-key","response":{{{_CLIENT},"attestationObject":"_w"}}}}',
]
"""What comes in the place of a passkey: no JSON, no object, parts missing, parts of another kind, no end."""


@pytest.mark.parametrize("told", NO_PASSKEYS)
def test_what_is_no_passkey_lets_nobody_in_and_breaks_nothing(enter: Enter, told: str) -> None:
    client = Client(raise_request_exception=True)
    client.get("/account/passkey/", headers={"x-requested-with": "XMLHttpRequest"})

    answer = client.post("/account/passkey/", {"credential": told})

    assert answer.status_code in (200, 302)
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize("told", NO_PASSKEYS)
@pytest.mark.parametrize("path", ["/account/reauthenticate/passkey/", "/account/factors/passkeys/add/"])
def test_what_is_no_passkey_is_neither_added_nor_a_proof(enter: Enter, told: str, path: str) -> None:
    client = enter(Role.AGENT, stepped_up=True)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    known = Authenticator.objects.count()
    client.get(path)

    answer = client.post(path, {"credential": told, "name": "x"})

    assert answer.status_code == 200
    assert Authenticator.objects.count() == known


def test_secrets_of_apps_lie_sealed() -> None:
    secret = with_app(someone())

    assert secret not in repr(list(Authenticator.objects.values()))


def test_the_last_way_to_sign_in_is_not_removed(enter: Enter) -> None:
    client = enter(Role.AGENT, stepped_up=True)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    key = Authenticator.objects.get(user__email="agent@example.jp")

    answer = client.post(f"/account/factors/passkeys/{key.pk}/remove/")

    assert answer.status_code == 409
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_recovery_codes_are_shown_once_and_only_by_pressing(enter: Enter) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    client = enter(Role.AGENT, stepped_up=True)
    session = client.session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    codes = RecoveryCodes.activate(Account.objects.get(email="agent@example.jp")).get_unused_codes()

    looked = [client.get("/account/factors/recovery/").content.decode() for _ in range(2)]
    pressed = [client.post("/account/factors/recovery/").content.decode() for _ in range(2)]

    assert [codes[0] in page for page in (*looked, *pressed)] == [False, False, True, False]


def test_the_size_that_the_operator_sets_decides(enter: Enter) -> None:
    account = someone()
    with_app(account, allowed=False)
    terms.set(machine(), setting=PEOPLE_SIZE, value="1")
    from mamori.ground.web.signing import choices

    actions.factor_changed(
        Actor(by=account.who, role=Role.AGENT, at=datetime.now(UTC), via="web"),
        account=account.pk,
        change="totp_added",
        profile=choices.profile(datetime.now(UTC) + timedelta(seconds=1)),
    )

    found = facts.account(account.pk, at=datetime.now(UTC))
    assert found is not None
    assert found.awaits is Awaits.NOTHING
