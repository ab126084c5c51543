"""Who stands at the door: told from a session, and never more than it proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.people import actions
from mamori.ground.people.models import Account
from mamori.ground.people.presence import (
    ANONYMOUS,
    BEGUN,
    COMPANY,
    RECORDS,
    VISITOR,
    Factors,
    Presence,
    Stays,
    every_factor,
    factors_of,
    is_delegate,
    is_erased,
    presence_of,
    remove_factors,
)
from mamori.ground.people.rules import Awaits, Over, Stay
from mamori.ground.people.tests.conftest import MACHINE, NOON, SELLER

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
STAYS = Stays(
    staff=Stay(idle=30 * MINUTE, whole=timedelta(hours=12)),
    visitors=Stay(idle=120 * MINUTE, whole=timedelta(hours=24)),
)
BUYER = {"who": "buyer:B-1", "role": "buyer", "name": "買手一郎"}
BY_COMPANY = {
    RECORDS: [{"method": COMPANY, "at": NOON.timestamp(), "proved_at": (NOON - 2 * MINUTE).timestamp()}]
}
VOUCHED = {"company": "d" * 64, "vouched_until": NOON + timedelta(seconds=1)}
ICHIRO = Presence(who="buyer:B-1", role=Role.BUYER, name="買手一郎")


def somebody(role: Role = Role.AGENT, *factors: str, **more: object) -> Account:
    """Let there be an account with these factors."""
    account = Account.objects.create(
        email="hanako@example.jp", name="花子", role=role.value, added_at=NOON, password="!", **more
    )
    for kind in factors:
        Authenticator.objects.create(user=account, type=kind, data={})
    return account


def other(name: str) -> Account:
    """Let there be another account, without a factor."""
    return Account.objects.create(email=f"{name}@example.jp", name=name, role="agent", added_at=NOON)


def here(
    account: object = None,
    *,
    begun: object = NOON,
    seen: datetime | None = None,
    stays: Stays = STAYS,
    **session: object,
) -> Presence:
    """Ask at noon who is here, by a session that holds this."""
    written = begun.isoformat() if isinstance(begun, datetime) else begun
    return presence_of(
        {BEGUN: written, **session}, account or AnonymousUser(), stays=lambda _: stays, seen_at=seen, at=NOON
    )


def test_staff_with_a_passkey_are_here_in_their_role() -> None:
    account = somebody(Role.LEAD, "webauthn")

    found = here(account)

    assert found == Presence(who=f"lead:{account.pk}", role=Role.LEAD, name="花子", account=account.pk)
    assert found.subject == f"staff:{account.pk}"


@pytest.mark.parametrize(
    ("factors", "allowed", "awaits"),
    [
        ([], False, Awaits.FACTOR),
        ([], True, Awaits.FACTOR),
        (["recovery_codes"], True, Awaits.FACTOR),
        (["totp"], False, Awaits.APPROVAL),
    ],
)
def test_staff_who_lack_a_factor_are_nobody_yet(factors: list[str], allowed: bool, awaits: Awaits) -> None:
    account = somebody(Role.AGENT, *factors, totp_allowed_at=NOON if allowed else None)

    assert here(account) == Presence(name="花子", account=account.pk, awaits=awaits)


def test_an_app_suffices_once_another_person_agreed() -> None:
    account = somebody(Role.AGENT, "totp", totp_allowed_at=NOON)

    assert here(account).role is Role.AGENT


def test_whom_the_company_signed_in_needs_no_factor_of_ours_and_was_proved_when_the_company_says() -> None:
    account = somebody(Role.AGENT, places=["news"], **VOUCHED)

    assert here(account, **BY_COMPANY) == Presence(
        who=account.who,
        role=Role.AGENT,
        name="花子",
        account=account.pk,
        stepped_up_at=NOON - 2 * MINUTE,
        company=True,
        places=frozenset({"news"}),
    )


def test_a_password_stands_for_no_sign_in_at_the_company_nor_does_the_company_for_whom_it_does_not_know() -> (
    None
):
    account = somebody(Role.AGENT, **VOUCHED)

    assert here(account, **{RECORDS: [{"method": "password", "at": 1}]}) == Presence(
        name="花子", account=account.pk, awaits=Awaits.FACTOR, company=True
    )
    account.company = account.vouched_until = None
    assert here(account, **BY_COMPANY).awaits is Awaits.FACTOR


def test_once_the_companys_word_is_over_staff_are_out_however_they_came_and_an_officer_stays() -> None:
    account = somebody(Role.AGENT, "webauthn", company="d" * 64, vouched_until=NOON)

    assert here(account) == here(account, **BY_COMPANY) == Presence(over=Over.COMPANY)
    account.role = Role.OFFICER.value
    assert here(account).role is Role.OFFICER


def test_where_the_company_alone_lets_in_a_passkey_of_ours_does_not() -> None:
    account = somebody(Role.AGENT, "webauthn", **VOUCHED)
    company_alone = replace(STAYS, company_only=True)

    assert here(account).role is here(account, stays=company_alone, **BY_COMPANY).role is Role.AGENT
    assert here(account, stays=company_alone) == Presence(over=Over.COMPANY)


def test_each_account_has_the_factors_that_it_set_up_until_they_are_taken_away() -> None:
    both, key, codes = somebody(Role.LEAD, "webauthn", "totp"), other("key"), other("codes")
    Authenticator.objects.create(user=key, type="webauthn", data={})
    Authenticator.objects.create(user=codes, type="totp", data={})
    expected = {
        both.pk: Factors(passkey=True, totp=True),
        key.pk: Factors(passkey=True, totp=False),
        codes.pk: Factors(passkey=False, totp=True),
    }

    assert every_factor() == {number: factors_of(number) for number in expected} == expected
    remove_factors(both.pk)
    assert every_factor() == {number: has for number, has in expected.items() if number != both.pk}


def test_of_an_officer_no_factor_is_asked() -> None:
    account = somebody(Role.OFFICER)

    assert here(account).who == f"officer:{account.pk}"


@pytest.mark.parametrize(
    ("records", "proved"),
    [
        (None, None),
        ("mfa", None),
        ([], None),
        ([{"method": "password", "at": NOON.timestamp()}, {"at": NOON.timestamp()}], None),
        ([{"method": "mfa", "at": (NOON - n * MINUTE).timestamp()} for n in (3, 1, 2)], NOON - MINUTE),
    ],
)
def test_only_a_passkey_or_code_proves_and_the_last_one_counts(
    records: object, proved: datetime | None
) -> None:
    account = somebody(Role.AGENT, "webauthn")

    assert here(account, **{RECORDS: records}).stepped_up_at == proved


def test_a_suspended_account_is_nobody() -> None:
    account = somebody(Role.LEAD, "webauthn", is_active=False)

    assert here(account) == ANONYMOUS
    assert here(account, **{VISITOR: BUYER}) == ICHIRO


def test_who_came_by_link_or_code_is_who_it_named() -> None:
    assert here(**{VISITOR: BUYER}) == ICHIRO
    assert here(**{VISITOR: {"who": "seller:S-1", "role": "seller"}}) == Presence(
        who="seller:S-1", role=Role.SELLER
    )
    assert here() == ANONYMOUS


def test_who_signed_in_counts_before_who_came_by_link() -> None:
    account = somebody(Role.AGENT, "webauthn")

    assert here(account, **{VISITOR: BUYER}).role is Role.AGENT


def test_a_delegate_is_here_until_the_seller_ends_it() -> None:
    actions.add_delegate(SELLER, name="hanako", person="鈴木花子", mail="h@example.jp")
    hanako = {VISITOR: {"who": "seller:S-1/hanako", "role": "delegate", "name": "鈴木花子"}}

    before = here(**hanako)
    actions.end_delegate(SELLER, name="hanako")

    assert before == Presence(who="seller:S-1/hanako", role=Role.DELEGATE, name="鈴木花子")
    assert here(**hanako) == ANONYMOUS


def test_a_delegate_acts_for_one_seller_whose_reference_may_hold_a_slash() -> None:
    shop = Actor(by="seller:S/1", role=Role.SELLER, at=NOON, via="web")
    actions.add_delegate(shop, name="hanako", person="鈴木花子", mail="h@example.jp")

    acts_for = [
        who
        for who in ("seller:S/1/hanako", "seller:S/1/taro", "seller:S/2/hanako", "seller:S/1", "")
        if is_delegate(who)
    ]

    assert acts_for == ["seller:S/1/hanako"]


def test_with_a_party_all_who_act_for_it_are_erased_and_nobody_else() -> None:
    actions.add_delegate(SELLER, name="hanako", person="鈴木花子", mail="h@example.jp")
    hanako = {VISITOR: {"who": "seller:S-1/hanako", "role": "delegate"}}
    before = here(**hanako).who

    ledger.shred(MACHINE, subject="seller:S-1", reason="people.proposal:1")

    assert is_delegate("seller:S-1/hanako")
    assert (before, here(**hanako)) == ("seller:S-1/hanako", ANONYMOUS)
    gone = [
        (role, who)
        for role, who in (
            (Role.SELLER, "seller:S-1"),
            (Role.DELEGATE, "seller:S-1/hanako"),
            (Role.SELLER, "seller:S-1/hanako"),
            (Role.SELLER, "seller:S-2"),
            (Role.BUYER, "buyer:S-1"),
        )
        if is_erased(role, who)
    ]
    assert gone == [(Role.SELLER, "seller:S-1"), (Role.DELEGATE, "seller:S-1/hanako")]


@pytest.mark.parametrize(
    ("begun", "seen", "staff", "visitor"),
    [
        (29 * MINUTE, None, Over.NOT_YET, Over.NOT_YET),
        (30 * MINUTE, None, Over.IDLE, Over.NOT_YET),
        (120 * MINUTE, None, Over.IDLE, Over.IDLE),
        (120 * MINUTE, MINUTE, Over.NOT_YET, Over.NOT_YET),
        (720 * MINUTE, MINUTE, Over.WHOLE, Over.NOT_YET),
        (1440 * MINUTE, MINUTE, Over.WHOLE, Over.WHOLE),
    ],
)
def test_staff_and_visitors_stay_as_long_as_is_set_for_each(
    begun: timedelta, seen: timedelta | None, staff: Over, visitor: Over
) -> None:
    account = somebody(Role.AGENT, "webauthn")
    when = {"begun": NOON - begun, "seen": NOON - seen if seen is not None else None}

    assert here(account, **when).over is staff
    assert here(**when, **{VISITOR: BUYER}).over is visitor


def test_how_long_somebody_may_stay_is_asked_as_of_now_and_only_where_somebody_may_be() -> None:
    account, asked = somebody(Role.AGENT, "webauthn"), list[object]()

    def stays(at: datetime) -> Stays:
        asked.append(at)
        return STAYS

    for who, session in ((account, {}), (None, {VISITOR: BUYER}), (None, {})):
        presence_of(
            {BEGUN: NOON.isoformat(), **session}, who or AnonymousUser(), stays=stays, seen_at=None, at=NOON
        )

    assert asked == [NOON, NOON]


def test_whose_stay_is_over_is_nobody() -> None:
    assert here(begun=NOON - timedelta(days=2), **{VISITOR: BUYER}) == Presence(over=Over.WHOLE)


@pytest.mark.parametrize("begun", [None, "", "yesterday", 5, "2026-11-24T12:00:00"])
def test_a_stay_whose_beginning_cannot_be_read_is_over(begun: object) -> None:
    assert here(begun=begun, **{VISITOR: BUYER}).over is Over.WHOLE


def test_what_somebody_does_is_done_in_their_name() -> None:
    actor = ICHIRO.actor(at=NOON, via="web", request="r-1")

    assert actor == Actor(by="buyer:B-1", role=Role.BUYER, at=NOON, via="web", request="r-1")


def test_what_nobody_does_is_done_in_no_name() -> None:
    assert ANONYMOUS.actor(at=NOON, via="web") == Actor(
        by="anonymous", role=Role.ANONYMOUS, at=NOON, via="web"
    )
