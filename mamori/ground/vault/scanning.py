"""Asking ClamAV's daemon about a file, by its INSTREAM question; a scanner that does not answer lets nothing pass."""

from __future__ import annotations

import socket
import struct
from enum import StrEnum

from django.conf import settings

CHUNK = 64 << 10
PATIENCE = 20.0
MOST_ANSWER = 4_096


class Verdict(StrEnum):
    """What the scanner says; `none` where none is set, `away` where it is set and does not answer."""

    NONE = "none"
    CLEAN = "clean"
    INFECTED = "infected"
    AWAY = "away"


def scan(content: bytes) -> Verdict:
    """Return what the scanner that MAMORI_SCANNER names says of the content."""
    if not settings.SCANNER:
        return Verdict.NONE
    try:
        with _connected(settings.SCANNER) as scanner:
            answer = _asked(scanner, content)
    except (OSError, ValueError):
        return Verdict.AWAY
    if answer.endswith("FOUND"):
        return Verdict.INFECTED
    return Verdict.CLEAN if answer == "stream: OK" else Verdict.AWAY


def _connected(address: str) -> socket.socket:
    """Connect to `unix:/path` or `tcp:host:port`.

    :raises ValueError: when the address is neither.
    """
    kind, _, rest = address.partition(":")
    if kind == "unix":
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        client.settimeout(PATIENCE)
        try:
            client.connect(rest)
        except OSError:
            client.close()
            raise
        return client
    host, _, port = rest.rpartition(":")
    if kind != "tcp" or not host:
        raise ValueError(address)
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)


def _asked(scanner: socket.socket, content: bytes) -> str:
    scanner.sendall(b"zINSTREAM\0")
    for at in range(0, len(content), CHUNK):
        part = content[at : at + CHUNK]
        scanner.sendall(struct.pack("!I", len(part)) + part)
    scanner.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER and (part := scanner.recv(MOST_ANSWER)):
        answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")
