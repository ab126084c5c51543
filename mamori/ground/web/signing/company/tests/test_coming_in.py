"""Somebody comes in by the company: added at first, in the role that its groups say, and out when it says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mamori.grammar.actor import Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts
from mamori.ground.people.models import Account, Proposal
from mamori.ground.web.signing.company.tests.conftest import BACK, Come, chosen, hanako, sent
from mamori.ground.web.signing.company.tests.lying import Provider
from mamori.law.company import COMPANY_ASK, COMPANY_ONLY, COMPANY_OTHERS, COMPANY_ROLES

pytestmark = pytest.mark.django_db


def lead() -> Account:
    """Let there be a lead already: roles that two decide are then proposed."""
    return Account.objects.create(
        email="lead@example.jp", name="l", role="lead", added_at=datetime.now(UTC) - timedelta(days=60)
    )


def kinds(account: Account) -> list[str]:
    """Return what is on the record about an account, in order."""
    about = f"people.account:{account.pk}"
    found = {
        kind: ledger.acts_of([about], kind=kind)[about]
        for kind in KINDS
        if ledger.acts_of([about], kind=kind)
    }
    return [kind for kind, acts in found.items() for _ in acts]


KINDS = (
    "people.account_added",
    "people.role_changed",
    "people.company_linked",
    "people.company_ended",
    "people.company_refused",
)


def test_whom_the_company_sends_is_added_in_the_role_of_their_group_and_is_at_the_desk(come: Come) -> None:
    client = Client()

    answer = come(client, "/desk/components")

    assert (answer.status_code, answer["Location"]) == (302, "/desk/components")
    assert client.get("/desk/components").status_code == 200
    assert (hanako().role, hanako().name) == ("agent", "山田 花子")
    assert kinds(hanako()) == ["people.account_added"]
    assert "u-1" not in (hanako().company or "")


def test_the_way_there_asks_for_a_code_with_proof_key_state_and_nonce(company: Provider) -> None:
    client = Client()

    asked = sent(client.post("/account/company/"))

    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://localhost:8000/account/company/back/"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert len(asked["state"]) >= 16
    assert len(asked["nonce"]) >= 32
    assert not {"prompt", "max_age"} & asked.keys()


def test_the_second_time_it_is_the_same_account_whatever_its_address_is_by_now(
    company: Provider, come: Come
) -> None:
    come(Client())
    first = hanako().pk

    company.person["email"] = "suzuki@example.jp"
    come(Client())

    assert hanako().pk == first
    assert Account.objects.count() == 1


def test_the_first_group_that_fits_gives_the_role(company: Provider, come: Come) -> None:
    company.person["groups"] = ["agents", "leads"]

    come(Client())

    assert hanako().role == "lead"


def test_a_trusted_role_is_proposed_where_there_is_a_lead_already(company: Provider, come: Come) -> None:
    lead()
    company.person["groups"] = ["leads"]

    come(Client())
    come(Client())

    assert hanako().role == "agent"
    waits = Proposal.objects.get(account=hanako())
    assert (waits.matter, waits.role, waits.by) == ("give_role", "lead", "machine:company")


def test_a_role_that_the_company_takes_away_is_taken_away_here(company: Provider, come: Come) -> None:
    company.person["groups"] = ["leads"]
    elsewhere = Client()
    come(elsewhere)
    lead()

    company.person["groups"] = ["agents"]
    come(Client())

    assert hanako().role == "agent"
    assert "people.role_changed" in kinds(hanako())
    assert elsewhere.get("/desk/components").status_code == 302


def test_what_the_company_wished_is_withdrawn_when_it_wishes_it_no_more(
    company: Provider, come: Come
) -> None:
    lead()
    company.person["groups"] = ["leads"]
    come(Client())

    company.person["groups"] = ["agents"]
    come(Client())

    assert Proposal.objects.get(account=hanako()).state == "withdrawn"


def test_whoever_is_in_no_group_only_reads(company: Provider, come: Come) -> None:
    company.person["groups"] = []
    client = Client()

    answer = come(client)

    assert answer["Location"] == "/desk/reading/"
    assert client.get("/desk/reading/").status_code == 200
    assert client.get("/desk/").status_code == 403


def test_whoever_has_no_role_is_told_whom_to_ask_where_nobody_comes_in_without(
    company: Provider, come: Come
) -> None:
    chosen(COMPANY_OTHERS.code, "none")
    chosen(COMPANY_ASK.code, "情報システム課")
    company.person["groups"] = ["somewhere"]
    client = Client()

    answer = come(client)

    assert answer.status_code == 403
    assert "情報システム課に" in answer.content.decode()
    assert not Account.objects.exists()


def test_whoever_lost_every_group_loses_role_and_visits(company: Provider, come: Come) -> None:
    elsewhere = Client()
    come(elsewhere)
    chosen(COMPANY_OTHERS.code, "none")
    company.person["groups"] = []

    answer = come(Client())

    assert answer.status_code == 403
    assert hanako().role == "reader"
    assert {"people.role_changed", "people.company_ended", "people.company_refused"} <= set(kinds(hanako()))
    assert elsewhere.get("/desk/components").status_code == 302


def test_where_no_group_gives_a_role_roles_are_given_here(company: Provider, come: Come) -> None:
    chosen(COMPANY_ROLES.code, "")
    come(Client())
    Account.objects.update(role="agent")

    come(Client())

    assert hanako().role == "agent"


def test_an_account_of_the_same_address_is_not_taken_over(company: Provider, come: Come) -> None:
    mine = Account.objects.create(
        email="hanako@example.jp", name="h", role="lead", added_at=datetime.now(UTC)
    )
    client = Client()

    answer = come(client)

    assert answer.status_code == 409
    assert client.get("/desk/components").status_code == 302
    mine.refresh_from_db()
    assert mine.company is None


def test_an_address_that_the_provider_calls_unverified_is_none(company: Provider, come: Come) -> None:
    company.person["email_verified"] = False

    answer = come(Client())

    assert answer.status_code == 403
    assert not Account.objects.exists()


@pytest.mark.parametrize("mail", ["", "no address", "hanako@"])
def test_whoever_has_no_address_is_not_added(company: Provider, come: Come, mail: str) -> None:
    company.person["email"] = mail

    assert come(Client()).status_code == 403
    assert not Account.objects.exists()


def test_from_one_trusted_role_to_the_other_leads_by_agreement_and_what_was_wished_in_the_first_ends(
    company: Provider, come: Come
) -> None:
    company.person["groups"] = ["counsel"]
    come(Client())
    lead()
    company.person["groups"] = ["leads"]

    come(Client())

    assert hanako().role == "agent"
    assert Proposal.objects.get(account=hanako()).role == "lead"


def test_who_is_suspended_here_does_not_come_in_by_the_company(company: Provider, come: Come) -> None:
    come(Client())
    Account.objects.update(is_active=False)

    answer = come(Client())

    assert answer.status_code == 403
    assert "停止されています" in answer.content.decode()


def test_the_word_of_the_company_ends_after_its_hours_whatever_goes_on(come: Come) -> None:
    client = Client()
    come(client)

    Account.objects.update(vouched_until=datetime.now(UTC) - timedelta(seconds=1))

    answer = client.get("/desk/components")
    assert "ended=company" in answer["Location"]
    assert "会社でのサインインの有効な時間" in client.get(answer["Location"]).content.decode()


def test_a_visit_of_a_shop_never_becomes_one_of_staff_by_itself(company: Provider) -> None:
    client = Client()

    answer = client.get(BACK, {"state": "x" * 16, "code": "the-code"})

    assert answer.status_code == 403
    assert not Account.objects.exists()


def test_where_the_company_alone_lets_in_a_passkey_does_not(enter: object, company: Provider) -> None:
    client = enter(Role.AGENT)  # type: ignore[operator]
    assert client.get("/desk/components").status_code == 200

    chosen(COMPANY_ONLY.code, True)

    assert "ended=company" in client.get("/desk/components")["Location"]
    assert "mfa_login" not in client.get("/account/login/").content.decode()


def test_the_way_on_leads_nowhere_but_here(come: Come) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        assert come(Client(), elsewhere)["Location"] == "/desk/"


def test_what_the_token_leaves_out_is_asked_of_the_provider_about_the_same_person(
    company: Provider, come: Come
) -> None:
    for name in ("name", "email", "groups"):
        company.person.pop(name)
    company.userinfo = {"sub": "u-2", "name": "花子", "email": "hanako@example.jp", "groups": ["agents"]}
    assert come(Client()).status_code == 403

    company.userinfo["sub"] = "u-1"

    assert come(Client()).status_code == 302
    assert hanako().role == "agent"


def test_who_came_by_the_company_counts_as_a_second_person_only_after_the_days(come: Come) -> None:
    come(Client())
    profile = facts.Profile(size=facts.Size.THREE, delay=None)  # type: ignore[arg-type]
    at = datetime.now(UTC)

    assert not facts.is_second(hanako().subject, than="staff:99", profile=profile, at=at)
    assert facts.is_second(hanako().subject, than="staff:99", profile=profile, at=at + timedelta(days=8))
