"""The page of JOMC: its text says what is on, people say what stands there, and nothing is said of it that nobody saw."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox_facts
from mamori.ground.terms import actions as terms
from mamori.law.settings import REMEDY_CEILING
from mamori.rooms.disclosure.editions.queries import NoSuchEdition
from mamori.rooms.disclosure.handbook.rules import digest
from mamori.rooms.disclosure.measures import actions, queries as jomc
from mamori.rooms.disclosure.measures.queries import BEGAN, OUTLINES
from mamori.rooms.disclosure.measures.rules import NONE, JomcFound, jomc_text
from mamori.rooms.disclosure.models import JomcLook
from mamori.rooms.disclosure.tests.conftest import DAY, MONDAY, agent, counsel, lead, machine, ring
from mamori.rooms.disclosure.tests.measured import opened
from mamori.rooms.disclosure.tests.test_pages import read, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff", "house")]
PAGE = "https://onlinemarketplace.jp/members/sample/"
HERE = "/desk/editions/jomc/"


@pytest.fixture
def house(db: None) -> None:
    """Let the house have been opened."""
    opened(MONDAY - 30 * DAY)


def switched_off(at: datetime) -> None:
    """Let the marketplace refund nothing in a seller's place from then on."""
    terms.set(counsel(at), setting=REMEDY_CEILING, value=0)


def digest_now(at: datetime = MONDAY) -> str:
    return digest((jomc.text_now(at),))


def looked(found: JomcFound = JomcFound.SAME, by: Actor | None = None, address: str = PAGE) -> None:
    by = by or lead()
    actions.look_at_jomc(by, address=address, found=found, digest=digest_now(by.at))


def asked_to_look(role: str) -> int:
    return sum(one.template == "disclosure.jomc_due" for one in outbox_facts.notices(to=role, limit=99))


def records(client: Client, **said: object) -> str:
    given = dict(re.findall(r'name="(digest|address)"[^>]*value="([^"]*)"', read(client, HERE)))
    return text(send(client, HERE, **(given | said)))


def test_somebody_records_what_stands_there_and_everybody_reads_it_with_the_day(enter: Enter) -> None:
    lead_, anybody = enter(Role.LEAD), enter(Role.ANONYMOUS)
    before, page = read(anybody, "/measures/"), read(lead_, HERE)

    done = records(lead_, address=PAGE, found="same")
    public = read(anybody, "/measures/")

    assert "JOMCのページには載せていません" in before
    assert jomc.text_now(MONDAY).ja.splitlines()[0] == "取引DPF法の法定指針に関する取組"
    assert "（第3条第1項第3号）" in page
    assert "記録しました" in done
    assert f'href="{PAGE}"' in public
    assert "に見たとき、" in public
    assert "どちらも同じでした" in public
    assert 'id="P23"' in public
    look = JomcLook.objects.get()
    (act,) = ledger.acts_about(jomc.ABOUT_JOMC)
    assert act.content
    assert act.content["payload"] == {"address": PAGE, "found": "same", "sha256": look.digest}


def test_the_text_says_what_is_on_and_nothing_that_is_off() -> None:
    on = jomc.text_now(MONDAY)
    switched_off(MONDAY + DAY)
    off = jomc.text_now(MONDAY + 2 * DAY)
    switched = [one for one in OUTLINES.values() if one.switch is REMEDY_CEILING]

    assert on != off
    assert switched
    for one in switched:
        assert one.does.ja.partition("{")[0] in on.ja
        assert one.does.ja.partition("{")[0] not in off.ja
    assert "P33" not in on.ja


def test_what_was_the_same_is_called_older_once_our_own_text_has_changed(enter: Enter) -> None:
    looked()
    switched_off(MONDAY + DAY)

    public = read(enter(Role.ANONYMOUS), "/measures/")

    assert "そのあとこのページの文が変わっています" in public
    assert "どちらも同じでした" not in public


def test_what_somebody_found_to_differ_is_said_to_differ_and_still_linked(enter: Enter) -> None:
    looked(JomcFound.DIFFERS)

    public, page = read(enter(Role.ANONYMOUS), "/measures/"), read(enter(Role.COUNSEL), HERE)

    assert "このページと違っていました" in public
    assert "どちらも同じでした" not in public
    assert f'href="{PAGE}"' in public
    assert "こちらの文と違う" in page


