"""`mamori examine` finds nothing wrong with a receiver as the guide writes it, and each fault in one that has it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mamori.grammar.text import Text
from mamori.site.sandbox.examining import PAGE, RECALLED, REDIRECTED, TRIALS, NobodyAnswers, Times, examine

SECRET = "whsec_" + base64.b64encode(b"the secret of the shop's door").decode()


class Door:
    """A receiver as the guide writes it, with the fault that it is given."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault
        self.seen: set[str] = set()
        self.known: set[str] = set()

    def takes(self, headers: dict[str, str], body: bytes) -> int:
        """Return the status that is answered."""
        signed_at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        fresh = abs(datetime.now(UTC) - signed_at) <= timedelta(minutes=5)
        if not self._is_signed(headers, body) and self.fault != "forged":
            return 401
        if not fresh and self.fault not in ("stale", "forged"):
            return 401
        told = json.loads(body)
        ref, again = told["data"]["instruction"], headers["webhook-id"] in self.seen
        is_recall = told["type"] == RECALLED
        happened = datetime.fromisoformat(told["timestamp"])
        wrong = {
            "twice": again,
            "late": (datetime.now(UTC) - happened).days >= 2,
            "order": is_recall and ref not in self.known,
            "recall": is_recall,
        }
        self.seen.add(headers["webhook-id"])
        self.known.add(ref)
        return 409 if wrong.get(self.fault) else 204

    def _is_signed(self, headers: dict[str, str], body: bytes) -> bool:
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        mac = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return (
            f"v1,{mac}" in headers.get("webhook-signature", f"v1,{mac}" * (self.fault == "unsigned")).split()
        )


@contextmanager
def opened(takes: Callable[[dict[str, str], bytes], int | tuple[int, bytes]]) -> Iterator[str]:
    """Serve a receiver and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = takes({name.lower(): value for name, value in self.headers.items()}, body)
            status, page = answer if isinstance(answer, tuple) else (answer, b"")
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/hooks"
        server.shutdown()


def failed(takes: Callable[[dict[str, str], bytes], int]) -> set[str]:
    """Return the trials that a receiver fails."""
    with opened(takes) as url:
        return {one.trial.code for one in examine(url, SECRET, at=datetime.now(UTC)) if one.wrong}


def test_a_good_receiver_passes_each_trial() -> None:
    assert failed(Door().takes) == set()


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("forged", {"forged", "unsigned", "altered", "stale"}),
        ("unsigned", {"unsigned"}),
        ("stale", {"stale"}),
        ("twice", {"twice"}),
        ("late", {"late"}),
        ("order", {"order"}),
        ("recall", {"recall", "order"}),
    ],
)
def test_each_fault_is_found_and_said(fault: str, found: set[str]) -> None:
    assert failed(Door(fault).takes) == found


def test_a_receiver_that_refuses_all_takes_nothing_that_it_should_take() -> None:
    assert failed(lambda *_: 401) == {one.code for one in TRIALS if one.is_taken}


def test_a_receiver_that_breaks_passes_nothing() -> None:
    assert failed(lambda *_: 500) == {one.code for one in TRIALS}


def test_a_receiver_that_is_not_there_is_said_once() -> None:
    with opened(Door().takes) as url:
        pass

    with pytest.raises(NobodyAnswers, match=r"Nobody answers at http://127\.0\.0\.1"):
        list(examine(url, SECRET, at=datetime.now(UTC)))


@pytest.mark.parametrize(
    ("takes", "said"), [(lambda *_: 302, REDIRECTED), (lambda *_: (200, b"<!doctype html><p>Hello"), PAGE)]
)
def test_a_redirect_and_a_page_are_called_by_their_names(takes: Callable[..., Any], said: Text) -> None:
    with opened(takes) as url:
        found = {one.trial.code: one.wrong for one in examine(url, SECRET, at=datetime.now(UTC))}

    assert {found[one.code] for one in TRIALS if one.is_taken} == {said}


def test_each_trial_has_an_order_of_its_own_by_which_one_sees_how_often_it_was_done() -> None:
    orders: dict[str, int] = {}
    good = Door()

    def twice(headers: dict[str, str], body: bytes) -> int:
        answered = good.takes(headers, body)
        told = json.loads(body)
        if answered == 204 and told["type"] != RECALLED:
            orders[told["data"]["order_ref"]] = orders.get(told["data"]["order_ref"], 0) + 1
        return answered

    assert failed(twice) == set()
    wrongly = {one.order for one in TRIALS if orders.get(one.order, 0) > (one.done is not Times.NEVER)}
    assert wrongly == {"O-EXAMINE-twice", "O-EXAMINE-order"}
    assert orders.keys() >= {one.order for one in TRIALS if one.done is Times.ONCE}


@pytest.mark.processes
@pytest.mark.parametrize(
    ("fault", "code", "said"), [("", 0, "0 of 9 failed"), ("twice", 1, "Answer 2xx then, too")]
)
def test_the_command_says_what_failed_and_ends_with_it(
    tmp_path: Path, fault: str, code: int, said: str
) -> None:
    with opened(Door(fault).takes) as url:
        words = [sys.executable, "-m", "mamori.site", "--lang", "en", "examine", url]
        env = os.environ | {"MAMORI_HOME": str(tmp_path), "MAMORI_WEBHOOK_SECRET": SECRET}
        done = subprocess.run(words, capture_output=True, text=True, env=env, check=False)

    assert done.returncode == code, done.stderr
    assert said in done.stdout
    assert "Done once: O-EXAMINE-good, O-EXAMINE-twice, O-EXAMINE-late\n" in done.stdout
