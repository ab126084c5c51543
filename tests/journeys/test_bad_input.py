"""Bad input before a real server: a clear answer, nothing lost, nothing leaked, no fault.

What is proven where (here stands only what needs whole processes):

- a 100 MB upload: `site/tests/test_doorstep.py`, `site/tests/test_up.py` (API), `vault/tests/test_uploads.py`; its pages, its
  pieces of unknown number and what the house does next: here
- PNG and PDF bombs, zip, SVG: `vault/tests/test_rebuilding.py`, `test_taking.py`; through the form of a page: here
- path tricks in names: `vault/tests/test_sniffing.py`; through the form of a page: here
- a stranger with a guessed number: `contact/tests/test_buyer_pages.py`, `test_seller_pages.py`, `gateway/tests/test_threads.py`,
  `tests/permissions/`
- an expired, replayed or forged link: `people/tests/test_links.py`, `web/signing/tests/test_visitors.py`
- the same POST twice at once: `tests/journeys/test_sent_once.py` (pages), `trials/tests/test_idempotency.py` (API)
- another body under the same key: `gateway/tests/test_once.py`
- insults, 50,000 characters, bidirectional tricks, emoji, a word given twice, a buyer who is the seller, an order cancelled
  meanwhile, a shop that never confirms: `contact/tests/test_bad_input_pages.py`; both sides writing at once: here
- a wrong content type: `gateway/tests/test_bad_input.py` (API); pages: here
- 10,000 wrong codes: `people/tests/test_codes.py`, `python -m trials abuse`
- a disk that is full: `vault/tests/test_taking.py` (files); the database under a running house: here
- a database that is away: here
"""

from __future__ import annotations

import os
import re
import resource
import sqlite3
import threading
import time
import uuid
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from PIL import Image

from mamori.ground.vault.tests.conftest import png_that_claims
from mamori.ground.web.headers import HEADERS
from mamori.ground.web.signing import choices
from tests.journeys.browser import House
from tests.journeys.test_sent_once import Caller
from trials.harness import within
from trials.house import up
from trials.scratch import NoPostgres, binaries, scratch

pytestmark = pytest.mark.processes

LARGE = 100 * 2**20
FULL = 64 * 1024
"""So many bytes may a file have while the disk is full."""


@pytest.fixture(scope="module")
def buyer(open_house: House) -> Caller:
    """Let the buyer in."""
    return Caller(open_house)


@pytest.fixture(scope="module")
def thread(buyer: Caller) -> str:
    """Report a trouble and return the address of its conversation."""
    for step, answer in (
        ("order", {"order": "O-1"}),
        ("topic", {"topic": "broken"}),
        ("harm", {"harm": "money"}),
        ("words", {"said": "割れていました"}),
        ("reading", {"may_read": "yes"}),
    ):
        buyer.ask(f"/report/{step}/", buyer.form(f"/report/{step}/") | answer)
    _, sent, _ = buyer.ask("/report/check/", buyer.form("/report/check/"))
    return f"/threads/{sent.rstrip('/').rpartition('/')[2]}/"


def connected(house: House) -> HTTPConnection:
    """Open a connection."""
    return HTTPConnection("localhost", urlsplit(house.origin).port, timeout=60)


def clear(answer: HTTPResponse, *statuses: int) -> str:
    """Hold an answer to what every answer owes, and return what it says."""
    said = answer.read().decode()
    assert answer.status in statuses, said
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers.get("Content-Security-Policy")
    assert not re.search(r"Traceback|\.py\b|sqlite|psycopg", said)
    return said


def files(house: House) -> list[Path]:
    """Return what lies in the folder of files."""
    return sorted(path for path in (house.home / "files").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", ["/threads/1/write/", "/", "/api/v1/events"])
def test_a_hundred_megabytes_are_refused_and_the_house_goes_on(
    open_house: House, buyer: Caller, path: str
) -> None:
    connection = connected(open_house)
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(LARGE))
    connection.endheaders()

    said = clear(connection.getresponse(), 413)

    assert "MiB" in said
    assert buyer.ask("/threads/")[0] == 200


@pytest.mark.parametrize("path", ["/threads/1/write/", "/api/v1/events"])
def test_a_hundred_megabytes_in_pieces_are_refused_before_they_came(
    open_house: House, buyer: Caller, path: str
) -> None:
    connection = connected(open_house)
    connection.putrequest("POST", path)
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    sent = 0
    try:
        while sent < LARGE:
            connection.send(piece)
            sent += 0x10000
    except (BrokenPipeError, ConnectionResetError):
        pass  # it would not hear more of it
    try:
        clear(connection.getresponse(), 411, 413)
    except (ConnectionResetError, BrokenPipeError):
        assert sent < LARGE
    assert buyer.ask("/threads/")[0] == 200