def test_where_somebody_found_nothing_nothing_is_linked_nor_asked_for(enter: Enter) -> None:
    looked()
    looked(JomcFound.NOTHING, counsel(MONDAY + DAY))

    public = read(enter(Role.ANONYMOUS), "/measures/")
    ring(MONDAY + 99 * DAY)

    assert "JOMCのページには載せていません" in public
    assert PAGE not in public
    assert 'id="P23"' not in public
    assert asked_to_look("lead") == 0
    assert [one.row.found for one in jomc.looks()] == [JomcFound.NOTHING, JomcFound.SAME]


def test_it_stands_there_since_the_first_look_after_the_last_that_found_nothing() -> None:
    looked(JomcFound.NOTHING)
    looked(JomcFound.SAME, lead(MONDAY + DAY))
    looked(JomcFound.DIFFERS, lead(MONDAY + 2 * DAY))

    assert BEGAN["P23"]() == MONDAY + DAY


def test_a_heading_under_which_nothing_is_done_says_so_and_the_operator_is_named() -> None:
    heading = (Text("苦情", "Complaints"), Text("第二号", "item 2"), ())
    told = jomc_text((heading,), operator="まもり市場", page="https://market.example/measures/")

    assert f"1. 苦情（第二号）\n{NONE.ja}" in told.ja
    assert f"1. Complaints (item 2)\n{NONE.en}" in told.en
    assert "まもり市場" in told.ja


def test_a_look_that_was_compared_with_another_text_than_that_of_now_is_not_recorded(enter: Enter) -> None:
    read_ = digest_now()
    switched_off(MONDAY)

    with pytest.raises(actions.JomcTextMoved):
        actions.look_at_jomc(lead(MONDAY + DAY), address=PAGE, found=JomcFound.SAME, digest=read_)
    client = enter(Role.LEAD)
    refused = send(client, HERE, address=PAGE, found="same", digest=read_)
    assert "見比べ直してから" in text(refused)
    assert not JomcLook.objects.exists()
    [carried] = re.findall(r'name="digest"[^>]*value="([^"]*)"', refused.content.decode())
    send(client, HERE, address=PAGE, found="differs", digest=carried)
    assert JomcLook.objects.get().found == "differs"


@pytest.mark.parametrize(
    "address",
    [
        "http://onlinemarketplace.jp/",
        "https://staff@onlinemarketplace.jp/",
        "https://onlinemarketplace.jp:8443/",
        "https://[::1]/",
        "https://onlinemarketplace.jp\\@127.0.0.1/",
        "https://onlinemarketplace.jp/ a",
        "https://onlinemarketplace.jp:x/",
        "javascript:alert(1)",
        "",
    ],
)
def test_an_address_to_which_nobody_can_be_led_is_refused_in_plain_words(address: str) -> None:
    with pytest.raises(actions.LinkNotHttps) as refused:
        looked(address=address)

    assert "https:// で始まる" in refused.value.sentence.ja


def test_leads_and_counsel_are_asked_to_look_again_each_month_until_somebody_did() -> None:
    looked()

    ring(MONDAY + 29 * DAY)
    early = asked_to_look("lead")
    ring(MONDAY + 31 * DAY)
    once = asked_to_look("lead")
    ring(MONDAY + 62 * DAY)
    twice = asked_to_look("lead"), asked_to_look("counsel"), asked_to_look("agent")
    looked(by=counsel(MONDAY + 63 * DAY))
    ring(MONDAY + 92 * DAY)

    assert (early, once, twice) == (0, 1, (2, 2, 0))
    assert asked_to_look("lead") == 2
    assert clock_facts.next_firing(until=MONDAY + 95 * DAY) is not None
    assert [one.kind for one in ledger.acts_about(jomc.ABOUT_JOMC)] == [
        "disclosure.jomc_look",
        "disclosure.jomc_remind",
        "disclosure.jomc_remind",
        "disclosure.jomc_look",
    ]


def test_who_decides_nothing_records_no_look_and_nobody_but_the_clock_reminds() -> None:
    with pytest.raises(NoSuchEdition):
        looked(by=agent())
    with pytest.raises(NoSuchEdition):
        looked(by=machine())
    with pytest.raises(NoSuchEdition):
        actions.remind_jomc(lead())
    assert not JomcLook.objects.exists()
