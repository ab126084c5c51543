"""Accounts of staff: added here or by their company, given a role, linked, suspended, let in again."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from mamori.grammar.actor import INSIDE, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.declared.memory import take_turns
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import persons, tokens
from mamori.ground.people.actions import proposing
from mamori.ground.people.models import Account, Invitation, Proposal
from mamori.ground.people.notices import FACTOR_CHANGED
from mamori.ground.people.persons import BY_COMPANY, CompanyRules, CompanyWord
from mamori.ground.people.presence import factors_of
from mamori.ground.people.rules import TRUSTED, Matter, Profile, Size, agreeing, needs_agreement

# Accounts of staff: added, given a role, suspended, let in again; and what follows when a factor changes.


MAY_TEND = TRUSTED | {Role.MACHINE}
ASSIGNABLE = persons.HAVE_ACCOUNTS


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


def add_account(actor: Actor, *, email: str, name: str, role: Role, profile: Profile) -> int:
    """Add an account and return its number; a trusted role that needs agreement is proposed, and agent until then."""
    _may_tend(actor)
    if role not in ASSIGNABLE:
        raise ValueError(f"no account is ever a {role}")
    address, name = email.strip().lower(), name.strip()
    if not _is_mail(address) or not 0 < len(name) <= 100 or not name.isprintable():
        raise NameOrAddressMissing()
    try:
        with transaction.atomic():
            at_once = not needs_agreement(role, None) or (actor.role is Role.MACHINE and is_first_lead())
            account = Account(
                email=address,
                name=name,
                role=(role if at_once else Role.AGENT).value,
                added_at=actor.at,
            )
            account.set_unusable_password()
            account.save(force_insert=True)
            persons.note_introduction(actor, account)
            proposing.record_account(actor, "people.account_added", account, role=account.role)
            if not at_once:
                proposing.open_proposal(
                    actor, matter=Matter.GIVE_ROLE, account=account, role=role, profile=profile
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


def change_role(actor: Actor, *, account: int, role: Role, profile: Profile, reason: str = "") -> None:
    """Give an account another role, or propose it where one person alone does not decide."""
    _may_tend(actor)
    if role not in ASSIGNABLE:
        raise ValueError(f"no account is ever a {role}")
    with transaction.atomic():
        found = the_account_and_all(account)
        _not_own(actor, found)
        former = Role(found.role)
        if former is role:
            return
        if needs_agreement(role, former):
            proposing.open_proposal(
                actor, matter=Matter.GIVE_ROLE, account=found, role=role, profile=profile, reason=reason
            )
            return
        _keep_a_lead(found)
        keep_a_second(actor, found, role, profile)
        proposing.give_role(actor, found, role, reason=reason)
        if former in TRUSTED:
            proposing.end_of(actor, found, why="people.role_changed")


def suspend(actor: Actor, *, account: int, profile: Profile, reason: str = "") -> None:
    """Let an account in no more; its running sessions end with the next request, and what it proposed ends."""
    _may_tend(actor)
    with transaction.atomic():
        found = the_account_and_all(account)
        _not_own(actor, found)
        if not found.is_active:
            return
        _keep_a_lead(found)
        keep_a_second(actor, found, None, profile)
        found.is_active = False
        found.epoch = F("epoch") + 1
        found.save(update_fields=["is_active", "epoch"])
        Invitation.objects.filter(account=found, used_at__isnull=True).delete()
        proposing.record_account(actor, "people.account_suspended", found, reason=reason)
        proposing.end_of(actor, found, why="people.account_suspended")


def let_in_again(actor: Actor, *, account: int, profile: Profile, reason: str = "") -> None:
    """Let a suspended account in again; no old session lives up, and codes of an app are proposed anew."""
    _may_tend(actor)
    with transaction.atomic():
        found = the_account(account)
        _not_own(actor, found)
        if found.is_active:
            return
        found.is_active = True
        found.save(update_fields=["is_active"])
        proposing.record_account(actor, "people.account_let_in", found, reason=reason)
        if _waits_for_others(found):
            own = Actor(by=found.who, role=Role(found.role), at=actor.at, via=actor.via)
            proposing.open_once(own, matter=Matter.ALLOW_TOTP, account=found, profile=profile)


def propose_reset(actor: Actor, *, account: int, profile: Profile, reason: str) -> int:
    """Propose that somebody may set up their sign-in anew, because passkey and codes are lost; return its number."""
    _may_tend(actor)
    with transaction.atomic():
        found = the_account(account)
        _not_own(actor, found)
        return proposing.open_proposal(
            actor, matter=Matter.RESET_FACTORS, account=found, profile=profile, reason=reason
        )


def factor_changed(actor: Actor, *, account: int, change: str, profile: Profile) -> None:
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
        proposing.record_account(actor, "people.factor_changed", found, change=change)
        about = f"people.account:{found.pk}"
        outbox.notify_numbered(to=found.who, template=FACTOR_CHANGED, values={}, about=about, at=actor.at)
        if _waits_for_others(found):
            proposing.open_once(actor, matter=Matter.ALLOW_TOTP, account=found, profile=profile)
        else:
            proposing.close_needless(actor, matter=Matter.ALLOW_TOTP, account=found)


def allow_totp(actor: Actor, *, account: int) -> None:
    """Let an account do without a passkey from the start: only the machine may, which stands for who owns the house."""
    if actor.role is not Role.MACHINE:
        raise NotYoursToTend()
    with transaction.atomic():
        found = the_account(account)
        found.totp_allowed_at = actor.at
        found.save(update_fields=["totp_allowed_at"])
        proposing.record_account(actor, "people.totp_allowed", found)


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


def _may_tend(actor: Actor) -> None:
    if actor.role not in MAY_TEND:
        raise NotYoursToTend()


def _not_own(actor: Actor, account: Account) -> None:
    if persons.subject_of(actor) == account.subject:
        raise NotYourOwn()


def _keep_a_lead(account: Account) -> None:
    """Refuse what would leave nobody to tend the accounts; the caller holds the leads locked, so that two cannot leave."""
    others = Account.objects.filter(is_active=True, role__in=sorted(TRUSTED)).exclude(pk=account.pk)
    if account.role in TRUSTED and not others.exists():
        raise LastLead()


def keep_a_second(actor: Actor, account: Account, role: Role | None, profile: Profile) -> None:
    """Refuse what would leave who does it, or who brought them in, with nobody who could agree to their wishes."""
    if actor.role is Role.MACHINE or profile.size is Size.ONE:
        return
    here, own = persons.house(profile), persons.subject_of(actor)
    for roles in {agreeing(matter, size=profile.size) for matter in Matter}:
        able = persons.able(roles)
        if role in roles or account.subject not in able:
            continue
        for who in (own, *here.who_brought(own)):
            if {one for one in able if here.is_another(one, than=who)} == {account.subject}:
                raise LastWhoCouldAgree()


def renew(actor: Actor, account: Account, role: Role, profile: Profile) -> None:
    """Give somebody the role that the company says now; what they proposed in a trusted role that is over ends."""
    former = Role(account.role)
    for found in _wishes(account):
        if found.role != role.value:
            proposing.close_proposal(actor, found, "withdraw", reason="people.role_changed")
    if role is former:
        return
    waits = needs_agreement(role, former) and not is_first_lead()
    given = Role.AGENT if waits else role
    if given is not former:
        proposing.give_role(actor, account, given, reason=BY_COMPANY)
        if former in TRUSTED:
            proposing.end_of(actor, account, why="people.role_changed")
    if waits and not _is_proposed(account):
        proposing.open_proposal(
            actor, matter=Matter.GIVE_ROLE, account=account, role=role, profile=profile, reason=BY_COMPANY
        )


def the_account_and_wishes(number: int) -> Account:
    """Return the account, locked after what the company wished for it: whoever agrees locks both in this order."""
    _wishes(Account(pk=number))
    return the_account_and_all(number)


def _wishes(account: Account) -> list[Proposal]:
    rows = Proposal.objects.select_for_update().filter(
        IS_OPEN, about=account.subject, matter=Matter.GIVE_ROLE.value, by=BY_COMPANY
    )
    return list(rows)


def _is_proposed(account: Account) -> bool:
    return Proposal.objects.filter(IS_OPEN, about=account.subject, matter=Matter.GIVE_ROLE.value).exists()


# Staff who come in by their company: added, given the role that it says, linked, let go when it says so.


class CompanyGivesNoRole(Refusal, code="people.company-gives-no-role", status=403):
    """Given when the company knows somebody and says nothing by which they would have a role here."""

    text = Text(
        "会社のアカウントは確認できましたが、この窓口での役割が割り当てられていません。{ask}に、"
        "この窓口のグループに加えるよう頼んでください。",
        "Your company account was recognised, but your company has not given you a role here. Please ask {ask} to add you to "
        "one of the groups of this customer centre.",
    )


class CompanyMailMissing(Refusal, code="people.company-mail-missing", status=403):
    """Given when the company tells no address, or one that it calls unverified: nobody could be written to."""

    text = Text(
        "会社のアカウントに、確認済みのメールアドレスと名前がそろっていないため、登録できません。"
        "社内のアカウントの担当に、登録内容を直してもらってください。",
        "Your company account lacks a verified mail address or a name, so you cannot be added. Please have whoever tends the "
        "company's accounts put that right.",
    )


class CompanyAddressHere(Refusal, code="people.company-address-here", status=409):
    """Given when an account of the house has the address that the company tells: equal addresses link nothing."""

    text = Text(
        "同じメールアドレスの担当者が、もう登録されています。ご本人なら、これまでの方法（パスキーなど）でサインインし、"
        "「サインインの手段」で会社のアカウントをつないでください。",
        "There is already an account with this mail address. If it is yours, please sign in as before (with your passkey) and "
        "connect the company's account on the page “How you sign in”.",
    )


class CompanyAccountSuspended(Refusal, code="people.company-account-suspended", status=403):
    """Given when the company lets somebody in whom the house has suspended."""

    text = Text(
        "この窓口では、あなたの登録が停止されています。責任者にお問い合わせください。",
        "Your account is suspended here. Please ask a lead of the customer centre.",
    )


class CompanyLinkedElsewhere(Refusal, code="people.company-linked-elsewhere", status=409):
    """Given when the company's account, or the one here, is connected with another already."""

    text = Text(
        "この会社のアカウントか、ここでの登録は、もうほかとつながっています。サーバーを管理する人に"
        "`mamori staff unlink` で外してもらってから、もう一度お試しください。",
        "The company's account, or yours here, is connected with another already. Please have whoever keeps the server undo "
        "that with `mamori staff unlink`, and try again.",
    )


