"""Accounts of staff: added, given a role, suspended, let in again; and what follows when a factor changes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from mamori.grammar.hand import INSIDE, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.turns import take_turns
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import seconds, subjects
from mamori.ground.people.actions import carrying, proposing
from mamori.ground.people.factors import factors_of
from mamori.ground.people.models import Account, Invitation
from mamori.ground.people.notices import FACTOR_CHANGED
from mamori.ground.people.rules import TRUSTED, Matter, Profile, Size, agreeing, needs_agreement

MAY_TEND = TRUSTED | {Role.MACHINE}
ASSIGNABLE = subjects.HAVE_ACCOUNTS


class NotYoursToTend(Refusal, code="people.not-yours-to-tend", status=403):
    """Given when somebody else than a lead, counsel or the machine would change accounts."""

    text = Text(
        "担当者の登録と変更は、責任者と法務担当だけができます。どちらかにお伝えください。",
        "Only a lead or counsel can add or change accounts. Please ask one of them.",
    )


class AddressTaken(Refusal, code="people.address-taken", status=409):
    """Given when an account has the mail address already."""

    text = Text(
        "{email} の人はもう登録されています。一覧で確かめてください。",
        "There is already an account for {email}. Please look at the list.",
    )


class NameOrAddressMissing(Refusal, code="people.name-or-address-missing", status=422):
    """Given when an account would bear no name, or a mail address that is none: nobody could be invited or named."""

    text = Text(
        "名前（100文字まで）と、hanako@example.jp の形のメールアドレスの両方を書いてください。",
        "Please give both a name (at most 100 characters) and a mail address such as hanako@example.jp.",
    )


class NoSuchAccount(Refusal, code="people.no-such-account", status=404):
    """Given when there is no account of that number."""

    text = Text("その担当者は登録されていません。", "There is no such account.")


class NotYourOwn(Refusal, code="people.not-your-own", status=403):
    """Given when somebody would suspend or promote their own account."""

    text = Text(
        "自分の登録は変えられません。ほかの責任者にお願いしてください。",
        "You cannot change your own account. Please ask another lead.",
    )


class LastLead(Refusal, code="people.last-lead", status=409):
    """Given when nobody would be left who may tend the accounts."""

    text = Text(
        "責任者・法務担当が一人もいなくなるため、できません。先に別の人を責任者にしてください。",
        "Nobody would be left as lead or counsel. Please make somebody else lead first.",
    )


class LastWhoCouldAgree(Refusal, code="people.last-who-could-agree", status=409):
    """Given when somebody would take away the last person without whose agreement their own wishes do not happen."""

    text = Text(
        "この人は、申請に二人目として承認できる最後の人です。一人では停止・変更・招待ができません。"
        "サーバーを管理する人に `mamori staff` で行ってもらうか、先に二人目になれる人を増やしてください。",
        "This is the last person who could agree to what is proposed here, so one person alone cannot do this. Please have "
        "it done on the server with `mamori staff`, or first let there be somebody else who counts.",
    )


def add_account(hand: Hand, *, email: str, name: str, role: Role, profile: Profile) -> int:
    """Add an account and return its number; a trusted role that needs agreement is proposed, and agent until then."""
    _may_tend(hand)
    if role not in ASSIGNABLE:
        raise ValueError(f"no account is ever a {role}")
    address, name = email.strip().lower(), name.strip()
    if not _is_mail(address) or not 0 < len(name) <= 100 or not name.isprintable():
        raise NameOrAddressMissing()
    try:
        with transaction.atomic():
            at_once = not needs_agreement(role, None) or (hand.role is Role.MACHINE and is_first_lead())
            account = Account(
                email=address,
                name=name,
                role=(role if at_once else Role.AGENT).value,
                added_at=hand.at,
            )
            account.set_unusable_password()
            account.save(force_insert=True)
            seconds.note(hand, account)
            carrying.record_account(hand, "people.account_added", account, role=account.role)
            if not at_once:
                proposing.open_proposal(
                    hand, matter=Matter.GIVE_ROLE, account=account, role=role, profile=profile
                )
            return account.pk
    except IntegrityError:
        raise AddressTaken(email=address) from None


def _is_mail(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def change_role(hand: Hand, *, account: int, role: Role, profile: Profile, reason: str = "") -> None:
    """Give an account another role, or propose it where one person alone does not decide."""
    _may_tend(hand)
    if role not in ASSIGNABLE:
        raise ValueError(f"no account is ever a {role}")
    with transaction.atomic():
        found = the_account_and_all(account)
        _not_own(hand, found)
        former = Role(found.role)
        if former is role:
            return
        if needs_agreement(role, former):
            proposing.open_proposal(
                hand, matter=Matter.GIVE_ROLE, account=found, role=role, profile=profile, reason=reason
            )
            return
        _keep_a_lead(found)
        keep_a_second(hand, found, role, profile)
        carrying.give_role(hand, found, role, reason=reason)
        if former in TRUSTED:
            proposing.end_of(hand, found, why="people.role_changed")


def suspend(hand: Hand, *, account: int, profile: Profile, reason: str = "") -> None:
    """Let an account in no more; its running sessions end with the next request, and what it proposed ends."""
    _may_tend(hand)
    with transaction.atomic():
        found = the_account_and_all(account)
        _not_own(hand, found)
        if not found.is_active:
            return
        _keep_a_lead(found)
        keep_a_second(hand, found, None, profile)
        found.is_active = False
        found.epoch = F("epoch") + 1
        found.save(update_fields=["is_active", "epoch"])
        Invitation.objects.filter(account=found, used_at__isnull=True).delete()
        carrying.record_account(hand, "people.account_suspended", found, reason=reason)
        proposing.end_of(hand, found, why="people.account_suspended")


def let_in_again(hand: Hand, *, account: int, profile: Profile, reason: str = "") -> None:
    """Let a suspended account in again; no old session lives up, and codes of an app are proposed anew."""
    _may_tend(hand)
    with transaction.atomic():
        found = the_account(account)
        _not_own(hand, found)
        if found.is_active:
            return
        found.is_active = True
        found.save(update_fields=["is_active"])
        carrying.record_account(hand, "people.account_let_in", found, reason=reason)
        if _waits_for_others(found):
            own = Hand(by=found.who, role=Role(found.role), at=hand.at, via=hand.via)
            proposing.open_once(own, matter=Matter.ALLOW_TOTP, account=found, profile=profile)


def propose_reset(hand: Hand, *, account: int, profile: Profile, reason: str) -> int:
    """Propose that somebody may set up their sign-in anew, because passkey and codes are lost; return its number."""
    _may_tend(hand)
    with transaction.atomic():
        found = the_account(account)
        _not_own(hand, found)
        return proposing.open_proposal(
            hand, matter=Matter.RESET_FACTORS, account=found, profile=profile, reason=reason
        )


def factor_changed(hand: Hand, *, account: int, change: str, profile: Profile) -> None:
    """Note that a password, passkey, app or the recovery codes of an account changed: all its sessions end.

    Codes from an app without a passkey are then proposed to others, unless that was allowed ahead: what was allowed holds
    while nothing is set up yet, and ends with the app, or once a passkey makes it needless.
    """
    with transaction.atomic():
        found = hold_means(account)
        found.epoch += 1
        has = factors_of(found.pk)
        if not has.totp and (has.passkey or change.endswith("_removed")):
            found.totp_allowed_at = None
        found.save(update_fields=["epoch", "totp_allowed_at"])
        carrying.record_account(hand, "people.factor_changed", found, change=change)
        about = f"people.account:{found.pk}"
        outbox.notify(to=found.who, template=FACTOR_CHANGED, values={}, about=about, at=hand.at)
        if _waits_for_others(found):
            proposing.open_once(hand, matter=Matter.ALLOW_TOTP, account=found, profile=profile)
        else:
            proposing.close_needless(hand, matter=Matter.ALLOW_TOTP, account=found)


def allow_totp(hand: Hand, *, account: int) -> None:
    """Let an account do without a passkey from the start: only the machine may, which stands for who owns the house."""
    if hand.role is not Role.MACHINE:
        raise NotYoursToTend()
    with transaction.atomic():
        found = the_account(account)
        found.totp_allowed_at = hand.at
        found.save(update_fields=["totp_allowed_at"])
        carrying.record_account(hand, "people.totp_allowed", found)


def _waits_for_others(account: Account) -> bool:
    """Say whether somebody has codes of an app, no passkey, and nobody's agreement to that."""
    has = factors_of(account.pk)
    return Role(account.role) in INSIDE and has.totp and not has.passkey and account.totp_allowed_at is None


