"""Proofs of a contact: begun, taken step by step, refused, followed."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.performance import MatterKind, Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import spoken
from mamori.law.deadlines import DISPLAY_PROOF, DISPLAY_QUESTION
from mamori.law.display import DISPLAY_PROOFS
from mamori.rooms.display import notices
from mamori.rooms.display.actions.matter import NoSuchShop, keep_act, settle_rows
from mamori.rooms.display.events import ContactProven, ContactUnproven
from mamori.rooms.display.inputs import AtHours, CallWent, CodeHeard, CodeMailed, FormWent
from mamori.rooms.display.lifecycle import ASKED_FOR, PROOF, ProofState
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.proofs import queries
from mamori.rooms.display.proofs.rules import (
    APART,
    CALLS_APART,
    CODE_DAYS,
    MOST_CALLS,
    MOST_SENT,
    MOST_WRONG,
    WINDOW,
    CallHours,
    FormCheck,
    ProofCall,
    ProofChannel,
    proof_name,
    proof_parts,
)
from mamori.rooms.display.rules.standing import of_proof


class NoContactShown(Refusal, code="no-contact-shown", status=409):
    """Given when the display shows no such contact, or one that this house cannot prove."""

    text = Text(
        "確かめられる連絡先が、いまの表示にありません。", "The display shows no contact that can be proved."
    )


class CodeTooSoon(people.TooMany, code="code-too-soon", status=429):
    """Given when a code was mailed within the last hour, or often enough within a day."""

    text = Text(
        "確認コードを送れるのは1時間に1回、1日に3回までです。届かないときは、アドレスと迷惑メールの設定をご確認ください。",
        "A code is mailed once an hour and three times a day at most. If none has come, please check the address and your spam "
        "folder.",
    )


class CodeNotOpen(Refusal, code="code-not-open", status=409):
    """Given when there is no code that could be entered: none was sent, it is too old, or it was tried too often."""

    text = Text(
        "使える確認コードがありません。違う確認コードが5回入ったときは1日おいてから、確認コードを送り直すか、確認を頼み直してください。",
        "There is no code that can be used. Please have a new one sent, or ask for it again; after five wrong ones a day later.",
    )


class ProofIsAsked(Refusal, code="proof-is-asked", status=409):
    """Given when a seller was asked already to prove the contact."""

    text = Text(
        "この連絡先の確認は、もう出品者に求めています。",
        "The seller has been asked to prove this contact already.",
    )


class CallOwed(Refusal, code="call-owed", status=409):
    """Given when a call is owed already."""

    text = Text("確認は、もう頼まれています。", "You have asked for it already.")


class CalledLately(Refusal, code="called-lately", status=409):
    """Given when a call that reached nobody was made within the last hours."""

    text = Text(
        "少し前にかけたばかりです。次の営業日にかけてください。",
        "It was called only a little while ago. Please call on the next working day.",
    )


class NoCallOwed(Refusal, code="no-call-owed", status=409):
    """Given when nobody is to call this seller."""

    text = Text("この出品者への確認は、もう要りません。", "Nothing is owed to this seller any more.")


class CodeNeeded(Refusal, code="code-needed", status=422):
    """Given when a call is said to have proved the number, and no code was read out."""

    text = Text(
        "出品者が読み上げた6桁の確認コードを入れてください。",
        "Please enter the six digits that the seller read out.",
    )


def about_proof(one: ContactProof) -> str:
    """Return the name under which acts and clocks know a proof."""
    return f"display.proof:{one.name}"


def settle_proofs(proofs: Iterable[ContactProof], *, at: datetime, why: str) -> None:
    """Let stand about proofs what should."""
    settle_rows(proofs, about_proof, of_proof, at=at, why=why)


def _record(act: Performance[ContactProof], verb: str, *events: Event, **told: Any) -> int:
    proof = act.matter
    payload = {"channel": proof.channel, "state": proof.state, "turn": proof.turn, **told}
    return keep_act(act, verb, events, about=about_proof(proof), payload=payload)


def _settle(act: Performance[ContactProof]) -> None:
    settle_proofs([act.matter], at=act.actor.at, why=act.verb)


def _find(actor: Actor, name: str, version: int | None) -> ContactProof:
    """Return a proof, locked; it is made where there was none."""
    del version
    channel, seller_ref = proof_parts(name)
    if actor.role is not Role.MACHINE and actor.role not in STAFF and not actor.is_sellers(seller_ref):
        raise NoSuchShop
    row = ContactProof(seller_ref=seller_ref, channel=channel.value)
    ContactProof.objects.bulk_create([row], ignore_conflicts=True)
    return ContactProof.objects.select_for_update().get(seller_ref=seller_ref, channel=channel.value)


PROOFS: MatterKind[ContactProof, str] = MatterKind(
    chart=PROOF,
    find=_find,
    case=about_proof,
    record=_record,
    settle=_settle,
)


# What the verbs of a proof share: it is asked, aimed at a contact, mailed, tried, questioned, let lapse.


def owes(row: ContactProof | None) -> bool:
    """Say whether a proof was asked for and not given since, whatever was shown meanwhile."""
    since = (row.asked_at or row.questioned_at) if row is not None else None
    return row is not None and since is not None and (row.proven_at is None or row.proven_at < since)


def contact_now(proof: str) -> str:
    """Return the contact that a proof is of by now, "" where none is shown that can be proved."""
    channel, seller_ref = proof_parts(proof)
    return queries.contacts(seller_ref).get(channel, "") if queries.can_prove(channel) else ""


def contact_shown(proof: str) -> str:
    """Return the same."""
    if not (contact := contact_now(proof)):
        raise NoContactShown
    return contact


def begin_asking(act: Performance[ContactProof], target: str, why: Text) -> None:
    """Ask for the proof of a contact; who changed it, or left it out for a while, has the time that ran, and no more."""
    if act.matter.state not in ASKED_FOR:
        if owes(act.matter):
            _resume(act)
        else:
            act.matter.asked_at, act.matter.questioned_at, act.matter.calls = act.actor.at, None, 0
            act.save("asked_at", "questioned_at", "calls")
            act.step("ask")
        if act.matter.state == ProofState.ASKED:
            notify_seller(act, notices.PROOF_ASKED, why=why, due=_spoken_due(act.matter))
    end_offer(act)
    aim(act, target)
    if act.matter.channel == ProofChannel.MAIL:
        mail_code(act)


def _resume(act: Performance[ContactProof]) -> None:
    """Take up what was owed when the contact was left out: the time that ran then goes on, or is over."""
    proof, at = act.matter, act.actor.at
    if proof.questioned_at is not None:
        is_over = due(Runs(DISPLAY_QUESTION, since=proof.questioned_at)) <= at
        act.step("resume" if is_over else "question")
    elif proof.asked_at is not None and due(Runs(DISPLAY_PROOF, since=proof.asked_at)) <= at:
        begin_question(act)
    else:
        act.step("ask")


def aim(act: Performance[ContactProof], target: str) -> None:
    """Begin a turn with a code of its own about a contact; what was tried within the window counts on."""
    proof = act.matter
    if proof.counted_since is None or act.actor.at - proof.counted_since >= WINDOW:
        proof.counted_since, proof.sent, proof.wrong = act.actor.at, 0, 0
    proof.target = target
    proof.turn += 1
    act.save("target", "turn", "counted_since", "sent", "wrong")


def mail_code(act: Performance[ContactProof]) -> bool:
    """Mail the code of this turn and say so, unless one was mailed just now or often enough: then there is none to enter."""
    proof, at = act.matter, act.actor.at
    if (proof.sent_at is not None and at - proof.sent_at < APART) or proof.sent >= MOST_SENT:
        return False
    act.save("sent_at", "sent")
    proof.sent_at = at
    proof.sent += 1
    outbox.notify_numbered(
        to=f"seller:{proof.seller_ref}",
        template=notices.PROOF_CODE,
        values={"due": spoken(at + CODE_DAYS)},
        about=about_proof(proof),
        at=at,
        secret=outbox.Secret(name="code", value=queries.code_of(proof), until=at + CODE_DAYS),
    )
    return True


def try_code(act: Performance[ContactProof], code: str) -> None:
    """Compare a code: the right one proves the contact, if it is still the one that is shown."""
    proof, now = act.matter, queries.digest_of(contact_shown(act.matter.name))
    if proof.wrong >= MOST_WRONG or proof.target != now:
        raise CodeNotOpen
    given = seals.typed_code(code)
    if not hmac.compare_digest(given.encode(), queries.code_of(proof).encode()):
        act.step("mistake")
        proof.wrong += 1
        act.save("wrong")
        if proof.wrong >= MOST_WRONG:
            end_offer(act)
        act.record("mistake_code", left=MOST_WRONG - proof.wrong)
        return
    act.step("prove")
    proof.proven_at, proof.sent_at, proof.calls = act.actor.at, None, 0
    act.save("proven_at", "sent_at", "calls")
    end_offer(act)
    event = ContactProven(subject=about_proof(proof), seller_ref=proof.seller_ref, channel=proof.channel)
    act.record("prove", event)


def let_lapse(act: Performance[ContactProof]) -> None:
    """Let a proof be of no more use."""
    act.step("lapse")
    end_offer(act)
    act.record("lapse_proof")


def give_time_back(act: Performance[ContactProof]) -> None:
    """Give a seller the days back in which it waited for our call."""
    proof = act.matter
    waited = act.actor.at - proof.offered_at if proof.offered_at is not None else timedelta(0)
    if proof.state == ProofState.ASKED and proof.asked_at is not None:
        proof.asked_at += waited
    if proof.state == ProofState.QUESTIONED and proof.questioned_at is not None:
        proof.questioned_at += waited
    act.save("asked_at", "questioned_at")


def need_owed(act: Performance[ContactProof]) -> None:
    """See that a call is owed."""
    if act.matter.offered_at is None:
        raise NoCallOwed


def need_tries(act: Performance[ContactProof]) -> None:
    """See that a code may still be tried: whoever entered many wrong ones waits a day, so that nobody works for nothing."""
    proof = act.matter
    if (
        proof.counted_since is not None
        and act.actor.at - proof.counted_since < WINDOW
        and proof.wrong >= MOST_WRONG
    ):
        raise CodeNotOpen


def end_offer(act: Performance[ContactProof]) -> None:
    """Let no call be owed."""
    act.matter.offered_at, act.matter.hours = None, ""
    act.save("offered_at", "hours")


def begin_question(act: Performance[ContactProof]) -> None:
    """Question the seller, for the time of a question."""
    act.step("question")
    act.matter.questioned_at = act.actor.at
    act.save("questioned_at")
    notify_seller(act, notices.PROOF_QUESTIONED, due=_spoken_due(act.matter))


def _spoken_due(proof: ContactProof) -> Text:
    at = queries.due_of(proof)
    assert at is not None  # it is asked for, or questioned
    return spoken(at)


def notify_seller(act: Performance[ContactProof], template: Template, **values: Text) -> None:
    """Tell the seller at its registered address."""
    outbox.notify(
        to=f"seller:{act.matter.seller_ref}",
        template=template,
        values={"channel": ProofChannel(act.matter.channel).text, **values},
        about=about_proof(act.matter),
        at=act.actor.at,
    )


# What is done to prove that a contact reaches its seller: a code is mailed and entered, or read out in a call.


SHOWN = Text("新しく表示に出た連絡先であるため", "it is newly shown")
CHANGED = Text("表示の連絡先が変わったため", "another contact is shown")
YEARLY = Text("前の確認から決めた期間がたったため", "it was proved too long ago")
COMPLAINT = Text("連絡がつかなかったとの知らせがあったため", "it was reported that nobody was reached")


def ask_proof(actor: Actor, *, proof: str, why: Text = COMPLAINT) -> None:
    """Ask a seller to prove a contact that it shows, and mail the code where it is an address.

    Of whom it is asked already is asked nothing more, nor is who shows none, or is gone.
    """
    if not contact_now(proof):
        return
    with perform(actor, PROOFS, proof) as act:
        contact = contact_now(proof)  # once more, as the row is locked now
        target = queries.digest_of(contact) if contact else ""
        is_asked = act.matter.state in ASKED_FOR and act.matter.target == target
        if is_asked and actor.is_staff:
            raise ProofIsAsked
        if act.matter.closed_at is not None or not contact or is_asked:
            return
        begin_asking(act, target, why)
        act.record("ask_proof")


def follow_contacts(actor: Actor, *, seller_ref: str) -> None:
    """Let the proofs follow what a seller shows now: another contact is to be proved anew, one that is gone no more."""
    asks, rows = terms.setting(DISPLAY_PROOFS, at=actor.at), queries.proofs_of(seller_ref)
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
            ask_proof(actor, proof=name, why=CHANGED if is_other else SHOWN)
        elif is_other:
            lapse_proof(actor, proof=name)


def send_code(actor: Actor, *, proof: str) -> None:
    """Mail a code to the address that the seller shows."""
    with _performed(actor, proof, ProofChannel.MAIL) as act:
        act.step("send")
        aim(act, queries.digest_of(contact_shown(proof)))
        if not mail_code(act):
            raise CodeTooSoon(wait=int(APART.total_seconds()))
        act.record("send_code")


def enter_code(actor: Actor, *, proof: str, code: CodeMailed) -> None:
    """Enter the code that was mailed, or sent by the form; a wrong one is counted."""
    with _performed(actor, proof, ProofChannel.MAIL, ProofChannel.FORM) as act:
        act.step("enter")
        sent = act.matter.sent_at
        if sent is None or actor.at - sent > CODE_DAYS:
            raise CodeNotOpen
        try_code(act, code)


def offer_call(actor: Actor, *, proof: str, hours: AtHours) -> None:
    """Agree to be called in these hours, and let a person call; the seller reads the code out that its page shows."""
    with _performed(actor, proof, ProofChannel.PHONE) as act:
        if act.matter.offered_at is not None:
            raise CallOwed
        need_tries(act)
        act.step("offer")
        aim(act, queries.digest_of(contact_shown(proof)))
        act.matter.offered_at, act.matter.hours = actor.at, hours.value
        act.save("offered_at", "hours")
        act.record("offer_call", hours=hours.value)


def offer_form(actor: Actor, *, proof: str) -> None:
    """Ask for the form to be tried: a person sends a code by it, and the seller enters what arrives."""
    with _performed(actor, proof, ProofChannel.FORM) as act:
        if act.matter.offered_at is not None:
            raise CallOwed
        need_tries(act)
        act.step("offer")
        aim(act, queries.digest_of(contact_shown(proof)))
        act.matter.offered_at, act.matter.hours, act.matter.sent_at = actor.at, CallHours.ANY.value, None
        act.save("offered_at", "hours", "sent_at")
        act.record("offer_form")


def record_form(actor: Actor, *, proof: str, outcome: FormWent) -> None:
    """Record whether the code could be sent by the form; where it could not, the seller is questioned.

    Where another form is shown by now, nothing is proved and nobody is asked.  Tries are counted as calls are: from the third
    on the seller's time does not stand still for them.
    """
    with _performed(actor, proof, ProofChannel.FORM) as act:
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
            act.matter.sent_at = actor.at
            act.save("sent_at")
            notify_seller(act, notices.FORM_SENT, due=spoken(actor.at + CODE_DAYS))
            act.record("send_form")
        else:
            if act.matter.state not in (ProofState.QUESTIONED, ProofState.MISSED):
                begin_question(act)
            act.record("form_in_vain")


def take_back_call(actor: Actor, *, proof: str) -> None:
    """Take the offer to be called, or to have the form tried, back."""
    with _performed(actor, proof, ProofChannel.PHONE, ProofChannel.FORM) as act:
        need_owed(act)
        act.step("take_back")
        end_offer(act)
        act.record("take_back_call")


def record_proof_call(actor: Actor, *, proof: str, outcome: CallWent, code: CodeHeard = "") -> None:
    """Record how a call went: the code that was read out proves the number; what reached nobody is counted, then asked about."""
    with _performed(actor, proof, ProofChannel.PHONE) as act:
        need_owed(act)
        act.step("call")
        if outcome is ProofCall.CODE:
            if not code.strip():
                raise CodeNeeded
            try_code(act, code)
            return
        called = act.matter.called_at
        if called is not None and actor.at - called < CALLS_APART:
            raise CalledLately
        act.matter.calls += 1
        act.matter.called_at = actor.at
        act.save("calls", "called_at")
        if outcome is not ProofCall.NO_ANSWER or act.matter.calls >= MOST_CALLS:
            give_time_back(act)
            end_offer(act)
            if act.matter.state not in (ProofState.QUESTIONED, ProofState.MISSED):
                begin_question(act)
        act.record("call_in_vain", outcome=outcome.value)


def question_proof(actor: Actor, *, proof: str) -> None:
    """Ask the seller why a contact was not proved: the time for it is over; one that nobody could prove here is let be."""
    with perform(actor, PROOFS, proof) as act:
        if act.matter.state == ProofState.ASKED:
            if contact_now(proof):
                begin_question(act)
                act.record("question")
            else:
                let_lapse(act)


def miss_proof(actor: Actor, *, proof: str) -> None:
    """Note that the question was not answered by a proof either, and tell the seller and the rooms above."""
    with perform(actor, PROOFS, proof) as act:
        one = act.matter
        if one.state != ProofState.QUESTIONED or one.questioned_at is None:
            return
        if not contact_now(proof):
            let_lapse(act)
            return
        act.step("miss")
        notify_seller(act, notices.PROOF_MISSED)
        event = ContactUnproven(
            subject=about_proof(one), seller_ref=one.seller_ref, channel=one.channel, since=one.questioned_at
        )
        act.record("miss_proof", event)


def renew_proof(actor: Actor, *, proof: str) -> None:
    """Ask for a proof again that is a year old, or where the operator does not ask for any let it lapse."""
    if terms.setting(DISPLAY_PROOFS, at=actor.at) and contact_now(proof):
        ask_proof(actor, proof=proof, why=YEARLY)
    else:
        lapse_proof(actor, proof=proof)


def lapse_proof(actor: Actor, *, proof: str) -> None:
    """Let a proof be of no more use: it is old, or its contact is shown no more; what was owed is owed when it comes back."""
    with perform(actor, PROOFS, proof) as act:
        let_lapse(act)


def close_proofs(actor: Actor, *, seller_ref: str) -> None:
    """End the proofs of a seller who is gone, and forget of which contact they were."""
    for row in queries.proofs_of(seller_ref).values():
        if row.closed_at is None:
            with perform(actor, PROOFS, row.name) as act:
                act.step("close")
                end_offer(act)
                act.matter.closed_at, act.matter.target = actor.at, ""
                act.save("closed_at", "target")
                act.record("close_proof")


@contextmanager
def _performed(actor: Actor, proof: str, *channels: ProofChannel) -> Iterator[Performance[ContactProof]]:
    """Act on a proof by one of these channels alone."""
    if proof_parts(proof)[0] not in channels:
        raise NoContactShown
    with perform(actor, PROOFS, proof) as act:
        yield act
