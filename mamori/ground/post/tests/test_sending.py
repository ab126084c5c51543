"""Notices reach their readers by mail: once, or again under the same id, and what cannot be sent stays in sight."""

from __future__ import annotations

import resource
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from pytest_django.fixtures import Settings

from conftest import plan
from mamori.ground.outbox import facts as notices
from mamori.ground.outbox.lifecycle import NoticeState
from mamori.ground.post import actions, delivering, facts, transports
from mamori.ground.post.audience import Recipient
from mamori.ground.post.lifecycle import MailState
from mamori.ground.post.models import Mail
from mamori.ground.post.tests.conftest import LEAD, NOON, MailServer, tell
from mamori.ground.post.transports import NoSender
from mamori.ground.seal.facts import KeyMissing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("readers")]


def state() -> MailState:
    return MailState(Mail.objects.order_by("id").values_list("state", flat=True)[0])


def test_a_notice_arrives_as_a_mail_and_counts_as_delivered(mail: MailServer) -> None:
    tell()

    assert actions.deliver(at=NOON) == 1

    [message] = mail.messages
    [(envelope_from, envelope_to, _)] = mail.taken
    assert (envelope_from, envelope_to) == ("centre@market.example", ["buyer-1@example.jp"])
    assert message["Subject"] == "出品者から回答が届きました / The seller has answered"
    assert "https://help.market.example/threads/1/" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    [fact] = facts.mails()
    assert fact.state is MailState.SENT
    assert fact.log[0].answer == "2.0.0 Ok: queued as 4711"
    assert notices.notices(to="buyer:B-1")[0].state is NoticeState.DELIVERED


def test_one_connection_carries_a_batch(mail: MailServer) -> None:
    for number in range(20):
        tell(about=f"contact.thread:{number}")

    actions.deliver(at=NOON)

    assert len(mail.taken) == 20
    assert mail.connections == 1


def test_what_the_server_puts_off_is_sent_later_under_the_same_id(mail: MailServer) -> None:
    mail.say("DATA", "451 4.7.1 Greylisted, please try again")
    tell()
    actions.deliver(at=NOON)
    first = Mail.objects.get()

    assert (first.state, first.error) == (MailState.WAITING, "451 4.7.1 Greylisted, please try again")
    assert actions.deliver(at=NOON + timedelta(seconds=29)) == 0
    actions.deliver(at=NOON + timedelta(seconds=30))

    assert state() is MailState.SENT
    assert [m["Message-ID"] for m in mail.messages] == [first.message_id]
    assert [line.code for line in facts.mails()[0].log] == [451, 250]


def test_what_the_server_refuses_for_good_is_given_up_in_sight_without_the_address(mail: MailServer) -> None:
    mail.say("RCPT", "550 5.1.1 <buyer-1@example.jp>: no such user here")
    tell()
    tell("seller:S-1")

    actions.deliver(at=NOON)

    [stuck] = facts.stuck()
    assert stuck.state is MailState.GIVEN_UP
    assert stuck.error == "550 5.1.1 <‹…›>: no such user here"
    assert [to for _, [to], _ in mail.taken] == ["shop@example.jp"]
    assert notices.notices(to="buyer:B-1")[0].state is NoticeState.UNDER_WAY


def test_a_goodbye_in_the_middle_of_a_batch_holds_up_one_mail_only(mail: MailServer) -> None:
    mail.say("RCPT", "250 OK", "421 4.3.2 closing")
    for number in range(4):
        tell(about=f"contact.thread:{number}")

    actions.deliver(at=NOON)

    assert len(mail.taken) == 3
    assert mail.connections == 2
    assert Mail.objects.filter(state=MailState.WAITING).count() == 1


@pytest.mark.parametrize("when", ["drop-before", "drop-after"])
def test_a_connection_lost_in_the_middle_of_a_mail_loses_nothing(mail: MailServer, when: str) -> None:
    mail.say("DATA", when)
    tell()
    tell("seller:S-1")

    actions.deliver(at=NOON)
    assert "the connection broke" in Mail.objects.get(to="buyer:B-1").error
    actions.deliver(at=NOON + timedelta(minutes=1))

    ids = [m["Message-ID"] for m in mail.messages]
    assert len(set(ids)) == 2
    assert len(ids) == (3 if when == "drop-after" else 2)
    twice = [content for _, [to], content in mail.taken if to == "buyer-1@example.jp"]
    assert len(set(twice)) == 1  # the same to the byte
    assert not Mail.objects.exclude(state=MailState.SENT)


