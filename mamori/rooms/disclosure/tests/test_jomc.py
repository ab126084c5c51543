"""The page of JOMC: its text says what is on, its listing has its day, its link is looked at, nothing false is linked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox import facts as outbox_facts
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.jomc import JOMC_HOSTS, JOMC_TRIES
from mamori.law.settings import REMEDY_CEILING
from mamori.rooms.disclosure import actions, tasks
from mamori.rooms.disclosure.models import JomcEntry
from mamori.rooms.disclosure.queries import jomc
from mamori.rooms.disclosure.queries.measures import OUTLINES
from mamori.rooms.disclosure.rules.jomc import NONE, JomcHeading, jomc_text, stands_there
from mamori.rooms.disclosure.tests.conftest import DAY, MONDAY, agent, counsel, lead, machine, ring
from mamori.rooms.disclosure.tests.measured import opened
from mamori.rooms.disclosure.tests.test_pages import read, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff", "house")]
TODAY = MONDAY.date()
PAGE = "https://onlinemarketplace.jp/members/sample/"


@pytest.fixture
def house(db: None) -> None:
    """Let the house have been opened."""
    opened(MONDAY - 30 * DAY)


def switched_off(at: datetime) -> None:
    """Let the marketplace refund nothing in a seller's place from then on."""
    terms.set(counsel(at), setting=REMEDY_CEILING, value=0)


def sent(by: Hand | None = None) -> int:
    by = by or lead()
    return actions.send_jomc(by, digest=jomc.text_now(by.at).digest)


def listed(at: datetime = MONDAY, address: str = PAGE, on: date | None = None) -> int:
    number = sent(lead(at))
    actions.list_jomc(
        counsel(at), entry=number, address=address, changed_on=on or at.astimezone(JAPAN).date()
    )
    return number


def refused(address: str = PAGE, on: date = TODAY) -> str:
    with pytest.raises(Refusal) as found:
        actions.list_jomc(lead(), entry=JomcEntry.objects.get().pk, address=address, changed_on=on)
    return found.value.sentence.ja


def looked(fault: str, at: datetime, address: str = PAGE) -> None:
    entry = JomcEntry.objects.get(state="listed")
    actions.note_look(machine(at), entry=entry.pk, address=address, fault=fault)


def told_of_it(role: str) -> int:
    return sum(one.template == "disclosure.jomc_dead" for one in outbox_facts.notices(to=role, limit=99))


def kinds() -> list[str]:
    return [one.kind for one in ledger.acts_about(jomc.about_jomc(JomcEntry.objects.latest("pk").pk))]


@pytest.fixture
def place() -> Iterator[tuple[str, list[int]]]:
    """Serve a page nearby that answers as the list says, the last answer again and again."""
    answers = [200]

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/jomc", answers
    server.shutdown()
    server.server_close()


def test_a_text_is_sent_listed_and_linked_with_its_day_beside_ones_own(enter: Enter) -> None:
    lead_, anybody = enter(Role.LEAD), enter(Role.ANONYMOUS)
    before = read(anybody, "/measures/")
    page = read(lead_, "/desk/editions/jomc/")
    now = jomc.text_now(MONDAY)

    kept = send(lead_, "/desk/editions/jomc/send/", digest=_digest(lead_))
    entry = JomcEntry.objects.get()
    today = entry.sent_at.astimezone(JAPAN).date()
    said = {
        "address": PAGE,
        "changed_on_year": today.year,
        "changed_on_month": today.month,
        "changed_on_day": today.day,
    }
    done = send(lead_, f"/desk/editions/jomc/{entry.pk}/list/", **said)
    public = read(anybody, "/measures/")

    assert "JOMCのページには載せていません" in before
    assert now.ja.splitlines()[0] == "取引DPF法の法定指針に関する取組"
    assert "（第3条第1項第3号）" in page
    assert "掲載を待っているもの" in text(kept)
    assert "掲載を記録しました" in text(done)
    assert f'href="{PAGE}"' in public
    assert "どちらも同じです" in public
    assert "に変わった" in public
    assert "現在" in public
    assert 'id="P23"' in public
    assert kinds() == ["disclosure.jomc_send", "disclosure.jomc_list"]