class CompanyRoleDiffers(Refusal, code="people.company-role-differs", status=409):
    """Given when connecting would change somebody's role: that is settled with the groups first."""

    text = Text(
        "会社のグループでは「{told}」、ここでの役割は「{has}」と、食い違っています。つなぐと役割が変わるため、"
        "先に会社のグループを直してもらってください。",
        "By the company's groups you are “{told}”, and here “{has}”. Connecting would change your role, so please have the "
        "groups put right first.",
    )


def come_in_by_company(
    word: CompanyWord, *, rules: CompanyRules, profile: Profile, ask: Text, at: datetime, request: str = ""
) -> int:
    """Return the number of the account that may be signed in, added where it is new, in the role that the company says.

    Its word holds for `rules.holds` from now.  What is refused is on the record.
    """
    actor = Actor(by=BY_COMPANY, role=Role.MACHINE, at=at, via="company", request=request)
    with transaction.atomic():
        try:
            with transaction.atomic():
                return _come_in(actor, word, rules, profile)
        except CompanyGivesNoRole:
            refusal: Refusal = CompanyGivesNoRole(ask=ask)
            _take_away(actor, _of(_sign(word)), profile)
        except (CompanyMailMissing, CompanyAddressHere, CompanyAccountSuspended) as found:
            refusal = found
        note_refused(actor, why=refusal.code, account=_of(_sign(word)))
    raise refusal


