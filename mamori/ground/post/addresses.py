"""Mail addresses and names as the marketplace gave them: made usable, or refused in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import category, normalize

from mamori.grammar.regex import regex

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]"
_LABEL = regex(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LOOKS_LIKE_MAIL = regex(r"[^\s<>()\[\]:;,\"]+@[^\s<>()\[\]:;,\"]+")


class Unusable(ValueError):
    """Says why an address cannot be written to; the words never hold the address."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address that can be written to: the domain as servers know it, the local part as it was given."""

    local: str
    domain: str

    @property
    def needs_utf8(self) -> bool:
        """Say whether only servers that speak SMTPUTF8 can take it."""
        return not self.local.isascii()

    @property
    def spec(self) -> str:
        """Return it as the envelope carries it; dots that no grammar allows, as old mobile addresses have them, are quoted."""
        odd = self.local.startswith(".") or self.local.endswith(".") or ".." in self.local
        return f'"{self.local}"@{self.domain}' if odd else f"{self.local}@{self.domain}"


def mailbox(address: str) -> Mailbox:
    """Return the one mailbox that `address` names.

    :raises Unusable: when it is none, or several, or holds what no header may.
    """
    given = address.strip()
    folded = normalize(
        "NFKC", given
    )  # full-width letters are a slip of the keyboard, other scripts are meant
    local, at, domain = (
        folded if folded.rpartition("@")[0].isascii() else normalize("NFC", given)
    ).rpartition("@")
    if not at or not local or not domain:
        raise Unusable("there is no mail address" if not given else "it is not a mail address")
    if not all(re.fullmatch(_ATOM, c) if c.isascii() else category(c)[0] in "LMN" for c in local):
        raise Unusable("its name holds signs that no mail address may hold")
    try:
        ascii_domain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        raise Unusable("its domain cannot be written in ASCII") from None
    labels = ascii_domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Unusable("its domain is none")
    if len(local.encode()) > 64 or len(local.encode()) + 1 + len(ascii_domain) > 254:
        raise Unusable("it is too long")
    return Mailbox(local, ascii_domain)


def shown(words: str, *, most: int = 60) -> str:
    """Return somebody's words fit for one line of a header or a letter.

    Controls, line ends, marks that turn writing round and unpaired halves are dropped; what is too long is cut, and says so.
    """
    plain = normalize("NFC", "".join(" " if c.isspace() else c for c in words if _is_seen(c)))
    plain = " ".join(plain.split()).replace(
        "=?", "= ?"
    )  # or mail programs would decode it as a header's code
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def without_addresses(answer: str, *, most: int = 300) -> str:
    """Return a server's answer without the addresses that it may repeat: it is kept in the clear."""
    return _LOOKS_LIKE_MAIL.sub("‹…›", shown(answer, most=10_000))[:most]


def _is_seen(sign: str) -> bool:
    return sign.isspace() or category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