def _digest(client: Client) -> str:
    found: str = client.get("/desk/editions/jomc/send/", secure=True).context["form"].initial["digest"]
    return found


def test_the_text_says_what_is_on_and_nothing_that_is_off() -> None:
    on = jomc.text_now(MONDAY)
    switched_off(MONDAY + DAY)
    off = jomc.text_now(MONDAY + 2 * DAY)
    switched = [one for one in OUTLINES.values() if one.switch is REMEDY_CEILING]

    assert on.digest != off.digest
    assert switched
    for one in switched:
        assert one.does.ja.partition("{")[0] in on.ja
        assert one.does.ja.partition("{")[0] not in off.ja
    assert "P33" not in on.ja


def test_what_stands_there_is_called_older_once_the_text_has_changed(enter: Enter) -> None:
    listed()
    switched_off(MONDAY + DAY)

    page, public = (
        read(enter(Role.COUNSEL), "/desk/editions/jomc/"),
        read(enter(Role.ANONYMOUS), "/measures/"),
    )

    assert "いまの文より古いもの" in page
    assert "いまの文にないもの" in page
    assert "そのあとこのページの文が変わっています" in public


def test_a_heading_under_which_nothing_is_done_says_so_and_the_operator_is_named() -> None:
    heading = JomcHeading(title=Text("苦情", "Complaints"), article=Text("第二号", "item 2"), points=())
    told = jomc_text((heading,), operator="まもり市場", page="https://market.example/measures/")

    assert f"1. 苦情（第二号）\n{NONE.ja}" in told.ja
    assert f"1. Complaints (item 2)\n{NONE.en}" in told.en
    assert "まもり市場" in told.ja


def test_a_text_that_changed_since_it_was_read_is_not_recorded_as_sent() -> None:
    read_ = jomc.text_now(MONDAY).digest
    switched_off(MONDAY)

    with pytest.raises(actions.JomcTextMoved):
        actions.send_jomc(lead(MONDAY + DAY), digest=read_)
    assert not JomcEntry.objects.exists()


def test_one_text_is_on_its_way_at_a_time_and_a_new_one_replaces_what_stood() -> None:
    first = listed()
    second = sent(lead(MONDAY + DAY))
    with pytest.raises(actions.JomcWaits):
        sent(lead(MONDAY + DAY))
    still = jomc.listed()
    actions.list_jomc(lead(MONDAY + 2 * DAY), entry=second, address=PAGE, changed_on=(MONDAY + DAY).date())

    assert still is not None
    assert still.id == first
    assert list(JomcEntry.objects.order_by("id").values_list("state", flat=True)) == ["replaced", "listed"]


@pytest.mark.parametrize(
    "address",
    [
        "http://onlinemarketplace.jp/",
        "https://onlinemarketplace.jp.example.com/",
        "https://evilonlinemarketplace.jp/",
        "https://staff@onlinemarketplace.jp/",
        "https://onlinemarketplace.jp:8443/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://onlinemarketplace.jp\\@127.0.0.1/",
        "https://onlinemarketplace.jp/ a",
        "https://onlinemarketplace.jp:x/",
        "javascript:alert(1)",
        "",
    ],
)
def test_an_address_that_leads_elsewhere_is_refused_in_plain_words(address: str) -> None:
    sent()

    assert "https:// で始まり" in refused(address)


def test_a_host_below_one_that_is_named_is_taken_and_none_where_none_is_named() -> None:
    assert stands_there("https://www.onlinemarketplace.jp/a", JOMC_HOSTS.default)
    assert stands_there("https://OnlineMarketplace.jp:443/a", JOMC_HOSTS.default)
    assert not stands_there(PAGE, "")


