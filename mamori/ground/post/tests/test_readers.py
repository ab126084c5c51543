"""Mail finds its reader: by the address known at that moment, or by letter; a code first, and only while it is of use."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.market import actions as market
from mamori.ground.market.lines import BuyerLine
from mamori.ground.outbox import actions as outbox, facts as notices
from mamori.ground.outbox.lifecycle import NoticeState
from mamori.ground.people.facts import EVERY_READER
from mamori.ground.people.models import Account
from mamori.ground.post import actions, facts
from mamori.ground.post.audience import HowMissing
from mamori.ground.post.lifecycle import MailState
from mamori.ground.post.models import Letter, Mail
from mamori.ground.post.tests.conftest import CODE, LEAD, MACHINE, NOON, MailServer, tell
from mamori.ground.terms import actions as terms
from mamori.law.settings import OUTSIDE_READER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("readers")]


def test_somebody_without_mail_gets_a_letter_and_somebody_without_anything_a_kept_notice(
    mail: MailServer,
) -> None:
    tell("buyer:B-2")
    tell("buyer:B-3")

    actions.deliver(at=NOON)

    assert mail.taken == []
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.UNADDRESSED}
    assert [(letter.to, letter.state) for letter in facts.letters()] == [("buyer:B-2", "waiting")]
    assert notices.notices(to="buyer:B-2")[0].state is NoticeState.UNDER_WAY
    assert notices.notices(to="buyer:B-3")[0].state is NoticeState.KEPT


@pytest.mark.parametrize(
    "address",
    [
        "buyer@",
        "a@b@example.jp",
        "a@example.jp, b@example.jp",
        "a@example.jp\r\nBcc: x@evil.example",
        "a\u202eb@example.jp",
        "a b@example.jp",
        "x" * 65 + "@example.jp",
        "<a@example.jp>",
        "a@localhost",
        "a@-x.jp",
        '"a"@example.jp',
    ],
)
def test_an_address_that_is_none_is_given_up_in_sight_and_said_nowhere(
    mail: MailServer, address: str
) -> None:
    market.put_buyer(MACHINE, BuyerLine(ref="B-9", name="だれか", mail=address))
    tell("buyer:B-9")

    actions.deliver(at=NOON)

    [stuck] = facts.stuck()
    assert mail.taken == []
    assert "cannot be used" in stuck.error
    assert "example" not in stuck.error


def test_an_address_with_japanese_letters_needs_a_server_that_speaks_them(mail: MailServer) -> None:
    market.put_buyer(MACHINE, BuyerLine(ref="B-8", name="だれか", mail="守@例え.jp"))
    tell("buyer:B-8")

    actions.deliver(at=NOON)

    assert "SMTPUTF8" in facts.stuck()[0].error


def test_domains_in_japanese_and_addresses_of_old_mobiles_are_written_as_servers_take_them(
    mail: MailServer,
) -> None:
    market.put_buyer(MACHINE, BuyerLine(ref="B-6", name="だれか", mail=" ｂｕｙｅｒ＠日本語.jp "))
    market.put_buyer(MACHINE, BuyerLine(ref="B-7", name="だれか", mail="hana..ko.@docomo.ne.jp"))
    tell("buyer:B-6")
    tell("buyer:B-7")

    actions.deliver(at=NOON)

    assert [to for _, [to], _ in mail.taken] == ["buyer@xn--wgv71a119e.jp", "hana..ko.@docomo.ne.jp"]


def test_staff_are_written_to_by_their_role(mail: MailServer) -> None:
    for name in ("hana", "ken", "gone"):
        Account.objects.create(
            email=f"{name}@market.example", name=name, role="lead", added_at=NOON, is_active=name != "gone"
        )

    tell("lead")
    actions.deliver(at=NOON)

    assert sorted(to for _, [to], _ in mail.taken) == ["hana@market.example", "ken@market.example"]


def test_a_code_goes_first_and_is_forgotten_once_it_was_sent(mail: MailServer) -> None:
    tell("seller:S-1")
    secret = outbox.Secret(name="code", value="48151623", until=NOON + timedelta(minutes=10))
    number = outbox.notify_numbered(
        to="buyer:B-1", template=CODE, values={}, about="people.code", at=NOON, secret=secret
    )

    actions.deliver(at=NOON)

    first = mail.messages[0]
    assert "48151623" in first.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "48151623" in first.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "受付番号" not in first.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert notices.secret_of(number) == ""


def test_a_code_that_is_too_old_is_never_sent_and_never_becomes_a_letter(mail: MailServer) -> None:
    secret = outbox.Secret(name="code", value="48151623", until=NOON + timedelta(minutes=10))
    for to in ("buyer:B-1", "buyer:B-2"):
        outbox.notify_numbered(to=to, template=CODE, values={}, about="people.code", at=NOON, secret=secret)

    actions.deliver(at=NOON + timedelta(minutes=10))

    assert mail.taken == []
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.EXPIRED}
    assert not Letter.objects.exists()
    assert {n.state for n in notices.notices()} == {NoticeState.KEPT}


def test_the_outside_reader_has_the_address_that_was_chosen(mail: MailServer) -> None:
    terms.set(MACHINE, setting=OUTSIDE_READER, value="reader@outside.example")
    tell("reader")

    actions.deliver(at=NOON)

    assert [to for _, [to], _ in mail.taken] == ["reader@outside.example"]


def test_a_buyer_whose_reference_is_a_number_is_not_taken_for_staff(mail: MailServer) -> None:
    account = Account.objects.create(email="hana@market.example", name="hana", role="lead", added_at=NOON)
    market.put_buyer(MACHINE, BuyerLine(ref=str(account.pk), name="だれか", mail="someone@example.jp"))
    tell(f"buyer:{account.pk}")

    actions.deliver(at=NOON)

    assert [to for _, [to], _ in mail.taken] == ["someone@example.jp"]


@pytest.mark.parametrize("how", ["", "  ", "あ" * 501])
def test_a_consent_without_the_words_that_were_agreed_to_is_none(how: str) -> None:
    with pytest.raises(HowMissing):
        actions.opt_in(LEAD, who="buyer:B-1", how=how)

    assert not facts.has_asked("buyer:B-1")
    assert not actions.opt_out(LEAD, who="buyer:B-1")


def test_what_is_for_every_reader_goes_to_each_who_has_that_role_and_not_to_the_outside_reader(
    mail: MailServer,
) -> None:
    terms.set(MACHINE, setting=OUTSIDE_READER, value="reader@outside.example")
    Account.objects.create(email="board@example.jp", name="役員", role="reader", added_at=NOON)
    Account.objects.create(
        email="gone@example.jp", name="退職", role="reader", added_at=NOON, is_active=False
    )
    tell(EVERY_READER)

    actions.deliver(at=NOON)

    assert [to for _, [to], _ in mail.taken] == ["board@example.jp"]
