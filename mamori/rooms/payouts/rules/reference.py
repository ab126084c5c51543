"""Twenty digits are the number of a transfer, as the customer code of a file carries it; no payout may be called so."""

from __future__ import annotations

import unicodedata

from mamori.grammar.regex import regex

LONGEST = 64
_NUMBER = regex(r"[0-9]{20}")
_REF = regex(rf"[!-.0-~]{{1,{LONGEST}}}")


def is_ref(said: str) -> bool:
    """Say whether something can be the reference of a payout or a seller."""
    return _REF.fullmatch(said) is not None


def transfer_number(said: str) -> int | None:
    """Return the number of the transfer that is meant, of whatever width its digits are; None where none is."""
    digits = unicodedata.normalize("NFKC", said).strip()
    return int(digits) if _NUMBER.fullmatch(digits) else None
