"""What a house claims before it opens: its socket, its folder for itself alone, and one where its processes count together."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
from pathlib import Path

import click

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

# The listening socket, which outlives the processes that serve from it.


BACKLOG = 1024


class AddressTaken(Refusal, code="serve.address_taken", status=409):
    """Given when the house cannot listen where it should."""

    text = Text(
        "{place} で待ち受けられません（{why}）。`--host`・`--port`・`--unix` か、そこにいるものを確かめてください。",
        "Cannot listen at {place} ({why}). Look at `--host`, `--port`, `--unix`, and at what stands there.",
    )


def listen(host: str, port: int, unix: Path | None) -> socket.socket:
    """Open the listening socket; a Unix socket is open to the group, for the proxy in front.

    :raises OSError: when the address is taken or not ours.
    """
    if unix is None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        opened = socket.create_server((host, port), family=family, backlog=BACKLOG)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # accepted connections inherit it
        return opened
    _forget(unix)
    opened = socket.socket(socket.AF_UNIX)
    before = os.umask(0o117)
    try:
        opened.bind(str(unix))
    finally:
        os.umask(before)
    opened.listen(BACKLOG)
    return opened


def _forget(unix: Path) -> None:
    """Remove a socket that nobody listens on any more.

    :raises OSError: when somebody does.
    """
    if not unix.is_socket():
        return
    with socket.socket(socket.AF_UNIX) as asked:
        try:
            asked.connect(str(unix))
        except OSError:
            unix.unlink(missing_ok=True)
            return
    raise OSError(98, "Address already in use", str(unix))


def is_unix(fd: int) -> bool:
    """Say whether the descriptor is a Unix socket."""
    with socket.socket(fileno=os.dup(fd)) as seen:
        return seen.family == socket.AF_UNIX


def handed_over() -> int | None:
    """Return the socket that systemd opened for this process, if it did."""
    if os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS") == "1":
        return 3
    return None


def opened(host: str, port: int, unix: Path | None) -> socket.socket:
    """Take the socket that systemd opened, or open one."""
    if (fd := handed_over()) is not None:
        return socket.socket(fileno=fd)
    try:
        return listen(host, port, unix)
    except OSError as error:
        place = str(unix) if unix else f"{host}:{port}"
        raise AddressTaken(place=place, why=error.strerror or type(error).__name__) from None


def say_open(place: str) -> None:
    """Say where the house is reached, to whoever started it: once it can be."""
    from mamori.site.command.speak import say

    click.echo(say(f"開きました：{place}", f"Open at {place}"), err=True)


def place_of(listening: socket.socket) -> str:
    """Return what is said of the socket; "" of one that systemd opened, which knows where."""
    return "" if handed_over() is not None else address(listening)


def address(listening: socket.socket) -> str:
    """Return where the socket is reached, as one would write it into a browser."""
    if listening.family == socket.AF_UNIX:
        return str(listening.getsockname())
    host, port = listening.getsockname()[:2]
    host = "localhost" if host == "127.0.0.1" else host  # as MAMORI_ORIGIN calls it: cookies are of one name
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


LOCK = "up.lock"
_HELD: list[int] = []
"""Descriptors that stay open as long as this process; children do not inherit them."""


class HouseOpen(Refusal, code="house.open", status=409):
    """Given when the house of this folder runs already."""

    text = Text(
        "{home} の家は、もう動いています。先にそちらを止めるか、MAMORI_HOME に別のフォルダーを指定してください。",
        "The house in {home} runs already. Please stop it first, or name another folder in MAMORI_HOME.",
    )


def claim(home: Path) -> None:
    """Hold the house of this folder until the process ends; a folder that is not there is nobody's."""
    if not home.is_dir():
        return
    held = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise HouseOpen(home=home) from None
    _HELD.append(held)


SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus-client knows the folder."""
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it, for its owner only


def counts_folder(home: Path, process: int) -> Path:
    """Return the folder of a house that this process began."""
    if os.access(MEMORY, os.W_OK):
        name = hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:12]
        return MEMORY / f"mamori-{os.getuid()}-{name}-{process}"
    return home / "run" / f"metrics-{process}"


def fresh_counts(home: Path) -> Path:
    """Return an empty folder for this house and this process; what processes that are gone left behind is removed."""
    mine = counts_folder(home, os.getpid())
    stem = mine.name.removesuffix(f"{os.getpid()}")
    for other in mine.parent.glob(f"{stem}*"):
        if not _runs(other.name.removeprefix(stem)):
            shutil.rmtree(other, ignore_errors=True)
    mine.mkdir(mode=0o700, parents=True)
    return mine


def count_together(home: Path) -> None:
    """Choose the folder, empty, unless a supervisor has chosen it already."""
    if SHARED not in os.environ:
        os.environ[SHARED] = str(fresh_counts(home))


def _runs(pid: str) -> bool:
    """Say whether another process of that number is there."""
    if not pid.isdecimal() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
