"""What software shows at the door: API keys and scopes, what the marketplace signed; and the house's own secrets."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import jwt
from django.db import IntegrityError
from django.db.models import Q

from mamori.grammar.actor import Role
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.people import limits
from mamori.ground.people.models import IS_LIVING, Delegate, HouseSecret, Key, KeyKind
from mamori.ground.people.presence import Presence, is_erased
from mamori.ground.people.rules import CLOCKS_MAY_DIFFER, LINK_HOLDS, LINK_MINUTES
from mamori.ground.seal import actions as sealing, facts as seals

# What a machine may do: the scopes that its key carries.


class Scope(StrEnum):
    """One thing that a key may be good for."""

    MARKET_WRITE = "market:write"
    MARKET_READ = "market:read"
    INSTRUCTIONS_CONFIRM = "instructions:confirm"
    CONTACT_WRITE = "contact:write"
    CONTACT_READ = "contact:read"
    CASES_READ = "cases:read"
    RECEIPTS_READ = "receipts:read"
    TERMS = "terms:accept"
    WEBHOOKS_WRITE = "webhooks:write"
    LINKS_SIGN = "links:sign"
    FINDINGS_WRITE = "findings:write"
    PAYOUTS_WRITE = "payouts:write"
    PAYOUTS_READ = "payouts:read"
    CALLS_WRITE = "calls:write"

    @property
    def text(self) -> Text:
        """Return what the scope allows, for people."""
        return SCOPE_TEXTS[self]


SCOPE_TEXTS = {
    Scope.MARKET_WRITE: Text(
        "出品者・購入者・商品・注文・レビューを伝える", "tell sellers, buyers, listings, orders and reviews"
    ),
    Scope.MARKET_READ: Text(
        "出品者・購入者・商品・注文・レビューを、伝えたとおりに読む（連絡先と本文も）",
        "read sellers, buyers, listings, orders and reviews as they were told, with contacts and words",
    ),
    Scope.INSTRUCTIONS_CONFIRM: Text(
        "指示（返金・措置など）を読み、結果を知らせる", "read instructions and say what became of them"
    ),
    Scope.CONTACT_WRITE: Text(
        "やり取りを始める・送る・仲介を頼む", "open threads, send messages, ask for mediation"
    ),
    Scope.CONTACT_READ: Text(
        "やり取りの状態と期限を読む（本文は当事者のトークンがあるときだけ）",
        "read states and clocks of threads; words with a party's token only",
    ),
    Scope.CASES_READ: Text("案件の一覧を読む", "list cases"),
    Scope.RECEIPTS_READ: Text("受領証を読む", "read receipts"),
    Scope.TERMS: Text(
        "規約を読む・出品者の同意を伝える", "read the terms, pass on a seller's own acceptance"
    ),
    Scope.WEBHOOKS_WRITE: Text("ウェブフックの送り先を決める", "set where webhooks go"),
    Scope.LINKS_SIGN: Text("購入者と出品者のリンクに署名する", "sign links for buyers and sellers"),
    Scope.FINDINGS_WRITE: Text(
        "違反の疑いを知らせ、その状態を読む", "tell what looks like a breach, and read how that stands"
    ),
    Scope.PAYOUTS_WRITE: Text(
        "売上金の支払いを求める・振込先と結果を伝える",
        "ask for payouts, tell accounts and what banks answered",
    ),
    Scope.PAYOUTS_READ: Text(
        "支払いと振込の状態を読む（口座番号は読めません）",
        "read how payouts and runs stand, never an account number",
    ),
    Scope.CALLS_WRITE: Text("かかってきた電話を知らせる", "tell that somebody calls"),
}


MARKET = "market"
CODES = "codes"
COMPANY = "company"
SIGN = 32
"""Digits of what a browser keeps."""


def mac(*parts: str, secret: bytes) -> bytes:
    """Return a keyed digest of what is short enough to be guessed; parts cannot run into one another."""
    message = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
    return hmac.new(secret, message, hashlib.sha256).digest()


def browser_sign(who: str) -> str:
    """Return what a browser keeps that `who` came in with before: nobody else can make it, and it names nobody."""
    return mac("browser", who, secret=house_secret(CODES)).hex()[:SIGN]


def company_sign(kind: str, issuer: str, told: str) -> str:
    """Return by what somebody, or a visit, at the company is known again: it names nobody, and nobody else can make it."""
    return mac(kind, issuer, told, secret=house_secret(COMPANY)).hex()


def house_secret(name: str) -> bytes:
    """Return the secret of that name, made when there is none."""
    row = HouseSecret.objects.filter(name=name).first() or _made(name)
    return seals.unseal(subject=MARKET, place=_place(name), sealed=bytes(row.sealed))


def _made(name: str) -> HouseSecret:
    try:
        with memory.attempt():
            sealed = sealing.seal(subject=MARKET, place=_place(name), plain=secrets.token_bytes(32))
            return HouseSecret.objects.create(name=name, sealed=sealed)
    except IntegrityError:  # another process was first
        return HouseSecret.objects.get(name=name)


def _place(name: str) -> seals.Place:
    return seals.Place("people_housesecret", name, "sealed")


# What is shown at the door by software: API keys, and what the marketplace signed for a buyer or seller.


API_KEY = regex(r"mmr_([a-z0-9]{8})_([A-Za-z0-9_-]{43})")
LONGEST = 4096
SHOWN = (
    "SELECT id, kind, name, prefix, scopes, digest, expires_at, revoked_at FROM people_key WHERE prefix = %s"
)
"""The key that is shown: asked by every call, so that its words are not put together each time."""
CLAIMS = ("sub", "aud", "iat", "exp", "jti")
_WHO = regex(r"(buyer|seller):([!-~]{1,64})")


class Flaw(StrEnum):
    """Why what was signed does not hold, by the part that is wrong; before the signature holds no claim is looked at."""

    FORM = "form"
    KID = "kid"
    ALGORITHM = "algorithm"
    SIGNATURE = "signature"
    AUD = "aud"
    IAT = "iat"
    EXP = "exp"
    CLOCK = "clock"
    JTI = "jti"
    SUB = "sub"

    @property
    def text(self) -> Text:
        """Return what is wrong and how to mend it, for whoever writes the software that signs."""
        return FLAW_TEXTS[self]


FLAW_TEXTS = {
    Flaw.FORM: Text(
        f"JWT（点で分けた3つの部分、{LONGEST:,}文字まで）として読めません。",
        f"This is no JWT: three parts with dots between them, at most {LONGEST:,} characters.",
    ),
    Flaw.KID: Text(
        "ヘッダーの kid が、使えるリンク用の鍵ではありません。`mamori key add` が示した kid を入れてください。",
        "The kid in the header names no link key that holds. Please put in the kid that `mamori key add` showed.",
    ),
    Flaw.ALGORITHM: Text("ヘッダーの alg を HS256 にしてください。", "Please sign with alg HS256."),
    Flaw.SIGNATURE: Text(
        "署名が合いません。鍵は、示された文字列をそのままのバイトで使ってください（base64 として読まない）。",
        "The signature does not fit. The secret is the text that was shown, as it stands: do not decode it.",
    ),
    Flaw.AUD: Text(
        "aud が違います。API のトークンは mamori/api、リンクは MAMORI_ORIGIN と同じ文字列です。",
        "aud is another one. A token for the API says mamori/api, a link says MAMORI_ORIGIN to the letter.",
    ),
    Flaw.IAT: Text(
        "iat に、署名した時刻を秒で入れてください。", "Please say in iat when it was signed, in seconds."
    ),
    Flaw.EXP: Text(
        f"exp が過ぎているか、{LINK_MINUTES}分より先です（秒で）。使うたびに署名し直してください。",
        f"exp has passed, or lies more than {LINK_MINUTES} minutes ahead (in seconds). Please sign anew for each use.",
    ),
    Flaw.CLOCK: Text(
        "iat がこちらの時計より先です。返事の Date と、署名した機械の時計を比べてください。",
        "iat lies ahead of our clock. Please compare the clock of what signed it with the Date of this answer.",
    ),
    Flaw.JTI: Text(
        "jti に、1つごとに違う1〜100文字の文字列を入れてください。",
        "Please put a text of its own into jti, of 1 to 100 characters.",
    ),
    Flaw.SUB: Text(
        "sub の人は入れません。buyer:REF、seller:REF、いまの代理担当の seller:REF/NAME のどれかです。",
        "Nobody comes in as this sub. It is buyer:REF, seller:REF, or seller:REF/NAME of a delegate of today.",
    ),
}
_BY_ERROR: dict[type[jwt.PyJWTError], Flaw] = {
    jwt.InvalidAlgorithmError: Flaw.ALGORITHM,
    jwt.InvalidSignatureError: Flaw.SIGNATURE,
    jwt.InvalidAudienceError: Flaw.AUD,
    jwt.exceptions.InvalidSubjectError: Flaw.SUB,
    jwt.exceptions.InvalidJTIError: Flaw.JTI,
}


class BadToken(ValueError):
    """Says why what was signed does not hold: to the log, and to software that shows a good key beside it."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def _bad(error: jwt.PyJWTError) -> BadToken:
    if isinstance(error, jwt.MissingRequiredClaimError):
        return BadToken(Flaw(error.claim))
    return BadToken(_BY_ERROR.get(type(error), Flaw.FORM))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a link or a token says: who, which one it is, until when, and where they want to go."""

    presence: Presence
    kid: str
    jti: str
    until: datetime
    to: str
    return_url: str = ""


def machine_of(token: str, at: datetime) -> Presence | None:
    """Return the machine whose API key that is, or None when it is none that holds at `at`."""
    form = API_KEY.fullmatch(token)
    if form is None:
        return None
    key = next(iter(Key.objects.raw(SHOWN, [form[1]])), None)
    if key is None or key.kind != KeyKind.API or not key.holds(at):
        return None
    if not hmac.compare_digest(key.digest, seals.digest_of(token)):
        return None
    limits.used(key.pk, at)
    return Presence(who=f"machine:{key.name}", role=Role.MACHINE, name=key.name, scopes=frozenset(key.scopes))


def party_of(token: str, at: datetime, audience: str) -> Presence:
    """Return the buyer, seller or delegate for whom the marketplace signed the token.

    Such a token may be shown again until it runs out, at most ten minutes after it was signed; name another audience
    than that of links, so that a link that somebody saw is no token.

    :raises BadToken: when it does not hold.
    """
    return read(token, at=at, audience=audience).presence


def read(token: str, *, at: datetime, audience: str) -> Signed:
    """Return what the marketplace signed.

    :raises BadToken: when it is forged, meant for others, too old, too long-lived, or names nobody or somebody erased.
    """
    if len(token) > LONGEST:
        raise BadToken(Flaw.FORM)
    key, secret = _secret(token, at)
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=["HS256"],
            audience=audience,
            options={"require": list(CLAIMS), "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except jwt.PyJWTError as error:
        raise _bad(error) from None
    limits.used(key.pk, at)
    until = _in_time(claims, at)
    jti, to, back = claims["jti"], claims.get("to", ""), claims.get("return_url", "")
    if not isinstance(jti, str) or not 1 <= len(jti) <= 100:
        raise BadToken(Flaw.JTI)
    presence = _named(claims["sub"])
    if is_erased(presence.role, presence.who):
        raise BadToken(Flaw.SUB)
    return Signed(
        presence=presence,
        kid=key.prefix,
        jti=jti,
        until=until,
        to=to if isinstance(to, str) else "",
        return_url=back if isinstance(back, str) else "",
    )


def secret_of(key: Key) -> bytes:
    """Return the secret of a link key, which the marketplace signs with."""
    place = seals.Place("people_key", key.prefix, "sealed")
    return seals.unseal(subject=MARKET, place=place, sealed=bytes(key.sealed or b""))


def _secret(token: str, at: datetime) -> tuple[Key, bytes]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except jwt.PyJWTError as error:
        raise _bad(error) from None
    if not isinstance(kid, str) or not kid.isascii() or not kid.isprintable():
        raise BadToken(Flaw.KID)
    key = Key.objects.filter(_holds(at), kind=KeyKind.LINK.value, prefix=kid[:16]).first()
    if key is None or key.prefix != kid:
        raise BadToken(Flaw.KID)
    return key, secret_of(key)


def _holds(at: datetime) -> Q:
    return IS_LIVING & (Q(expires_at__isnull=True) | Q(expires_at__gt=at))


def _in_time(claims: Mapping[str, Any], at: datetime) -> datetime:
    issued, until = _moment(claims, Flaw.IAT), _moment(claims, Flaw.EXP)
    if issued > at + CLOCKS_MAY_DIFFER:
        raise BadToken(Flaw.CLOCK)
    if not at < until <= at + LINK_HOLDS + CLOCKS_MAY_DIFFER:
        raise BadToken(Flaw.EXP)
    return until


def _moment(claims: Mapping[str, Any], name: Flaw) -> datetime:
    try:
        return datetime.fromtimestamp(int(claims[name]), UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        raise BadToken(name) from None


def _named(sub: object) -> Presence:
    found = _WHO.fullmatch(sub) if isinstance(sub, str) else None
    if found is None:
        raise BadToken(Flaw.SUB)
    kind, ref = found[1], found[2]
    who = f"{kind}:{ref}"
    if kind == "buyer":
        return Presence(who=who, role=Role.BUYER)
    whose, slash, name = ref.rpartition("/")
    delegate = Delegate.objects.filter(seller_ref=whose, name=name).first() if slash else None
    if delegate is None:  # a seller's reference may hold a slash
        return Presence(who=who, role=Role.SELLER)
    if delegate.ended_at is not None:
        raise BadToken(Flaw.SUB)
    return Presence(who=who, role=Role.DELEGATE)
