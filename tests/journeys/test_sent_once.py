"""The same form sent many times at once, over real connections to a real server: one effect, and everybody is led on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.browser import PATIENCE, House, _await, stage
from tests.ports import free_port
from trials.scratch import scratch

pytestmark = pytest.mark.processes

ENGINE = "postgres" if os.environ.get("MAMORI_DATABASE_URL", "").startswith("postgres") else "sqlite"
CALLER = {"amount": "8000", "phone": "1234"}
"""What the buyer answers on the telephone."""
TIMES = 6  # 5 questions and 4 rushes stay within what one visitor may send in a minute
ROOT = Path(__file__).parents[2]


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: where an answer leads is what we ask."""

    def redirect_request(self, *_: object) -> None:
        """Stay."""


OPENER = urllib.request.build_opener(Stay)


class Caller:
    """Somebody with cookies who sends forms."""

    def __init__(self, house: House, guest: str = "buyer=buyer:B-1") -> None:
        self.origin = house.origin
        self.cookies = {cookie["name"]: cookie["value"] for cookie in house.cookies(guest)}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, where it leads and the page."""
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = urllib.request.Request(self.origin + path, data, {"cookie": cookie, "origin": self.origin})
        try:
            answer = OPENER.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error  # type: ignore[assignment]  # it is an answer, too
        for header in answer.headers.get_all("set-cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("location", ""), answer.read().decode()

    def form(self, path: str) -> dict[str, str]:
        """Return the hidden fields of the last form of a page."""
        page = self.ask(path)[2]
        names = ("csrfmiddlewaretoken", "token", "shown")
        found = {name: re.findall(rf'name="{name}" value="([^"]+)"', page) for name in names}
        return {name: values[-1] for name, values in found.items() if values}

    def rush(self, path: str, form: dict[str, str]) -> list[tuple[int, str]]:
        """Send the form from many threads at one start."""
        return met([(self, path, form)] * TIMES)


def met(sent: list[tuple[Caller, str, dict[str, str]]]) -> list[tuple[int, str]]:
    """Send forms, each in a thread of its own, at one start; return status and where each answer leads."""
    start, told = threading.Barrier(len(sent)), []

    def send(caller: Caller, path: str, form: dict[str, str]) -> None:
        start.wait()
        told.append(caller.ask(path, form)[:2])

    threads = [threading.Thread(target=send, args=one) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@contextmanager
def served() -> Iterator[House]:
    """Serve the small marketplace on a database of its own."""
    with scratch(ENGINE) as (env, _):
        port = free_port()
        origin = f"http://localhost:{port}"
        env |= {
            "MAMORI_ORIGIN": origin,
            "DJANGO_SETTINGS_MODULE": "mamori.site.settings",
            "PYTHONPATH": str(ROOT),
        }
        log = Path(env["MAMORI_HOME"]) / "serve.log"
        with log.open("wb") as out, stage(env) as do:
            do("lay")
            server = subprocess.Popen(
                [sys.executable, "-m", "mamori.site", "serve", "--port", str(port), "--workers", "2"],
                cwd=ROOT,
                env=env,
                stdout=out,
                stderr=out,
            )
            try:
                _await(server, f"{origin}/health/live", log)
                yield House(Path(env["MAMORI_HOME"]), origin, env, do)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(PATIENCE)


def test_a_form_sent_many_times_at_once_has_one_effect() -> None:
    with served() as house:
        caller = Caller(house)
        for step, answer in (
            ("order", {"order": "O-1"}),
            ("topic", {"topic": "broken"}),
            ("harm", {"harm": "money"}),
            ("words", {"said": "割れていました"}),
            ("reading", {"may_read": "yes"}),
        ):
            caller.ask(f"/report/{step}/", caller.form(f"/report/{step}/") | answer)

        reported = caller.rush("/report/check/", caller.form("/report/check/"))
        number = reported[0][1].rstrip("/").rpartition("/")[2]
        path = f"/threads/{number}/"
        written = caller.rush(f"{path}write/", caller.form(path) | {"said": "写真を送ります"})
        nameless = caller.form(path) | {"said": "何度でも", "token": ""}
        caller.rush(f"{path}write/", nameless)  # the planted fault: forms that cannot be told apart
        page = caller.ask(path)[2]
        ended = caller.rush(f"{path}withdraw/", caller.form(f"{path}withdraw/"))

    assert set(reported) == {(302, f"/report/sent/{number}/")}
    assert set(written) == {(302, f"{path}?done=write")}
    assert page.count("写真を送ります") == page.count("割れていました") == 1
    assert page.count("何度でも") == TIMES, "they did not meet, so that nothing was proved"
    assert set(ended) == {(302, f"{path}?done=withdraw")}


def test_that_a_notice_is_settled_said_on_its_page_and_by_telephone_at_once_has_one_effect() -> None:
    with served() as house:
        buyer, agent = Caller(house), Caller(house, "agent")
        own = re.findall(r'href="(/notices/[0-9]{8}/)"', buyer.ask("/notices/")[2])[0]
        number = own.strip("/").rpartition("/")[2]
        call = agent.form("/desk/callers/") | {"number": number, "channel": "phone", **CALLER}
        passed = agent.ask("/desk/callers/", call)[1]
        heard = f"{passed}settled/?notice={number}"
        [text] = re.findall(r'name="text" value="([0-9a-f]{64})"', agent.ask(heard)[2])
        said = {"text": text, "read_back": "on", "step": "send"}
        sends = [(buyer, f"{own}settled/", buyer.form(f"{own}settled/")) for _ in range(TIMES)]
        sends += [(agent, heard, agent.form(heard) | said) for _ in range(TIMES)]

        told = met(sends)
        page = buyer.ask(own)[2]

    assert sorted(status for status, _ in told) == [302] + [409] * (2 * TIMES - 1)
    assert page.count("手続きが済んだと伝えられた") == 1
