"""How the processes that a parent starts get the passphrase's key: over a socket that only its owner can reach.

Nothing of it stands on a command line, in an environment or in a file; a child that dies and comes back gets it again.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 5.0
SIZE = 32
MOST_NAME = 64


@contextmanager
def lent(keys: Mapping[bytes, bytes], place: Path) -> Iterator[None]:
    """Lend keys by their names at `place` to processes of the same user, until the end of the block."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chmod(place.parent, 0o700)
    place.unlink(missing_ok=True)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    former = os.umask(0o177)
    try:
        server.bind(str(place))
    finally:
        os.umask(former)
    server.listen(16)
    thread = threading.Thread(target=_serve, args=(server, keys), name="lend", daemon=True)
    thread.start()
    try:
        yield
    finally:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        place.unlink(missing_ok=True)
        thread.join(PATIENCE)


def borrowed(place: Path, name: bytes) -> bytes | None:
    """Return the key that a parent lends at `place` under the name, None when nobody does."""
    if not place.exists() or place.stat().st_uid != os.getuid():
        return None
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(PATIENCE)
            client.connect(str(place))
            if not _is_ours(client):
                return None
            client.sendall(len(name).to_bytes() + name)
            told = b""
            while len(told) < SIZE and (part := client.recv(SIZE - len(told))):
                told += part
    except OSError:
        return None
    return told if len(told) == SIZE else None


def _serve(server: socket.socket, keys: Mapping[bytes, bytes]) -> None:
    while True:
        try:
            client, _ = server.accept()
        except OSError:
            return
        with client, suppress(OSError):
            client.settimeout(PATIENCE)
            if _is_ours(client):
                asked = client.recv(1 + MOST_NAME)
                client.sendall(keys.get(asked[1:], b""))


def _is_ours(peer: socket.socket) -> bool:
    """Say whether the other end belongs to the same user; where the system cannot tell, the folder's mode holds."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    _, uid, _ = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, option, struct.calcsize("3i")))
    return bool(uid == os.getuid())
