"""What needs a second pair of eyes: proposed, told of, agreed to, declined, withdrawn, carried out when all agreed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import F

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Due
from mamori.grammar.declaration import Template
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import persons
from mamori.ground.people.events import ErasureAgreed, ReleaseAgreed, TermsAgreed
from mamori.ground.people.lifecycle import PROPOSAL, ProposalState
from mamori.ground.people.models import Account, Approval, Proposal
from mamori.ground.people.notices import DONE, OUTSIDE_READER, PROPOSED, WAITS
from mamori.ground.people.presence import remove_factors
from mamori.ground.people.rules import Matter, Profile, Size, agreeing, may_agree, may_withdraw, way
from mamori.ground.people.tokens import MARKET
from mamori.japan.calendar import spoken
from mamori.law.deadlines import LONE_DELAY

# Carrying out what was agreed: the effect, the end of the proposal, and the record of both.


def effect(actor: Actor, found: Proposal) -> None:
    """Carry it out, once: whoever holds the row has it open, and closes it here."""
    close_proposal(actor, found, "effect")
    news = _TOLD.get(Matter(found.matter))
    if news is not None:
        outbox.publish(news(subject=found.about, proposal=found.pk), at=actor.at)
    account = Account.objects.select_for_update().get(pk=found.account_id) if found.account_id else None
    if account is None:
        return
    _OF_ACCOUNT[Matter(found.matter)](actor, account, found)


def _allow_totp(actor: Actor, account: Account, _: Proposal) -> None:
    account.totp_allowed_at = actor.at
    account.save(update_fields=["totp_allowed_at"])


def _reset_factors(_: Actor, account: Account, __: Proposal) -> None:
    remove_factors(account.pk)
    account.set_unusable_password()
    account.totp_allowed_at = None
    account.epoch = F("epoch") + 1
    account.save(update_fields=["password", "totp_allowed_at", "epoch"])


_TOLD: Mapping[Matter, type[ErasureAgreed | TermsAgreed | ReleaseAgreed]] = {
    Matter.ERASE_PERSON: ErasureAgreed,
    Matter.CHANGE_TERMS: TermsAgreed,
    Matter.RELEASE_PAYOUT: ReleaseAgreed,
}
"""What others carry out, in this transaction: they hear it together."""
_OF_ACCOUNT: Mapping[Matter, Callable[[Actor, Account, Proposal], None]] = {
    Matter.GIVE_ROLE: lambda actor, account, found: give_role(actor, account, Role(found.role)),
    Matter.ALLOW_TOTP: _allow_totp,
    Matter.RESET_FACTORS: _reset_factors,
}


def close_proposal(actor: Actor, found: Proposal, step: str, *, reason: str = "") -> None:
    """End a proposal by a step, and its clock with it."""
    found.state = PROPOSAL.take(step, ProposalState(found.state), actor.role).value
    found.closed_at = actor.at
    found.save(update_fields=["state", "closed_at"])
    clocks.stop(about=f"people.proposal:{found.pk}", at=actor.at, why=step)
    record_proposal(actor, f"people.proposal_{found.state}", found, reason=reason)


def give_role(actor: Actor, account: Account, role: Role, *, reason: str = "") -> None:
    """Give the role, and end the sessions that were begun in the former one."""
    former, account.role = account.role, role.value
    account.epoch += 1
    account.save(update_fields=["role", "epoch"])
    record_account(actor, "people.role_changed", account, reason=reason, former=former, role=role.value)


def record_account(actor: Actor, kind: str, account: Account, *, reason: str = "", **payload: str) -> None:
    """Record what happened to an account, with whoever has it as the subject."""
    ledger.record(
        actor,
        kind=kind,
        subject=account.subject,
        about=f"people.account:{account.pk}",
        reason=reason,
        payload=payload,
    )


def record_proposal(actor: Actor, kind: str, found: Proposal, *, reason: str = "") -> None:
    """Record what happened to a proposal, with the person whom it concerns as its subject."""
    ledger.record(
        actor,
        kind=kind,
        subject=found.about if found.account_id else MARKET,
        about=f"people.proposal:{found.pk}",
        reason=reason,
        payload={"matter": found.matter, "concerned": found.about, "role": found.role},
    )


def let_wait(actor: Actor, found: Proposal, profile: Profile) -> None:
    """Start the clock at whose ring it is carried out, and tell whom it concerns, who else is there, and the outside reader."""
    due: Due = clocks.start(
        kind=LONE_DELAY.code, about=f"people.proposal:{found.pk}", at=actor.at, duration=profile.delay
    )
    found.due_at = due.at
    found.save(update_fields=["due_at"])
    concerned = [found.account.who] if found.account else []
    beside = [one.who for one in _able(found, profile)]
    for to in dict.fromkeys([*concerned, *beside, *([OUTSIDE_READER] if profile.reader else [])]):
        _notify(actor, found, WAITS, to, due=spoken(due.at))


def notify_agreeing(actor: Actor, found: Proposal, profile: Profile) -> None:
    """Tell those whose agreement would count."""
    here = persons.house(profile)
    for account in _able(found, profile):
        if here.is_another(account.subject, than=found.by):
            _notify(actor, found, PROPOSED, account.who)


def notify_reader(actor: Actor, found: Proposal, profile: Profile) -> None:
    """Tell the outside reader what was carried out at once."""
    if profile.reader:
        _notify(actor, found, DONE, OUTSIDE_READER)


def _able(found: Proposal, profile: Profile) -> list[Account]:
    """Return who besides may agree or decline by their role, at most fifty."""
    roles = sorted(agreeing(Matter(found.matter), size=profile.size))
    rows = Account.objects.filter(is_active=True, role__in=roles).order_by("pk")[:50]
    return [one for one in rows if one.subject not in (found.by, found.about)]


def _notify(actor: Actor, found: Proposal, template: Template, to: str, **more: object) -> None:
    concerned = found.account.who if found.account else found.about
    outbox.notify_numbered(
        to=to,
        template=template,
        values={"matter": Matter(found.matter).text, "concerned": concerned, **more},
        about=f"people.proposal:{found.pk}",
        at=actor.at,
    )


# What needs a second pair of eyes: proposed, agreed to, declined, withdrawn; its effect comes with the last agreement.


class AlreadyProposed(Refusal, code="people.already-proposed", status=409):
    """Given when the same is open already."""

    text = Text(
        "同じ内容がすでに承認待ちです。「担当者」のページで確かめてください。",
        "The same is already waiting for agreement. Please look at the page “People”.",
    )


class NoSuchProposal(Refusal, code="people.no-such-proposal", status=404):
    """Given when nothing of that number waits any more."""

    text = Text(
        "この申請は、もう承認待ちではありません。最新の一覧を確かめてください。",
        "This proposal is no longer waiting. Please look at the list again.",
    )


class NotYoursToAgree(Refusal, code="people.not-yours-to-agree", status=403):
    """Given when somebody would agree to what they proposed, what concerns them, or what another role decides."""

    text = Text(
        "この承認はあなたにはできません。申請した人と本人は承認できず、役割も決まっています。別の人にお願いしてください。",
        "You cannot agree to this: neither who proposed it nor whom it concerns may, and the role is laid down. "
        "Please ask somebody else.",
    )


class NotASecondPerson(Refusal, code="people.not-a-second-person", status=403):
    """Given when who would agree was brought in by who proposed it, or the reverse, or is too new."""

    text = Text(
        "あなたの承認は、この申請では二人目として数えられません。申請した人が登録・招待した人とその逆、"
        "登録から{days}日たっていない人は数えません。ほかの人にお願いしてください（却下はできます）。",
        "Your agreement does not count as a second person's here: one of you added or invited the other, or you have been "
        "here for fewer than {days} days. Please ask somebody else; you may still decline.",
    )


class AlreadyAgreed(Refusal, code="people.already-agreed", status=409):
    """Given when somebody agrees a second time."""

    text = Text(
        "あなたの承認はもう記録されています。ほかの人の承認をお待ちください。",
        "Your agreement is already recorded. Please wait for the others.",
    )


def open_proposal(
    actor: Actor,
    *,
    matter: Matter,
    profile: Profile,
    account: Account | None = None,
    about: str = "",
    role: Role | None = None,
    reason: str = "",
) -> int:
    """Open a proposal in the caller's transaction and return its number.

    Where nobody else could agree it waits for a clock, and the outside reader is told; the app's codes take effect at once.
    """
    proposer, concerned = persons.subject_of(actor), account.subject if account else about
    roles = agreeing(matter, size=profile.size)
    could = persons.others(than=(proposer,), roles=roles, profile=profile) - {concerned}
    found_way = way(matter, size=profile.size, somebody_could=bool(could))
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                matter=matter.value,
                about=account.subject if account else about,
                account=account,
                role=role.value if role else "",
                reason=reason[:500],
                by=proposer,
                at=actor.at,
                needs=found_way.needs,
            )
    except IntegrityError:
        raise AlreadyProposed() from None
    record_proposal(actor, "people.proposed", proposal, reason=reason)
    if found_way.needs:
        notify_agreeing(actor, proposal, profile)
    elif found_way.waits:
        let_wait(actor, proposal, profile)
    else:
        effect(actor, proposal)
        notify_reader(actor, proposal, profile)
    return proposal.pk


def propose_reading(actor: Actor, *, about: str, profile: Profile, reason: str) -> int:
    """Ask others to look afterwards at an urgent reading of `about`; joins the reader's transaction; returns its number.

    While one about the same thing is open, that one serves.
    """
    with transaction.atomic():
        known = Proposal.objects.filter(IS_OPEN, about=about, matter=Matter.READ_AFTERWARDS.value).first()
        if known is not None:
            return known.pk
        return open_proposal(
            actor, matter=Matter.READ_AFTERWARDS, about=about, profile=profile, reason=reason
        )


def propose_erasing(actor: Actor, *, person: str, profile: Profile, reason: str) -> int:
    """Ask others to agree that a buyer or seller ("buyer:B-1") is erased; joins the caller's transaction; returns its number."""
    return open_proposal(actor, matter=Matter.ERASE_PERSON, about=person, profile=profile, reason=reason)


