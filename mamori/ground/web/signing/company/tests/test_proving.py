"""Whom the company signs in proves there once more who they are; whoever has an account of the house connects it, knowingly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger.models import Act
from mamori.ground.people import actions as people, facts
from mamori.ground.people.actions.accounts import NotYoursToTend
from mamori.ground.people.models import Account
from mamori.ground.web.signing.company.tests.conftest import Come, hanako, sent
from mamori.ground.web.signing.company.tests.lying import Provider, seconds

pytestmark = pytest.mark.django_db

AGAIN, PROVE, LINK = "/account/reauthenticate/", "/account/company/prove/", "/account/company/link/"
FOR_PROOF = LINK
"""A page that asks for a fresh proof."""


@pytest.fixture
def of_this_morning(company: Provider, come: Come) -> Client:
    """Let Hanako have come in by a sign-in at the company that was an hour ago."""
    client = Client()
    company.claims = {"auth_time": seconds(hours=-1)}
    come(client)
    company.claims = {}
    return client


def asks_for_proof(client: Client) -> bool:
    answer = client.get("/account/factors/passkeys/add/")
    return answer.status_code == 302 and answer["Location"].startswith(AGAIN)


def test_a_sign_in_of_just_now_is_a_fresh_proof_and_one_of_this_morning_is_none(
    come: Come, of_this_morning: Client
) -> None:
    fresh = Client()
    come(fresh)

    assert not asks_for_proof(fresh)
    assert asks_for_proof(of_this_morning)


def test_a_company_that_does_not_say_when_gives_no_fresh_proof(company: Provider, come: Come) -> None:
    company.claims = {"auth_time": None}
    client = Client()
    come(client)

    assert asks_for_proof(client)


def test_the_company_is_asked_to_see_the_person_anew(
    company: Provider, come: Come, of_this_morning: Client
) -> None:
    page = of_this_morning.get(AGAIN, {"next": "/account/factors/passkeys/add/"})
    assert PROVE in page.content.decode()

    answer = come(of_this_morning, "/account/factors/passkeys/add/", by=PROVE)

    assert (company.asked["prompt"], company.asked["max_age"]) == ("login", "0")
    assert answer["Location"] == "/account/factors/passkeys/add/"
    assert not asks_for_proof(of_this_morning)


@pytest.mark.parametrize(
    "seen", [seconds(hours=-1), None, "just now", True], ids=["earlier", "unsaid", "words", "yes"]
)
def test_a_company_that_did_not_ask_anew_proves_nothing(
    company: Provider, come: Come, of_this_morning: Client, seen: object
) -> None:
    company.claims = {"auth_time": seen}

    answer = come(of_this_morning, by=PROVE)

    assert answer.status_code == 403
    assert "確かめ直したと答えませんでした" in answer.content.decode()
    assert asks_for_proof(of_this_morning)
    assert Act.objects.filter(kind="people.company_refused").count() == 1


def test_a_moment_that_lies_far_ahead_is_no_proof(company: Provider, come: Come) -> None:
    client = Client()
    company.claims = {"auth_time": seconds(hours=1)}
    come(client)

    assert asks_for_proof(client)


def test_somebody_else_does_not_prove_it(company: Provider, come: Come, of_this_morning: Client) -> None:
    company.person = {"sub": "u-2", "name": "鈴木", "email": "suzuki@example.jp", "groups": ["leads"]}

    answer = come(of_this_morning, by=PROVE)

    assert answer.status_code == 403
    assert "別の人として" in answer.content.decode()
    assert asks_for_proof(of_this_morning)
    assert not Account.objects.filter(email="suzuki@example.jp").exists()


def test_what_proves_it_keeps_the_page_that_is_open_elsewhere_good(
    come: Come, of_this_morning: Client
) -> None:
    before = of_this_morning.cookies["csrf"].value

    come(of_this_morning, by=PROVE)

    assert of_this_morning.cookies["csrf"].value == before


def test_whoever_has_an_account_connects_it_with_a_fresh_proof(
    company: Provider, come: Come, enter: Callable[..., Client]
) -> None:
    company.person["email"] = "another@example.jp"
    stale, fresh = enter(Role.AGENT), enter(Role.AGENT, stepped_up=True)
    assert stale.get(LINK)["Location"].startswith(AGAIN)
    assert "パスキーがあっても" in fresh.get(LINK).content.decode()

    answer = come(fresh, by=LINK)

    account = Account.objects.get(email="agent@example.jp")
    assert answer["Location"] == "/account/factors/"
    assert account.company is not None
    assert company.asked["prompt"] == "login"
    assert fresh.get("/desk/components").status_code == 200
    assert stale.get("/desk/components").status_code == 302  # a new way in ends every other visit
    assert come(Client()).status_code == 302
    assert Account.objects.count() == 1


def test_connecting_changes_no_role(company: Provider, come: Come, enter: Callable[..., Client]) -> None:
    company.person["groups"] = ["leads"]
    client = enter(Role.AGENT, stepped_up=True)

    answer = come(client, by=LINK)

    assert answer.status_code == 409
    assert "食い違っています" in answer.content.decode()
    assert Account.objects.get().company is None


def test_one_account_of_the_company_is_one_account_here(
    company: Provider, come: Come, enter: Callable[..., Client]
) -> None:
    come(Client())
    client = enter(Role.AGENT, stepped_up=True)

    answer = come(client, by=LINK)

    assert answer.status_code == 409
    assert Account.objects.get(email="agent@example.jp").company is None


def test_who_is_connected_is_out_when_the_company_says_so_though_a_passkey_is_there(
    company: Provider, come: Come, enter: Callable[..., Client]
) -> None:
    client = enter(Role.AGENT, stepped_up=True)
    come(client, by=LINK)

    Client().post("/account/company/out/", {"logout_token": company.logout_token()})

    by_passkey = enter(Role.AGENT)
    assert "ended=company" in by_passkey.get("/desk/components")["Location"]


def test_the_command_line_lets_go_of_the_company(come: Come) -> None:
    client = Client()
    come(client)
    machine = Actor(by="machine:command/test", role=Role.MACHINE, at=datetime.now(UTC), via="command")

    people.unlink_company(machine, account=hanako().pk, reason="left the directory")

    assert (hanako().company, hanako().vouched_until) == (None, None)
    assert client.get("/desk/components").status_code == 302


def test_the_page_of_means_leads_to_connecting(company: Provider, enter: Callable[..., Client]) -> None:
    client = enter(Role.AGENT)

    assert LINK in client.get("/account/factors/").content.decode()


def test_the_way_there_is_a_press_of_a_button(company: Provider) -> None:
    for address in ("/account/company/", PROVE, "/account/company/out/"):
        assert Client().get(address).status_code in (302, 405)
    assert Client(enforce_csrf_checks=True).post("/account/company/").status_code == 403
    assert "state" in sent(Client().post("/account/company/"))


def test_what_somebody_wrote_is_given_back_beside_the_way_to_the_proof(company: Provider, come: Come) -> None:
    company.person["groups"] = ["leads"]
    company.claims = {"auth_time": seconds(hours=-1)}
    client = Client()
    come(client)

    answer = client.post("/desk/people/add/", {"name": "鈴木 一郎", "email": "i@example.jp", "role": "agent"})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "鈴木 一郎" in page
    assert "/account/reauthenticate/?next=%2Fdesk%2Fpeople%2Fadd%2F" in page


def test_nobody_connects_anothers_account_and_only_the_command_line_lets_go(
    company: Provider, come: Come
) -> None:
    come(Client())
    word = facts.CompanyWord(issuer="https://i", subject="x", mail="", name="", groups=())
    rules = facts.CompanyRules(claim="groups", roles=(), by_itself=None, holds=timedelta(hours=1))
    actor = Actor(by="agent:999", role=Role.AGENT, at=datetime.now(UTC), via="web")

    with pytest.raises(ValueError, match="another's"):
        people.link_company(actor, word, rules=rules, account=hanako().pk)
    with pytest.raises(NotYoursToTend):
        people.unlink_company(actor, account=hanako().pk, reason="")


def test_to_let_go_of_nothing_changes_nothing(enter: Callable[..., Client]) -> None:
    client = enter(Role.AGENT)
    machine = Actor(by="machine:command/test", role=Role.MACHINE, at=datetime.now(UTC), via="command")

    people.unlink_company(machine, account=Account.objects.get().pk, reason="none")

    assert client.get("/desk/components").status_code == 200
