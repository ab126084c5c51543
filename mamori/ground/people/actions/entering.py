"""Coming in: by a code, by a link that the marketplace signed, by an invitation; and forgetting what of these has run out."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import limits, persons, tokens
from mamori.ground.people.actions.accounts import MAY_TEND, NotYoursToTend, keep_a_second, the_account_and_all
from mamori.ground.people.events import CodeAsked
from mamori.ground.people.limits import CODES_SENT
from mamori.ground.people.models import TRIES, Account, Invitation, Once, SignInCode, Tally
from mamori.ground.people.notices import INVITATION, SIGN_IN_CODE
from mamori.ground.people.presence import Presence, factors_of, is_delegate, is_erased
from mamori.ground.people.rules import (
    CLOCKS_MAY_DIFFER,
    CODE_HOLDS,
    CODE_MINUTES,
    INVITATION_HOLDS,
    INVITATION_HOURS,
    LINK_MINUTES,
    Profile,
)
from mamori.ground.people.tokens import BadToken, read
from mamori.ground.seal import facts as seals

# Coming in by a code: asked for by anybody, sent to those we know, tried five times at most.


DIGITS = regex(r"[0-9]{8}")
BROWSER = regex(rf"[0-9a-f]{{{tokens.SIGN}}}")


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
    secret = tokens.house_secret(tokens.CODES)
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
    secret = tokens.house_secret(tokens.CODES)
    code = seals.new_code()
    with transaction.atomic():
        row = SignInCode.objects.select_for_update().filter(pk=number, who="", expires_at__gt=at).first()
        if row is None or limits.take_exactly(CODES_SENT, _counted_for(row, presence), at):
            return
        row.who, row.role = presence.who, presence.role.value
        row.mac = _mac(row.pk, code, secret)
        row.save(update_fields=["who", "role", "mac"])
        outbox.notify_numbered(
            to=presence.who,
            template=SIGN_IN_CODE,
            values={},
            about=f"people.code:{row.pk}",
            at=at,
            secret=outbox.Secret(name="code", value=code, until=row.expires_at),
        )


def _counted_for(row: SignInCode, presence: Presence) -> str:
    """Return for whom a code counts: a stranger who floods cannot use up what is kept for the person's own browsers."""
    is_known = hmac.compare_digest(row.browser.encode(), tokens.browser_sign(presence.who).encode())
    return f"{presence.who} here before" if is_known else presence.who


def sign_in_by_code(*, ticket: str, code: str, at: datetime) -> Presence:
    """Try a code and return who came in; each try counts before it is looked at, and the sixth is none."""
    mine = SignInCode.objects.filter(ticket=seals.digest_of(ticket), used_at__isnull=True, expires_at__gt=at)
    with transaction.atomic():
        counted = mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1)
    row = mine.first() if counted else None
    if row is None:
        raise CodeUnusable()
    given = seals.typed_code(code)
    secret = tokens.house_secret(tokens.CODES)
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
    return tokens.mac("mail", normalize("NFKC", mail).strip().casefold(), secret=secret)


def _mac(number: int, code: str, secret: bytes) -> bytes:
    return tokens.mac("code", str(number), code, secret=secret)


LONGEST_URL = 500
log = logging.getLogger(__name__)


