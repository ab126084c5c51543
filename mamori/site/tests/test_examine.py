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

import pytest

from mamori.site.sandbox.examining import RECALLED, TRIALS, examine

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
        return f"v1,{mac}" in headers["webhook-signature"].split()


@contextmanager
def opened(takes: Callable[[dict[str, str], bytes], int]) -> Iterator[str]:
    """Serve a receiver and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(takes({name.lower(): value for name, value in self.headers.items()}, body))
            self.end_headers()

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
        ("forged", {"forged", "stale"}),
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


def test_a_receiver_that_is_not_there_passes_nothing() -> None:
    with opened(Door().takes) as url:
        pass

    assert all(one.wrong for one in examine(url, SECRET, at=datetime.now(UTC)))


@pytest.mark.processes
@pytest.mark.parametrize(
    ("fault", "code", "said"), [("", 0, "0 of 7 failed"), ("twice", 1, "Answer 2xx then, too")]
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
