"""The interface to an external key service: a command that takes one question as JSON and answers as JSON."""

from __future__ import annotations

import base64
import json
import shlex
import subprocess
from typing import Any

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

MOST = 65_536


class KmsFailed(Refusal, code="seal.kms_failed", status=424):
    """The key service did not answer, or not with what was asked."""

    text = Text(
        "鍵サービスが応えませんでした（{why}）。MAMORI_KMS_COMMAND と鍵サービスを確かめてください。",
        "The key service did not answer ({why}). Look at MAMORI_KMS_COMMAND and at the service.",
    )


class Kms:
    """Wraps the house's few keys with a key that never leaves the service.

    The service is asked when a key file is first opened by a process and when one is made, never for a subject's key:
    it may be slow, and the house goes on while it is away. The command gets one line on its standard input,
    `{"op": "fingerprint"}`, `{"op": "wrap", "key": B64}` or `{"op": "unwrap", "wrapped": B64}`, and answers
    `{"fingerprint": …}`, `{"wrapped": B64}` or `{"key": B64}`, or `{"error": "why"}`.
    """

    name = "kms"

    def fingerprint(self) -> str:
        """Return the service's name of its key."""
        told = str(_ask({"op": "fingerprint"}, "fingerprint"))
        if not told.isascii() or not told.isprintable() or " " in told or not 0 < len(told) <= 200:
            raise KmsFailed(why="the fingerprint is no single printable word")
        return told

    def wrap(self, key: bytes) -> bytes:
        """Return the key as the service wraps it, tried once before anybody depends on it."""
        wrapped = _bytes({"op": "wrap", "key": base64.b64encode(key).decode()}, "wrapped")
        if self.unwrap(wrapped) != key:
            raise KmsFailed(why="what it wrapped does not open again")
        return wrapped

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the key."""
        return _bytes({"op": "unwrap", "wrapped": base64.b64encode(wrapped).decode()}, "key")


def _bytes(question: dict[str, str], wanted: str) -> bytes:
    try:
        return base64.b64decode(str(_ask(question, wanted)), validate=True)
    except ValueError:
        raise KmsFailed(why=f"“{wanted}” is no base64") from None


def _ask(question: dict[str, str], wanted: str) -> Any:
    command = shlex.split(settings.KMS_COMMAND)
    if not command:
        raise KmsFailed(why="MAMORI_KMS_COMMAND is not set")
    try:
        done = subprocess.run(  # noqa: S603  the operator's own command
            command,
            input=json.dumps(question).encode() + b"\n",
            capture_output=True,
            timeout=settings.KMS_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise KmsFailed(why=f"no answer within {settings.KMS_SECONDS} s") from None
    except OSError as error:
        raise KmsFailed(why=f"{command[0]}: {error.strerror}") from None
    return _answer(done, wanted)


def _answer(done: subprocess.CompletedProcess[bytes], wanted: str) -> Any:
    """Return what was asked for; what the command wrote to its standard error is for its own log, not for ours."""
    try:
        told = json.loads(done.stdout[:MOST])
    except ValueError:
        raise KmsFailed(why=f"exit code {done.returncode}, no JSON") from None
    if not isinstance(told, dict) or done.returncode or wanted not in told:
        error = told.get("error") if isinstance(told, dict) else None
        raise KmsFailed(why=str(error or f"exit code {done.returncode}, no “{wanted}”"))
    return told[wanted]
