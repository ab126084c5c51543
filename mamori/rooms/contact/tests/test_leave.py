"""The buyer's contact details never pass unless the buyer gives one, and no longer than the buyer wants."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal import actions as sealing
from mamori.rooms.contact import actions
from mamori.rooms.contact.leave import Way, held, plain
from mamori.rooms.contact.models import Leave, Thread, Trouble
from mamori.rooms.contact.tests.conftest import EVES, MONDAY, buyer, machine, open_trouble, seller
from mamori.rooms.contact.tests.test_buyer_pages import now, number_of, token
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_two")

PHONE, MAIL = "090-0123-4567", "hanako@example.jp"


@laid
def thread() -> int:
    market.put_buyer(machine(), BuyerLine(ref="B-1", name="買手", mail=MAIL, phone=PHONE, address="東京都"))
    return Trouble.objects.get(pk=open_trouble(now())).thread_id


def page_of_seller(enter: Enter) -> str:
    number = number_of(Trouble.objects.get().pk)
    return enter(Role.SELLER, "seller:S-1").get(f"/seller/threads/{number}/").content.decode()


def test_the_seller_sees_no_detail_until_the_buyer_gives_one(thread: int, enter: Enter) -> None:
    before = page_of_seller(enter)
    actions.let_contact(buyer(now()), thread=thread, way=Way.PHONE, detail=PHONE)
    given = page_of_seller(enter)
    for _ in range(2):  # what is not given is taken back without a trace
        actions.end_contact(buyer(now()), thread=thread, way=Way.PHONE)
    after = page_of_seller(enter)

    number = PHONE
    assert [number in page for page in (before, given, after)] == [False, True, False]
    assert not any(MAIL in page for page in (before, given, after))


def test_it_lies_sealed_and_its_act_is_shown_to_both_without_the_detail(thread: int) -> None:
    actions.let_contact(buyer(now()), thread=thread, way=Way.MAIL, detail=MAIL)

    row = Leave.objects.get()
    act = ledger.acts_about(f"contact.trouble:{Trouble.objects.get().pk}")[-1]
    assert MAIL.encode() not in bytes(row.sealed)
    assert act.kind == "contact.let_contact"
    assert MAIL not in str(act.content)
    told = [
        n for n in outbox.notices(about=act.about, to="seller:S-1") if n.template == "contact.contact_let"
    ]
    assert len(told) == 1
    assert MAIL not in str(told)


def test_another_number_takes_the_place_of_the_first(thread: int) -> None:
    for number in (PHONE, "03-1234-5678", "０３－１２３４－５６７８"):
        actions.let_contact(buyer(now()), thread=thread, way=Way.PHONE, detail=number)

    assert [one.detail for one in held(Thread.objects.get())] == ["03-1234-5678"]
    assert Leave.objects.count() == 2


def test_the_end_of_the_matter_and_erasure_end_it(thread: int) -> None:
    actions.let_contact(buyer(now()), thread=thread, way=Way.PHONE, detail=PHONE)
    found = Thread.objects.get()
    given = held(found)
    actions.solve(buyer(now()), trouble=Trouble.objects.get().pk)

    assert len(given) == 1
    assert held(Thread.objects.get()) == ()
    sealing.shred(subject="buyer:B-1", at=now())
    assert held(found) == ()


@pytest.mark.parametrize(
    "eve", [*EVES, seller(), Actor(by="agent:a", role=Role.AGENT, at=MONDAY, via="test")]
)
def test_nobody_else_gives_or_takes_back(thread: int, eve: Actor) -> None:
    actions.let_contact(buyer(now()), thread=thread, way=Way.PHONE, detail=PHONE)

    for act in (
        lambda: actions.let_contact(eve, thread=thread, way=Way.MAIL, detail="eve@example.jp"),
        lambda: actions.end_contact(eve, thread=thread, way=Way.PHONE),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.status == 404

    assert [one.way for one in held(Thread.objects.get())] == [Way.PHONE]


def test_after_the_end_nothing_is_given(thread: int) -> None:
    actions.withdraw(buyer(now()), trouble=Trouble.objects.get().pk)

    with pytest.raises(Refusal) as refused:
        actions.let_contact(buyer(now() + timedelta(1)), thread=thread, way=Way.PHONE, detail=PHONE)

    assert refused.value.code == "thread-ended"


@pytest.mark.parametrize(
    ("way", "detail", "kept"),
    [
        (Way.PHONE, "090-0123-4567", "090-0123-4567"),
        (Way.PHONE, "＋８１ ９０ ０１２３ ４５６７", "+819001234567"),
        (Way.PHONE, "119", ""),
        (Way.PHONE, "0" + "-" * 30 + "9012345678", ""),
        (Way.PHONE, "でんわ", ""),
        (Way.PHONE, "0901234567\u202e8", "09012345678"),
        (Way.PHONE, "0000000000", ""),
        (Way.PHONE, "1234567890", ""),
        (Way.PHONE, "+000000000000", ""),
        (Way.PHONE, "+1 212 555 0100", "+12125550100"),
        (Way.PHONE, "1" * 5_000, ""),
        (Way.MAIL, " Hanako@example.jp ", "Hanako@example.jp"),
        (Way.MAIL, "hanako＠example.jp", "hanako@example.jp"),
        (Way.MAIL, "hanako", ""),
        (Way.MAIL, "a@example.jp\nBcc: eve@example.jp", ""),
        (Way.MAIL, "", ""),
    ],
)
def test_a_detail_is_read_in_whatever_width_or_refused(way: Way, detail: str, kept: str) -> None:
    assert plain(way, detail) == kept


def test_the_page_offers_what_is_known_and_gives_it_once(thread: int, enter: Enter) -> None:
    client: Client = enter(Role.BUYER, "buyer:B-1")
    path = f"/threads/{number_of(Trouble.objects.get().pk)}/reach/"
    page = client.get(path).content.decode()
    form = {"token": token(page), "way": "phone", "detail": PHONE}

    first, again = client.post(path, form), client.post(path, form)
    after = client.get(path).content.decode()
    ended = client.post(path, {"token": token(after), "way": "phone", "act": "end"})

    assert f'value="{PHONE}"' in page
    assert MAIL in page
    assert first.status_code == again.status_code == ended.status_code == 302
    assert "知らせるのをやめる" in after
    assert Leave.objects.filter(ended_at__isnull=False).count() == Leave.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "status"),
    [({"way": "phone", "detail": "119"}, 422), ({"way": "fax", "detail": "1"}, 404), ({"way": "mail"}, 422)],
)
def test_what_cannot_be_taken_is_answered_on_the_page(
    thread: int, enter: Enter, given: dict[str, str], status: int
) -> None:
    client: Client = enter(Role.BUYER, "buyer:B-1")

    answer = client.post(f"/threads/{number_of(Trouble.objects.get().pk)}/reach/", given)

    assert answer.status_code == status
    assert not Leave.objects.exists()


def test_a_due_moment_has_its_reason_and_what_is_left_in_words(thread: int, enter: Enter) -> None:
    page = (
        enter(Role.BUYER, "buyer:B-1")
        .get(f"/threads/{number_of(Trouble.objects.get().pk)}/")
        .content.decode()
    )

    assert "期限の数え方" in page
    assert "48時間を、営業日は1日24時間、休業日は0時間として数えます。" in page
    assert "営業日" in page