def link_company(actor: Actor, word: CompanyWord, *, rules: CompanyRules, account: int) -> None:
    """Let the company sign in from now on whoever has this account, who asked for it and proved just now who they are."""
    with transaction.atomic():
        found = the_account(account)
        if persons.subject_of(actor) != found.subject or actor.role not in INSIDE:
            raise ValueError("nobody connects another's account")
        sign, role = _sign(word), rules.role_of(word.groups)
        if found.company is not None or _of(sign) is not None:
            raise CompanyLinkedElsewhere()
        if rules.roles and role is not Role(found.role):
            none = Text("役割なし", "without a role")
            raise CompanyRoleDiffers(told=role.text if role else none, has=Role(found.role).text)
        found.company, found.vouched_until = sign, actor.at + rules.holds
        found.save(update_fields=["company", "vouched_until"])
        proposing.record_account(actor, "people.company_linked", found)


def unlink_company(actor: Actor, *, account: int, reason: str) -> None:
    """Let the company sign somebody in no more: by the command line, for whoever has the house's own means."""
    if actor.role is not Role.MACHINE:
        raise NotYoursToTend()
    with transaction.atomic():
        found = the_account(account)
        if found.company is None:
            return
        found.company = found.vouched_until = None
        found.epoch += 1
        found.save(update_fields=["company", "vouched_until", "epoch"])
        proposing.record_account(actor, "people.company_unlinked", found, reason=reason)


