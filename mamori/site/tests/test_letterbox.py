"""The demo's inbox shows what was sent, to anybody, in a demo only; advertising is stopped without signing in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.lines import BuyerLine
from mamori.ground.outbox import actions as outbox, notices
from mamori.ground.post import actions, facts
from mamori.ground.post.audience import NotAskedFor, stop_page

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=NOON, via="test")

type Enter = Callable[..., Client]

NOTICE = Template(
    code="test.told",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("回答が届きました <script>", "An answer"),
    body=Text("受付番号 {number} <script>alert(1)</script>", "Case {number}"),
)
CODE = Template(
    code="people.code",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("確認コード", "Your code"),
    body=Text("コード {code}", "Code {code}"),
)
AD = Template(
    code="test.ad",
    kind=NoticeKind.ADVERTISING,
    title=Text("セールのご案内", "Our sale"),
    body=Text("受付番号 {number}", "Case {number}"),
)


@pytest.fixture(autouse=True)
def demo(settings: Settings, tmp_path: Path) -> None:
    settings.MAMORI_DEMO = True
    settings.MAMORI_MAIL = f"folder://{tmp_path / 'mail'}"
    settings.MAMORI_MAIL_FROM = "相談窓口（見本） <centre@mamori.invalid>"
    notices.use(actions.take)
    market.put_buyer(MACHINE, BuyerLine(ref="B-1", name="伊藤 修", mail="buyer-1@example.jp"))


def dump() -> str:
    """Return every row of every table as text."""
    with connection.cursor() as cursor:
        said = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [
                bytes(value).hex() + repr(bytes(value))
                if isinstance(value, bytes | memoryview)
                else repr(value)
                for row in cursor.fetchall()
                for value in row
            ]
    return "\n".join(said)


def tell(template: Template = NOTICE, secret: outbox.Secret | None = None) -> None:
    outbox.notify_numbered(
        to="buyer:B-1", template=template, values={"number": "12345678"}, about="x:1", at=NOON, secret=secret
    )
    actions.deliver(at=NOON)


def test_what_was_sent_is_listed_and_can_be_read_by_anybody(enter: Enter, tmp_path: Path) -> None:
    tell()
    [line] = facts.read_folder(tmp_path / "mail")

    listed = enter().get("/inbox/")
    shown = enter(Role.BUYER, "buyer:B-9").get(f"/inbox/{line.name}/")

    assert listed.status_code == shown.status_code == 200
    assert "buyer-1@example.jp" in listed.content.decode()
    assert "12345678" in shown.content.decode()
    for page in (listed, shown):
        assert "<script>alert" not in page.content.decode()


def test_html_is_shown_apart_where_it_can_run_and_fetch_nothing(enter: Enter, tmp_path: Path) -> None:
    tell()
    [line] = facts.read_folder(tmp_path / "mail")

    page = enter().get(f"/inbox/{line.name}/")
    frame = enter().get(f"/inbox/{line.name}/html")

    assert "sandbox" in page.content.decode()
    policy = frame["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script>alert" not in frame.content.decode()


def test_a_sign_in_code_is_found_in_the_inbox_and_nowhere_in_the_database(
    enter: Enter, tmp_path: Path
) -> None:
    secret = outbox.Secret(name="code", value="48151623", until=NOON + timedelta(minutes=10))
    outbox.notify_numbered(
        to="buyer:B-1", template=CODE, values={}, about="people.code:1", at=NOON, secret=secret
    )
    waiting = dump()
    actions.deliver(at=NOON)
    [line] = facts.read_folder(tmp_path / "mail")

    for rows in (waiting, dump()):
        assert "buyer:B-1" in rows
        assert "48151623" not in rows
        assert b"48151623".hex() not in rows
    assert "48151623" in enter().get(f"/inbox/{line.name}/").content.decode()


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fetc%2fpasswd", "20261124T030000Z-" + "0" * 32, "%00"])
def test_what_is_no_mail_is_not_there(enter: Enter, name: str) -> None:
    for page in (f"/inbox/{name}/", f"/inbox/{name}/html"):
        assert enter().get(page).status_code == 404


def test_there_is_no_inbox_where_mail_is_in_earnest(enter: Enter, settings: Settings, tmp_path: Path) -> None:
    tell()
    [line] = facts.read_folder(tmp_path / "mail")

    for demo, way in ((False, settings.MAMORI_MAIL), (True, "smtp://127.0.0.1:1"), (True, "")):
        settings.MAMORI_DEMO, settings.MAMORI_MAIL = demo, way
        for page in ("/inbox/", f"/inbox/{line.name}/", f"/inbox/{line.name}/html"):
            assert enter(Role.LEAD).get(page).status_code == 404


def test_advertising_goes_to_nobody_who_did_not_ask_for_it() -> None:
    with pytest.raises(NotAskedFor):
        tell(AD)

    assert facts.mails() == ()


def test_advertising_is_stopped_with_one_click_and_for_good(enter: Enter, tmp_path: Path) -> None:
    actions.opt_in(MACHINE, who="buyer:B-1", how="登録画面の「ご案内を受け取る」")
    assert not actions.opt_in(MACHINE, who="buyer:B-1", how="もう一度")
    tell(AD)
    [line] = facts.read_folder(tmp_path / "mail")
    received = facts.read_mail(tmp_path / "mail", line.name)
    assert received
    address = dict(received.headers)["List-Unsubscribe"].strip("<>")
    path = address.partition("://")[2].partition("/")[2]

    asked = Client(enforce_csrf_checks=True).get(f"/{path}")
    assert facts.has_asked("buyer:B-1")  # looking alone stops nothing
    stopped = Client(enforce_csrf_checks=True).post(f"/{path}", {"List-Unsubscribe": "One-Click"})

    assert (asked.status_code, stopped.status_code) == (200, 200)
    assert not facts.has_asked("buyer:B-1")
    assert [act.content["kind"] for act in ledger.acts_about("post.ads:buyer:B-1") if act.content] == [
        "post.opted_in",
        "post.opted_out",
    ]
    with pytest.raises(NotAskedFor):
        tell(AD)


def test_nobody_stops_anothers_mail_by_guessing(enter: Enter) -> None:
    actions.opt_in(MACHINE, who="buyer:B-1", how="登録画面")
    token = stop_page("buyer:B-1").rstrip("/").rpartition("/")[2]

    for guess in ("x", token[:-1] + ("a" if token[-1] != "a" else "b"), token.replace("B", "C")):
        if guess != token:
            assert enter().post(f"/stop/{guess}/").status_code == 404
    assert facts.has_asked("buyer:B-1")


def test_who_chose_english_is_written_to_in_english(tmp_path: Path) -> None:
    actions.choose_language(MACHINE, who="buyer:B-1", language="en")
    tell()

    [line] = facts.read_folder(tmp_path / "mail")
    assert line.subject == "An answer"
