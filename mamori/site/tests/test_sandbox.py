"""A sandbox: its clock jumps and what falls due happens, its desk decides over the API, and no other house has any of it."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jwt
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from mamori.doors.gateway.api import built
from mamori.doors.gateway.keys import AUDIENCE
from mamori.doors.gateway.schema import document
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks, facts, sandbox
from mamori.ground.outbox import notices
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.post import actions as post
from mamori.ground.post.facts import Folder, read_folder, transport
from mamori.japan.calendar import JAPAN
from mamori.site import prepared
from mamori.site.checks import house as checks
from mamori.site.checks.finding import Level, examine
from mamori.site.demo import guests
from mamori.site.demo.guests import BUYER, Guests
from mamori.site.sandbox import endpoints, house, jumping

pytestmark = pytest.mark.django_db
LOG = "sandbox.mamori.invalid/log"
CASE = "/api/sandbox/decisions/cases/{number}/contact/{slug}"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Let the house find out anew what it is, with a folder of its own."""
    former = settings.HOME, settings.MAMORI_MAIL_FROM
    settings.HOME, settings.MAMORI_MAIL_FROM = tmp_path, "centre@mamori.invalid"
    sandbox.forget()
    yield tmp_path
    sandbox.forget()
    sandbox._KNOWN[:] = [False]
    settings.HOME, settings.MAMORI_MAIL_FROM = former


@pytest.fixture
def shop(home: Path) -> Shop:
    """Make a sandbox with its market and keys, as the command does."""
    at = datetime.now(UTC)
    clocks.mark_sandbox(at=at)
    actor = Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")
    house._tell(actor, home)
    return Shop(guests.invite(home, at=at))


class Shop:
    """The shop's software, which also moves the clock and decides."""

    def __init__(self, keys: Guests) -> None:
        self.keys, self.client = keys, Client()

    def call(
        self, method: str, path: str, told: Any = None, *, party: str = "", staff: str = ""
    ) -> HttpResponse:
        sent = {"Authorization": f"Bearer {self.keys.api_key}", "Idempotency-Key": uuid.uuid4().hex}
        if party:
            sent["Mamori-Party"] = self.signed(party, AUDIENCE)
        if staff:
            sent[endpoints.AS] = staff
        body = "" if told is None else json.dumps(told)
        return self.client.generic(method, path, body, content_type="application/json", headers=sent)

    def signed(self, who: str, audience: str, **more: str) -> str:
        now = int(time.time())
        told = {"sub": who, "aud": audience, "iat": now, "exp": now + 300, "jti": uuid.uuid4().hex, **more}
        return jwt.encode(told, self.keys.link_secret, algorithm="HS256", headers={"kid": self.keys.link_kid})

    def trouble(self) -> dict[str, Any]:
        told = {
            "order": "O-0001",
            "topic": "not_arrived",
            "harm": "money",
            "said": "まだ届きません。",
            "centre_may_read": True,
        }
        opened = self.call("POST", "/api/v1/threads", told, party=f"buyer:{BUYER}")
        assert opened.status_code == 201, opened.content
        return dict(opened.json())

    def forward(self, span: str) -> HttpResponse:
        return self.call("POST", "/api/sandbox/clock", {"forward": span})


def test_the_48_hours_pass_by_a_jump_and_what_they_end_happens(shop: Shop) -> None:
    thread = shop.trouble()

    done = shop.forward("48h")

    assert done.status_code == 200, done.content
    now = shop.call("GET", f"/api/v1/threads/{thread['id']}").json()
    assert datetime.fromisoformat(done.json()["now"]) >= datetime.fromisoformat(
        thread["trouble"]["resolution_due_at"]
    )
    assert now["trouble"]["mediation"], "the missed answer brought the centre in"
    assert now["trouble"]["state"] == "overdue"


def test_what_falls_due_on_the_way_happens_at_its_own_moment(shop: Shop) -> None:
    thread = shop.trouble()

    shop.forward("8d")

    [rung] = [one for one in facts.rung(_about(thread)) if one.kind == "contact.answer"]
    assert rung.done_at == rung.due_at