def end_by_company(*, issuer: str, subject: str, visit: str, at: datetime) -> int:
    """End every visit of whom the company signed out, by whatever means it was begun, and return how many people that were.

    Until the company signs them in anew they do not come in.
    """
    actor = Actor(by=BY_COMPANY, role=Role.MACHINE, at=at, via="company")
    with transaction.atomic():
        rows = Account.objects.select_for_update().filter(company__isnull=False).order_by("pk")
        if subject:
            rows = rows.filter(company=tokens.company_sign("person", issuer, subject))
        else:
            sign = tokens.company_sign("visit", issuer, visit)
            rows = rows.filter(pk__in=UserSession.objects.filter(data__visit=sign).values("user_id"))
        ended = [found for found in rows if found.vouched_until is not None and found.vouched_until > at]
        for found in ended:
            _let_go(actor, found)
        return len(ended)


def company_account(word: CompanyWord) -> int | None:
    """Return the number of the account that the company signs in by this word, None where there is none yet."""
    found = _of(_sign(word))
    return found.pk if found else None


def note_refused(actor: Actor, *, why: str, account: Account | None = None) -> None:
    """Put on the record that somebody who came from the company was not let in, and why."""
    with transaction.atomic():
        ledger.record(
            actor,
            kind="people.company_refused",
            subject=account.subject if account else tokens.MARKET,
            about=f"people.account:{account.pk}" if account else "",
            payload={"why": why},
        )


def _come_in(actor: Actor, word: CompanyWord, rules: CompanyRules, profile: Profile) -> int:
    role, known = rules.role_of(word.groups), _of(_sign(word))
    if role is None and (rules.roles or known is None):
        raise CompanyGivesNoRole(ask="")
    if known is None:
        return _add(actor, word, role or Role.READER, rules, profile)
    found = the_account_and_wishes(known.pk)
    if not found.is_active:
        raise CompanyAccountSuspended()
    if rules.roles and role is not None:
        renew(actor, found, role, profile)
    found.vouched_until = actor.at + rules.holds
    found.save(update_fields=["vouched_until"])
    return found.pk


def _add(actor: Actor, word: CompanyWord, role: Role, rules: CompanyRules, profile: Profile) -> int:
    if not word.mail or not word.name:
        raise CompanyMailMissing()
    try:
        number = add_account(actor, email=word.mail, name=word.name, role=role, profile=profile)
    except AddressTaken:
        raise CompanyAddressHere() from None
    except NameOrAddressMissing:
        raise CompanyMailMissing() from None
    Account.objects.filter(pk=number).update(company=_sign(word), vouched_until=actor.at + rules.holds)
    return number


def _take_away(actor: Actor, known: Account | None, profile: Profile) -> None:
    """Take the role away from whom the company gives none any more, and end their visits."""
    if known is not None:
        found = the_account_and_wishes(known.pk)
        renew(actor, found, Role.READER, profile)
        _let_go(actor, found)


def _let_go(actor: Actor, found: Account) -> None:
    """End every visit of somebody, and let the company's word hold no more."""
    found.vouched_until = actor.at
    found.epoch = F("epoch") + 1
    found.save(update_fields=["vouched_until", "epoch"])
    proposing.record_account(actor, "people.company_ended", found)


def _sign(word: CompanyWord) -> str:
    return tokens.company_sign("person", word.issuer, word.subject)


def _of(sign: str) -> Account | None:
    return Account.objects.filter(company=sign).first()


def put_place(account: int, path: str, *, is_opened: bool) -> None:
    """Let a place stand in somebody's menu because they opened it, or no longer; nobody else's concern, so in no record."""
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account)
        row.places = sorted({*row.places, path} if is_opened else {*row.places} - {path})
        row.save(update_fields=["places"])
