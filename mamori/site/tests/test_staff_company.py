"""`mamori staff` tells whom the company signs in, and lets go of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from mamori.ground.people.models import Account
from mamori.site.command.staff import command

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, tzinfo=UTC)


def run(*words: str) -> str:
    """Run the command and return what it prints."""
    return CliRunner().invoke(command, words, catch_exceptions=False).output


def test_whom_the_company_signs_in_is_told_and_let_go_of() -> None:
    Account.objects.create(
        email="hanako@example.jp", name="花子", role="reader", added_at=AT, company="x", vouched_until=AT
    )
    assert run("list").split()[1:6:4] == ["reader", "会社"]

    assert run("unlink", "hanako@example.jp", "--reason", "退職") == "外しました。\n"

    assert run("list").split()[1:6:4] == ["reader", "準備前"]
    assert Account.objects.get().company is None


def test_somebody_of_another_department_is_added_by_hand_as_a_reader() -> None:
    assert "/account/invited/" in run("add", "jiro@example.jp", "--name", "次郎", "--role", "reader")

    assert Account.objects.get().role == "reader"
