"""Files and formal notices: what came with a message goes along with the notice that it becomes, to those who read it."""

from __future__ import annotations

import html
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import actions as terms
from mamori.ground.vault import facts as vault
from mamori.ground.vault.actions import Ready, TooManyFiles, Upload
from mamori.ground.web.once import new_token
from mamori.law.settings import FILES_MOST
from mamori.rooms.contact import actions as contact, attached, facts, forms
from mamori.rooms.contact.attached import LookFirst
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.models import Attachment, Formal, FormalFile
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    seller,
)
from mamori.rooms.contact.tests.test_formal_pages import sends
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_two")

DECLARED = "昨日届いた品を返品します。ふたが割れています。"


def photo(color: str = "orange") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(out, "PNG")
    return out.getvalue()


def upload(name: str = "皿.png", content: bytes | None = None) -> io.BytesIO:
    file = io.BytesIO(photo() if content is None else content)
    file.name = name
    return file


def ready(by: Actor, *names: str) -> Ready:
    return contact.prepare(by, [Upload(name=name, content=photo()) for name in names])


def send(by: Actor | None = None, *names: str) -> int:
    by = by or buyer()
    found = ready(by, *(names or ("皿.png",)))
    return contact.send_formal(by, notice="return", order_ref="O-1", reason=DECLARED, ready=found)


def on_disk() -> list[Path]:
    return sorted(path for path in settings.FILES.rglob("*") if path.is_file())


def test_files_arrive_with_the_notice_and_its_text_and_record_name_them() -> None:
    formal = Formal.objects.get(pk=send(None, "皿.png", "箱.png"))

    act = ledger.acts_about(formally.about(formal))[0]
    assert act.content is not None
    told = act.content["payload"]["files"]
    assert [row.number for row in formal.files.order_by("number")] == [1, 2]
    assert {one["file"] for one in told} == {str(row.file) for row in formal.files.all()}
    assert all(len(one["sha256"]) == 64 for one in told)
    assert "添えた写真や書類：2点" in (formally.read(formal) or "")
    assert {one.about for one in vault.files_about(formally.about(formal))} == {formally.about(formal)}


def test_without_files_the_text_says_nothing_of_them() -> None:
    formal = contact.send_formal(buyer(), notice="return", order_ref="O-1")

    assert "添えた" not in (formally.read(Formal.objects.get(pk=formal)) or "")


def test_both_parties_see_them_and_nobody_else_without_a_recorded_look() -> None:
    formal = Formal.objects.get(pk=send())

    for who in (buyer(), seller(), actor("seller:S-1/hana", Role.DELEGATE)):
        assert vault.picture(attached.formal_file(who, formal, number=1), 1)
        assert [file.name for file in attached.formal_files(who, formal)] == ["皿.png"]
    for eve in (*EVES, machine(), actor("buyer:B-2", Role.BUYER)):
        with pytest.raises(NothingHere):
            attached.formal_file(eve, formal, number=1)
    with pytest.raises(NothingHere):
        attached.formal_file(buyer(), formal, number=2)
    with pytest.raises(LookFirst):
        attached.formal_file(agent(), formal, number=1)


def test_staff_see_them_for_ten_minutes_after_a_look() -> None:
    formal = Formal.objects.get(pk=send())
    contact.share_formal(buyer(), formal=formal.pk)
    contact.look_formal(agent(), formal=formal.pk)

    [file] = attached.formal_files(agent(), formal)

    assert vault.picture(attached.formal_file(agent(), formal, number=1, ticket=file.ticket), 1)
    for who in (lead(), agent(MONDAY + timedelta(minutes=11))):
        with pytest.raises(LookFirst):
            attached.formal_file(who, formal, number=1, ticket=file.ticket)


def test_anothers_files_go_with_nothing_and_nothing_arrives() -> None:
    theirs = ready(actor("buyer:B-2", Role.BUYER), "皿.png")

    with pytest.raises(NothingHere):
        contact.send_formal(buyer(), notice="return", order_ref="O-1", ready=theirs)

    assert not Formal.objects.exists()
    assert not FormalFile.objects.exists()


