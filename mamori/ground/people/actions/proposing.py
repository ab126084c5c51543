"""What needs a second pair of eyes: proposed, agreed to, declined, withdrawn; its effect comes with the last agreement."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from mamori.grammar.businesstime import Due
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import subjects
from mamori.ground.people.factors import remove_factors
from mamori.ground.people.lifecycle import PROPOSAL, ProposalState
from mamori.ground.people.models import Account, Approval, Proposal
from mamori.ground.people.notices import DONE, OUTSIDE_READER, PROPOSED, WAITS
from mamori.ground.people.rules import Matter, Profile, Size, Way, agreeing, may_agree, way
from mamori.ground.people.secrets_kept import MARKET
from mamori.japan.spoken import spoken

WAIT_IS_OVER = "people.wait_over"
"""The kind of clock that rings when a proposal has waited long enough in everybody's sight."""


class AlreadyProposed(Refusal):
    """Given when the same is open already."""

    code = "people.already-proposed"
    status = 409
    text = Text(
        "同じ内容がすでに承認待ちです。「担当者」の頁で確かめてください。",
        "The same is already waiting for agreement. Please look at the page “People”.",
    )


class NoSuchProposal(Refusal):
    """Given when nothing of that number waits any more."""

    code = "people.no-such-proposal"
    status = 404
    text = Text(
        "この申し出は、もう承認待ちではありません。最新の一覧を確かめてください。",
        "This proposal is no longer waiting. Please look at the list again.",
    )


class NotYoursToAgree(Refusal):
    """Given when somebody would agree to what they proposed, what concerns them, or what another role decides."""

    code = "people.not-yours-to-agree"
    status = 403
    text = Text(
        "この承認はあなたにはできません。申し出た人と本人は承認できず、役割も決まっています。別の人にお願いしてください。",
        "You cannot agree to this: neither who proposed it nor whom it concerns may, and the role is laid down. "
        "Please ask somebody else.",
    )


class AlreadyAgreed(Refusal):
    """Given when somebody agrees a second time."""

    code = "people.already-agreed"
    status = 409
    text = Text(
        "あなたの承認はもう記録されています。ほかの人の承認をお待ちください。",
        "Your agreement is already recorded. Please wait for the others.",
    )


