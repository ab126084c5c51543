"""Stands for a Python that is started anew: asks the fork server for a process that runs these words, and ends as that one ends.

    python -I -S client.py PLACE OWNER -m mamori.site check

The first who asks starts the server.  Where it cannot stand in (it is gone, or the environment asks Python or the loader for
something else) Python is started in truth, so that whoever calls need not know.
"""

import contextlib
import fcntl
import json
import os
import signal
import socket
import sys
from array import array

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)


def main(place: str, owner: str, words: list[str]) -> None:
    """Let the server run the words, or start Python."""
    server = _reached(place, owner) if words[0] in ("-c", "-m") else None
    asked = {"words": words, "env": dict(os.environ), "cwd": os.getcwd(), "umask": _umask()}
    pid = _asked(server, json.dumps(asked).encode()) if server else 0
    if not server or not pid:
        os.execv(sys.executable, [sys.executable, *words])
    for number in PASSED_ON:
        signal.signal(number, lambda number, _: _send(pid, number))
    told = server.recv(16)
    if not told:
        _send(pid, signal.SIGKILL)
        sys.exit(f"The fork server went away while it ran {words}.")
    code = int(told)
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        os.kill(os.getpid(), -code)
    os._exit(code)


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _reached(place: str, owner: str) -> socket.socket | None:
    """Return a connection to the server, which is started if there is none; it answers once it is loaded."""
    client = socket.socket(socket.AF_UNIX)
    try:
        client.connect(f"{place}/socket")
    except OSError:
        try:
            with open(f"{place}/lock", "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not os.path.exists(f"{place}/socket"):
                    _start(place, owner)
            client.connect(f"{place}/socket")
        except OSError:
            return None
    return client


def _start(place: str, owner: str) -> None:
    import subprocess  # whoever only asks need not load it

    listening = socket.socket(socket.AF_UNIX)
    listening.bind(f"{place}/socket")
    listening.listen(64)
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAMORI_")}
    env |= {
        "MAMORI_HOME": f"{place}/none",
        "DJANGO_SETTINGS_MODULE": "mamori.site.settings",
        "PYTHONPATH": "",
        "PYTHONUTF8": "1",
    }
    with open(f"{place}/said", "wb") as said:
        subprocess.Popen(
            [sys.executable, f"{ROOT}/tests/forkserver/server.py", str(listening.fileno()), owner],
            cwd=ROOT,
            env=env,
            pass_fds=[listening.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def _asked(server: socket.socket, asked: bytes) -> int:
    """Return the number of the process that was forked; 0 when the server has none."""
    try:
        server.sendmsg(
            [len(asked).to_bytes(8)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array("i", [0, 1, 2]))]
        )
        server.sendall(asked)
        return int.from_bytes(server.recv(8, socket.MSG_WAITALL))
    except OSError:
        return 0


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
