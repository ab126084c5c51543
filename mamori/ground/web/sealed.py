"""What waits in a session until somebody sends it: sealed with the house's signing secret, so that no dump shows it."""

from __future__ import annotations

import base64
import binascii
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mamori.ground.web.signs import Visit

NONCE = 12


def keep(request: Visit, name: str, value: Any) -> None:
    """Keep a JSON-ready value in the session under a name, sealed."""
    request.session[name] = seal(value, about=name)


def kept(request: Visit, name: str) -> Any:
    """Return what the session keeps under a name, or None when there is nothing that can be opened."""
    text = request.session.get(name)
    return unseal(text, about=name) if isinstance(text, str) else None


def seal(value: Any, *, about: str) -> str:
    """Return a JSON-ready value as sealed text; `about` must be said again to open it."""
    nonce = os.urandom(NONCE)
    text = json.dumps(value, ensure_ascii=False).encode()
    sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text, about.encode())
    return base64.b64encode(nonce + sealed).decode("ascii")


def unseal(text: str, *, about: str) -> Any:
    """Return the value, or None when it was sealed with a secret that is gone, or about something else."""
    try:
        whole = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = AESGCM(_key(secret)).decrypt(whole[:NONCE], whole[NONCE:], about.encode())
        except (InvalidTag, ValueError):
            continue
        return json.loads(opened)
    return None


def _key(secret: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"mamori.web.sealed").derive(secret.encode())
