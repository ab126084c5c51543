"""The secret that signs sessions and links: one file beside the keys, read by every process, older ones kept for a while."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

NAME = "signing.key"
KEPT = 3
"""So many secrets stand in the file: the first signs, the others still prove what was signed before."""


class SigningKeyOpen(Refusal, code="signing.key_open", status=424):
    """Given when others than the owner can read the file."""

    text = Text(
        "署名の鍵 {path} を所有者以外も読めます。`chmod 0600 {path}` を実行してください。",
        "Others than the owner can read the signing key {path}. Run `chmod 0600 {path}`.",
    )


class SigningKeyInEnvironment(Refusal, code="signing.key_in_environment", status=409):
    """Given when the secret stands in the environment, where this command cannot change it."""

    text = Text(
        "署名の秘密は MAMORI_SECRET_KEY にあります。新しい値にし、前の値を後ろに空白で区切って残してください。",
        "The signing secret stands in MAMORI_SECRET_KEY. Put a new one in front there, and leave the old behind a space.",
    )


def known(folder: Path, environ: Mapping[str, str]) -> list[str]:
    """Return the secrets, the one that signs first; none when the house is not prepared yet.

    `MAMORI_SECRET_KEY` may hold several, apart by spaces, and then the file is not read.
    """
    told = environ.get("MAMORI_SECRET_KEY", "").split()
    if told:
        return told
    path = folder / NAME
    try:
        mode, content = path.stat().st_mode, path.read_text("ascii")
    except OSError:
        return []
    if stat.S_IMODE(mode) & 0o077:
        raise SigningKeyOpen(path=path)
    return content.split()


def make(folder: Path, environ: Mapping[str, str]) -> bool:
    """Make the file unless there is a secret, and say whether it was made."""
    if known(folder, environ):
        return False
    return _written(folder, [_fresh()], replace=False)


def rotate(folder: Path, environ: Mapping[str, str]) -> int:
    """Put a new secret in front and return how many older ones still count; processes take it at their next start."""
    if environ.get("MAMORI_SECRET_KEY", "").split():
        raise SigningKeyInEnvironment
    kept = [_fresh(), *known(folder, environ)][:KEPT]
    _written(folder, kept, replace=True)
    return len(kept) - 1


def _fresh() -> str:
    return secrets.token_urlsafe(48)


def _written(folder: Path, lines: list[str], *, replace: bool) -> bool:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, draft = folder / NAME, folder / f"{NAME}.{os.getpid()}.draft"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        if replace:
            os.replace(draft, path)
        else:
            os.link(draft, path)  # never replaces what another process has just made
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True
