"""Who acts for others: delegates of sellers, and machines and signed links by their keys."""

from __future__ import annotations

import secrets
import string
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared.memory import take_turns
from mamori.ground.ledger import actions as ledger
from mamori.ground.people import persons
from mamori.ground.people.models import IS_HERE, IS_LIVING, Delegate, Key, KeyKind
from mamori.ground.people.persons import Person
from mamori.ground.people.tokens import MARKET, Scope
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.japan.written import plain_name

# Delegates: a seller lets somebody act for the shop, and ends that.


DELEGATE_NAME = regex(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
MOST = 50


class OnlyTheSeller(Refusal, code="people.only-the-seller", status=403):
    """Given when somebody else than the seller would tend delegates."""

    text = Text(
        "代理担当を決められるのは、出品者本人だけです。出品者に伝えてください。",
        "Only the seller decides on delegates. Please tell the seller.",
    )


class DelegateNameUnusable(Refusal, code="people.delegate-name-unusable", status=422):
    """Given when a delegate's short name is not plain."""

    text = Text(
        "短い名前「{name}」は使えません。英小文字・数字・ハイフンで32文字までにしてください（例：hanako）。",
        "“{name}” cannot be a short name. Please use at most 32 small letters, digits and hyphens, such as hanako.",
    )


class DelegateNameTaken(Refusal, code="people.delegate-name-taken", status=409):
    """Given when the shop has or had a delegate of that name."""

    text = Text(
        "「{name}」は、今の担当か、以前の担当の名前です。記録が混ざらないよう、別の名前にしてください。",
        "“{name}” is or was a delegate of yours. Please choose another name, so that records stay apart.",
    )


class MailUnusable(Refusal, code="people.mail-unusable", status=422):
    """Given when an address cannot be one."""

    text = Text(
        "このメールアドレスは使えません。「name@example.jp」の形で書いてください。",
        "This mail address cannot be used. Please write it like name@example.jp.",
    )


class TooManyDelegates(Refusal, code="people.too-many-delegates", status=409):
    """Given when a shop has as many delegates as it may."""

    text = Text(
        "代理担当は50人までです。使っていない人を終了してください。",
        "A shop may have at most 50 delegates. Please end those who no longer act for it.",
    )


class NoSuchDelegate(Refusal, code="people.no-such-delegate", status=404):
    """Given when nobody of that name acts for the seller."""

    text = Text(
        "その名前の代理担当はいません。一覧で確かめてください。",
        "Nobody of that name acts for you. Please look at the list.",
    )


def add_delegate(actor: Actor, *, name: str, person: str, mail: str) -> None:
    """Let somebody act for the seller that asks for it."""
    seller_ref = _seller_of(actor)
    if not DELEGATE_NAME.fullmatch(name):
        raise DelegateNameUnusable(name=name)
    try:
        validate_email(mail)
    except ValidationError:
        raise MailUnusable() from None
    try:
        with transaction.atomic():
            take_turns(f"people.delegates/{seller_ref}")
            if Delegate.objects.filter(IS_HERE, seller_ref=seller_ref).count() >= MOST:
                raise TooManyDelegates()
            sealed = persons.seal(
                seller_ref=seller_ref, name=name, person=Person(name=plain_name(person[:100]), mail=mail)
            )
            Delegate.objects.create(seller_ref=seller_ref, name=name, sealed=sealed, added_at=actor.at)
            _record_delegate(actor, "people.delegate_added", seller_ref, name)
    except IntegrityError:
        raise DelegateNameTaken(name=name) from None


def end_delegate(actor: Actor, *, name: str) -> None:
    """Let somebody act for the seller no more; a running visit of theirs ends with the next request."""
    seller_ref = _seller_of(actor)
    with transaction.atomic():
        rows = Delegate.objects.filter(IS_HERE, seller_ref=seller_ref, name=name)
        if not rows.update(ended_at=actor.at):
            raise NoSuchDelegate()
        _record_delegate(actor, "people.delegate_ended", seller_ref, name)


def _seller_of(actor: Actor) -> str:
    if actor.role is not Role.SELLER or not actor.by.startswith("seller:"):
        raise OnlyTheSeller()
    return actor.by.removeprefix("seller:")


def _record_delegate(actor: Actor, kind: str, seller_ref: str, name: str) -> None:
    ledger.record(
        actor,
        kind=kind,
        subject=f"seller:{seller_ref}",
        about=f"people.delegate:{seller_ref}/{name}",
    )


# Keys of machines and keys that sign links: made and shown once, rotated with an overlap, revoked at once.


NAME = regex(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
LETTERS = string.ascii_lowercase + string.digits


class KeyNameTaken(Refusal, code="people.key-name-taken", status=409):
    """Given when a key of that name is or was there."""

    text = Text(
        "「{name}」という鍵は、今あるか、以前ありました。記録が混ざらないよう、別の名前にしてください。",
        "There is or was a key called “{name}”. Please choose another name, so that records stay apart.",
    )


class KeyNameUnusable(Refusal, code="people.key-name-unusable", status=422):
    """Given when a key's name is not plain."""

    text = Text(
        "鍵の名前「{name}」は使えません。英小文字・数字・「. _ -」で64文字までにしてください。",
        "“{name}” cannot name a key. Please use at most 64 small letters, digits and . _ -",
    )


class KeyRotatedMeanwhile(Refusal, code="people.key-rotated-meanwhile", status=409):
    """Given when somebody made the next key of that name in the same moment."""

    text = Text(
        "「{name}」の次の鍵は、同時に別の操作で作られたため、作っていません。`mamori key list` で確かめてください。",
        "The next key of “{name}” was made elsewhere in the same moment, so none was made here. `mamori key list` shows it.",
    )


class ScopesMissing(Refusal, code="people.scopes-missing", status=422):
    """Given when a key would be good for nothing, or for a mixture that no key may carry."""

    text = Text(
        "鍵にできることを一つ以上選んでください。リンクの署名（links:sign）は専用の鍵にしてください。",
        "Please choose at least one scope. Signing links (links:sign) needs a key of its own.",
    )


class NoSuchKey(Refusal, code="people.no-such-key", status=404):
    """Given when no living key has the name."""

    text = Text(
        "「{name}」という有効な鍵はありません。`mamori key list` で確かめてください。",
        "There is no living key called “{name}”. `mamori key list` shows those there are.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made: the only moment at which its secret can be seen."""

    name: str
    prefix: str
    secret: str = field(repr=False)
    expires_at: datetime | None


def add_key(actor: Actor, *, name: str, scopes: Collection[Scope], lives: timedelta | None = None) -> NewKey:
    """Make a key and return it; a key that signs links carries that scope alone."""
    if not NAME.fullmatch(name):
        raise KeyNameUnusable(name=name)
    if not scopes or (Scope.LINKS_SIGN in scopes and len(set(scopes)) > 1):
        raise ScopesMissing()
    kind = KeyKind.LINK if Scope.LINKS_SIGN in scopes else KeyKind.API
    expires_at = actor.at + lives if lives is not None else None
    try:
        with transaction.atomic():
            return _make(
                actor, kind=kind, name=name, generation=1, scopes=sorted(scopes), expires_at=expires_at
            )
    except IntegrityError:
        raise KeyNameTaken(name=name) from None


def rotate_key(actor: Actor, *, name: str, overlap: timedelta, lives: timedelta | None = None) -> NewKey:
    """Make the next key of that name and return it; the one before still holds for `overlap`."""
    try:
        with transaction.atomic():
            return _rotate(actor, name, overlap, lives)
    except IntegrityError:
        raise KeyRotatedMeanwhile(name=name) from None


def _rotate(actor: Actor, name: str, overlap: timedelta, lives: timedelta | None) -> NewKey:
    former = _living(name)
    ends_at = actor.at + overlap
    if former.expires_at is None or former.expires_at > ends_at:
        former.expires_at = ends_at
        former.save(update_fields=["expires_at"])
    return _make(
        actor,
        kind=KeyKind(former.kind),
        name=name,
        generation=former.generation + 1,
        scopes=former.scopes,
        expires_at=actor.at + lives if lives is not None else None,
    )


def revoke_key(actor: Actor, *, name: str, reason: str = "") -> None:
    """End every living key of that name at once."""
    with transaction.atomic():
        _living(name)
        rows = Key.objects.filter(IS_LIVING, name=name)
        prefixes = sorted(rows.values_list("prefix", flat=True))
        rows.update(revoked_at=actor.at)
        _record(actor, "people.key_revoked", name, reason=reason, payload={"prefixes": prefixes})


def allow_key(actor: Actor, *, name: str, scopes: Collection[Scope]) -> None:
    """Let every living key of that name do this too, at once; what it could do before stays, its secret as well."""
    with transaction.atomic():
        newest = _living(name)
        more = sorted(set(scopes) - set(newest.scopes))
        if newest.kind == KeyKind.LINK or Scope.LINKS_SIGN in more:
            raise ScopesMissing()
        if not more:
            return
        told = [str(scope) for scope in sorted({*newest.scopes, *more})]
        Key.objects.filter(IS_LIVING, name=name).update(scopes=told)
        _record(actor, "people.key_allowed", name, payload={"scopes": told})


def _living(name: str) -> Key:
    rows = Key.objects.select_for_update().filter(IS_LIVING, name=name)
    newest = rows.order_by("-generation").first()
    if newest is None:
        raise NoSuchKey(name=name)
    return newest


def _make(
    actor: Actor, *, kind: KeyKind, name: str, generation: int, scopes: list[str], expires_at: datetime | None
) -> NewKey:
    prefix = "".join(secrets.choice(LETTERS) for _ in range(8))
    secret = secrets.token_urlsafe(32)
    shown = f"mmr_{prefix}_{secret}" if kind is KeyKind.API else secret
    key = Key(
        kind=kind.value,
        name=name,
        generation=generation,
        prefix=prefix,
        scopes=[str(scope) for scope in scopes],
        added_at=actor.at,
        expires_at=expires_at,
    )
    if kind is KeyKind.API:
        key.digest = seals.digest_of(shown)
    else:
        place = seals.Place("people_key", prefix, "sealed")
        key.sealed = sealing.seal(subject=MARKET, place=place, plain=shown.encode())
    key.save(force_insert=True)
    _record(
        actor,
        "people.key_added" if generation == 1 else "people.key_rotated",
        name,
        payload={
            "prefix": prefix,
            "scopes": key.scopes,
            "expires_at": expires_at.isoformat() if expires_at else "",
        },
    )
    return NewKey(name=name, prefix=prefix, secret=shown, expires_at=expires_at)


def _record(actor: Actor, kind: str, name: str, *, payload: dict[str, object], reason: str = "") -> None:
    ledger.record(
        actor, kind=kind, subject=MARKET, about=f"people.key:{name}", reason=reason, payload=payload
    )