def propose_terms(actor: Actor, *, about: str, profile: Profile, reason: str) -> int:
    """Ask others to agree to a change of the terms; joins the caller's transaction; returns its number."""
    return open_proposal(actor, matter=Matter.CHANGE_TERMS, about=about, profile=profile, reason=reason)


def propose_release(actor: Actor, *, about: str, profile: Profile, reason: str) -> int:
    """Ask others to agree that money which waits is paid; joins the caller's transaction; returns its number."""
    return open_proposal(actor, matter=Matter.RELEASE_PAYOUT, about=about, profile=profile, reason=reason)


def agree(actor: Actor, *, proposal: int, profile: Profile) -> bool:
    """Agree; with the last agreement that it needs, it is carried out in this transaction.  Say whether it was."""
    with transaction.atomic():
        found = _locked(proposal)
        who = persons.subject_of(actor)
        if found.needs == 0 or not may_agree(
            Matter(found.matter),
            size=_counted_size(found, profile),
            role=actor.role,
            who=who,
            proposer=found.by,
            concerned=found.about,
        ):
            raise NotYoursToAgree()
        if not persons.is_second(who, than=found.by, profile=profile, at=actor.at):
            raise NotASecondPerson(days=profile.counts_after.days)
        try:
            with transaction.atomic():
                Approval.objects.create(proposal=found, by=who, proposer=found.by, at=actor.at)
        except IntegrityError:
            raise AlreadyAgreed() from None
        record_proposal(actor, "people.agreed", found)
        if found.approvals.count() < found.needs:
            return False
        effect(actor, found)
        return True