def test_a_day_to_come_or_before_it_was_sent_is_none_on_which_it_was_listed() -> None:
    sent()

    assert "今日までの日" in refused(on=(MONDAY + DAY).date())
    assert "2026-11-16" in refused(on=(MONDAY - DAY).date())


def test_a_page_that_answers_is_looked_at_at_once_and_every_week(
    place: tuple[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "look", partial(outbox.look, private=True))
    number = listed()
    JomcEntry.objects.update(address=place[0])

    assert tasks.look_at_jomc(MONDAY) == 1
    early = tasks.look_at_jomc(MONDAY + DAY)
    ring(MONDAY + 8 * DAY)
    first = tasks.look_at_jomc(MONDAY + 8 * DAY)
    again = tasks.look_at_jomc(MONDAY + 8 * DAY)
    place[1][:] = [404]
    ring(MONDAY + 16 * DAY)
    tasks.look_at_jomc(MONDAY + 16 * DAY)
    row = JomcEntry.objects.get(pk=number)

    assert (early, first, again) == (0, 1, 0)
    assert (row.failures, row.fault) == (1, "HTTP 404")


def test_a_page_that_does_not_answer_thrice_is_linked_no_more_and_staff_are_told_once(enter: Enter) -> None:
    listed()
    anybody, lead_ = enter(Role.ANONYMOUS), enter(Role.LEAD)

    for day in range(JOMC_TRIES - 1):
        looked("HTTP 404", MONDAY + (8 + day) * DAY)
    doubted, desk = read(anybody, "/measures/"), read(lead_, "/desk/editions/jomc/")
    for day in range(3):
        looked("HTTP 404", MONDAY + (10 + day) * DAY)
    dead, told = read(anybody, "/measures/"), read(lead_, "/desk/editions/jomc/")

    assert f'href="{PAGE}"' in doubted
    assert "明日もう一度確かめます" in desk
    assert f'href="{PAGE}"' not in dead
    assert "から開けません" in dead
    assert "リンクを外しています" in told
    assert (told_of_it("lead"), told_of_it("counsel"), told_of_it("agent")) == (1, 1, 0)

    looked("", MONDAY + 20 * DAY)

    assert f'href="{PAGE}"' in read(anybody, "/measures/")
    assert kinds()[-2:] == ["disclosure.jomc_dead", "disclosure.jomc_answers"]


def test_after_a_look_that_found_nothing_it_is_looked_at_the_next_day_and_a_dead_one_each_week() -> None:
    number = listed()
    at = MONDAY + 8 * DAY
    ring(at)
    called = []
    for _ in range(JOMC_TRIES):
        looked("HTTP 503", at)
        called.append(at)
        at += timedelta(days=1, hours=1)
        ring(at)
    soon = JomcEntry.objects.get(pk=number).look_at
    ring(at + 7 * DAY)

    assert JOMC_TRIES == 3
    assert soon is None, "once it is dead it is looked at each week"
    assert JomcEntry.objects.get(pk=number).look_at is not None


def test_a_dead_link_stays_dead_when_the_same_address_is_recorded_again(enter: Enter) -> None:
    number = listed()
    for day in range(JOMC_TRIES):
        looked("HTTP 404", MONDAY + (8 + day) * DAY)
    actions.list_jomc(lead(MONDAY + 12 * DAY), entry=number, address=PAGE, changed_on=MONDAY.date())

    assert f'href="{PAGE}"' not in read(enter(Role.ANONYMOUS), "/measures/")
    looked("", MONDAY + 12 * DAY)
    assert f'href="{PAGE}"' in read(enter(Role.ANONYMOUS), "/measures/")


def test_a_look_at_an_address_that_was_put_right_meanwhile_says_nothing_of_the_new_one() -> None:
    number = listed()
    new = f"{PAGE}new/"
    actions.list_jomc(lead(MONDAY + DAY), entry=number, address=new, changed_on=MONDAY.date())
    looked("HTTP 404", MONDAY + 8 * DAY)
    found = jomc.listed()

    assert found is not None
    assert (found.address, found.failures) == (new, 0)


def test_a_link_inside_is_never_asked_nor_followed(place: tuple[str, list[int]], settings: Any) -> None:
    assert "PortClosed" in outbox.look(url=place[0])
    assert "PrivateAddress" in outbox.look(url="http://127.0.0.1/")
    assert "PrivateAddress" in outbox.look(url="https://localhost/")
    settings.MAMORI_WEBHOOK_PRIVATE = True  # that the marketplace is within lets nobody else in
    assert "PrivateAddress" in outbox.look(url="http://127.0.0.1/")
    place[1][:] = [302]
    assert outbox.look(url=place[0], private=True) == "HTTP 302"
    assert "PrivateAddress" in outbox.look(url="http://169.254.169.254/latest/", private=True)
    assert outbox.look(url="http://127.0.0.1:9/", private=True) != ""


def test_what_is_listed_no_more_is_linked_no_more_and_what_is_given_up_never_was(enter: Enter) -> None:
    lead_, anybody = enter(Role.LEAD), enter(Role.ANONYMOUS)
    number = listed()
    ended = send(lead_, f"/desk/editions/jomc/{number}/end/", reason="JOMCの掲載ページがなくなった。")
    page = read(anybody, "/measures/")
    given_up = sent(lead(MONDAY + DAY))
    dropped = send(lead_, f"/desk/editions/jomc/{given_up}/drop/", reason="文を直すため。")

    assert "終えたと記しました" in text(ended)
    assert "JOMCのページには載せていません" in page
    assert 'id="P23"' not in page
    assert "取りやめました" in text(dropped)
    looked_late = JomcEntry.objects.get(pk=number)
    actions.note_look(machine(MONDAY + 9 * DAY), entry=number, address=PAGE, fault="HTTP 404")
    assert JomcEntry.objects.get(pk=number).failures == looked_late.failures
    assert tasks.look_at_jomc(MONDAY + 99 * DAY) == 0


def test_the_text_is_saved_as_a_file_in_each_language_and_in_no_other(enter: Enter) -> None:
    client = enter(Role.COUNSEL)
    saved = client.get("/desk/editions/jomc/text.ja.txt", secure=True)

    assert saved.content.decode().startswith("取引DPF法の法定指針に関する取組")
    assert "attachment" in saved["Content-Disposition"]
    assert client.get("/desk/editions/jomc/text.en.txt", secure=True).content.startswith(b"Measures under")
    assert client.get("/desk/editions/jomc/text.fr.txt", secure=True).status_code == 404
    assert client.get("/desk/editions/jomc/9/list/", secure=True).status_code == 404
    assert client.get("/desk/editions/jomc/9/other/", secure=True).status_code == 404


def test_who_decides_nothing_sends_and_lists_nothing_and_an_old_page_is_refused() -> None:
    number = sent()
    for verb in (
        lambda: sent(agent()),
        lambda: actions.list_jomc(agent(), entry=number, address=PAGE, changed_on=MONDAY.date()),
        lambda: actions.end_jomc(lead(), entry=999, reason="ない"),
    ):
        with pytest.raises(jomc.NoSuchJomcEntry):
            verb()
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.drop_jomc(lead(), entry=number, reason="古い画面", version=7)
    assert "JOMCに文を送った" in refused.value.sentence.ja
    actions.list_jomc(lead(MONDAY + DAY), entry=number, address=PAGE, changed_on=MONDAY.date())
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.end_jomc(lead(MONDAY + DAY), entry=number, reason="古い画面", version=0)
    assert "JOMCのページへの掲載を記録した" in refused.value.sentence.ja