def open_proposal(
    hand: Hand,
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

    :raises AlreadyProposed: when the same is open.
    """
    proposer, concerned = subjects.of(hand), account.subject if account else about
    found_way = _way(matter, profile, proposer=proposer, concerned=concerned)
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                matter=matter.value,
                about=account.subject if account else about,
                account=account,
                role=role.value if role else "",
                reason=reason[:500],
                by=proposer,
                at=hand.at,
                needs=found_way.needs,
            )
    except IntegrityError:
        raise AlreadyProposed() from None
    _record(hand, "people.proposed", proposal, reason=reason)
    if found_way.needs:
        _tell_agreeing(hand, proposal, profile)
    elif found_way.waits:
        _let_wait(hand, proposal, profile)
    else:
        _effect(hand, proposal)
        _tell_reader(hand, proposal, profile)
    return proposal.pk


def propose_reading(hand: Hand, *, about: str, profile: Profile, reason: str) -> int:
    """Ask others to look afterwards at an urgent reading of `about`; joins the reader's transaction; returns its number.

    While one about the same thing is open, that one serves.
    """
    with transaction.atomic():
        known = Proposal.objects.filter(IS_OPEN, about=about, matter=Matter.READ_AFTERWARDS.value).first()
        if known is not None:
            return known.pk
        return open_proposal(hand, matter=Matter.READ_AFTERWARDS, about=about, profile=profile, reason=reason)


def agree(hand: Hand, *, proposal: int, profile: Profile) -> bool:
    """Agree; with the last agreement that it needs, it is carried out in this transaction.  Say whether it was.

    :raises NoSuchProposal, NotYoursToAgree, AlreadyAgreed: as their sentences say.
    """
    with transaction.atomic():
        found = _locked(proposal)
        who = subjects.of(hand)
        if found.needs == 0 or not may_agree(
            Matter(found.matter),
            size=_counted_size(found, profile),
            role=hand.role,
            who=who,
            proposer=found.by,
            concerned=found.about,
        ):
            raise NotYoursToAgree()
        try:
            with transaction.atomic():
                Approval.objects.create(proposal=found, by=who, proposer=found.by, at=hand.at)
        except IntegrityError:
            raise AlreadyAgreed() from None
        _record(hand, "people.agreed", found)
        if found.approvals.count() < found.needs:
            return False
        _effect(hand, found)
        return True


def decline(hand: Hand, *, proposal: int, profile: Profile, reason: str = "") -> None:
    """Decline what others proposed, or withdraw one's own.

    :raises NoSuchProposal, NotYoursToAgree: as their sentences say.
    """
    with transaction.atomic():
        found = _locked(proposal)
        who = subjects.of(hand)
        if who == found.by:
            _close(hand, found, "withdraw", reason=reason)
            return
        size = _counted_size(found, profile)
        if hand.role not in agreeing(Matter(found.matter), size=size) or who == found.about:
            raise NotYoursToAgree()
        _close(hand, found, "decline", reason=reason)


def wait_is_over(hand: Hand, *, proposal: int) -> None:
    """Carry out what has waited long enough; one that was withdrawn meanwhile stays so."""
    with transaction.atomic():
        found = Proposal.objects.select_for_update().filter(IS_OPEN, pk=proposal).first()
        if found is not None and found.needs == 0:
            _effect(hand, found)


def open_once(hand: Hand, *, matter: Matter, account: Account, profile: Profile) -> None:
    """Open a proposal unless the same is open."""
    if not Proposal.objects.filter(IS_OPEN, about=account.subject, matter=matter.value).exists():
        open_proposal(hand, matter=matter, account=account, profile=profile)


def close_needless(hand: Hand, *, matter: Matter, account: Account) -> None:
    """Withdraw a proposal that has become needless."""
    for found in Proposal.objects.select_for_update().filter(
        IS_OPEN, about=account.subject, matter=matter.value
    ):
        _close(hand, found, "withdraw")


def give_role(hand: Hand, account: Account, role: Role, *, reason: str = "") -> None:
    """Give the role, and end the sessions that were begun in the former one."""
    former, account.role = account.role, role.value
    account.epoch += 1
    account.save(update_fields=["role", "epoch"])
    ledger.record(
        hand,
        kind="people.role_changed",
        subject=account.subject,
        about=f"people.account:{account.pk}",
        reason=reason,
        payload={"former": former, "role": role.value},
    )


def _way(matter: Matter, profile: Profile, *, proposer: str, concerned: str) -> Way:
    able = Account.objects.filter(is_active=True, role__in=sorted(agreeing(matter, size=profile.size)))
    somebody_could = any(
        f"staff:{pk}" not in (proposer, concerned) for pk in able.values_list("pk", flat=True)
    )
    return way(matter, size=profile.size, somebody_could=somebody_could)


def _counted_size(found: Proposal, profile: Profile) -> Size:
    """A proposal that waits for people does so whatever size the operator chooses later."""
    return Size.THREE if profile.size is Size.ONE and found.needs else profile.size


def _locked(proposal: int) -> Proposal:
    found = Proposal.objects.select_for_update().filter(IS_OPEN, pk=proposal).first()
    if found is None:
        raise NoSuchProposal()
    return found


def _effect(hand: Hand, found: Proposal) -> None:
    """Carry it out, once: whoever holds the row has it open, and closes it here."""
    _close(hand, found, "effect")
    account = Account.objects.select_for_update().get(pk=found.account_id) if found.account_id else None
    if account is None:
        return
    match Matter(found.matter):
        case Matter.GIVE_ROLE:
            give_role(hand, account, Role(found.role))
        case Matter.ALLOW_TOTP:
            account.totp_allowed_at = hand.at
            account.save(update_fields=["totp_allowed_at"])
        case Matter.RESET_FACTORS:
            remove_factors(account.pk)
            account.set_unusable_password()
            account.totp_allowed_at = None
            account.epoch = F("epoch") + 1
            account.save(update_fields=["password", "totp_allowed_at", "epoch"])
        case Matter.READ_AFTERWARDS:
            pass


def _close(hand: Hand, found: Proposal, step: str, *, reason: str = "") -> None:
    found.state = PROPOSAL.take(step, ProposalState(found.state), hand.role).value
    found.closed_at = hand.at
    found.save(update_fields=["state", "closed_at"])
    clocks.stop(about=f"people.proposal:{found.pk}", at=hand.at, why=step)
    _record(hand, f"people.proposal_{found.state}", found, reason=reason)


def _let_wait(hand: Hand, found: Proposal, profile: Profile) -> None:
    due: Due = clocks.start(
        kind=WAIT_IS_OVER, about=f"people.proposal:{found.pk}", at=hand.at, duration=profile.delay
    )
    found.due_at = due.at
    found.save(update_fields=["due_at"])
    readers = [OUTSIDE_READER] if profile.reader else []
    for to in [*([found.account.who] if found.account else []), *readers]:
        outbox.notify(
            to=to,
            template=WAITS,
            values={**_values(found), "due": spoken(due.at)},
            about=f"people.proposal:{found.pk}",
            at=hand.at,
        )


def _tell_agreeing(hand: Hand, found: Proposal, profile: Profile) -> None:
    able = Account.objects.filter(
        is_active=True, role__in=sorted(agreeing(Matter(found.matter), size=profile.size))
    )
    for account in able.order_by("pk")[:50]:
        if account.subject not in (found.by, found.about):
            outbox.notify(
                to=account.who,
                template=PROPOSED,
                values=_values(found),
                about=f"people.proposal:{found.pk}",
                at=hand.at,
            )


def _tell_reader(hand: Hand, found: Proposal, profile: Profile) -> None:
    if profile.reader:
        outbox.notify(
            to=OUTSIDE_READER,
            template=DONE,
            values=_values(found),
            about=f"people.proposal:{found.pk}",
            at=hand.at,
        )


def _values(found: Proposal) -> dict[str, object]:
    return {
        "matter": Matter(found.matter).text,
        "concerned": found.account.who if found.account else found.about,
    }


def _record(hand: Hand, kind: str, found: Proposal, *, reason: str = "") -> None:
    ledger.record(
        hand,
        kind=kind,
        subject=found.about if found.account_id else MARKET,
        about=f"people.proposal:{found.pk}",
        reason=reason,
        payload={"matter": found.matter, "concerned": found.about, "role": found.role},
    )
