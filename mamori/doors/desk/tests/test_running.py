"""What a lead runs: what is stuck, holds; and lists that take no more looks as they grow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mamori.doors.desk.tests.conftest import (
    CANARY,
    Desk,
    Enter,
    actor,
    report,
)
from mamori.grammar.actor import Role
from mamori.ground.outbox.models import Effect, Event
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.rules.reasons import PartBecause


def at(desk: Desk, rest: str, number: str = "") -> str:
    return f"/desk/cases/{number or desk.trouble}/{rest}"


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def test_what_is_stuck_is_sent_again_or_left_out_with_a_reason(db: None, enter: Enter) -> None:
    now = datetime.now(UTC)
    effects = [
        Effect.objects.create(
            event=Event.objects.create(kind="contact.answered", subject="s", body="{}", at=now),
            handler=f"mamori.test.{name}",
            subject="s",
            next_at=now,
            stuck_at=now,
            error="Traceback",
        )
        for name in ("one", "two")
    ]
    client = enter(Role.LEAD)
    one, two = (f"/desk/outbox/?ref=effect-{effect.pk}" for effect in effects)

    listed = text(client, "/desk/outbox/")
    retried = client.post(one, {"retry": "1"})
    no_reason = client.post(two, {"skip": "1", "reason": ""})
    skipped = client.post(two, {"skip": "1", "reason": "古い版の名残"})

    assert one.removeprefix("/desk/outbox/") in listed
    assert (retried.status_code, no_reason.status_code, skipped.status_code) == (302, 422, 302)
    assert Effect.objects.get(pk=effects[1].pk).skipped_because == "古い版の名残"
    assert [
        client.post(f"/desk/outbox/?ref={ref}", {"retry": "1"}).status_code
        for ref in ("effect-9", "mail-9", "x")
    ] == [404] * 3
    assert enter(Role.AGENT).post(one, {"retry": "1"}).status_code == 403


def test_a_hold_is_put_and_lifted_with_reasons(desk: Desk, enter: Enter) -> None:
    client = enter(Role.COUNSEL)
    form = {"what": desk.trouble, "ground": "suit", "reason": "訴えが起こされた"}

    wrong = client.post("/desk/holds/", form | {"what": "99999999"})
    held = client.post("/desk/holds/", form)
    [hold] = seals.holds()
    listed = text(client, "/desk/holds/")
    no_reason = client.post(f"/desk/holds/?lift={hold.number}", {"reason": ""})
    lifted = client.post(f"/desk/holds/?lift={hold.number}", {"reason": "和解した"})

    assert (wrong.status_code, held.status_code) == (422, 302)
    assert "訴えが起こされた" in listed
    assert (no_reason.status_code, lifted.status_code) == (422, 302)
    assert seals.holds() == ()
    assert client.get(f"/desk/holds/?lift={hold.number}").status_code == 404


def test_an_investigators_request_has_its_end_on_the_page_and_is_extended_there(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.COUNSEL)
    form = {"what": desk.trouble, "ground": "preservation", "reason": "保全要請書 第3号"}

    too_long = client.post("/desk/holds/", form | {"days": "31"})
    held = client.post("/desk/holds/", form | {"days": "30"})
    [hold] = seals.holds()
    path = f"/desk/holds/?lift={hold.number}"
    asked = {"step": "extend", "longer-reason": "延長の求め"}
    over = client.post(path, asked | {"longer-days": "31"})
    extended = client.post(path, asked | {"longer-days": "30"})
    page = text(client, "/desk/holds/")

    assert (too_long.status_code, held.status_code) == (422, 302)
    assert (over.status_code, extended.status_code) == (422, 302)
    assert "通じて60日まで" in over.content.decode()
    [now] = seals.holds()
    assert now.until == hold.since + timedelta(days=60)
    assert "終わり：" in page
    assert "終わりを決める前の消去の停止" not in page


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    # The operator's choices are asked for once in a few seconds, not each time.
    return len([query for query in captured.captured_queries if "terms_settingvalue" not in query["sql"]])


@pytest.mark.parametrize(
    "path",
    [
        "/desk/",
        "/desk/search/?q=高橋",
        "/desk/notices/",
        "/desk/lists/calls/",
        "/desk/lists/refunds/",
        "/desk/lists/recoveries/",
    ],
)
def test_the_number_of_looks_into_the_database_does_not_grow_with_the_list(
    desk: Desk, enter: Enter, path: str
) -> None:
    client = enter(Role.AGENT)
    client.get(path)
    few = queries(client, path)
    from mamori.ground.market import actions as market
    from mamori.ground.market.actions import OrderLine, SellerLine
    from mamori.rooms.contact.topics import Harm

    by = actor("machine:test", Role.MACHINE, desk.begun)
    for n in range(10, 25):
        market.put_seller(by, SellerLine(ref=f"S-{n}", name=f"高橋{n}号店"))
        line = OrderLine(ref=f"O-{n}", buyer="B-1", seller=f"S-{n}", amount=900, ordered_at=desk.begun)
        market.put_order(by, line)
        trouble = report(desk.begun, f"O-{n}", harm=Harm.DANGER)
        if n in (11, 12, 13):
            lead = actor("lead:9", Role.LEAD, desk.begun)
            contact.request_mediation(lead, trouble=trouble)
            instruction = contact.grant_remedy(
                lead, trouble=trouble, amount=100, reason="r", because=PartBecause.PART_OF_GOODS
            )
            if n > 11:
                machine = actor("machine:m", Role.MACHINE, desk.begun)
                contact.confirm_instruction(machine, instruction=instruction)

    assert queries(client, path) == few


def ordered(desk: Desk, number: int) -> str:
    """Place one more order with the shop, and return its reference."""
    from mamori.ground.market import actions as market
    from mamori.ground.market.actions import OrderLine

    line = OrderLine(ref=f"O-{number}", buyer="B-1", seller="S-1", amount=900, ordered_at=desk.begun)
    market.put_order(actor("machine:test", Role.MACHINE, desk.begun), line)
    return line.ref


def test_a_leads_board_takes_no_more_looks_with_more_people_and_more_cases(desk: Desk, enter: Enter) -> None:
    client = enter(Role.LEAD)
    hired(desk, range(2))
    client.get("/desk/today/")
    few = queries(client, "/desk/today/")

    hired(desk, range(2, 30))

    assert queries(client, "/desk/today/") <= few
    page = client.get("/desk/today/").content.decode()
    assert "担当29" in page
    assert "担当者がいなくなった案件" in page


def hired(desk: Desk, numbers: Iterable[int]) -> None:
    """Let there be people with a case each, every third of whom may no longer work."""
    from mamori.ground.cases import actions as cases
    from mamori.ground.people.models import Account

    for n in numbers:
        account = Account.objects.create(
            email=f"a{n}@example.jp",
            name=f"担当{n}",
            role="agent",
            is_active=n % 3 > 0,
            added_at=desk.begun,
            password="!",
        )
        trouble = report(desk.begun, ordered(desk, 100 + n))
        cases.take(actor(account.who, Role.AGENT, desk.begun), about=f"contact.trouble:{trouble}")


def test_a_sellers_inbox_takes_no_more_looks_with_more_recoveries(desk: Desk, enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-1")
    client.get("/seller/")
    few, one = queries(client, "/seller/"), client.get("/seller/").content.decode()

    for number in (52, 53, 54):
        trouble = report(desk.begun, ordered(desk, number))
        contact.request_mediation(actor("lead:9", Role.LEAD, desk.begun), trouble=trouble)
        instruction = contact.grant_remedy(
            actor("lead:9", Role.LEAD, desk.begun),
            trouble=trouble,
            amount=100,
            reason="r",
            because=PartBecause.PART_OF_GOODS,
        )
        contact.confirm_instruction(actor("machine:m", Role.MACHINE, desk.begun), instruction=instruction)

    many = client.get("/seller/").content.decode()
    assert many.count("あなたの意見待ち") > one.count("あなたの意見待ち")
    assert queries(client, "/seller/") == few


def test_a_long_case_takes_no_more_looks_than_a_short_one(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.get(at(desk, ""))
    few = queries(client, at(desk, ""))
    for n in range(12):
        contact.write(actor("buyer:B-1", Role.BUYER, desk.begun), thread=desk.thread, said=f"{CANARY}{n}")

    assert queries(client, at(desk, "")) == few
