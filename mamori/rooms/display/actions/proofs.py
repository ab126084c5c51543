"""What is done to prove that a contact reaches its seller: a code is mailed and entered, or read out in a call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.display import DISPLAY_PROOFS
from mamori.rooms.display import notices
from mamori.rooms.display.actions.proof_matter import PROOFS, about_proof
from mamori.rooms.display.actions.proof_refusals import (
    CalledLately,
    CallOwed,
    CodeNeeded,
    CodeNotOpen,
    CodeTooSoon,
    NoContactShown,
    ProofIsAsked,
)
from mamori.rooms.display.actions.proof_steps import (
    aim,
    begin_asking,
    begin_question,
    contact_now,
    contact_shown,
    end_offer,
    give_time_back,
    let_lapse,
    mail_code,
    need_owed,
    need_tries,
    owes,
    tell_seller,
    try_code,
)
from mamori.rooms.display.events import ContactUnproven
from mamori.rooms.display.inputs import AtHours, CallWent, CodeHeard, CodeMailed, FormWent
from mamori.rooms.display.lifecycle import ASKED_FOR, ProofState
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.queries import proofs as queries
from mamori.rooms.display.rules.proofs import (
    APART,
    CALLS_APART,
    CODE_DAYS,
    MOST_CALLS,
    CallHours,
    FormCheck,
    ProofCall,
    ProofChannel,
    proof_name,
    proof_parts,
)

SHOWN = Text("新しく表示に出た連絡先であるため", "it is newly shown")
CHANGED = Text("表示の連絡先が変わったため", "another contact is shown")
YEARLY = Text("前の確認から決めた期間がたったため", "it was proved too long ago")
COMPLAINT = Text("連絡がつかなかったとの知らせがあったため", "it was reported that nobody was reached")


def ask_proof(hand: Hand, *, proof: str, why: Text = COMPLAINT) -> None:
    """Ask a seller to prove a contact that it shows, and mail the code where it is an address.

    Of whom it is asked already is asked nothing more, nor is who shows none, or is gone.
    """
    if not contact_now(proof):
        return
    with perform(hand, PROOFS, proof) as act:
        contact = contact_now(proof)  # once more, as the row is locked now
        target = queries.digest_of(contact) if contact else ""
        is_asked = act.matter.state in ASKED_FOR and act.matter.target == target
        if is_asked and hand.is_staff:
            raise ProofIsAsked
        if act.matter.closed_at is not None or not contact or is_asked:
            return
        begin_asking(act, target, why)
        act.record("ask_proof")


def follow_contacts(hand: Hand, *, seller_ref: str) -> None:
    """Let the proofs follow what a seller shows now: another contact is to be proved anew, one that is gone no more."""
    asks, rows = terms.setting(DISPLAY_PROOFS, at=hand.at), queries.proofs_of(seller_ref)
    if not asks and not rows:
        return
    now = queries.contacts(seller_ref)
    for channel in ProofChannel:
        row, contact = rows.get(channel), now.get(channel, "")
        name = proof_name(channel, seller_ref)
        is_other = row is not None and bool(row.target) and row.target != queries.digest_of(contact)
        wanted = bool(contact) and queries.can_prove(channel)
        if row is not None and row.closed_at is not None:
            continue
        is_asked = owes(row) or (asks and channel is not ProofChannel.FORM)
        if wanted and is_asked and (row is None or row.state == ProofState.UNASKED or is_other):
            ask_proof(hand, proof=name, why=CHANGED if is_other else SHOWN)
        elif is_other:
            lapse_proof(hand, proof=name)


def send_code(hand: Hand, *, proof: str) -> None:
    """Mail a code to the address that the seller shows."""
    with _performed(hand, proof, ProofChannel.MAIL) as act:
        act.step("send")
        aim(act, queries.digest_of(contact_shown(proof)))
        if not mail_code(act):
            raise CodeTooSoon(wait=int(APART.total_seconds()))
        act.record("send_code")


def enter_code(hand: Hand, *, proof: str, code: CodeMailed) -> None:
    """Enter the code that was mailed, or sent by the form; a wrong one is counted."""
    with _performed(hand, proof, ProofChannel.MAIL, ProofChannel.FORM) as act:
        act.step("enter")
        sent = act.matter.sent_at
        if sent is None or hand.at - sent > CODE_DAYS:
            raise CodeNotOpen
        try_code(act, code)


def offer_call(hand: Hand, *, proof: str, hours: AtHours) -> None:
    """Agree to be called in these hours, and let a person call; the seller reads the code out that its page shows."""
    with _performed(hand, proof, ProofChannel.PHONE) as act:
        if act.matter.offered_at is not None:
            raise CallOwed
        need_tries(act)
        act.step("offer")
        aim(act, queries.digest_of(contact_shown(proof)))
        act.matter.offered_at, act.matter.hours = hand.at, hours.value
        act.save("offered_at", "hours")
        act.record("offer_call", hours=hours.value)


def offer_form(hand: Hand, *, proof: str) -> None:
    """Ask for the form to be tried: a person sends a code by it, and the seller enters what arrives."""
    with _performed(hand, proof, ProofChannel.FORM) as act:
        if act.matter.offered_at is not None:
            raise CallOwed
        need_tries(act)
        act.step("offer")
        aim(act, queries.digest_of(contact_shown(proof)))
        act.matter.offered_at, act.matter.hours, act.matter.sent_at = hand.at, CallHours.ANY.value, None
        act.save("offered_at", "hours", "sent_at")
        act.record("offer_form")


def record_form(hand: Hand, *, proof: str, outcome: FormWent) -> None:
    """Record whether the code could be sent by the form; where it could not, the seller is questioned.

    Where another form is shown by now, nothing is proved and nobody is asked.  Tries are counted as calls are: from the third
    on the seller's time does not stand still for them.
    """
    with _performed(hand, proof, ProofChannel.FORM) as act:
        need_owed(act)
        act.step("try_form")
        is_same = act.matter.target == queries.digest_of(contact_shown(proof))
        give_time_back(act)
        act.matter.calls += 1
        act.save("calls")
        end_offer(act)
        if not is_same:
            act.record("form_moved")
        elif outcome is FormCheck.SENT:
            act.matter.sent_at = hand.at
            act.save("sent_at")
            tell_seller(act, notices.FORM_SENT, due=spoken(hand.at + CODE_DAYS))
            act.record("send_form")
        else:
            if act.matter.state not in (ProofState.QUESTIONED, ProofState.MISSED):
                begin_question(act)
            act.record("form_in_vain")


def take_back_call(hand: Hand, *, proof: str) -> None:
    """Take the offer to be called, or to have the form tried, back."""
    with _performed(hand, proof, ProofChannel.PHONE, ProofChannel.FORM) as act:
        need_owed(act)
        act.step("take_back")
        end_offer(act)
        act.record("take_back_call")


def record_proof_call(hand: Hand, *, proof: str, outcome: CallWent, code: CodeHeard = "") -> None:
    """Record how a call went: the code that was read out proves the number; what reached nobody is counted, then asked about."""
    with _performed(hand, proof, ProofChannel.PHONE) as act:
        need_owed(act)
        act.step("call")
        if outcome is ProofCall.CODE:
            if not code.strip():
                raise CodeNeeded
            try_code(act, code)
            return
        called = act.matter.called_at
        if called is not None and hand.at - called < CALLS_APART:
            raise CalledLately
        act.matter.calls += 1
        act.matter.called_at = hand.at
        act.save("calls", "called_at")
        if outcome is not ProofCall.NO_ANSWER or act.matter.calls >= MOST_CALLS:
            give_time_back(act)
            end_offer(act)
            if act.matter.state not in (ProofState.QUESTIONED, ProofState.MISSED):
                begin_question(act)
        act.record("call_in_vain", outcome=outcome.value)


def question_proof(hand: Hand, *, proof: str) -> None:
    """Ask the seller why a contact was not proved: the time for it is over; one that nobody could prove here is let be."""
    with perform(hand, PROOFS, proof) as act:
        if act.matter.state == ProofState.ASKED:
            if contact_now(proof):
                begin_question(act)
                act.record("question")
            else:
                let_lapse(act)


def miss_proof(hand: Hand, *, proof: str) -> None:
    """Note that the question was not answered by a proof either, and tell the seller and the rooms above."""
    with perform(hand, PROOFS, proof) as act:
        one = act.matter
        if one.state != ProofState.QUESTIONED or one.questioned_at is None:
            return
        if not contact_now(proof):
            let_lapse(act)
            return
        act.step("miss")
        tell_seller(act, notices.PROOF_MISSED)
        event = ContactUnproven(
            subject=about_proof(one), seller_ref=one.seller_ref, channel=one.channel, since=one.questioned_at
        )
        act.record("miss_proof", event)


def renew_proof(hand: Hand, *, proof: str) -> None:
    """Ask for a proof again that is a year old, or where the operator does not ask for any let it lapse."""
    if terms.setting(DISPLAY_PROOFS, at=hand.at) and contact_now(proof):
        ask_proof(hand, proof=proof, why=YEARLY)
    else:
        lapse_proof(hand, proof=proof)


def lapse_proof(hand: Hand, *, proof: str) -> None:
    """Let a proof be of no more use: it is old, or its contact is shown no more; what was owed is owed when it comes back."""
    with perform(hand, PROOFS, proof) as act:
        let_lapse(act)


def close_proofs(hand: Hand, *, seller_ref: str) -> None:
    """End the proofs of a seller who is gone, and forget of which contact they were."""
    for row in queries.proofs_of(seller_ref).values():
        if row.closed_at is None:
            with perform(hand, PROOFS, row.name) as act:
                act.step("close")
                end_offer(act)
                act.matter.closed_at, act.matter.target = hand.at, ""
                act.save("closed_at", "target")
                act.record("close_proof")


@contextmanager
def _performed(hand: Hand, proof: str, *channels: ProofChannel) -> Iterator[Performance[ContactProof]]:
    """Act on a proof by one of these channels alone."""
    if proof_parts(proof)[0] not in channels:
        raise NoContactShown
    with perform(hand, PROOFS, proof) as act:
        yield act
