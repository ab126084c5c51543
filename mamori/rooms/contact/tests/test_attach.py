"""Files that come with words: for the parties, and for staff only where they may read."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from PIL import Image

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import TooManyAtOnce, Upload
from mamori.ground.vault.facts import FileErased, FileState, FileWithheld
from mamori.law.grounds import BUYER_CONSENT, WARRANT
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.attach import ThreadOver, WordsFirst
from mamori.rooms.contact.actions.reading import WordsNotShared
from mamori.rooms.contact.facts import LookFirst
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    content,
    lead,
    machine,
    open_trouble,
    seller,
)
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_two")


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "orange").save(out, "PNG")
    return out.getvalue()


def kept() -> list[Path]:
    return sorted(path for path in settings.FILES.rglob("*") if path.is_file())


def attach(by: Actor, thread: int, *uploads: Upload) -> tuple[int, ...]:
    with contact.ready_files(by, uploads or [Upload(name="割れた皿.png", content=photo())]) as ready:
        return contact.attach(by, thread=thread, ready=ready)


@laid
def trouble() -> int:
    return open_trouble()


@laid
def thread(trouble: int) -> int:
    return facts.trouble(trouble).thread  # type: ignore[union-attr]


def test_a_photo_is_seen_by_both_parties_beside_the_words_it_came_with(thread: int) -> None:
    numbers = attach(buyer(), thread)

    [said] = contact.look(seller(), thread=thread)
    [file] = said.files
    assert (numbers, file.number, file.name, file.pages) == ((1,), 1, "割れた皿.png", 1)
    assert (file.is_shown, file.has_original, file.ticket) == (True, False, "")
    for party in (buyer(), seller(), actor("seller:S-1/hanako", Role.DELEGATE)):
        picture = facts.attachment_picture(party, thread=thread, number=1)
        assert Image.open(io.BytesIO(picture.content)).size == (60, 40)


def test_the_act_fixes_what_was_attached_and_the_list_shows_no_name(thread: int, trouble: int) -> None:
    attach(buyer(), thread)

    [listed] = facts.attachments(thread)
    act = content(f"contact.trouble:{trouble}")
    assert listed.name is None
    assert act["kind"] == "contact.attach"
    assert act["payload"]["files"][0]["file"] == str(listed.file)
    assert len(act["payload"]["files"][0]["sha256"]) == 64


@pytest.mark.parametrize("eve", EVES, ids=lambda eve: f"{eve.role} {eve.by}")
def test_nobody_else_attaches_or_sees_anything(thread: int, eve: Actor) -> None:
    attach(buyer(), thread)

    with pytest.raises(NothingHere):
        facts.attachment_picture(eve, thread=thread, number=1)
    with pytest.raises(NothingHere):
        attach(eve, thread)
    assert len(facts.attachments(thread)) == 1
    assert len(kept()) == 2


def test_staff_see_a_file_only_by_the_ticket_of_a_look_that_was_recorded(thread: int) -> None:
    attach(buyer(), thread)
    with pytest.raises(LookFirst):
        facts.attachment_picture(agent(), thread=thread, number=1)
    with pytest.raises(WordsNotShared):
        contact.look(agent(), thread=thread, ground=BUYER_CONSENT)

    [said] = contact.look(lead(), thread=thread, ground=WARRANT, reason="令状による")
    ticket = said.files[0].ticket

    assert said.files[0].name == "割れた皿.png"
    assert facts.attachment_picture(lead(), thread=thread, number=1, ticket=ticket).content
    for other in (agent(), lead(MONDAY + timedelta(minutes=10))):
        with pytest.raises(LookFirst):
            facts.attachment_picture(other, thread=thread, number=1, ticket=ticket)
    with pytest.raises(LookFirst):
        facts.attachment_picture(lead(), thread=thread, number=1, ticket=ticket[:-1] + "!")


def test_a_machine_sees_no_file(thread: int) -> None:
    attach(buyer(), thread)

    with pytest.raises(NothingHere):
        facts.attachment_picture(machine(), thread=thread, number=1)


def test_a_refused_file_stops_all_of_them_and_leaves_nothing_behind(thread: int) -> None:
    uploads = [Upload(name="a.png", content=photo()), Upload(name="b.svg", content=b"<svg onload=alert(1)>")]

    with pytest.raises(vault.FileNotTaken):
        attach(buyer(), thread, *uploads)

    assert facts.attachments(thread) == ()
    assert kept() == []


def test_a_form_that_is_refused_after_its_files_were_ready_leaves_nothing_behind(thread: int) -> None:
    def send() -> None:
        uploads = [Upload(name="a.png", content=photo())]
        with contact.ready_files(buyer(), uploads) as ready, transaction.atomic():
            contact.attach(buyer(), thread=thread, ready=ready)
            raise RuntimeError("the form's last field was wrong")

    with pytest.raises(RuntimeError):
        send()

    assert facts.attachments(thread) == ()
    assert kept() == []


def test_too_many_at_once_and_a_file_without_a_word_and_an_ended_talk_are_refused(
    thread: int, trouble: int
) -> None:
    with pytest.raises(TooManyAtOnce):
        attach(buyer(), thread, *[Upload(name="a.png", content=photo())] * 6)
    with pytest.raises(WordsFirst):
        attach(seller(), thread)
    contact.withdraw(buyer(), trouble=trouble)
    with pytest.raises(ThreadOver):
        attach(buyer(), thread)
    assert kept() == []


def test_the_sellers_file_is_sealed_for_the_seller_and_goes_with_the_seller(thread: int) -> None:
    contact.acknowledge(seller(), thread=thread, said="確認します")
    attach(seller(), thread)
    attach(buyer(), thread)

    ledger.shred(lead(), subject="seller:S-1", reason="退店")

    first, second = facts.attachments(thread)
    with pytest.raises((FileErased, FileWithheld)):
        facts.attachment_picture(buyer(), thread=thread, number=first.number)
    assert facts.attachment_picture(buyer(), thread=thread, number=second.number).content
    assert second.state is FileState.RECEIVED


def test_nothing_is_attached_where_nothing_came(thread: int) -> None:
    with contact.ready_files(buyer(), []) as ready:
        assert contact.attach(buyer(), thread=thread, ready=ready) == ()


def test_a_file_that_was_made_ready_by_one_side_is_not_attached_by_the_other(thread: int) -> None:
    contact.acknowledge(seller(), thread=thread, said="確認します")
    with (
        contact.ready_files(buyer(), [Upload(name="a.png", content=photo())]) as ready,
        pytest.raises(NothingHere),
    ):
        contact.attach(seller(), thread=thread, ready=ready)
    assert kept() == []
