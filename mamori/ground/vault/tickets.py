"""Leave to see one file for a few minutes, given after a look was recorded: showing a picture then writes nothing."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

HOLDS = timedelta(minutes=10)
SALT = "mamori.vault.look"


def ticket(file: uuid.UUID, *, who: str, at: datetime) -> str:
    """Return leave for `who` ("agent:7") to see the file until ten minutes after `at`."""
    return Signer(salt=SALT).sign_object([file.hex, who, int((at + HOLDS).timestamp())])


def admits(given: str, *, file: uuid.UUID, who: str, at: datetime) -> bool:
    """Say whether the leave is for this file and this person, and still holds."""
    try:
        whose, whom, until = Signer(salt=SALT).unsign_object(given)
        return (whose, whom) == (file.hex, who) and at < datetime.fromtimestamp(until, UTC)
    except (BadSignature, ValueError, TypeError):
        return False
