"""`mamori post` and what the doctor says of mail and letters."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import resolve
from pytest_django.fixtures import Settings

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.cases.queue import number_of
from mamori.ground.market import actions as market
from mamori.ground.market.lines import BuyerLine
from mamori.ground.outbox import actions as outbox, notices
from mamori.ground.post import actions, facts
from mamori.ground.post.models import Mail
from mamori.site import pages, work
from mamori.site.checks import operator
from mamori.site.checks.finding import Level, examine
from mamori.site.command.post import command

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=NOW, via="test")
NOTICE = Template(
    code="test.told",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("回答が届きました", "An answer"),
    body=Text("受付番号 {number}：お読みください。", "Case {number}: please read."),
)


@pytest.fixture(autouse=True)
def posting(settings: Settings, tmp_path: Path) -> None:
    settings.MAMORI_MAIL = f"folder://{tmp_path / 'mail'}"
    settings.MAMORI_MAIL_FROM = "相談窓口 <centre@market.example>"
    notices.use(actions.take)
    market.put_buyer(MACHINE, BuyerLine(ref="B-1", name="伊藤 修", mail="buyer-1@example.jp"))
    market.put_buyer(MACHINE, BuyerLine(ref="B-2", name="濵田 徹", address="〒371-0000 群馬県前橋市1-26-22"))
    market.put_buyer(MACHINE, BuyerLine(ref="B-3", name="だれか", mail="none", address="〒371-0000 群馬県"))


def tell(to: str) -> None:
    outbox.notify_numbered(to=to, template=NOTICE, values={"number": "12345678"}, about="x:1", at=NOW)


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(command, list(words))
    if isinstance(result.exception, Refusal):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def levels(check) -> set[Level]:  # type: ignore[no-untyped-def]
    return {finding.level for finding in examine(check, NOW)}


def test_what_is_stuck_is_listed_sent_again_made_a_letter_or_left_out() -> None:
    for to in ("buyer:B-2", "buyer:B-3"):
        tell(to)
    assert work.turn(at=NOW).mailed == 2
    [stuck] = facts.stuck()

    listed = run("list")
    assert "buyer:B-3" in listed
    assert "cannot be used" in listed
    assert len(json.loads(run("list", "--json"))["letters"]) == 1
    run("retry", str(stuck.number))
    assert facts.stuck() == ()
    actions.deliver(at=NOW + timedelta(hours=1))
    run("by-letter", str(stuck.number))
    assert [letter.to for letter in facts.letters()] == ["buyer:B-2", "buyer:B-3"]
    run("leave-out", "--letter", str(facts.letters()[1].number), "--reason", "電話で伝えた")
    assert len(facts.letters()) == 1
    assert "buyer:B-3" in run("list", "--all")


def test_letters_are_written_as_files_and_noted_as_printed_and_posted(tmp_path: Path) -> None:
    tell("buyer:B-2")
    actions.deliver(at=NOW)
    [letter] = facts.letters()

    run("letters", "--out", str(tmp_path / "out"))
    [path] = (tmp_path / "out").iterdir()
    assert path.name == f"12345678-{letter.number}.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    assert facts.letters()[0].state == "printed"
    path.unlink()
    run("letters", "--out", str(tmp_path / "out"))
    assert list((tmp_path / "out").iterdir()) == []
    run("letters", "--out", str(tmp_path / "out"), "--again")
    assert len(list((tmp_path / "out").iterdir())) == 1
    run("posted", str(letter.number))
    assert facts.letters() == ()


def test_a_trial_mail_goes_out_at_once(tmp_path: Path, settings: Settings) -> None:
    assert "sent" in run("test", "me@example.jp")
    assert len(list((tmp_path / "mail").iterdir())) == 1

    settings.MAMORI_MAIL = "smtp://127.0.0.1:1"
    assert "127.0.0.1:1: " in (away := run("test", "me@example.jp", code=1))
    assert "refused" in away


@pytest.mark.parametrize(
    "words", [("retry", "999"), ("posted", "999"), ("test", "nobody"), ("leave-out", "999", "--reason", "x")]
)
def test_what_is_not_there_is_refused_in_a_sentence(words: tuple[str, ...]) -> None:
    with pytest.raises(Refusal):
        run(*words)


def test_the_doctor_says_whether_mail_can_go_out(settings: Settings) -> None:
    assert levels(operator.mail_way) == {Level.LOOK}  # a folder, and no demo
    settings.MAMORI_DEMO = True
    assert levels(operator.mail_way) == {Level.GOOD}
    settings.MAMORI_MAIL = ""
    assert levels(operator.mail_way) == {Level.LOOK}
    for broken in ("smtp://127.0.0.1:1", "pigeon://x"):
        settings.MAMORI_MAIL = broken
        assert levels(operator.mail_way) == {Level.BROKEN}
    settings.MAMORI_MAIL, settings.MAMORI_MAIL_FROM = "smtp://127.0.0.1:1", ""
    assert levels(operator.mail_way) == {Level.BROKEN}


def test_the_doctor_names_mail_that_nobody_sends_or_that_was_given_up() -> None:
    assert levels(operator.mail_waiting) == {Level.GOOD}

    tell("buyer:B-1")
    Mail.objects.update(next_at=NOW - timedelta(hours=1))
    assert levels(operator.mail_waiting) == {Level.BROKEN}
    actions.deliver(at=NOW)
    assert levels(operator.mail_waiting) == {Level.GOOD}
    for _ in range(7):
        tell("buyer:B-3")
    while actions.deliver(at=NOW):
        pass
    found = examine(operator.mail_waiting, NOW)
    assert found[-1].text.en == "and 2 more"


def test_the_doctor_counts_letters() -> None:
    assert levels(operator.letters) == {Level.GOOD}

    tell("buyer:B-2")
    actions.deliver(at=NOW)
    assert levels(operator.letters) == {Level.LOOK}


def test_each_party_is_led_to_its_own_page_about_a_matter() -> None:
    opened = cases.open(
        kind="trouble",
        about="contact.trouble:1",
        title="困りごと",
        buyer_ref="B-1",
        seller_ref="S-1",
        order_ref="O-1",
        at=NOW,
    )
    number = number_of(opened)

    assert pages.page_of("buyer:B-1", "contact.trouble:1") == f"/threads/{number}/"
    assert pages.page_of("seller:S-1", "contact.trouble:1") == f"/seller/threads/{number}/"
    assert pages.page_of("lead:1", "contact.trouble:1") == f"/desk/cases/{number}/"
    assert pages.page_of("buyer:B-1", "people.code:1") == ""
    for to in ("buyer:B-1", "seller:S-1", "lead:1"):
        resolve(pages.page_of(to, "contact.trouble:1"))
