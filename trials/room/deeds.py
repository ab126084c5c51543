"""What the parties, the centre and the marketplace do: words, proposals, the end, and money that goes back."""

from __future__ import annotations

from mamori.grammar.actor import Role
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    HEARING,
    PROPOSAL,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_SENDING,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import (
    FIXED,
    MEDIATION,
    PROPOSAL as OFFERS,
    RECOVERY,
    REMEDY,
    THREAD,
    TROUBLE,
    UNDER_WAY,
    MediationState,
    ProposalState,
    RecoveryState,
    RemedyState,
    ThreadState,
)
from mamori.rooms.contact.rules.owed import asks_seller
from mamori.rooms.contact.rules.proposals import PARTIES, Kind, Side, least_instead, side_of
from trials.room.state import RECOVERY_CLOCKS, Fault, NotNow, Room, trying


@trying
def write(room: Room, role: Role) -> None:
    """Let the buyer write."""
    _tell(room, role, unsolved=False)


@trying
def say_unsolved(room: Room, role: Role) -> None:
    """Let the buyer say that it is not solved."""
    _tell(room, role, unsolved=True)


def _tell(room: Room, role: Role, *, unsolved: bool) -> None:
    """Add words, and make it the seller's turn where they ask something of it."""
    if asks_seller(room.owed, unsolved=unsolved):
        turn_to_seller(room, role)
    else:
        step = "add" if room.thread is ThreadState.ANSWERED else "write"
        room.thread = THREAD.take(step, room.thread, role)


def turn_to_seller(room: Room, role: Role, step: str = "write") -> None:
    """Make it the seller's turn, with a new clock when it was the buyer's."""
    answered = room.thread is ThreadState.ANSWERED
    room.thread = THREAD.take(step, room.thread, role)
    room.clocks.discard(SILENCE.code)
    if answered:
        room.clocks.add(ANSWER.code)


@trying
def answer(room: Room, role: Role) -> None:
    """Let the seller answer."""
    room.was_answer = False
    turn_to_buyer(room, role)


def turn_to_buyer(room: Room, role: Role, step: str = "answer") -> None:
    """Make it the buyer's turn."""
    room.thread = THREAD.take(step, room.thread, role)
    room.clocks.discard(ANSWER.code)
    room.await_word()


def give_back(room: Room, role: Role) -> None:
    """Give the turn back to the seller whose only answer was withdrawn."""
    room.thread = THREAD.take("give_back_late" if room.missed_answer else "give_back", room.thread, role)
    room.clocks.discard(SILENCE.code)
    if not room.missed_answer:
        room.clocks.add(ANSWER.code)


@trying
def request_mediation(room: Room, role: Role) -> None:
    """Ask for mediation."""
    room.trouble = TROUBLE.take("mediate", room.trouble, role)
    room.mediation = room.mediation or MediationState.OPEN


@trying
def take_mediation(room: Room, role: Role) -> None:
    """Take the mediation on."""
    if room.mediation is None:
        raise NotNow
    room.mediation = MEDIATION.take("take", room.mediation, role)


@trying
def propose(room: Room, role: Role, is_money: bool) -> None:
    """Propose a solution, all the money back or something else."""
    if is_offered(room):
        raise NotNow
    _offer(room, role, is_money)
    room.was_answer = _count_as_answer(room, role)


@trying
def accept(room: Room, role: Role) -> None:
    """Agree to what is proposed."""
    side, state = side_of(role), _offered(room)
    last = PARTIES - {side} <= room.agreed
    room.proposal = OFFERS.take("accept" if last else "agree", state, role)
    if side in room.agreed or room.remedy in UNDER_WAY:
        raise NotNow
    if room.offered and (room.charged_back or room.offered != room.left):
        raise NotNow
    room.agreed |= {side}
    _count_as_answer(room, role)
    if last:
        room.clocks -= {PROPOSAL.code, SILENCE.code}
        room.clocks.add(AGREEMENT.code)
        room.set_aside()
        room.agreed_at = room.elsewhere + room.offered if room.offered else 0


@trying
def decline(room: Room, role: Role) -> None:
    """Decline what is proposed."""
    _close_offer(room, "decline", role)
    _wait_again(room, role)


@trying
def counter(room: Room, role: Role, is_money: bool) -> None:
    """Propose something else."""
    _close_offer(room, "counter", role)
    _offer(room, role, is_money)
    room.was_answer = not _wait_again(room, role) and _count_as_answer(room, role)


