"""By which channels a notice goes, for every choice of the operator."""

from __future__ import annotations

import pytest

from mamori.grammar.declaration import NoticeKind
from mamori.ground.post import transports
from mamori.ground.post.rules import ways
from mamori.law.settings import WAYS

LEGAL, SAFETY, TRANSACTIONAL = NoticeKind.LEGAL, NoticeKind.SAFETY, NoticeKind.TRANSACTIONAL


@pytest.mark.parametrize(
    ("wish", "has_webhook", "has_mail", "expected"),
    [
        ("auto", True, True, (True, False)),
        ("auto", False, True, (False, True)),
        ("auto", True, False, (True, False)),
        ("auto", False, False, (False, False)),
        ("webhook", True, True, (True, False)),
        ("webhook", False, True, (False, False)),
        ("mail", True, True, (False, True)),
        ("mail", True, False, (False, True)),  # it waits, in sight, until mail is set up
        ("both", True, True, (True, True)),
        ("both", False, False, (False, True)),
    ],
)
def test_a_notice_goes_as_the_operator_chose(
    wish: str, has_webhook: bool, has_mail: bool, expected: tuple[bool, bool]
) -> None:
    for kind in (TRANSACTIONAL, LEGAL):
        found = ways(wish, kind=kind, is_secret=False, has_webhook=has_webhook, has_mail=has_mail)
        assert found == expected


@pytest.mark.parametrize("wish", WAYS)
def test_a_warning_about_safety_takes_every_way_that_there_is(wish: str) -> None:
    assert ways(wish, kind=SAFETY, is_secret=False, has_webhook=True, has_mail=True) == (True, True)
    assert ways(wish, kind=SAFETY, is_secret=False, has_webhook=True, has_mail=False)[0]


@pytest.mark.parametrize("wish", WAYS)
@pytest.mark.parametrize("kind", list(NoticeKind))
def test_a_secret_never_goes_by_webhook(wish: str, kind: NoticeKind) -> None:
    assert ways(wish, kind=kind, is_secret=True, has_webhook=True, has_mail=True) == (False, True)
    assert ways(wish, kind=kind, is_secret=True, has_webhook=True, has_mail=False) == (False, False)


def test_a_worker_gives_up_waiting_before_another_takes_its_mail_over() -> None:
    longest = (
        transports.PATIENCE_SECONDS
        + transports.CONNECT_SECONDS
        + 4 * transports.COMMAND_SECONDS
        + transports.FINAL_SECONDS
    )

    assert longest < transports.LEASE.total_seconds()
    assert transports.rest(1).total_seconds() == 5
    assert transports.rest(50).total_seconds() == 60