def multipart(buyer: Caller, path: str, said: str, name: str, content: bytes) -> tuple[int, str]:
    """Send words with one file as a browser would; return the status and the page."""
    line = uuid.uuid4().hex
    fields = buyer.form(path) | {"said": said}
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{line}\r\nContent-Disposition: form-data; name="attached"; filename="{name}"\r\n\r\n'
    body = b"".join((*parts, head.encode(), content, f"\r\n--{line}--\r\n".encode()))
    connection = HTTPConnection("localhost", urlsplit(buyer.origin).port, timeout=60)
    cookie = "; ".join(f"{key}={value}" for key, value in buyer.cookies.items())
    headers = {
        "Cookie": cookie,
        "Origin": buyer.origin,
        "Content-Type": f"multipart/form-data; boundary={line}",
    }
    connection.request("POST", f"{path}write/", body, headers)
    answer = connection.getresponse()
    return answer.status, clear(answer, answer.status)


def zipped() -> bytes:
    """Return a zip that unpacks to 100 MB."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", b"\0" * LARGE)
    return packed.getvalue()


BAD_FILES = {
    "a png that claims 30,000 × 30,000": lambda: png_that_claims(30_000, 30_000),
    "a zip that unpacks to 100 MB": zipped,
    "a zip that calls itself a picture": lambda: b"\x89PNG\r\n\x1a\n" + zipped(),
    "an svg with a script": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    ),
    "nothing at all": lambda: b"",
    "a program": lambda: b"MZ" + bytes(4_096),
    "a picture that breaks off": lambda: png_that_claims(64, 64)[:40],
    "a pdf that is none": lambda: b"%PDF-1.7\n" + bytes(512),
    "an archive dressed as a document": lambda: b"PK\x03\x04" + b"word/document.xml" + bytes(64),
    "a page": lambda: b"<!doctype html><script>alert(1)</script>",
}


@pytest.mark.parametrize("bad", BAD_FILES)
def test_a_bad_file_stops_the_words_with_a_reason_and_leaves_nothing(
    open_house: House, buyer: Caller, thread: str, bad: str
) -> None:
    before, said = files(open_house), f"これを見てください {bad}"

    status, page = multipart(buyer, thread, said, "写真.png", BAD_FILES[bad]())

    if status == 302:  # markup is shown as the plain text that it is
        assert bad in {"a page", "an svg with a script"}
        assert "<script>alert(1)" not in buyer.ask(thread)[2]
    else:
        assert 400 <= status < 500
        assert said in page  # what was typed is given back
        assert said not in buyer.ask(thread)[2]
        assert files(open_house) == before


@pytest.mark.parametrize(
    "name", ["../../../tmp/mamori-bad-input.png", "C:\\\\x\\\\mamori-bad-input.png", "/mamori-bad-input.png",
             "mamori-bad-input\u202egnp.exe.png", "mamori-bad-input" + "x" * 5_000 + ".png", "..", "<img src=x onerror=1>.png"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_a_name_and_no_way(
    open_house: House, buyer: Caller, thread: str, name: str
) -> None:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    before = files(open_house)

    status, _ = multipart(buyer, thread, "写真です", name, picture.getvalue())

    page = buyer.ask(thread)[2]
    assert status in (302, 400, 422)
    assert not [path for path in set(files(open_house)) - set(before) if "mamori" in path.name]
    assert not Path("/tmp/mamori-bad-input.png").exists()
    assert not Path("/mamori-bad-input.png").exists()
    assert "../../" not in page.partition("<main")[2].replace("../../../static", "")
    assert "\u202e" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "x"]
)
def test_a_form_of_another_kind_is_refused_and_nothing_is_written(
    open_house: House, buyer: Caller, thread: str, kind: str
) -> None:
    connection = connected(open_house)
    cookie = "; ".join(f"{key}={value}" for key, value in buyer.cookies.items())
    headers = {"Cookie": cookie, "Origin": buyer.origin, "Content-Type": kind}
    connection.request("POST", f"{thread}write/", b'{"said": "another kind"}', headers)

    clear(connection.getresponse(), 400, 403, 415, 422)

    assert "another kind" not in buyer.ask(thread)[2]


def test_both_sides_writing_at_once_are_each_heard_once_and_in_one_order(
    open_house: House, buyer: Caller, thread: str
) -> None:
    seller, start = Caller(open_house, "seller=seller:S-1"), threading.Barrier(6)
    letters = [
        (caller, f"{base}{deed}", caller.form(base) | {"said": f"{side} {turn} 同時に"})
        for caller, side, base, deed in (
            (buyer, "買", thread, "write/"),
            (seller, "売", f"/seller{thread}", "answer/"),
        )
        for turn in range(3)
    ]

    def write(letter: tuple[Caller, str, dict[str, str]]) -> int:
        caller, path, form = letter
        start.wait()
        return caller.ask(path, form)[0]

    with ThreadPoolExecutor(len(letters)) as both:
        statuses = list(both.map(write, letters))

    pages = [caller.ask(path)[2] for caller, path in ((buyer, thread), (seller, f"/seller{thread}"))]
    orders = [re.findall(r"<bdi>([買売] \d 同時に)</bdi>", page) for page in pages]
    numbers = [re.findall(r'id="m(\d+)"', page) for page in pages]
    assert statuses == [302] * 6
    assert sorted(orders[0]) == sorted(form["said"] for _, _, form in letters)
    assert orders[0] == orders[1]
    assert numbers[0] == numbers[1] == [str(n) for n in range(1, len(numbers[0]) + 1)]


def _processes() -> list[int]:
    """Return the processes that serve: what this test has started, and what that has started."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(
                path.read_text("utf-8", "replace").rpartition(")")[2].split()[1]
            )
        except OSError:
            continue  # it has just ended
    found = [os.getpid()]
    for one in found:
        found += [pid for pid, parent in parents.items() if parent == one]
    return found[1:]


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no process of the house write beyond the first few kilobytes of any file."""
    former = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in _processes()}
    assert former
    for pid, (_, hard) in former.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (FULL, hard))
    try:
        yield
    finally:
        for pid, limit in former.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)


def test_while_the_disk_is_full_one_is_asked_to_come_again_and_nothing_is_lost(
    open_house: House, buyer: Caller, thread: str
) -> None:
    buyer.ask(f"{thread}write/", buyer.form(thread) | {"said": "満杯の前"})
    form = buyer.form(thread) | {"said": "満杯の間" * 2_000}

    with full_disk():
        while_full = [send(buyer, f"{thread}write/", form) for _ in range(3)]
        read = buyer.ask(thread)
    after = buyer.ask(f"{thread}write/", form)
    page = buyer.ask(thread)[2]

    assert {status for status, _, _ in while_full} == {503}
    assert all(int(headers["Retry-After"]) > 0 for _, headers, _ in while_full)
    assert not any("Traceback" in said or "disk I/O" in said for _, _, said in while_full)
    assert read[0] == 200
    assert after[0] == 302
    assert page.count("満杯の前") == 1
    assert page.count("満杯の間" * 2_000) == 1  # the same form, sent again, arrived once
    [database] = open_house.home.glob("*.sqlite3")
    assert sqlite3.connect(database).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def send(buyer: Caller, path: str, form: dict[str, str]) -> tuple[int, HTTPMessage, str]:
    """Send a form and return status, headers and page."""
    connection = HTTPConnection("localhost", urlsplit(buyer.origin).port, timeout=60)
    cookie = "; ".join(f"{key}={value}" for key, value in buyer.cookies.items())
    headers = {"Cookie": cookie, "Origin": buyer.origin, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(form), headers)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def told(port: int, path: str, token: str = "") -> tuple[int, HTTPMessage, str]:
    """Ask for a page or an answer and return status, headers and words."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def test_while_the_database_is_away_pages_and_answers_ask_to_come_again_and_then_all_is_well() -> None:
    try:
        binaries()
    except NoPostgres:
        assert not os.environ.get("CI"), "CI has PostgreSQL"
        pytest.skip("no PostgreSQL: apt install postgresql")

    with scratch("postgres") as (env, cluster):
        assert cluster is not None
        token = within(env, "trials.rolling:keys")[0]
        asks = (("/threads/", ""), (f"/receipts/1-{'a' * 24}/", ""), ("/api/v1/cases", token))
        with up(env) as house:
            before = [told(house.port, path, key)[0] for path, key in asks]
            cluster.kill()
            away = [told(house.port, path, key) for path, key in asks for _ in range(3)]
            first = [told(house.port, "/") for _ in range(3)]  # each process may still know its two spans
            time.sleep(choices.FRESH.total_seconds())  # until then each still knows the operator's choices
            live = told(house.port, "/health/live")[0]
            cluster.start()
            until = time.monotonic() + 300
            while told(house.port, "/health/ready")[0] != 200 and time.monotonic() < until:
                time.sleep(0.1)
            after = [told(house.port, path, key)[0] for path, key in asks]

    assert before == after == [302, 404, 200]  # an outage is not told as a receipt that does not exist
    assert {status for status, _, _ in away} <= {302, 503}  # whom no visit names is led to the door
    assert {status for status, _, _ in away[3:]} == {503}
    assert {status for status, _, _ in first} <= {200, 503}
    assert all(int(headers["Retry-After"]) > 0 for status, headers, _ in away + first if status == 503)
    assert not any(re.search("Traceback|psycopg|OperationalError", said) for _, _, said in away + first)
    assert live == 200