@trying
def withdraw_proposal(room: Room, role: Role) -> None:
    """Take back one's own proposal."""
    if side_of(role) is not room.by:
        raise NotNow
    end_offer(room, "withdraw", role)
    if room.was_answer and room.thread is ThreadState.ANSWERED:
        give_back(room, role)


def _offered(room: Room) -> ProposalState:
    if room.proposal is None:
        raise NotNow
    return room.proposal


def is_offered(room: Room) -> bool:
    """Say whether a proposal is open."""
    return room.proposal is not None and room.proposal not in OFFERS.ends


def _offer(room: Room, role: Role, is_money: bool) -> None:
    if room.mediation is None:
        raise NotNow
    MEDIATION.take("propose", room.mediation, role)
    if room.remedy in UNDER_WAY:
        raise NotNow
    side, left = side_of(role), room.left
    if is_money and (left <= 0 or room.charged_back):
        raise NotNow
    room.offered = left if is_money else 0
    room.proposal, room.by, room.agreed = ProposalState.OFFERED, side, PARTIES & {side}
    room.clocks.add(PROPOSAL.code)


def _close_offer(room: Room, step: str, role: Role) -> None:
    end_offer(room, step, role)
    if side_of(role) in room.agreed:
        raise NotNow


def end_offer(room: Room, step: str, role: Role) -> None:
    """Take the proposal's last step."""
    room.proposal = OFFERS.take(step, _offered(room), role)
    room.clocks -= {PROPOSAL.code, AGREEMENT.code}


def overtake(room: Room, role: Role, *, solved: bool = False) -> None:
    """End what is offered because something else ends the matter."""
    if is_offered(room):
        kept = solved and room.proposal is ProposalState.ACCEPTED
        end_offer(room, "keep" if kept else "overtake", role)


def give_way(room: Room, role: Role, amount: int) -> None:
    """Let the operator's refund take the place of what is offered, unless more was agreed on."""
    if not is_offered(room):
        return
    kind = Kind.FULL_REFUND if room.offered else Kind.REPLACEMENT
    if room.proposal is ProposalState.ACCEPTED and amount < least_instead(kind, room.offered, room.left):
        raise NotNow
    end_offer(room, "replace", role)


def _count_as_answer(room: Room, role: Role) -> bool:
    if side_of(role) is not Side.SELLER or room.thread is ThreadState.ANSWERED:
        return False
    room.missed_answer = room.thread is ThreadState.MISSED
    turn_to_buyer(room, role)
    return True


def note_paid(room: Room) -> bool:
    """See whether the money of an agreement has gone back, and say whether it has just been found so."""
    accepted = room.proposal is ProposalState.ACCEPTED
    wanted = room.agreed_at if accepted else room.broken_at if room.broken else 0
    if room.trouble in TROUBLE.ends or not wanted or room.elsewhere < wanted:
        return False
    if accepted:
        end_offer(room, "keep", Role.MACHINE)
    room.broken = False
    turn_to_buyer(room, Role.MACHINE, "pay")
    return True


def note_all_back(room: Room) -> None:
    """See whether the whole price has gone back, so that only the buyer's word is waited for."""
    if room.trouble in TROUBLE.ends or room.left or room.back or room.remedy in UNDER_WAY:
        return
    room.back = True
    if room.proposal is ProposalState.ACCEPTED:
        end_offer(room, "replace", Role.MACHINE)
    room.set_aside()
    room.clocks.discard(RESOLUTION.code)
    turn_to_buyer(room, Role.MACHINE, "pay")


def reverse(room: Room) -> None:
    """Let the card company's money take the place of what was agreed or offered about money."""
    if room.trouble in TROUBLE.ends:
        return
    accepted = room.proposal is ProposalState.ACCEPTED
    is_owed = room.offered > 0 if accepted else room.broken and room.broken_at > 0
    if is_offered(room) and room.offered:
        end_offer(room, "reverse", Role.MACHINE)
    if is_owed:
        room.broken = False
        turn_to_buyer(room, Role.MACHINE, "pay")


def _wait_again(room: Room, role: Role) -> bool:
    if side_of(role) is not Side.BUYER or room.thread is not ThreadState.ANSWERED:
        return False
    turn_to_seller(room, role)
    return True