def test_a_server_that_is_away_costs_no_mail_a_try_and_is_left_alone_for_a_while(
    mail: MailServer, settings: Settings
) -> None:
    tell()
    tell("seller:S-1")
    here, settings.MAMORI_MAIL = settings.MAMORI_MAIL, "smtp://127.0.0.1:1"

    assert actions.deliver(at=NOON) == 0
    relay = facts.relay()
    assert (relay.failures, relay.since) == (1, NOON)
    assert "refused" in relay.error
    assert set(Mail.objects.values_list("state", "tries_left")) == {(MailState.WAITING, transports.TRIES)}
    assert actions.deliver(at=NOON + timedelta(seconds=4)) == 0
    actions.deliver(at=NOON + timedelta(seconds=5))
    assert facts.relay().failures == 2

    settings.MAMORI_MAIL = here
    assert actions.deliver(at=NOON + timedelta(seconds=30)) == 2
    assert facts.relay().failures == 0
    assert len(mail.taken) == 2


@pytest.mark.parametrize("answer", ["550 5.7.1 sender not allowed", "530 5.7.0 Authentication required"])
def test_a_server_that_takes_nothing_from_us_gives_no_mail_up(mail: MailServer, answer: str) -> None:
    mail.say("MAIL", answer)
    tell()
    tell("seller:S-1")

    actions.deliver(at=NOON)

    assert mail.taken == []
    assert facts.stuck() == ()
    assert answer[:3] in facts.relay().error


