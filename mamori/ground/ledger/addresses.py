"""The address of a receipt: its number, and a sign that nobody can guess from the number or from another receipt.

The sign is made from the act's commitment, a hash over 32 bytes of chance: it needs no column and no key, outlives an
erasure, and whoever holds a receipt of old can work it out.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from mamori.grammar.regex import regex
from mamori.ground.ledger.models import Act

SIGN = 24
"""Letters of a sign, five bits each."""
MOST = 2**63 - 1
_ADDRESS = regex(rf"([1-9][0-9]{{0,18}})-([a-z2-7]{{{SIGN}}})")


def address_of(number: int, commitment: bytes) -> str:
    """Return the address of the receipt of an act: "12-k5x7…"."""
    digest = hashlib.sha256(b"mamori-receipt-address\n" + commitment).digest()
    return f"{number}-{base64.b32encode(digest).decode().lower()[:SIGN]}"


def number_at(address: str) -> int | None:
    """Return the number of the act whose receipt has this address, None when no receipt has it."""
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found[1]) > MOST:
        return None
    act = Act.objects.filter(pk=int(found[1])).first()
    known = address_of(act.pk, bytes(act.commitment)) if act else ""
    return act.pk if act and hmac.compare_digest(known, address) else None
