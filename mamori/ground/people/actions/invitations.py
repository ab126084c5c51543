"""Invitations: a link, shown or sent once, by which somebody sets up how they sign in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import seconds
from mamori.ground.people.actions.accounts import (
    MAY_TEND,
    NotYoursToTend,
    keep_a_second,
    the_account_and_all,
)
from mamori.ground.people.factors import factors_of
from mamori.ground.people.models import Account, Invitation
from mamori.ground.people.notices import INVITATION
from mamori.ground.people.rules import INVITATION_HOLDS, INVITATION_HOURS, Profile
from mamori.ground.seal import facts as seals


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


def invite(hand: Hand, *, account: int) -> Invited:
    """Make an invitation and return it; those made before no longer hold."""
    with transaction.atomic():
        return _invited(hand, account)[1]


def invite_by_mail(hand: Hand, *, account: int, origin: str, profile: Profile) -> None:
    """Make an invitation and send it to the account's own address: whoever invites never sees it.

    Whom one invites does not agree to one's wishes any more: the last who could is invited on the server alone.
    """
    with transaction.atomic():
        found, invited = _invited(hand, account, profile)
        outbox.notify(
            to=found.who,
            template=INVITATION,
            values={},
            about=f"people.account:{found.pk}",
            at=hand.at,
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
            Hand(by=account.who, role=Role(account.role), at=at, via="web"),
            kind="people.invitation_taken",
            subject=account.subject,
            about=f"people.account:{account.pk}",
        )
        return account.pk


def _invited(hand: Hand, account: int, profile: Profile | None = None) -> tuple[Account, Invited]:
    if hand.role not in MAY_TEND:
        raise NotYoursToTend()
    found = the_account_and_all(account)
    if not found.is_active:
        raise AccountSuspended()
    has = factors_of(found.pk)
    if has.passkey or has.totp or found.has_usable_password():
        raise AlreadySetUp()
    if profile is not None:
        keep_a_second(hand, found, None, profile)
    token = secrets.token_urlsafe(32)
    expires_at = hand.at + INVITATION_HOLDS
    seconds.note(hand, found)
    Invitation.objects.filter(account=found, used_at__isnull=True).delete()
    Invitation.objects.create(
        account=found, digest=seals.digest_of(token), made_at=hand.at, expires_at=expires_at
    )
    ledger.record(
        hand,
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