def test_a_server_that_answers_too_slowly_is_let_go_and_asked_again(
    mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mamori.ground.post import carrying

    monkeypatch.setattr(carrying, "FINAL_SECONDS", 0.2)
    mail.slow = 0.6
    tell()
    actions.deliver(at=NOON)
    mail.slow = 0
    monkeypatch.undo()

    assert "timed out" in Mail.objects.get().error
    actions.deliver(at=NOON + timedelta(minutes=1))
    assert state() is MailState.SENT


def test_after_its_last_try_a_mail_is_given_up_and_a_person_can_send_it_again(mail: MailServer) -> None:
    mail.say("RCPT", *["450 4.2.1 mailbox busy"] * transports.TRIES)
    tell()
    at = NOON
    for _ in range(transports.TRIES):
        actions.deliver(at=at)
        at += timedelta(days=1)

    [stuck] = facts.stuck()
    assert stuck.attempts == transports.TRIES
    actions.retry(LEAD, mail=stuck.number)
    actions.deliver(at=at)

    assert state() is MailState.SENT


def test_a_worker_that_ended_gives_its_mail_back_when_the_lease_ends(mail: MailServer) -> None:
    tell()
    assert len(delivering.lease(NOON, 50)) == 1

    assert delivering.lease(NOON, 50) == []
    assert actions.deliver(at=NOON + transports.LEASE - timedelta(seconds=1)) == 0
    assert actions.deliver(at=NOON + transports.LEASE) == 1

    assert facts.mails()[0].log[0].answer == "the worker ended before it could tell"


def test_a_yes_that_comes_after_the_lease_has_ended_still_counts(mail: MailServer) -> None:
    tell()
    from mamori.ground.post.carrying import carry
    from mamori.ground.post.delivering import Packer, write_down
    from mamori.ground.post.transports import transport

    [packed] = Packer(NOON).pack(delivering.lease(NOON, 1))
    later = NOON + transports.LEASE
    Mail.objects.update(state=MailState.WAITING, next_at=later)  # another worker took it over and was put off
    way = transport(mail.url)
    assert packed.parcel
    assert way
    [told] = carry([packed.parcel], way)
    write_down(told, later)

    assert state() is MailState.SENT


def test_what_a_server_took_is_written_down_even_when_the_database_is_away_for_a_moment(
    mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    real = delivering.write_down

    def away_at_first(*words: object) -> None:
        told.append(words)
        if len(told) < 3:
            raise OperationalError("away")
        real(*words)  # type: ignore[arg-type]

    class Calm:
        in_atomic_block = False
        vendor = "sqlite"

        def close(self) -> None:
            """Do nothing."""

    tell()
    mails = delivering.lease(NOON, 5)
    monkeypatch.setattr(delivering, "lease", lambda at, limit: mails)
    monkeypatch.setattr(delivering, "write_down", away_at_first)
    monkeypatch.setattr(delivering, "connection", Calm())
    monkeypatch.setattr(delivering, "DATABASE_PAUSES", (0.0, 0.0, 0.0))
    actions.deliver(at=NOON)

    assert (len(told), state(), len(mail.taken)) == (3, MailState.SENT, 1)


def test_in_a_folder_each_mail_is_one_file_however_often_it_is_handed_over(folder: Path) -> None:
    tell()
    actions.deliver(at=NOON)
    Mail.objects.update(state=MailState.WAITING, next_at=NOON, closed_at=None)
    actions.deliver(at=NOON)

    [line] = facts.read_folder(folder)
    received = facts.read_mail(folder, line.name)
    assert received
    assert line.subject.startswith("出品者から回答")
    assert "受付番号" in received.text
    assert "<h1" in received.html
    assert [path.name for path in folder.iterdir()] == [f"{line.name}.eml"]
    assert folder.joinpath(f"{line.name}.eml").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_loses_nothing(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")
    tell()

    actions.deliver(at=NOON)
    assert facts.relay().failures == 1
    folder.unlink()
    actions.deliver(at=NOON + timedelta(minutes=1))

    assert state() is MailState.SENT


def test_without_mail_set_up_notices_are_kept_as_before(settings: Settings) -> None:
    settings.MAMORI_MAIL = ""
    tell()

    assert actions.deliver(at=NOON) == 0
    assert not Mail.objects.exists()
    assert notices.notices(to="buyer:B-1")[0].state is NoticeState.KEPT


def test_what_is_left_out_is_kept_and_says_why(mail: MailServer) -> None:
    mail.say("RCPT", "550 no")
    tell()
    actions.deliver(at=NOON)

    actions.leave_out(LEAD, mail=facts.stuck()[0].number, reason="電話で伝えた")

    assert facts.stuck() == ()
    assert notices.notices(to="buyer:B-1")[0].state is NoticeState.KEPT


@pytest.mark.parametrize("urgent", [True, False])
def test_the_queue_is_walked_by_its_index(urgent: bool) -> None:
    found = plan(delivering.due(NOON, urgent=urgent)[:50])

    assert "post_mail_due" in found
    assert not any(word in found for word in ("TEMP B-TREE", "Sort", "Seq Scan"))


def test_what_cannot_be_opened_holds_up_no_other_mail(
    mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = delivering.recipient

    def broken_for_one(who: str, at: datetime) -> Recipient:
        if who == "buyer:B-1":
            raise KeyMissing(path="subjects.key")
        return real(who, at)

    monkeypatch.setattr(delivering, "recipient", broken_for_one)
    tell()
    tell("seller:S-1")
    actions.deliver(at=NOON)

    assert [to for _, [to], _ in mail.taken] == ["shop@example.jp"]
    assert Mail.objects.get(to="buyer:B-1").error == "it could not be written: KeyMissing"
    monkeypatch.undo()
    actions.deliver(at=NOON + timedelta(minutes=1))
    assert len(mail.taken) == 2


def test_mail_is_found_by_its_matter_and_by_its_reader(mail: MailServer) -> None:
    tell()
    tell("seller:S-1")
    tell("seller:S-1", about="contact.thread:2")

    assert facts.next_mail(until=NOON) == NOON
    assert facts.next_mail(until=NOON - timedelta(seconds=1)) is None
    assert len(facts.mails(about="contact.thread:1")) == 2
    assert len(facts.mails(to="seller:S-1")) == 2
    assert len(facts.mails(to="seller:S-1", about="contact.thread:2")) == 1


def test_before_mail_has_a_sender_a_notice_waits(mail: MailServer, settings: Settings) -> None:
    settings.MAMORI_MAIL_FROM = ""
    tell()

    with pytest.raises(NoSender):
        actions.deliver(at=NOON)
    assert state() is MailState.WAITING
    assert Mail.objects.get().message_id.endswith("@mamori.invalid>")


def test_a_disk_that_is_full_leaves_no_half_mail_and_loses_none(folder: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    tell()

    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
        actions.deliver(at=NOON)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert list(folder.iterdir()) == []
    assert facts.relay().failures == 1
    actions.deliver(at=NOON + timedelta(minutes=1))
    assert len(list(folder.iterdir())) == 1
    assert state() is MailState.SENT