def _about(thread: dict[str, Any]) -> str:
    return f"contact.trouble:{thread['trouble']['id'].partition('_')[2]}"


def test_the_desk_decides_over_the_api_as_its_staff_do(shop: Shop) -> None:
    number = shop.trouble()["case"]
    shop.forward("48h")
    grant = CASE.format(number=number, slug="grant")

    asked = shop.call("GET", grant, staff="lead")
    empty = shop.call("POST", grant, {}, staff="lead")
    strange = shop.call("POST", grant, {"sum": 1}, staff="lead")
    made = shop.call("POST", grant, {"amount": 4980, "reason": "返事がなかった。"}, staff="lead")
    again = shop.call("POST", grant, {"amount": 4980, "reason": "返事がなかった。"}, staff="lead")

    assert {one["name"]: one["given"] for one in asked.json()["fields"]}["amount"] == 4980
    assert [(one["field"], one["code"]) for one in empty.json()["errors"]] == [("reason", "required")]
    assert [one["field"] for one in strange.json()["errors"]] == ["sum"]
    assert (made.status_code, made.json()["decided"]) == (200, "grant")
    assert again.status_code == 409
    [told] = shop.call("GET", "/api/v1/instructions").json()["items"]
    assert (told["what"], told["amount"]) == ("refund", 4980)


def test_what_cannot_be_decided_yet_is_refused_whether_it_is_asked_or_sent(shop: Shop) -> None:
    grant = CASE.format(number=shop.trouble()["case"], slug="grant")

    for told in (
        shop.call("GET", grant, staff="lead"),
        shop.call("POST", grant, {"amount": 4980, "reason": "返事がなかった。"}, staff="lead"),
    ):
        assert (told.status_code, told.json()["code"]) == (409, "sandbox.closed")
        assert "出品者の返事を待っている" in told.json()["detail"]


def test_a_jump_that_waited_for_another_begins_where_that_arrived(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(file: object, how: int) -> None:
        clocks.move(to=facts.now() + timedelta(hours=2))

    monkeypatch.setattr(jumping, "fcntl", SimpleNamespace(flock=other, LOCK_EX=2))

    assert shop.forward("2h24").status_code == 200

    assert facts.ahead() >= timedelta(hours=4)


@pytest.mark.parametrize("staff", ["", "reader", "buyer", "nobody"])
def test_only_staff_decide(shop: Shop, staff: str) -> None:
    shop.trouble()

    assert shop.call("GET", CASE.format(number="1", slug="grant"), staff=staff).status_code == 422


def test_only_what_is_declared_can_be_decided(shop: Shop) -> None:
    for where in ("settings", "people", "cases/1/contact/words", "../api/v1/cases"):
        answer = shop.call("POST", f"/api/sandbox/decisions/{where}", {}, staff="lead")
        assert answer.status_code == 404, where


def test_a_key_is_needed_that_may_tell_of_the_market(shop: Shop) -> None:
    actor = Actor(by="machine:test", role=Role.MACHINE, at=datetime.now(UTC), via="test")
    lesser = people.add_key(actor, name="lesser", scopes=[Scope.MARKET_READ]).secret

    without = Client().post("/api/sandbox/clock", "{}", content_type="application/json")
    less = Client().get("/api/sandbox/clock", headers={"Authorization": f"Bearer {lesser}"})

    assert (without.status_code, less.status_code) == (401, 403)
    assert facts.ahead() == timedelta()


@pytest.mark.parametrize(
    "told", [{"forward": "-1d"}, {"forward": "yesterday"}, {"forward": "500d"}, {"back": "1d"}, []]
)
def test_the_clock_goes_forward_only_and_by_a_span(shop: Shop, told: object) -> None:
    assert shop.call("POST", "/api/sandbox/clock", told).status_code in (400, 422)
    assert facts.ahead() == timedelta()


def test_who_comes_in_goes_by_the_real_clock(shop: Shop) -> None:
    staff = Client()
    staff.post(shop.keys.path(Role.LEAD))

    shop.forward("30d")

    assert staff.get("/desk/").status_code == 200
    link = Client().post(f"/in/{shop.signed(f'buyer:{BUYER}', settings.ORIGIN, to='/threads/')}")
    assert link.status_code == 302
    assert shop.call("GET", "/api/v1/cases").status_code == 200


@pytest.mark.parametrize(("lang", "said"), [("ja", "練習場です"), ("en", "This is a sandbox")])
def test_each_page_says_that_it_is_a_sandbox_and_what_time_it_is(shop: Shop, lang: str, said: str) -> None:
    shop.forward("8d")

    page = Client(headers={"Accept-Language": lang}).get("/").content.decode()

    assert said in page
    assert f"{facts.now().astimezone(JAPAN):%Y-%m-%dT}" in page


def test_the_page_moves_the_clock_and_shows_the_doors(shop: Shop) -> None:
    address = f"/sandbox/{shop.keys.word}/"

    page = Client().get(address)
    moved = Client().post(address, {"forward": "8d"})
    wrong = Client().post(address, {"forward": "soon"})

    assert f'action="{shop.keys.path(Role.LEAD)}"' in page.content.decode()
    assert (moved.status_code, wrong.status_code) == (302, 422)
    assert facts.ahead() >= timedelta(days=7)
    assert Client().get("/sandbox/another-word/").status_code == 404


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.DELEGATE])
def test_it_has_no_door_for_whom_it_does_not_have(shop: Shop, role: Role) -> None:
    assert Client().post(shop.keys.path(role)).status_code == 404
    assert Client().get(f"/demo/{shop.keys.word}/").status_code == 404