def the_account_and_all(account: int) -> Account:
    """Return the account, with everybody's locked in one order: of two who suspend each other, one waits.

    Its proposals are locked before, as by whoever agrees.
    """
    proposing.theirs(Account(pk=account))
    rows = Account.objects.select_for_update().filter(Q(pk=account) | Q(is_active=True)).order_by("pk")
    found = next((row for row in list(rows) if row.pk == account), None)
    if found is None:
        raise NoSuchAccount()
    return found


def the_account(account: int) -> Account:
    """Return the account, locked."""
    found = Account.objects.select_for_update().filter(pk=account).first()
    if found is None:
        raise NoSuchAccount()
    return found


def is_first_lead() -> bool:
    """Say whether nobody is there who may tend the accounts; of several who would be the first, one is until the others look."""
    take_turns("people.first-lead")
    return not Account.objects.filter(is_active=True, role__in=sorted(TRUSTED)).exists()


def hold_means(account: int) -> Account:
    """Return the account, locked with what waits for its app: of two changes of its means, the later sees what is left.

    What others agree to is locked before, as by whoever agrees.
    """
    proposing.about(Account(pk=account), Matter.ALLOW_TOTP)
    return the_account(account)


def _may_tend(hand: Hand) -> None:
    if hand.role not in MAY_TEND:
        raise NotYoursToTend()


def _not_own(hand: Hand, account: Account) -> None:
    if subjects.of(hand) == account.subject:
        raise NotYourOwn()


def _keep_a_lead(account: Account) -> None:
    """Refuse what would leave nobody to tend the accounts; the caller holds the leads locked, so that two cannot leave."""
    others = Account.objects.filter(is_active=True, role__in=sorted(TRUSTED)).exclude(pk=account.pk)
    if account.role in TRUSTED and not others.exists():
        raise LastLead()


def keep_a_second(hand: Hand, account: Account, role: Role | None, profile: Profile) -> None:
    """Refuse what would leave who does it, or who brought them in, with nobody who could agree to their wishes."""
    if hand.role is Role.MACHINE or profile.size is Size.ONE:
        return
    here, own = seconds.house(profile), subjects.of(hand)
    for roles in {agreeing(matter, size=profile.size) for matter in Matter}:
        able = seconds.able(roles)
        if role in roles or account.subject not in able:
            continue
        for who in (own, *here.who_brought(own)):
            if {one for one in able if here.is_another(one, than=who)} == {account.subject}:
                raise LastWhoCouldAgree()
