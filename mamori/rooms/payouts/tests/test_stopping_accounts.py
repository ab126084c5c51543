"""Staff stop an account on its page: once confirmed, once however often the form is sent, and the seller is told."""

from __future__ import annotations

import re

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.ledger import facts as ledger
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.tests.conftest import HANAKO, pays_to, told
from mamori.rooms.payouts.tests.test_staff_pages import now, text

pytestmark = pytest.mark.usefixtures("shops")


def stopped(account: Account) -> int:
    """Return how often the account was stopped, as the record has it."""
    name = f"payouts.account:{account.pk}"
    return [kind for kind, _ in ledger.kinds_about(name)].count("payouts.stop_account")


def test_an_account_is_stopped_only_once_confirmed(enter: Enter) -> None:
    account = pays_to(HANAKO, at=now())
    path, desk = f"/desk/payouts/sellers/S-1/?stop={account.pk}", enter(Role.AGENT)
    assert "この口座を止めますか" in text(desk, path)
    assert Account.objects.get().closed_at is None

    answer = desk.post(path)

    assert answer.headers["Location"] == "/desk/payouts/sellers/S-1/"
    assert Account.objects.get().closed_at is not None
    assert "payouts.stopped" in " ".join(told()) or "payouts.account_stopped" in told()
    assert desk.get(path).status_code == 302


def test_an_account_that_is_stopped_twice_by_the_same_form_is_stopped_once_and_said_to_be(
    enter: Enter,
) -> None:
    account = pays_to(HANAKO, at=now())
    path, desk = f"/desk/payouts/sellers/S-1/?stop={account.pk}", enter(Role.AGENT)
    token = re.search(r'name="token" value="([^"]+)"', text(desk, path))
    assert token is not None

    answers = [desk.post(path, {"token": token[1]}) for _ in range(2)]

    assert [one.headers["Location"] for one in answers] == ["/desk/payouts/sellers/S-1/"] * 2
    assert stopped(account) == 1
    assert "口座を止め、出品者に知らせました" in text(desk, "/desk/payouts/sellers/S-1/")


def test_who_stops_an_account_that_is_over_is_led_to_the_seller_and_told_of_nothing(enter: Enter) -> None:
    account = pays_to(HANAKO, at=now())
    path, late = f"/desk/payouts/sellers/S-1/?stop={account.pk}", enter(Role.LEAD)
    enter(Role.AGENT).post(path)

    answer = late.post(path)

    assert answer.headers["Location"] == "/desk/payouts/sellers/S-1/"
    assert stopped(account) == 1
    assert "口座を止め、出品者に知らせました" not in text(late, "/desk/payouts/sellers/S-1/")