def test_no_mail_leaves_it_whatever_is_set(shop: Shop, home: Path) -> None:
    assert transport("smtp://mail.example.jp:587") == Folder(path=home / "mail")


def test_its_mail_is_shown_behind_its_word_alone(shop: Shop, home: Path, settings: Settings) -> None:
    settings.MAMORI_DEMO, settings.MAMORI_MAIL = True, "smtp://127.0.0.1:1"  # whatever is set
    notices.use(post.take)
    shop.trouble()
    shop.forward("48h")
    [first, *_] = read_folder(home / "mail")
    inbox = f"/sandbox/{shop.keys.word}/inbox/"

    listed = Client().get(inbox).content.decode()
    page = Client().get(f"{inbox}{first.name}/").content.decode()

    assert f'href="{first.name}/"' in listed
    assert Client().get(f"{inbox}{first.name}/html").status_code == 200
    assert 'href="../"' in page
    assert 'src="html"' in page
    assert 'href="inbox/"' in Client().get(f"/sandbox/{shop.keys.word}/").content.decode()
    for other in ("/inbox/", "/sandbox/another-word/inbox/"):
        for path in (other, f"{other}{first.name}/", f"{other}{first.name}/html"):
            assert Client().get(path).status_code == 404, path


def test_one_that_another_machine_could_reach_does_not_run(
    shop: Shop, home: Path, settings: Settings
) -> None:
    [here] = examine(checks.sandbox, facts.now())
    settings.ORIGIN, settings.IS_DEVELOPING = "https://help.example", False
    lost: list[Refusal] = []

    with pytest.raises(prepared.SandboxInTheOpen) as refused:
        prepared.claim()

    assert not prepared.renewed(lost.append), "nor one whose database was away when it began"
    assert [one.code for one in lost] == ["sandbox.in-the-open"]
    [found] = examine(checks.sandbox, facts.now())
    assert (here.level, found.level) == (Level.GOOD, Level.BROKEN)
    assert found.text == refused.value.sentence
    assert "https://help.example" in found.text.en


