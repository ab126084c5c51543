"""Codes: sent to those we know, tried five times, never readable in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mamori.grammar.actor import Role
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import actions, facts
from mamori.ground.people.actions import CodeUnusable
from mamori.ground.people.models import SignInCode
from mamori.ground.people.presence import Presence
from mamori.ground.people.tests.conftest import NOON, SELLER

pytestmark = pytest.mark.django_db

BUYER = Presence(who="buyer:B-1", role=Role.BUYER)
MINUTE = timedelta(minutes=1)


def asked() -> str:
    """Ask for a code as somebody does on the page."""
    return actions.ask_code(role=Role.BUYER, ref="O-1", mail="b@example.jp", at=NOON)


def sent(presence: Presence = BUYER) -> tuple[str, str]:
    """Ask for a code, be found, and return ticket and code."""
    ticket = asked()
    number = SignInCode.objects.latest("pk").pk
    actions.send_code(number=number, presence=presence, at=NOON)
    notice = outbox.notices(to=presence.who)[0]
    return ticket, outbox.secret_of(notice.number)


def tried(ticket: str, code: str, *, later: timedelta = timedelta()) -> Presence | None:
    """Try a code; None when it lets nobody in."""
    try:
        return actions.sign_in_by_code(ticket=ticket, code=code, at=NOON + later)
    except CodeUnusable:
        return None


@pytest.mark.parametrize("written", ["{}", " {} ", "{0[0]}{0[1]}{0[2]}{0[3]}-{0[4]}{0[5]}{0[6]}{0[7]}"])
def test_the_code_that_was_sent_lets_in_however_it_is_written(written: str) -> None:
    ticket, code = sent()

    assert tried(ticket, written.format(code)) == BUYER


def test_full_width_digits_are_digits() -> None:
    ticket, code = sent()

    assert tried(ticket, code.translate({ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"})) == BUYER


def test_a_code_works_once() -> None:
    ticket, code = sent()
    tried(ticket, code)

    assert tried(ticket, code) is None


def test_a_code_ends_after_ten_minutes() -> None:
    ticket, code = sent()
    assert tried(ticket, code, later=10 * MINUTE) is None

    assert tried(ticket, code, later=10 * MINUTE - timedelta(seconds=1)) == BUYER


def test_after_five_wrong_tries_the_right_code_is_wrong_too() -> None:
    ticket, code = sent()
    wrong = f"{(int(code) + 1) % 100_000_000:08}"

    for _ in range(5):
        assert tried(ticket, wrong) is None

    assert tried(ticket, code) is None
    assert SignInCode.objects.get().tries == 5


def test_the_fifth_try_still_counts() -> None:
    ticket, code = sent()
    for _ in range(4):
        tried(ticket, "00000000" if code != "00000000" else "11111111")

    assert tried(ticket, code) == BUYER


def test_the_table_itself_admits_no_sixth_try() -> None:
    asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        SignInCode.objects.update(tries=6)


def test_ten_thousand_guesses_let_nobody_in_and_are_answered_alike() -> None:
    ticket, code = sent()
    answers = set()

    for guess in range(10_000):
        with pytest.raises(CodeUnusable) as told:
            actions.sign_in_by_code(
                ticket=ticket, code=f"{(int(code) + 1 + guess) % 100_000_000:08}", at=NOON
            )
        answers.add(str(told.value))

    assert len(answers) == 1
    assert SignInCode.objects.get().tries == 5


@pytest.mark.parametrize(
    "code", ["", "0", "123456789", "abcdefgh", "\0" * 8, "０" * 8, "1" * 10_000, "12345678' OR '1'='1"]
)
def test_what_is_no_code_is_answered_as_a_wrong_one(code: str) -> None:
    ticket, real = sent()

    if code != real:
        assert tried(ticket, code) is None


def test_a_code_that_was_never_sent_cannot_be_guessed() -> None:
    ticket = asked()

    for guess in ("", "00000000", "12345678"):
        assert tried(ticket, guess) is None


def test_the_code_of_another_ticket_is_wrong() -> None:
    ticket, _ = sent()
    _, other = sent(Presence(who="buyer:B-2", role=Role.BUYER))

    assert tried(ticket, other) is None
    assert tried("no-such-ticket", other) is None


def test_a_second_telling_sends_no_second_code() -> None:
    ticket, code = sent()
    number = SignInCode.objects.get().pk

    actions.send_code(number=number, presence=Presence(who="buyer:B-2", role=Role.BUYER), at=NOON)

    assert outbox.notices(to="buyer:B-2") == ()
    assert tried(ticket, code) == BUYER


def test_neither_code_nor_ticket_nor_address_can_be_read_in_the_database() -> None:
    ticket, code = sent()

    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = repr(cursor.fetchall())
        assert code not in rows, table
        assert ticket not in rows, table
        assert "b@example.jp" not in rows, table


def test_a_delegate_who_ended_between_asking_and_entering_is_not_let_in() -> None:
    actions.add_delegate(SELLER, name="hanako", person="花子", mail="h@example.jp")
    ticket, code = sent(Presence(who="seller:S-1/hanako", role=Role.DELEGATE))

    actions.end_delegate(SELLER, name="hanako")

    assert tried(ticket, code) is None


def test_an_address_is_recognised_whatever_its_width_and_case() -> None:
    asked()
    claim = facts.code_asked(SignInCode.objects.get().pk)

    assert claim is not None
    for mail in ("b@example.jp", " B@Example.JP", "ｂ@example.jp"):
        assert facts.is_claimed(mail, claim=claim.claim)
    for mail in ("", "c@example.jp", "b@example.jp.evil"):
        assert not facts.is_claimed(mail, claim=claim.claim)
