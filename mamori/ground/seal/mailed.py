"""What a mail or a form carries and nobody can guess: the secret of a page, of which a digest is kept, and the code of a mail."""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode

from mamori.ground.seal.blinding import blind
from mamori.japan.seen import spelt_out


def page_secret(column: str, form: str) -> str:
    """Return the secret of the page that a form leads to: the same form has the same page, and nobody can guess it."""
    return urlsafe_b64encode(blind(column, form)).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """Return what is kept of a secret that is long enough to need no salt: its SHA-256."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def new_code() -> str:
    """Return the eight digits of a new code."""
    return f"{secrets.randbelow(100_000_000):08}"


def typed_code(code: str) -> str:
    """Return a code as it was meant: whatever width it is typed in, without blanks and hyphens."""
    return re.sub(r"[\s-]", "", spelt_out(code))[:40]