def test_another_house_has_none_of_it(home: Path) -> None:
    keys = guests.invite(
        home, at=datetime.now(UTC)
    )  # what opens a sandbox is planted, and nothing is there to open
    (home / house.ENV).write_text("MAMORI_URL=http://localhost:8000\n")
    other = Shop(keys)

    assert other.call("GET", "/api/v1/cases").status_code == 200, "the key is good"
    for method, path in (
        ("GET", "/api/sandbox/clock"),
        ("POST", "/api/sandbox/clock"),
        ("GET", "/api/sandbox/openapi.json"),
        ("POST", CASE.format(number="1", slug="grant")),
        ("GET", f"/sandbox/{keys.word}/"),
        ("GET", f"/sandbox/{keys.word}/inbox/"),
        ("POST", f"/sandbox/{keys.word}/"),
        ("POST", keys.path(Role.LEAD)),
        ("GET", "/inbox/"),
    ):
        assert other.call(method, path, {"forward": "8d"}, staff="lead").status_code == 404, path
    assert "sandbox" not in Client().get("/").content.decode()
    assert examine(checks.sandbox, facts.now()) == []
    assert facts.ahead() is None


def test_the_published_description_knows_nothing_of_it() -> None:
    assert "sandbox" not in json.dumps(document(built()))


def test_its_own_description_names_each_declared_decision(shop: Shop) -> None:
    told = Client().get("/api/sandbox/openapi.json").json()["paths"]

    assert "/api/sandbox/decisions/cases/{number}/contact/grant" in told
    assert any(path.endswith("/decide") or "findings" in path for path in told)
    [body] = told["/api/sandbox/decisions/cases/{number}/contact/refuse"]["post"]["requestBody"][
        "content"
    ].values()
    assert "reason" in body["schema"]["properties"]


# The command, in processes of its own.


def mamori(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAMORI_")}
    told = [sys.executable, "-m", "mamori.site", "--lang", "en", *words]
    return subprocess.run(
        told, capture_output=True, text=True, env=env | {"MAMORI_HOME": str(home)} | more, check=False
    )


@pytest.mark.processes
def test_a_clock_that_is_moved_before_there_is_one_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "sandbox"

    moved = mamori(home, "sandbox", "forward", "8d")

    assert moved.returncode == 2, moved
    assert "`mamori sandbox` makes one" in moved.stderr
    assert not home.exists()


@pytest.mark.processes
def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    home = tmp_path / "sandbox"

    first = mamori(home, "sandbox", "--no-serve", "--port", "0")
    keys = house.env_of(home)
    with ThreadPoolExecutor() as at_once:
        moves = [*at_once.map(lambda _: mamori(home, "sandbox", "forward", "2h24"), range(3))]
    second = mamori(home, "sandbox", "--no-serve", "--port", "0", "--webhook", "http://localhost:9999/in")
    opened = mamori(home, "up", "--port", "0", MAMORI_ORIGIN="https://help.example", MAMORI_LOG_ORIGIN=LOG)

    assert not any(one.returncode for one in (first, *moves, second)), (first, moves, second)
    with closing(sqlite3.connect(home / "mamori.sqlite3")) as rows:
        assert rows.execute("SELECT ahead >= 6 * 3600 FROM clocks_sandbox").fetchone() == (1,)
    assert stat.S_IMODE((home / house.ENV).stat().st_mode) == 0o600
    now = house.env_of(home)
    changed = {name for name in now if now[name] != keys[name]}
    assert changed <= {"url", "webhook_url"}
    assert now["webhook_url"] == "http://localhost:9999/in"
    assert keys["key"].startswith("mmr_")
    assert opened.returncode == 2, opened
    assert "sandbox.in-the-open" in opened.stderr


@pytest.mark.processes
def test_a_house_that_was_set_up_never_becomes_one(tmp_path: Path) -> None:
    assert mamori(tmp_path, "setup").returncode == 0

    taken = mamori(tmp_path, "sandbox", "--no-serve")
    (tmp_path / house.ENV).write_text("MAMORI_WEBHOOK_ENDPOINT=1\n")
    planted = mamori(tmp_path, "sandbox", "--no-serve")
    forward = mamori(tmp_path, "sandbox", "forward", "8d")

    assert (taken.returncode, planted.returncode, forward.returncode) == (2, 2, 2), (taken, planted, forward)
    assert "no sandbox" in forward.stderr
    assert (tmp_path / house.ENV).read_text() == "MAMORI_WEBHOOK_ENDPOINT=1\n"
