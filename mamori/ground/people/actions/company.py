"""Staff who come in by their company: added, given the role that it says, linked, let go when it says so."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F

from mamori.grammar.hand import INSIDE, Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.people import secrets_kept, subjects
from mamori.ground.people.actions import accounts, carrying, companyrole
from mamori.ground.people.company import BY_COMPANY, CompanyRules, CompanyWord
from mamori.ground.people.models import Account
from mamori.ground.people.rules import Profile


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
    hand = Hand(by=BY_COMPANY, role=Role.MACHINE, at=at, via="company", request=request)
    with transaction.atomic():
        try:
            with transaction.atomic():
                return _come_in(hand, word, rules, profile)
        except CompanyGivesNoRole:
            refusal: Refusal = CompanyGivesNoRole(ask=ask)
            _take_away(hand, _of(_sign(word)), profile)
        except (CompanyMailMissing, CompanyAddressHere, CompanyAccountSuspended) as found:
            refusal = found
        note_refused(hand, why=refusal.code, account=_of(_sign(word)))
    raise refusal


def link_company(hand: Hand, word: CompanyWord, *, rules: CompanyRules, account: int) -> None:
    """Let the company sign in from now on whoever has this account, who asked for it and proved just now who they are."""
    with transaction.atomic():
        found = accounts.the_account(account)
        if subjects.of(hand) != found.subject or hand.role not in INSIDE:
            raise ValueError("nobody connects another's account")
        sign, role = _sign(word), rules.role_of(word.groups)
        if found.company is not None or _of(sign) is not None:
            raise CompanyLinkedElsewhere()
        if rules.roles and role is not Role(found.role):
            none = Text("役割なし", "without a role")
            raise CompanyRoleDiffers(told=role.text if role else none, has=Role(found.role).text)
        found.company, found.vouched_until = sign, hand.at + rules.holds
        found.save(update_fields=["company", "vouched_until"])
        carrying.record_account(hand, "people.company_linked", found)


def unlink_company(hand: Hand, *, account: int, reason: str) -> None:
    """Let the company sign somebody in no more: by the command line, for whoever has the house's own means."""
    if hand.role is not Role.MACHINE:
        raise accounts.NotYoursToTend()
    with transaction.atomic():
        found = accounts.the_account(account)
        if found.company is None:
            return
        found.company = found.vouched_until = None
        found.epoch += 1
        found.save(update_fields=["company", "vouched_until", "epoch"])
        carrying.record_account(hand, "people.company_unlinked", found, reason=reason)


def end_by_company(*, issuer: str, subject: str, visit: str, at: datetime) -> int:
    """End every visit of whom the company signed out, by whatever means it was begun, and return how many people that were.

    Until the company signs them in anew they do not come in.
    """
    hand = Hand(by=BY_COMPANY, role=Role.MACHINE, at=at, via="company")
    with transaction.atomic():
        rows = Account.objects.select_for_update().filter(company__isnull=False).order_by("pk")
        if subject:
            rows = rows.filter(company=secrets_kept.company_sign("person", issuer, subject))
        else:
            sign = secrets_kept.company_sign("visit", issuer, visit)
            rows = rows.filter(pk__in=UserSession.objects.filter(data__visit=sign).values("user_id"))
        ended = [found for found in rows if found.vouched_until is not None and found.vouched_until > at]
        for found in ended:
            _let_go(hand, found)
        return len(ended)


def company_account(word: CompanyWord) -> int | None:
    """Return the number of the account that the company signs in by this word, None where there is none yet."""
    found = _of(_sign(word))
    return found.pk if found else None


def note_refused(hand: Hand, *, why: str, account: Account | None = None) -> None:
    """Put on the record that somebody who came from the company was not let in, and why."""
    with transaction.atomic():
        ledger.record(
            hand,
            kind="people.company_refused",
            subject=account.subject if account else secrets_kept.MARKET,
            about=f"people.account:{account.pk}" if account else "",
            payload={"why": why},
        )


def _come_in(hand: Hand, word: CompanyWord, rules: CompanyRules, profile: Profile) -> int:
    role, known = rules.role_of(word.groups), _of(_sign(word))
    if role is None and (rules.roles or known is None):
        raise CompanyGivesNoRole(ask="")
    if known is None:
        return _add(hand, word, role or Role.READER, rules, profile)
    found = companyrole.the_account(known.pk)
    if not found.is_active:
        raise CompanyAccountSuspended()
    if rules.roles and role is not None:
        companyrole.renew(hand, found, role, profile)
    found.vouched_until = hand.at + rules.holds
    found.save(update_fields=["vouched_until"])
    return found.pk


def _add(hand: Hand, word: CompanyWord, role: Role, rules: CompanyRules, profile: Profile) -> int:
    if not word.mail or not word.name:
        raise CompanyMailMissing()
    try:
        number = accounts.add_account(hand, email=word.mail, name=word.name, role=role, profile=profile)
    except accounts.AddressTaken:
        raise CompanyAddressHere() from None
    except accounts.NameOrAddressMissing:
        raise CompanyMailMissing() from None
    Account.objects.filter(pk=number).update(company=_sign(word), vouched_until=hand.at + rules.holds)
    return number


def _take_away(hand: Hand, known: Account | None, profile: Profile) -> None:
    """Take the role away from whom the company gives none any more, and end their visits."""
    if known is not None:
        found = companyrole.the_account(known.pk)
        companyrole.renew(hand, found, Role.READER, profile)
        _let_go(hand, found)


def _let_go(hand: Hand, found: Account) -> None:
    """End every visit of somebody, and let the company's word hold no more."""
    found.vouched_until = hand.at
    found.epoch = F("epoch") + 1
    found.save(update_fields=["vouched_until", "epoch"])
    carrying.record_account(hand, "people.company_ended", found)


def _sign(word: CompanyWord) -> str:
    return secrets_kept.company_sign("person", word.issuer, word.subject)


def _of(sign: str) -> Account | None:
    return Account.objects.filter(company=sign).first()