class LinkUnusable(Refusal, code="people.link-unusable", status=410):
    """Given for every link that does not hold, whatever is wrong with it."""

    text = Text(
        f"このリンクは使えません。リンクは一度だけ、長くても{LINK_MINUTES}分のあいだ使えます。"
        "お使いの通販サイトの画面から、もう一度開いてください。",
        f"This link cannot be used. A link works once, for {LINK_MINUTES} minutes at most. "
        "Please open it again from the marketplace.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """Who came in by a link, the page of ours that it leads to, and the shop's page that leads back, "" where none is told."""

    presence: Presence
    to: str
    return_url: str


def sign_in_by_link(*, token: str, audience: str, at: datetime) -> CameIn:
    """Take a link, use it up, and return who came in."""
    try:
        signed = read(token, at=at, audience=audience)
    except BadToken as bad:
        log.info("a link was refused: %s", bad.flaw)
        raise LinkUnusable() from None
    try:
        with transaction.atomic():
            Once.objects.create(
                digest=seals.digest_of(f"link\n{signed.kid}\n{signed.jti}"),
                until=signed.until + CLOCKS_MAY_DIFFER,
            )
    except IntegrityError:
        log.info("a link was refused: %s", "used")
        raise LinkUnusable() from None
    return CameIn(presence=signed.presence, to=local_path(signed.to), return_url=shop_page(signed.return_url))


def local_path(path: str) -> str:
    """Return a path of ours, or nothing when it would lead anywhere else."""
    plain = path.isprintable() and path.isascii() and not set(path) & {"\\", " "}
    return path if plain and path.startswith("/") and not path.startswith("//") else ""


def shop_page(url: str) -> str:
    """Return an address of the web, or nothing where it is another kind or hides who is there; plain http while developing."""
    plain = url.isprintable() and url.isascii() and len(url) <= LONGEST_URL and not set(url) & {"\\", " "}
    try:
        found = urlsplit(url) if plain else None
    except ValueError:
        return ""
    schemes = ("https", "http") if settings.IS_DEVELOPING else ("https",)
    is_page = found is not None and found.scheme in schemes and found.hostname and "@" not in found.netloc
    return url if is_page else ""


# Invitations: a link, shown or sent once, by which somebody sets up how they sign in.


class AlreadySetUp(Refusal, code="people.already-set-up", status=409):
    """Given when an account that can sign in would be invited again: that is what a reset is for."""

    text = Text(
        "この人には、もうパスワードかほかの手段があります。パスワードだけのときは、サインインのページから続きを設定できます。"
        "なくしたときは「やり直し」を申請してください。",
        "This person has a password or another means already. With a password alone they sign in and set up the rest. If the "
        "means are lost, please propose that they set it up anew.",
    )


class AccountSuspended(Refusal, code="people.account-suspended", status=409):
    """Given when a suspended account would be invited."""

    text = Text(
        "この人は停止されています。先に停止を解いてください。",
        "This account is suspended. Please let it in again first.",
    )


class InvitationUnusable(Refusal, code="people.invitation-unusable", status=410):
    """Given for every invitation that does not hold, whatever is wrong with it."""

    text = Text(
        f"この招待リンクは使えません。リンクは一度だけ、{INVITATION_HOURS}時間のあいだ使えます。責任者に新しい招待を頼んでください。",
        f"This invitation cannot be used. It works once, for {INVITATION_HOURS} hours. Please ask a lead for a new one.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation just made: the only moment at which its token can be seen."""

    token: str = field(repr=False)
    expires_at: datetime


def invite(actor: Actor, *, account: int) -> Invited:
    """Make an invitation and return it; those made before no longer hold."""
    with transaction.atomic():
        return _invited(actor, account)[1]


def invite_by_mail(actor: Actor, *, account: int, origin: str, profile: Profile) -> None:
    """Make an invitation and send it to the account's own address: whoever invites never sees it.

    Whom one invites does not agree to one's wishes any more: the last who could is invited on the server alone.
    """
    with transaction.atomic():
        found, invited = _invited(actor, account, profile)
        outbox.notify_numbered(
            to=found.who,
            template=INVITATION,
            values={},
            about=f"people.account:{found.pk}",
            at=actor.at,
            secret=outbox.Secret(
                name="link", value=f"{origin}/account/invited/{invited.token}/", until=invited.expires_at
            ),
        )


def is_invited(token: str, *, at: datetime) -> bool:
    """Say whether the invitation holds; asking does not use it up."""
    return _living(token, at) is not None


def take_invitation(*, token: str, at: datetime) -> int:
    """Use the invitation up and return the number of its account, which may now be signed in."""
    with transaction.atomic():
        found = _living(token, at)
        living = Invitation.objects.filter(used_at__isnull=True, expires_at__gt=at)
        if found is None or not living.filter(pk=found.pk).update(used_at=at):
            raise InvitationUnusable()
        account = found.account
        ledger.record(
            Actor(by=account.who, role=Role(account.role), at=at, via="web"),
            kind="people.invitation_taken",
            subject=account.subject,
            about=f"people.account:{account.pk}",
        )
        return account.pk


def _invited(actor: Actor, account: int, profile: Profile | None = None) -> tuple[Account, Invited]:
    if actor.role not in MAY_TEND:
        raise NotYoursToTend()
    found = the_account_and_all(account)
    if not found.is_active:
        raise AccountSuspended()
    has = factors_of(found.pk)
    if has.passkey or has.totp or found.has_usable_password():
        raise AlreadySetUp()
    if profile is not None:
        keep_a_second(actor, found, None, profile)
    token = secrets.token_urlsafe(32)
    expires_at = actor.at + INVITATION_HOLDS
    persons.note_introduction(actor, found)
    Invitation.objects.filter(account=found, used_at__isnull=True).delete()
    Invitation.objects.create(
        account=found, digest=seals.digest_of(token), made_at=actor.at, expires_at=expires_at
    )
    ledger.record(
        actor,
        kind="people.invited",
        subject=found.subject,
        about=f"people.account:{found.pk}",
        payload={"expires_at": expires_at.isoformat()},
    )
    return found, Invited(token=token, expires_at=expires_at)


def _living(token: str, at: datetime) -> Invitation | None:
    return (
        Invitation.objects.select_related("account")
        .filter(
            digest=seals.digest_of(token), used_at__isnull=True, expires_at__gt=at, account__is_active=True
        )
        .first()
    )


KEPT_FOR = timedelta(days=7)
"""So long an invitation that was used or ran out can still be looked at."""
CHUNK = 500


def sweep(*, at: datetime) -> int:
    """Forget what has run out and return how many rows, in short transactions that hold nobody up."""
    return sum(_forgotten(rows) for rows in _over(at))


def end_visits() -> int:
    """End every visit, whoever's it is, and return how many there were: what was copied with a house opens nothing."""
    with transaction.atomic():
        UserSession.objects.all().delete()
        return Session.objects.all().delete()[0]


def _over(at: datetime) -> Iterator[QuerySet[Any]]:
    yield SignInCode.objects.filter(expires_at__lte=at).order_by("expires_at")
    yield Once.objects.filter(until__lte=at).order_by("until")
    yield Tally.objects.filter(until__lte=at).order_by("until")
    yield Invitation.objects.filter(expires_at__lte=at - KEPT_FOR).order_by("id")
    yield Session.objects.filter(expire_date__lte=at).order_by("expire_date")
    yield UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).order_by("pk")


def _forgotten(rows: QuerySet[Any]) -> int:
    done = 0
    while chunk := list(rows.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            done += rows.model._default_manager.filter(pk__in=chunk).delete()[0]
    return done