def end(room: Room, step: str, role: Role, *, mediation: str) -> None:
    """End the trouble with everything that hangs on it, but the recovery."""
    room.trouble = TROUBLE.take(step, room.trouble, role)
    if room.remedy is not None and room.remedy not in REMEDY.ends:
        if room.remedy in FIXED:
            raise NotNow
        room.remedy = REMEDY.take("drop", room.remedy, role)
    overtake(room, role, solved=step == "solve")
    if room.mediation is not None and room.mediation not in MEDIATION.ends:
        room.mediation = MEDIATION.take(mediation, room.mediation, role)
    room.thread = THREAD.take("close", room.thread, role)
    room.clocks &= RECOVERY_CLOCKS


@trying
def solve(room: Room, role: Role) -> None:
    """Say that it is solved."""
    end(room, "solve", role, mediation="settle")


@trying
def withdraw(room: Room, role: Role) -> None:
    """Withdraw the trouble."""
    end(room, "withdraw", role, mediation="drop")


@trying
def market_answers(room: Room, did_it: bool) -> None:
    """Let the marketplace answer what it was asked about the buyer."""
    if not room.out:
        raise NotNow
    room.out, is_label = False, room.remedy is RemedyState.ORDERED
    if not did_it:
        room.turn("fail", Role.MACHINE)
        room.wait_for(*(() if room.fault is Fault.FORGET else (REMEDY_DECISION.code,)))
        theirs, room.counted = room.granted if room.counted else 0, False
        room.elsewhere += theirs
        room.press_on()
        note_all_back(room)
        if theirs and not note_paid(room):
            note_all_back(room)
    elif is_label:
        room.turn("label", Role.MACHINE)
        room.wait_for(RETURN_SENDING.code)
    else:
        room.too_late |= room.recalled
        room.twice |= room.charged_back and not room.recalled
        room.turn("confirm", Role.MACHINE)
        end(room, "make_good", Role.MACHINE, mediation="exhaust")
        room.paid += room.granted
        room.before = room.before if room.counted else room.elsewhere
        if not room.counted or room.fault is Fault.COUNT:
            room.refunded += room.granted
        room.counted = False
        _open_recovery(room)
        _warn(room)


def _open_recovery(room: Room) -> None:
    most = min(max(0, room.paid - room.above), room.given.recovery_ceiling)
    if not room.given.recovers:
        room.borne += room.paid
    elif not room.given.accepted or not most:
        room.recovery = RECOVERY.take("bear", RecoveryState.HEARING, Role.MACHINE)
        room.borne += room.paid
    else:
        room.recovery, room.most = RecoveryState.HEARING, most
        room.clocks.add(HEARING.code)


@trying
def tell_total(room: Room) -> None:
    """Let the marketplace tell the order's total with our refund in it, before it confirms that."""
    if not room.out or room.remedy is not RemedyState.INSTRUCTED or room.counted or room.recalled:
        raise NotNow
    room.refunded, room.counted, room.before = room.refunded + room.granted, True, room.elsewhere


@trying
def pay_back(room: Room, amount: int) -> None:
    """Let the seller give money back through the marketplace, on top of what the operator gave too."""
    if not 1 <= amount <= room.given.price - room.elsewhere:
        raise NotNow
    room.refunded += amount
    room.elsewhere += amount
    _call_back(room)
    if room.paid:
        _warn(room)
    if not note_paid(room):
        note_all_back(room)


def _warn(room: Room) -> None:
    """Tell a lead what the buyer has on top of what was paid, and recover so much less."""
    if not room.above or room.fault is Fault.QUIET:
        return
    room.warned, most = room.above, max(0, room.paid - room.above)
    if room.recovery not in (RecoveryState.HEARING, RecoveryState.HEARD) or most >= room.most:
        return
    room.most = most
    if not most:
        room.recovery = RECOVERY.take("bear", room.recovery, Role.MACHINE)
        room.clocks -= RECOVERY_CLOCKS
        room.borne += room.paid


@trying
def charge_back(room: Room) -> None:
    """Let the card company give the money back."""
    if room.charged_back:
        raise NotNow
    room.charged_back = True
    _call_back(room)
    reverse(room)


def _call_back(room: Room) -> None:
    left = room.left + (room.granted if room.counted else 0)
    if room.out and (room.charged_back or left < room.granted):
        room.recalled = True