def test_where_the_operator_takes_fewer_that_is_said_and_nothing_is_half_sent() -> None:
    terms.set(lead(MONDAY - timedelta(hours=1)), setting=FILES_MOST, value=1)

    with pytest.raises(TooManyFiles):
        send(None, "皿.png", "箱.png")

    assert not Formal.objects.exists()


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def client(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


@laid
def number() -> str:
    known = facts.trouble(open_trouble(now()))
    assert known is not None
    return known.case


def offered(client: Client, number: str) -> tuple[str, dict[str, str]]:
    """Write a message with a photo that reads like a notice, and return where the offer leads with what it carries."""
    form = {"said": DECLARED, "token": new_token(), "attached": upload()}
    page = client.post(f"/threads/{number}/write/", form).content.decode()
    found = re.search(r'<form id="notice" method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL)
    assert found
    fields = re.findall(r'name="(reason|carried)" value="([^"]*)"', found[2])
    assert "選んだ写真や書類も、どちらでもいっしょに送ります" in page
    return html.unescape(found[1]), {name: html.unescape(value) for name, value in fields}


def test_a_photo_sent_with_a_message_that_becomes_a_notice_is_carried_with_it(
    client: Client, number: str, enter: Enter
) -> None:
    path, fields = offered(client, number)

    on = client.post(path, fields)
    check = client.post(on["Location"], {}, follow=True)
    page = check.content.decode()
    sent = client.post(check.redirect_chain[-1][0], sends(page))
    again = client.post(check.redirect_chain[-1][0], sends(page))

    formal = Formal.objects.get()
    told = client.get(sent["Location"]).content.decode()
    mine = f"/notices/{formally.number_of(formal.pk)}/files/1"
    shop, theirs = enter(Role.SELLER, "seller:S-1"), enter(Role.SELLER, "seller:S-2")
    assert "皿.png" in page
    assert "添えた写真や書類：1点" in page
    assert sent["Location"] == again["Location"]
    assert FormalFile.objects.count() == 1
    assert not Attachment.objects.exists()
    assert 'src="files/1/1/"' in told
    assert client.get(f"{mine}/1/").status_code == 200
    assert shop.get(f"/seller{mine}/1/").status_code == 200
    assert shop.get(f"/seller{mine}/original/").status_code in (200, 404, 409)
    assert theirs.get(f"/seller{mine}/1/").status_code == 404
    assert client.get(f"/notices/{formally.number_of(formal.pk)}/files/2/1/").status_code == 404


def test_sent_as_plain_words_the_photo_goes_with_the_message(client: Client, number: str) -> None:
    form = {"said": DECLARED, "token": new_token()}
    page = client.post(f"/threads/{number}/write/", form | {"attached": upload()}).content.decode()
    box = re.search(r'name="carried" value="([^"]+)"', page)
    assert box

    client.post(
        f"/threads/{number}/write/", form | {"original": DECLARED, "before": "as_is", "carried": box[1]}
    )

    assert Attachment.objects.count() == 1
    assert not FormalFile.objects.exists()


BASE, QUERY = "/notices/new", "?kind=rescission&order=O-1"


def reasons(client: Client, **form: object) -> str:
    """Answer the question for reasons, and return the page that comes next."""
    client.post(f"{BASE}/received/{QUERY}", {})
    return client.post(f"{BASE}/reason/{QUERY}", {"reason": "割れた", **form}, follow=True).content.decode()


def test_photos_are_added_on_the_page_and_choosing_again_replaces_them(client: Client) -> None:
    first = reasons(client, attached=[upload("一.png"), upload("二.png")])
    box = re.search(r'name="carried" value="([^"]+)"', client.get(f"{BASE}/reason/{QUERY}").content.decode())
    assert box
    kept = reasons(client, carried=html.unescape(box[1]))
    second = reasons(client, carried=html.unescape(box[1]), attached=upload("三.png"))

    assert "multipart/form-data" in client.get(f"{BASE}/reason/{QUERY}").content.decode()
    for page in (first, kept):
        assert "添えた写真や書類：2点" in page
    assert "添えた写真や書類：1点" in second
    assert "三.png" in second
    assert "一.png" not in second


def test_a_file_that_is_none_is_refused_and_the_reason_stays(client: Client) -> None:
    page = reasons(client, attached=upload("皿.png", b"MZ\x90\x00\x03\x00\xff\xff"))

    assert "割れた" in page
    assert "エラー" in page
    assert not on_disk()


def test_files_that_waited_too_long_are_asked_for_again_and_may_be_left_out(client: Client) -> None:
    mine = actor("buyer:B-1", Role.BUYER, now())
    early = actor("buyer:B-1", Role.BUYER, mine.at - forms.WAIT)
    old = forms.pack(early, ready(mine, "皿.png"))

    page = reasons(client, carried=old)
    left = re.search(r'name="carried"( value="([^"]*)")?', page)
    on = reasons(client, carried="")

    assert "選び直してください" in page
    assert left
    assert not left[2]
    assert "この文章で通知する" in on
    assert "添えた写真" not in on


def test_staff_see_the_photo_on_the_desk_after_the_recorded_look(enter: Enter) -> None:
    formal = send(buyer(now()))
    contact.share_formal(buyer(now()), formal=formal)
    number = formally.number_of(formal)
    desk = enter(Role.AGENT)

    page = desk.post(f"/desk/cases/{number}/contact/formal/").content.decode()
    found = re.search(r'src="/desk/cases/\d+/contact/files/(1/1/\?ticket=[^"]+)"', page)
    assert found
    shown = desk.get(f"/desk/cases/{number}/contact/files/{html.unescape(found[1])}")
    without = desk.get(f"/desk/cases/{number}/contact/files/1/1/")
    original = desk.get(f"/desk/cases/{number}/contact/files/1/original/")

    assert shown.status_code == 200
    assert (without.status_code, original.status_code) == (403, 403)
