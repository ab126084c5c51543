"""Delegates: a seller lets somebody act for the shop, and ends that."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared.turns import take_turns
from mamori.ground.ledger import actions as ledger
from mamori.ground.people import delegates_kept
from mamori.ground.people.delegates_kept import Person
from mamori.ground.people.models import IS_HERE, Delegate
from mamori.japan.seen import plain_name

NAME = regex(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
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


def add_delegate(hand: Hand, *, name: str, person: str, mail: str) -> None:
    """Let somebody act for the seller whose hand it is."""
    seller_ref = _seller_of(hand)
    if not NAME.fullmatch(name):
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
            sealed = delegates_kept.seal(
                seller_ref=seller_ref, name=name, person=Person(name=plain_name(person[:100]), mail=mail)
            )
            Delegate.objects.create(seller_ref=seller_ref, name=name, sealed=sealed, added_at=hand.at)
            _record(hand, "people.delegate_added", seller_ref, name)
    except IntegrityError:
        raise DelegateNameTaken(name=name) from None


def end_delegate(hand: Hand, *, name: str) -> None:
    """Let somebody act for the seller no more; a running visit of theirs ends with the next request."""
    seller_ref = _seller_of(hand)
    with transaction.atomic():
        rows = Delegate.objects.filter(IS_HERE, seller_ref=seller_ref, name=name)
        if not rows.update(ended_at=hand.at):
            raise NoSuchDelegate()
        _record(hand, "people.delegate_ended", seller_ref, name)


def _seller_of(hand: Hand) -> str:
    if hand.role is not Role.SELLER or not hand.by.startswith("seller:"):
        raise OnlyTheSeller()
    return hand.by.removeprefix("seller:")


def _record(hand: Hand, kind: str, seller_ref: str, name: str) -> None:
    ledger.record(
        hand,
        kind=kind,
        subject=f"seller:{seller_ref}",
        about=f"people.delegate:{seller_ref}/{name}",
    )