def decline(actor: Actor, *, proposal: int, profile: Profile, reason: str = "") -> None:
    """Decline what others proposed, or withdraw one's own; others look at an urgent reading, whatever its reader wishes."""
    with transaction.atomic():
        found = _locked(proposal)
        who, matter = persons.subject_of(actor), Matter(found.matter)
        if may_withdraw(matter, who=who, proposer=found.by):
            close_proposal(actor, found, "withdraw", reason=reason)
            return
        if actor.role not in agreeing(matter, size=_counted_size(found, profile)) or who in (
            found.by,
            found.about,
        ):
            raise NotYoursToAgree()
        afterwards = (
            matter is Matter.READ_AFTERWARDS
        )  # to decline it is a finding of its own, told to both sides
        if afterwards and not persons.is_second(who, than=found.by, profile=profile, at=actor.at):
            raise NotYoursToAgree()
        close_proposal(actor, found, "decline", reason=reason)


def wait_is_over(actor: Actor, *, proposal: int) -> None:
    """Carry out what has waited long enough; one that was withdrawn meanwhile stays so, one that is refused by now ends."""
    with transaction.atomic():
        found = Proposal.objects.select_for_update().filter(IS_OPEN, pk=proposal).first()
        if found is None or found.needs:
            return
        try:
            with transaction.atomic():
                effect(actor, found)
        except Refusal as refusal:
            found.refresh_from_db()
            close_proposal(actor, found, "withdraw", reason=refusal.code)


def open_once(actor: Actor, *, matter: Matter, account: Account, profile: Profile) -> None:
    """Open a proposal unless the same is open."""
    if not Proposal.objects.filter(IS_OPEN, about=account.subject, matter=matter.value).exists():
        open_proposal(actor, matter=matter, account=account, profile=profile)


def close_needless(actor: Actor, *, matter: Matter, account: Account) -> None:
    """Withdraw a proposal that has become needless."""
    for found in about(account, matter):
        close_proposal(actor, found, "withdraw")


def about(account: Account, matter: Matter) -> list[Proposal]:
    """Return what is proposed of this matter about somebody, locked."""
    rows = Proposal.objects.select_for_update().filter(IS_OPEN, about=account.subject, matter=matter.value)
    return list(rows)


def end_of(actor: Actor, account: Account, *, why: str) -> None:
    """End what somebody proposed who is suspended or has no such role any more; a look that was taken is still looked at."""
    for found in theirs(account):
        close_proposal(actor, found, "withdraw", reason=why)


def theirs(account: Account) -> list[Proposal]:
    """Return what somebody proposed and may take back, locked; before any account is, as whoever agrees locks them so."""
    rows = Proposal.objects.select_for_update().filter(IS_OPEN, by=account.subject).order_by("pk")
    return [row for row in rows if may_withdraw(Matter(row.matter), who=row.by, proposer=row.by)]


def _counted_size(found: Proposal, profile: Profile) -> Size:
    """A proposal that waits for people does so whatever size the operator chooses later."""
    return Size.THREE if profile.size is Size.ONE and found.needs else profile.size


def _locked(proposal: int) -> Proposal:
    found = Proposal.objects.select_for_update().filter(IS_OPEN, pk=proposal).first()
    if found is None:
        raise NoSuchProposal()
    return found
