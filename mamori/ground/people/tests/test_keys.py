"""Keys of machines: shown once, kept as a digest, rotated with an overlap, revoked at once."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import jwt
import pytest
from django.db import connection

from mamori.grammar.actor import Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import actions, facts, limits
from mamori.ground.people.actions import delegates
from mamori.ground.people.actions.delegates import KeyNameTaken, KeyNameUnusable, NoSuchKey, ScopesMissing
from mamori.ground.people.models import Key
from mamori.ground.people.tests.conftest import MACHINE, NOON
from mamori.ground.people.tokens import Scope

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def added(name: str = "shop", *scopes: Scope, lives: timedelta | None = None) -> actions.NewKey:
    """Make an API key."""
    return actions.add_key(MACHINE, name=name, scopes=scopes or (Scope.MARKET_WRITE,), lives=lives)


def test_a_key_lets_its_machine_in_with_its_scopes() -> None:
    key = added("shop", Scope.MARKET_WRITE, Scope.CASES_READ)

    here = facts.machine_of(key.secret, NOON)

    assert here is not None
    assert (here.who, here.role) == ("machine:shop", Role.MACHINE)
    assert here.scopes == {"market:write", "cases:read"}


def test_neither_database_nor_record_nor_printing_shows_the_secret() -> None:
    key = added()
    secret = key.secret[13:]

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_key")
        rows = repr(cursor.fetchall())
    (act,) = ledger.acts_about("people.key:shop")

    assert secret not in rows
    assert secret not in repr(act)
    assert secret not in repr(key)
    assert (act.kind, act.subject) == ("people.key_added", "market")


@pytest.mark.parametrize("spoil", [lambda s: s[:-1] + ("A" if s[-1] != "A" else "B"), lambda s: s + "A",
                                   lambda s: s.upper(), lambda s: "", lambda s: s.replace("mmr_", "mmr-"),
                                   lambda s: s[:-43] + "é" * 43])  # fmt: skip
def test_a_spoilt_key_is_none(spoil: object) -> None:
    key = added()

    assert facts.machine_of(spoil(key.secret), NOON) is None  # type: ignore[operator]


def test_another_keys_secret_under_this_prefix_is_none() -> None:
    key, other = added(), added("other")

    forged = f"mmr_{key.prefix}_{other.secret[13:]}"

    assert facts.machine_of(forged, NOON) is None


def test_a_key_ends_with_its_days() -> None:
    key = added(lives=DAY)

    assert facts.machine_of(key.secret, NOON + DAY - timedelta(seconds=1))
    assert facts.machine_of(key.secret, NOON + DAY) is None


def test_the_former_key_holds_on_for_the_overlap_and_acts_bear_the_same_name() -> None:
    former = added()
    later = replace(MACHINE, at=NOON + DAY)

    key = actions.rotate_key(later, name="shop", overlap=2 * DAY)

    assert key.secret != former.secret
    for moment in (NOON + DAY, NOON + 3 * DAY - timedelta(seconds=1)):
        names = {here.who for here in (facts.machine_of(k.secret, moment) for k in (former, key)) if here}
        assert names == {"machine:shop"}
        assert facts.machine_of(former.secret, moment)
    assert facts.machine_of(former.secret, NOON + 3 * DAY) is None
    assert facts.machine_of(key.secret, NOON + 300 * DAY)


def test_who_makes_the_next_key_in_the_same_moment_reads_that_somebody_was_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    added()
    former = Key.objects.get()
    actions.rotate_key(MACHINE, name="shop", overlap=DAY)
    monkeypatch.setattr(delegates, "_living", lambda _: former)  # as it was seen a moment too early

    with pytest.raises(delegates.KeyRotatedMeanwhile):
        actions.rotate_key(MACHINE, name="shop", overlap=DAY)

    assert Key.objects.count() == 2


def test_a_rotation_lengthens_no_life() -> None:
    former = added(lives=DAY)

    actions.rotate_key(MACHINE, name="shop", overlap=30 * DAY)

    assert facts.machine_of(former.secret, NOON + DAY) is None


def test_revoking_ends_every_generation_at_once_and_is_recorded() -> None:
    former = added()
    key = actions.rotate_key(MACHINE, name="shop", overlap=DAY)

    actions.revoke_key(MACHINE, name="shop", reason="漏れた")

    assert facts.machine_of(former.secret, NOON) is None
    assert facts.machine_of(key.secret, NOON) is None
    kinds = [act.kind for act in ledger.acts_about("people.key:shop")]
    assert kinds == ["people.key_added", "people.key_rotated", "people.key_revoked"]
    with pytest.raises(NoSuchKey):
        actions.revoke_key(MACHINE, name="shop")
    with pytest.raises(NoSuchKey):
        actions.rotate_key(MACHINE, name="shop", overlap=DAY)


def test_a_name_is_never_used_again() -> None:
    added()
    actions.revoke_key(MACHINE, name="shop")

    with pytest.raises(KeyNameTaken):
        added()


@pytest.mark.parametrize("name", ["", "Shop", "-shop", "shop-", "sh op", "店", "a" * 65, "shop\n"])
def test_a_name_that_is_not_plain_is_refused(name: str) -> None:
    with pytest.raises(KeyNameUnusable):
        added(name)


def test_a_key_is_good_for_something_and_links_have_keys_of_their_own() -> None:
    with pytest.raises(ScopesMissing):
        actions.add_key(MACHINE, name="shop", scopes=[])
    with pytest.raises(ScopesMissing):
        added("shop", Scope.LINKS_SIGN, Scope.MARKET_WRITE)


def test_a_link_key_is_no_api_key(link_key: actions.NewKey) -> None:
    assert facts.machine_of(link_key.secret, NOON) is None
    assert facts.machine_of(f"mmr_{link_key.prefix}_{link_key.secret}", NOON) is None


def test_a_link_keys_secret_lies_sealed(link_key: actions.NewKey) -> None:
    row = Key.objects.values().get(prefix=link_key.prefix)

    assert link_key.secret.encode() not in bytes(row["sealed"])
    assert link_key.secret not in repr(row).replace(repr(row["sealed"]), "")


def test_when_a_key_was_used_is_settled_later() -> None:
    key = added()
    facts.machine_of(key.secret, NOON)
    assert Key.objects.get(prefix=key.prefix).used_at is None

    limits.settle(NOON)

    assert Key.objects.get(prefix=key.prefix).used_at == NOON
    assert facts.every_key()[0].used_at == NOON


def test_what_nobody_signed_does_not_count_as_a_use_of_the_key_it_names(link_key: actions.NewKey) -> None:
    claims = {"sub": "buyer:B-1", "aud": "x", "iat": NOON, "exp": NOON + timedelta(minutes=5), "jti": "1"}
    for secret in ("x" * 43, link_key.secret):
        token = jwt.encode(claims, secret, algorithm="HS256", headers={"kid": link_key.prefix})
        is_signed = secret == link_key.secret
        with nullcontext() if is_signed else pytest.raises(facts.BadToken, match="signature"):
            facts.party_of(token, NOON, "x")
        limits.settle(NOON)
        assert (Key.objects.get(prefix=link_key.prefix).used_at is not None) is is_signed


def test_a_key_is_allowed_more_under_the_secret_that_it_has_and_keeps_what_it_had() -> None:
    former = added("shop", Scope.CASES_READ)
    key = actions.rotate_key(MACHINE, name="shop", overlap=DAY)

    actions.allow_key(MACHINE, name="shop", scopes=[Scope.MARKET_WRITE])
    actions.allow_key(MACHINE, name="shop", scopes=[Scope.MARKET_WRITE])  # it has that: nothing to record

    for one in (former, key):
        here = facts.machine_of(one.secret, NOON)
        assert here is not None
        assert here.scopes == {"cases:read", "market:write"}
    acts = [act.kind for act in ledger.acts_about("people.key:shop")]
    assert acts == ["people.key_added", "people.key_rotated", "people.key_allowed"]


def test_no_key_is_allowed_to_sign_links_beside_something_else_and_a_revoked_one_nothing() -> None:
    added("shop", Scope.CASES_READ)
    added("links", Scope.LINKS_SIGN)
    revoked = added("gone", Scope.CASES_READ)
    actions.revoke_key(MACHINE, name="gone")

    for name, scope, refusal in (
        ("shop", Scope.LINKS_SIGN, ScopesMissing),
        ("links", Scope.CASES_READ, ScopesMissing),
        ("gone", Scope.MARKET_READ, NoSuchKey),
    ):
        with pytest.raises(refusal):
            actions.allow_key(MACHINE, name=name, scopes=[scope])

    assert Key.objects.get(name="shop").scopes == ["cases:read"]
    assert Key.objects.get(name="links").scopes == ["links:sign"]
    assert facts.machine_of(revoked.secret, NOON) is None
