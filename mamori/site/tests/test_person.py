"""`mamori person erase` asks another pair of eyes, by a lead or counsel whom it names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.people import facts
from mamori.ground.people.actions import NoSuchAccount
from mamori.ground.people.models import Account
from mamori.site.command.person import command

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def people() -> None:
    market.put_buyer(
        Actor(by="machine", role=Role.MACHINE, at=AT, via="test"), market.BuyerLine(ref="B-1", name="花")
    )
    for name, role in (("lead", Role.LEAD), ("agent", Role.AGENT)):
        Account.objects.create(
            email=f"{name}@example.jp",
            name=name,
            role=role.value,
            added_at=AT - timedelta(days=60),
            password="!",
        )


def run(by: str) -> str:
    words = ["erase", "buyer:B-1", "--by", by, "--ground", "own-request", "--reason", "請求"]
    return CliRunner().invoke(command, words, catch_exceptions=False).output


def test_a_lead_proposes_and_somebody_else_is_to_agree() -> None:
    told = run("lead@example.jp")

    [waiting] = facts.open_proposals()
    assert (waiting.about, waiting.needs, waiting.due_at) == ("buyer:B-1", 1, None)
    assert f"第{waiting.number}号" in told
    assert "ほかの人" in told


def test_who_is_alone_is_told_when_it_will_be_done() -> None:
    Account.objects.filter(name="agent").update(is_active=False)

    told = run("lead@example.jp")

    [waiting] = facts.open_proposals()
    assert waiting.due_at is not None
    assert "承認できる人がほかにいない" in told


def test_an_agent_and_a_stranger_are_refused() -> None:
    with pytest.raises(market.ErasingNotYours):
        run("agent@example.jp")
    with pytest.raises(NoSuchAccount):
        run("eve@example.jp")
    Account.objects.filter(name="lead").update(is_active=False)
    with pytest.raises(NoSuchAccount):
        run("lead@example.jp")
    assert facts.open_proposals() == ()
