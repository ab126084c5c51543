"""The house as real processes: it starts in order, says how it does, is renewed and stopped without a lost request."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from mamori.site import claiming
from trials.harness import within
from trials.house import Ask, Crowd, Reply, Up, Visitor, reasons, up
from trials.rolling import asks
from trials.scratch import python, scratch

pytestmark = pytest.mark.processes
PATIENCE = 300.0


@pytest.fixture(scope="module")
def env() -> Iterator[dict[str, str]]:
    """Set a house up that all tests of this file use, one after the other."""
    with scratch("sqlite") as (found, _):
        yield found


@pytest.fixture(scope="module")
def other() -> Iterator[dict[str, str]]:
    """Set another one up, for tests that start their own: one house runs once."""
    with scratch("sqlite") as (found, _):
        yield found


@pytest.fixture(scope="module")
def house(env: dict[str, str]) -> Iterator[Up]:
    """Run it."""
    with up(env, "--body-limit", "1") as running:
        yield running


def mamori(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the house."""
    return subprocess.run(
        python("-m", "mamori.site", *words),
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def until(happened: Callable[[], bool]) -> None:
    """Wait until it has happened, however busy the machine is."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def open_to(house: Up) -> HTTPConnection:
    """Open a connection."""
    return HTTPConnection("127.0.0.1", house.port, timeout=PATIENCE)


def test_the_worker_starts_before_the_pages_and_all_of_it_is_ready(house: Up) -> None:
    started = [line["name"] for line in house.told("started")]
    status, body = house.get("/health/ready")

    assert started[:2] == ["worker", "web"]
    assert (status, json.loads(body)["ready"]) == (200, True), body
    assert house.get("/health/live") == (200, "alive\n")
    assert house.get("/")[0] == 200


def test_files_of_pages_are_collected_under_names_that_may_be_kept(house: Up) -> None:
    page = house.get("/")[1]
    name = page.partition('href="/static/web/house.')[2].partition('"')[0]
    connection = open_to(house)
    connection.request("GET", f"/static/web/house.{name}")
    answer = connection.getresponse()
    answer.read()

    assert len(name) > 12
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_figures_of_all_processes_are_counted_together_and_shown_to_this_machine_only(house: Up) -> None:
    for _ in range(40):
        assert house.get("/health/live")[0] == 200
    seen = [house.get("/metrics")[1] for _ in range(6)]

    wanted = 'mamori_requests_total{method="GET",route="health-live",status="200"}'
    counts = [
        float(line.rpartition(" ")[2])
        for text in seen
        for line in text.splitlines()
        if line.startswith(wanted)
    ]
    connection = open_to(house)
    connection.request("GET", "/metrics", headers={"X-Forwarded-For": "203.0.113.9"})

    assert len(counts) == 6
    assert min(counts) == max(counts) >= 40  # whichever process answers
    assert "mamori_worker_beat_age_seconds{" in seen[0]
    assert 'mamori_open{kind="log"}' in seen[0]
    assert connection.getresponse().status == 403


def test_a_body_that_is_too_large_is_refused_at_once(house: Up) -> None:
    connection = open_to(house)
    connection.putrequest("POST", "/api/v1/events")
    connection.putheader("Content-Length", str(100 * 2**20))
    connection.endheaders()

    answer = connection.getresponse()

    assert answer.status == 413
    assert "1 MiB" in answer.read().decode()


def test_a_host_that_is_not_ours_is_refused(house: Up) -> None:
    connection = open_to(house)
    connection.request("GET", "/", headers={"Host": "evil.example"})

    assert connection.getresponse().status == 400


def test_the_house_is_renewed_under_load_and_no_request_fails(house: Up) -> None:
    before = {name: house.program(name) for name in ("web", "worker")}
    crowd = Crowd(house.port, lambda n: Ask(path=("/", "/health/live")[n % 2]), visitors=8, rate=40)
    crowd.start()
    until(lambda: len(crowd.replies) > 40)
    house.renew()
    during = len(crowd.replies)
    until(lambda: len(crowd.replies) > during + 40)
    replies = crowd.end()

    assert len(replies) > 80
    assert reasons(replies) == {}
    assert all(house.program(name) != pid for name, pid in before.items())


def test_a_program_that_is_killed_is_started_again(house: Up) -> None:
    started = len(house.told("started"))
    house.kill("worker")
    house.wait_for("started", started + 1)
    house.kill("web")
    house.wait_for("started", started + 2)

    until(lambda: house.get("/health/ready")[0] == 200)
    assert house.process.poll() is None


def test_a_request_that_is_being_sent_when_the_house_stops_is_answered(other: dict[str, str]) -> None:
    with up(other) as house:
        connection = open_to(house)
        connection.putrequest("PUT", "/api/v1/buyers/B-1")
        connection.putheader("Content-Length", "2")
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Expect", "100-continue")
        connection.endheaders()
        assert connection.sock.recv(100).startswith(b"HTTP/1.1 100")  # the body is being waited for
        connection.send(b"{")
        house.process.send_signal(signal.SIGTERM)
        until(lambda: any("Shutting down granian" in line for line in house.lines))
        time.sleep(1)
        connection.send(b"}")
        answer = connection.getresponse()
        code = house.stop()

    assert answer.status == 401
    assert code == 0
    order = [line for line in house.lines if "Shutting down granian" in line or '"stopped"' in line]
    assert len(order) == 2


def test_a_disk_that_takes_nothing_more_is_told_and_mended_without_a_restart(other: dict[str, str]) -> None:
    tokens = within(other, "trials.rolling:keys")
    ask = asks(tokens, "full")
    with up(other, "--workers", "1") as house:
        before = [reply.status for reply in _asked(house, ask, 5)]
        pids = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if _is_of(path, house)]
        _limit(pids, 4096)  # no file may grow beyond: as on a full disk, every write fails
        during = _asked(house, ask, 20)
        reading = house.get("/")[0]
        _limit(pids, resource.RLIM_INFINITY)
        after = [reply.status for reply in _asked(house, ask, 5)]

    written = [reply for reply in during if "/buyers/" in reply.path]
    assert set(before) == set(after) == {200, 201}
    assert len(written) == 4
    assert {reply.status for reply in written} == {503}
    assert all(reply.headers.get("Retry-After") for reply in written)
    assert reading == 200
    assert {reply.status for reply in during} <= {200, 503}


def _asked(house: Up, ask: Callable[[int], Ask], count: int) -> list[Reply]:
    visitor = Visitor(house.port, keeps=False)
    first = time.time_ns() // 1_000_000 * 5
    return [visitor.ask(number, ask(first + number)) for number in range(count)]


def _is_of(path: Path, house: Up) -> bool:
    """Say whether a process belongs to the pages of the house: each program is a session of its own."""
    try:
        words = path.read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return int(words[3]) == house.program("web")


def _limit(pids: list[int], most: int) -> None:
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def test_a_unix_socket_serves_too_and_is_gone_afterwards(other: dict[str, str], tmp_path: Path) -> None:
    place = tmp_path / "house.sock"
    with up(other, "--unix", str(place)) as house:
        mode = stat.S_IMODE(place.stat().st_mode)
        asked = socket.socket(socket.AF_UNIX)
        asked.connect(str(place))
        asked.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b""
        while part := asked.recv(4096):
            answer += part
        code = house.stop()

    assert answer.startswith(b"HTTP/1.1 200")
    assert mode == 0o660
    assert code == 0
    assert not place.exists()


def test_nothing_is_served_from_tables_that_are_not_prepared(env: dict[str, str], tmp_path: Path) -> None:
    bare = {**env, "MAMORI_HOME": str(tmp_path), "MAMORI_LANG": "en"}
    shutil.copytree(env["MAMORI_KEYS"], tmp_path / "keys")
    bare |= {"MAMORI_KEYS": str(tmp_path / "keys"), "MAMORI_LOG": str(tmp_path / "log")}

    alone = mamori(bare, "serve", "--port", "0")
    house = Up(bare)
    code = house.process.wait(timeout=PATIENCE)
    house.stop()

    assert alone.returncode == 2
    assert "The database is not prepared" in alone.stderr
    assert code == 2
    assert any("Run `mamori setup`" in line for line in house.lines)
    assert any("giving up" in line for line in house.lines)


def test_without_a_signing_key_nothing_is_served(env: dict[str, str], tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    shutil.copytree(env["MAMORI_KEYS"], keys)
    (keys / "signing.key").unlink()

    told = mamori({**env, "MAMORI_KEYS": str(keys), "MAMORI_LANG": "en"}, "serve", "--port", "0")

    assert told.returncode == 2
    assert "There is no signing key" in told.stderr


def test_an_address_that_is_taken_is_named(other: dict[str, str], house: Up) -> None:
    told = mamori({**other, "MAMORI_LANG": "en"}, "up", "--port", str(house.port))

    assert told.returncode == 2
    assert f"127.0.0.1:{house.port}" in told.stderr


def test_a_house_that_runs_is_not_run_twice(env: dict[str, str], house: Up) -> None:
    told = mamori({**env, "MAMORI_LANG": "en"}, "up", "--port", "0")

    assert told.returncode == 2
    assert "runs already" in told.stderr
    assert house.get("/")[0] == 200


def test_a_figure_that_cannot_be_kept_costs_nobody_their_page(env: dict[str, str], house: Up) -> None:
    shutil.rmtree(claiming.counts_folder(Path(env["MAMORI_HOME"]), house.process.pid))
    connection = open_to(house)
    connection.request("DELETE", "/in/")  # never asked before: its figure is new

    assert connection.getresponse().status == 405
    assert house.get("/")[0] == 200


def test_a_program_that_dies_again_and_again_ends_the_house_with_a_code(env: dict[str, str]) -> None:
    script = (
        "import os, sys\n"
        "from mamori.site import supervisor\n"
        "from mamori.site.supervisor import Program\n"
        "supervisor.FIRST_PAUSE = 0.05\n"
        "worker = Program(name='worker', words=('work',))\n"
        "sys.exit(supervisor.Supervisor([worker], listening=None, words={}, env=os.environ, limit=5).run())\n"
    )
    broken = {**env, "DJANGO_SETTINGS_MODULE": "no.such.settings"}

    told = subprocess.run(
        python("-c", script), env=broken, capture_output=True, text=True, check=False, timeout=PATIENCE
    )

    assert told.returncode == 1
    assert told.stderr.count("a program died; it is started again") == 4
    assert "dies again and again; giving up" in told.stderr


def test_a_passphrase_is_asked_for_once_and_lent_to_every_program(tmp_path: Path) -> None:
    home = {**os.environ, "MAMORI_HOME": str(tmp_path), "MAMORI_DATABASE_URL": "", "MAMORI_LANG": "en"}
    home |= {"MAMORI_KEY_PROFILE": "passphrase", "CREDENTIALS_DIRECTORY": str(tmp_path / "credentials")}
    place = tmp_path / "credentials" / "mamori-passphrase"
    place.parent.mkdir()
    place.write_text("five words that nobody guesses")
    assert mamori(home, "setup").returncode == 0
    place.unlink()
    reading, writing = os.pipe()
    os.write(writing, b"five words that nobody guesses\n")
    os.close(writing)

    house = Up({**home, "MAMORI_PASSPHRASE_FD": str(reading)}, fds=(reading,))
    os.close(reading)
    house.wait_for("all programs run")
    house.renew()
    status, told = house.get("/health/ready")
    code = house.stop()

    assert (status, code) == (200, 0), told
    assert not any("five words" in line for line in house.lines)


LIGHT = """
import sys
from mamori.site.command import main
from mamori.site.supervisor import Supervisor
Supervisor.run = lambda self, **_: print({name.partition(".")[0] for name in sys.modules} & {"django", "cryptography"})
sys.argv = ["mamori", "up", "--port", "0"]
main()
"""


@pytest.mark.parametrize("profile", ["file", "passphrase"])
def test_the_supervisor_stays_light_as_it_stays_long(profile: str, tmp_path: Path) -> None:
    env = {**os.environ, "MAMORI_HOME": str(tmp_path), "MAMORI_DATABASE_URL": "", "MAMORI_LANG": "en"}
    env |= {"MAMORI_KEY_PROFILE": profile, "CREDENTIALS_DIRECTORY": str(tmp_path)}
    (tmp_path / "mamori-passphrase").write_text("five words that nobody guesses")
    if profile == "passphrase":
        assert mamori(env, "setup").returncode == 0

    told = subprocess.run(python("-c", LIGHT), env=env, capture_output=True, text=True, check=False)

    assert told.stdout == "set()\n", told.stderr
    assert told.returncode == 0


def test_without_the_right_passphrase_no_program_starts(tmp_path: Path) -> None:
    env = {**os.environ, "MAMORI_HOME": str(tmp_path), "MAMORI_DATABASE_URL": "", "MAMORI_LANG": "en"}
    env |= {"MAMORI_KEY_PROFILE": "passphrase", "CREDENTIALS_DIRECTORY": str(tmp_path)}
    place = tmp_path / "mamori-passphrase"
    place.write_text("five words that nobody guesses")
    assert mamori(env, "setup").returncode == 0

    place.write_text("other words that nobody guesses")
    wrong = mamori(env, "up", "--port", "0")
    place.unlink()
    absent = mamori({**env, "MAMORI_LANG": "ja"}, "--lang", "en", "up", "--port", "0")

    assert (wrong.returncode, absent.returncode) == (2, 2)
    assert wrong.stderr.count("The passphrase is not the right one") == 1
    assert absent.stderr.count("There is no passphrase") == 1
    assert "started" not in wrong.stderr + absent.stderr


def test_when_the_supervisor_is_killed_its_programs_end_too(other: dict[str, str]) -> None:
    house = Up(other)
    house.wait_for("all programs run")
    programs = [house.program(name) for name in ("worker", "web")]
    house.process.kill()
    house.process.wait()

    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in programs))
    house.stop()
