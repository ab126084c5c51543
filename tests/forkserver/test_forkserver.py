"""A process that is forked answers as one that is started: words, environment, language, streams, exit codes and signals."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.forkserver import CLIENT
from trials.scratch import loaded, python

MAMORI = ("-m", "mamori.site")
TELL = """
import os, sys, time, random
from mamori.site.command import ready
ready()
from django.conf import settings
from django.db import connection
mask = os.umask(0)
print(sys.argv, sys.path, os.getcwd(), oct(mask), sys.stdin.read(), sys.stdout.encoding, __name__)
print(settings.HOME, settings.ORIGIN, settings.LOGGING["loggers"]["mamori"], connection.settings_dict["NAME"], time.tzname)
print({k: v for k, v in os.environ.items() if k not in ("_", "SHLVL")})
print([signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)])
print("told aloud: 声", file=sys.stderr)
""".replace("import os,", "import signal, os,")
"""What a process sees of its surroundings."""


def ends(words: list[str], **how: Any) -> tuple[int, str, str]:
    """Run the words to their end; return code and streams, without the places and moments that differ between any two."""
    done = subprocess.run(words, capture_output=True, text=True, check=False, **{"input": "", **how})
    return done.returncode, done.stdout, re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z?(\+00:00)?", "…", done.stderr)


def left(folder: Path) -> dict[str, int]:
    """Return what a process left in its folder, and take it away."""
    found = {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*")}
    shutil.rmtree(folder)
    folder.mkdir()
    return found


@pytest.mark.processes
@pytest.mark.parametrize(
    ("words", "more"),
    [
        ((*MAMORI, "clock", "2026-09-18T18:00+09:00", "48h"), {"MAMORI_LANG": "en"}),
        ((*MAMORI, "clock", "2026-09-18T18:00+09:00", "never"), {"MAMORI_LANG": "ja"}),
        ((*MAMORI, "--lang", "en", "check", "--help"), {}),
        ((*MAMORI, "check"), {"MAMORI_LOG_LEVEL": "loud", "LANG": "en_GB.UTF-8"}),
        ((*MAMORI, "staff", "list"), {"MAMORI_LANG": "en"}),
        ((*MAMORI, "no-such-command"), {}),
        (
            ("-c", TELL, "one", "二"),
            {"MAMORI_ORIGIN": "https://help.example.jp", "MAMORI_LOG_LEVEL": "warning"},
        ),
        (("-c", "import sys; sys.exit('told')"), {}),
        (("-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"), {}),
        (("-c", "import threading; threading.Thread(target=print, args=['late']).start()"), {}),
        (("-c", "import atexit; atexit.register(print, 'last'); raise SystemExit(300)"), {}),
        (
            (
                "-c",
                "import sqlite3; c = sqlite3.connect('a'); c.execute('PRAGMA journal_mode=WAL'); c.execute('CREATE TABLE a (b)')",
            ),
            {},
        ),
        (("-c", "import os; print(os.listdir()); open('b', 'w').write('x')"), {}),
        (("-c", "from mamori.ground.people.models import Account; print(Account.objects.count())"), {}),
    ],
)
def test_a_forked_process_answers_as_a_started_one(
    words: tuple[str, ...], more: dict[str, str], tmp_path: Path
) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith("MAMORI_")}
    env |= {"MAMORI_HOME": str(tmp_path / "home"), **more}
    how = {"env": env, "cwd": tmp_path, "umask": 0o027, "input": "given 与"}

    started, forked = ((*ends(run(*words), **how), left(tmp_path)) for run in (python, loaded))

    if "Traceback" in started[2]:  # through other frames
        started, forked = (
            (code, out, err.splitlines()[-1], files) for code, out, err, files in (started, forked)
        )
    assert forked == started


IS_LOADED = "import sys; print('mamori.site.urls' in sys.modules)"


def is_loaded(**how: Any) -> str:
    """Ask a process whether it was forked."""
    return ends(loaded("-c", IS_LOADED), **how)[1].strip()


@pytest.mark.processes
def test_a_process_is_forked_unless_python_or_the_loader_are_told_something_else(tmp_path: Path) -> None:
    (tmp_path / "mamori").mkdir()

    assert is_loaded() == "True"
    for more in ({"PYTHONHASHSEED": "1"}, {"FAKETIME": "+9d"}, {"DJANGO_SETTINGS_MODULE": "no.such"}):
        assert is_loaded(env=os.environ | more) == "False"
    assert is_loaded(cwd=tmp_path) == "False"  # a house of other code
    assert is_loaded(env=os.environ | {"PYTHONPATH": str(tmp_path)}) == "False"


@pytest.mark.processes
def test_without_a_server_python_is_started(tmp_path: Path) -> None:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "socket"))
    words = [sys.executable, "-I", "-S", str(CLIENT), str(tmp_path), str(os.getpid()), "-c", IS_LOADED]

    assert ends(words) == (0, "False\n", "")  # nobody listens any more

    listening.listen()
    asking = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    listening.accept()[0].close()  # and one that goes away before it forks
    assert asking.communicate() == ("False\n", None)


WAIT = """
import os, signal, sys, time
if sys.argv[1] == "handled":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
print(os.getpid(), flush=True)
time.sleep(600)
"""


@pytest.mark.processes
@pytest.mark.parametrize(
    ("how", "number", "code"),
    [
        ("plain", signal.SIGTERM, -signal.SIGTERM),
        ("handled", signal.SIGTERM, 7),
        ("plain", signal.SIGINT, -signal.SIGINT),
        ("plain", signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_a_signal_reaches_the_process_and_how_it_ended_is_told(
    how: str, number: signal.Signals, code: int
) -> None:
    one, other = (
        subprocess.Popen(
            loaded("-c", WAIT, how), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for _ in range(2)
    )
    try:
        pid, remaining = (int(process.stdout.readline()) for process in (one, other) if process.stdout)
        one.send_signal(number)
        ended = one.wait(60)
        one.communicate(timeout=60)  # ends when nobody holds the stream any more

        assert ended == code
        assert is_alive(remaining)
        until = time.monotonic() + 60
        while is_alive(pid):  # who was killed by us is killed by the server a moment later
            assert time.monotonic() < until
            time.sleep(0.01)
    finally:
        other.kill()
        other.communicate(timeout=60)


def is_alive(pid: int) -> bool:
    """Say whether a process runs: a dead one may still wait for its parent to hear of it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.processes
def test_nothing_of_one_process_is_seen_by_the_next() -> None:
    change = "import random, os, sys; sys.modules['planted'] = sys; os.environ['PLANTED'] = '1'; print(random.random())"
    look = "import random, os, sys; print('planted' in sys.modules, 'PLANTED' in os.environ, random.random())"

    drawn = {ends(loaded("-c", change))[1] for _ in range(3)}

    assert len(drawn) == 3
    assert ends(loaded("-c", look))[1].startswith("False False")
