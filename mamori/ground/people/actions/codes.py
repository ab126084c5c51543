"""Coming in by a code: asked for by anybody, sent to those we know, tried five times at most.

The asker always gets the same answer after the same work: whether the order and the address belong together is found
out afterwards, in the worker, by whoever knows the marketplace (`ground/web/signing/matching.py`).

Who asks for somebody else's order or shop keeps nobody out: asking is limited for each network that asks, and sending for
each person it goes to, apart for browsers that this person came in with before.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from unicodedata import normalize

from django.db import transaction
from django.db.models import F

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import limits, secrets_kept
from mamori.ground.people.events import CodeAsked
from mamori.ground.people.limits import CODES_SENT
from mamori.ground.people.models import SignInCode
from mamori.ground.people.models.parties import TRIES
from mamori.ground.people.notices import SIGN_IN_CODE
from mamori.ground.people.presence import Presence, is_delegate, is_erased
from mamori.ground.people.rules import CODE_HOLDS, CODE_MINUTES
from mamori.ground.seal import facts as seals

DIGITS = regex(r"[0-9]{8}")
BROWSER = regex(rf"[0-9a-f]{{{secrets_kept.SIGN}}}")


class CodeUnusable(Refusal, code="people.code-unusable", status=422):
    """Given for every code that does not let anybody in, whatever is wrong with it."""

    text = Text(
        f"コードが違うか、使えなくなっています。コードは{CODE_MINUTES}分のあいだ、{TRIES}回まで試せます。"
        "届いていないときは、はじめからやり直してください。",
        f"The code is wrong or can no longer be used. It holds for {CODE_MINUTES} minutes and {TRIES} tries. "
        "If none has come, please begin again.",
    )


def ask_code(*, role: Role, ref: str, mail: str, at: datetime, browser: str = "") -> str:
    """Note that somebody asks for a code and return the ticket under which they may give it.

    `browser` is what the asker's browser kept of whoever came in with it before (`browser_sign`).
    """
    ticket = secrets.token_urlsafe(32)
    secret = secrets_kept.house_secret(secrets_kept.CODES)
    with transaction.atomic():
        row = SignInCode.objects.create(
            ticket=seals.digest_of(ticket),
            role=role.value,
            ref=ref[:64],
            claim=claim_of(mail, secret=secret),
            browser=browser if BROWSER.fullmatch(browser) else "",
            made_at=at,
            expires_at=at + CODE_HOLDS,
        )
        outbox.publish(CodeAsked(subject=f"people.code:{row.pk}", number=row.pk), at=at)
    return ticket


def send_code(*, number: int, presence: Presence, at: datetime) -> None:
    """Send a code to whoever turned out to have asked; a second telling of the same sends nothing, nor do too many."""
    secret = secrets_kept.house_secret(secrets_kept.CODES)
    code = seals.new_code()
    with transaction.atomic():
        row = SignInCode.objects.select_for_update().filter(pk=number, who="", expires_at__gt=at).first()
        if row is None or limits.take_exactly(CODES_SENT, _counted_for(row, presence), at):
            return
        row.who, row.role = presence.who, presence.role.value
        row.mac = _mac(row.pk, code, secret)
        row.save(update_fields=["who", "role", "mac"])
        outbox.notify(
            to=presence.who,
            template=SIGN_IN_CODE,
            values={},
            about=f"people.code:{row.pk}",
            at=at,
            secret=outbox.Secret(name="code", value=code, until=row.expires_at),
        )


def _counted_for(row: SignInCode, presence: Presence) -> str:
    """Return for whom a code counts: a stranger who floods cannot use up what is kept for the person's own browsers."""
    is_known = hmac.compare_digest(row.browser.encode(), secrets_kept.browser_sign(presence.who).encode())
    return f"{presence.who} here before" if is_known else presence.who


def sign_in_by_code(*, ticket: str, code: str, at: datetime) -> Presence:
    """Try a code and return who came in; each try counts before it is looked at, and the sixth is none.

    :raises CodeUnusable: when it is wrong, was used, has run out, was tried too often, or was never sent.
    """
    mine = SignInCode.objects.filter(ticket=seals.digest_of(ticket), used_at__isnull=True, expires_at__gt=at)
    with transaction.atomic():
        counted = mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1)
    row = mine.first() if counted else None
    if row is None:
        raise CodeUnusable()
    given = seals.typed_code(code)
    secret = secrets_kept.house_secret(secrets_kept.CODES)
    known = bytes(row.mac) or b"\0" * 32  # never sent: compared all the same, and never equal
    right = hmac.compare_digest(_mac(row.pk, given, secret), known) and DIGITS.fullmatch(given)
    with transaction.atomic():
        if not right or not mine.filter(pk=row.pk).update(used_at=at):
            raise CodeUnusable()
    role = Role(row.role)
    if is_erased(role, row.who) or (role is Role.DELEGATE and not is_delegate(row.who)):
        raise CodeUnusable()
    return Presence(who=row.who, role=role)


def claim_of(mail: str, *, secret: bytes) -> bytes:
    """Return a keyed digest of an address as people write it: width and case do not matter."""
    return secrets_kept.mac("mail", normalize("NFKC", mail).strip().casefold(), secret=secret)


def _mac(number: int, code: str, secret: bytes) -> bytes:
    return secrets_kept.mac("code", str(number), code, secret=secret)
