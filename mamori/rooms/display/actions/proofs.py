"""What is done to prove that a contact reaches its seller: a code is mailed and entered, or read out in a call."""

from __future__ import annotations

import hmac
import re
from datetime import datetime

from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.seen import spelt_out
from mamori.japan.spoken import spoken
from mamori.law.deadlines import DISPLAY_PROOF, DISPLAY_QUESTION
from mamori.law.display import DISPLAY_PROOFS
from mamori.rooms.display import notices
from mamori.rooms.display.actions.proof_matter import PROOFS, about_proof, settle_proofs
from mamori.rooms.display.events import ContactProven, ContactUnproven
from mamori.rooms.display.inputs import AtHours, CallWent, CodeHeard, CodeMailed
from mamori.rooms.display.lifecycle import ASKED_FOR, ProofState
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.queries import proofs as queries
from mamori.rooms.display.rules.proofs import (
    APART,
    CODE_DAYS,
    MOST_CALLS,
    MOST_WRONG,
    ProofCall,
    ProofChannel,
)

YEARLY = Text(
    "表示に出たとき、変えたとき、または1年ごとの確認", "it is newly shown, was changed, or a year is over"
)
COMPLAINT = Text("連絡がつかなかったとの知らせ", "it was reported that nobody was reached")
FAILED = Text("電話がつながらなかったこと", "a call reached nobody")


class NoContactShown(Refusal):
    """Given when the display shows no such contact, or one that this house cannot prove."""

    code = "no-contact-shown"
    status = 409
    text = Text(
        "確かめられる連絡先が、いまの表示にありません。", "The display shows no contact that can be proved."
    )


class CodeTooSoon(Refusal):
    """Given when a code was mailed within the last hour."""

    code = "code-too-soon"
    status = 429
    text = Text(
        "番号は1時間以内に送ったばかりです。届かないときは、アドレスと迷惑メールの設定をご確認ください。",
        "A code was mailed less than an hour ago. If none has come, please check the address and your spam folder.",
    )


class CodeNotOpen(Refusal):
    """Given when there is no code that could be entered: none was sent, it is too old, or it was tried too often."""

    code = "code-not-open"
    status = 409
    text = Text(
        "使える番号がありません。番号を送り直すか、電話での確認を頼み直してください。",
        "There is no code that can be used. Please have a new one mailed, or offer to be called again.",
    )


class NoCallOwed(Refusal):
    """Given when nobody is to call this seller."""

    code = "no-call-owed"
    status = 409
    text = Text("この出品者への確認の電話は、もう要りません。", "This seller is not to be called any more.")


class CodeNeeded(Refusal):
    """Given when a call is said to have proved the number, and no code was read out."""

    code = "code-needed"
    status = 422
    text = Text(
        "出品者が読み上げた6桁の番号を入れてください。",
        "Please enter the six digits that the seller read out.",
    )


def ask_proof(hand: Hand, *, proof: str, why: Text = COMPLAINT) -> None:
    """Ask a seller to prove a contact that it shows, and mail the code where it is an address.

    Of whom it is asked already is asked nothing more, nor is who shows none.
    """
    contact = _contact(proof)
    if not contact:
        return
    with perform(hand, PROOFS, proof) as act:
        target = queries.digest_of(contact)
        if act.matter.state in ASKED_FOR and act.matter.target == target:
            return
        _ask(act, target, why)
        act.record("ask_proof")


def follow_contacts(hand: Hand, *, seller_ref: str) -> None:
    """Let the proofs follow what a seller shows now: another contact is to be proved anew, one that is gone no more."""
    asks = terms.setting(DISPLAY_PROOFS, at=hand.at)
    now, rows = queries.contacts(seller_ref), queries.proofs_of(seller_ref)
    for channel in ProofChannel:
        row, contact = rows.get(channel), now.get(channel, "")
        is_live = row is not None and row.state not in (ProofState.UNASKED, ProofState.CLOSED)
        name = queries.name_of(channel, seller_ref)
        if row is not None and is_live and row.target != (queries.digest_of(contact) if contact else ""):
            if contact and queries.can_prove(channel) and (asks or row.state in ASKED_FOR):
                ask_proof(hand, proof=name, why=YEARLY)
            else:
                lapse_proof(hand, proof=name)
        elif asks and not is_live:
            ask_proof(hand, proof=name, why=YEARLY)


def send_code(hand: Hand, *, proof: str) -> None:
    """Mail a code to the address that the seller shows.

    :raises NoSuchShop, NoContactShown, CodeTooSoon: as their sentences say.
    """
    with perform(hand, PROOFS, proof) as act:
        sent = act.matter.sent_at
        if sent is not None and hand.at - sent < APART:
            raise CodeTooSoon
        act.step("send")
        _aim(act, queries.digest_of(_shown(proof)))
        _mail(act)
        act.record("send_code")


def enter_code(hand: Hand, *, proof: str, code: CodeMailed) -> None:
    """Enter the code that was mailed; a wrong one is counted.

    :raises NoSuchShop, NoContactShown, CodeNotOpen: as their sentences say.
    """
    with perform(hand, PROOFS, proof) as act:
        sent = act.matter.sent_at
        if sent is None or hand.at - sent > CODE_DAYS:
            raise CodeNotOpen
        _try(act, code)


def offer_call(hand: Hand, *, proof: str, hours: AtHours) -> None:
    """Agree to be called in these hours, and let a person call; the seller reads the code out that its page shows.

    :raises NoSuchShop, NoContactShown: as their sentences say.
    """
    with perform(hand, PROOFS, proof) as act:
        act.step("offer")
        _aim(act, queries.digest_of(_shown(proof)))
        act.matter.offered_at, act.matter.hours, act.matter.calls = hand.at, hours.value, 0
        act.save("offered_at", "hours", "calls")
        act.record("offer_call", hours=hours.value)


def take_back_call(hand: Hand, *, proof: str) -> None:
    """Take the offer to be called back.

    :raises NoSuchShop, NoCallOwed: as their sentences say.
    """
    with perform(hand, PROOFS, proof) as act:
        _owed(act)
        act.step("take_back")
        _end_offer(act)
        act.record("take_back_call")


def record_proof_call(hand: Hand, *, proof: str, outcome: CallWent, code: CodeHeard = "") -> None:
    """Record how a call went: the code that was read out proves the number; what reached nobody is counted, then asked about.

    :raises NoCallOwed, NoContactShown, CodeNeeded, CodeNotOpen: as their sentences say.
    """
    with perform(hand, PROOFS, proof) as act:
        _owed(act)
        if outcome is ProofCall.CODE:
            if not code.strip():
                raise CodeNeeded
            _try(act, code)
            return
        act.step("call")
        act.matter.calls += 1
        act.save("calls")
        if outcome is not ProofCall.NO_ANSWER or act.matter.calls >= MOST_CALLS:
            _end_offer(act)
            if act.matter.state not in (ProofState.QUESTIONED, ProofState.MISSED):
                _question(act)
        act.record("call_in_vain", outcome=outcome.value)


def question_proof(hand: Hand, *, proof: str) -> None:
    """Ask the seller why a contact reaches nobody: the time to prove it is over."""
    with perform(hand, PROOFS, proof) as act:
        if act.matter.state == ProofState.ASKED:
            _question(act)
            act.record("question")


def miss_proof(hand: Hand, *, proof: str) -> None:
    """Note that the question was not answered by a proof either, and tell the seller and the rooms above."""
    with perform(hand, PROOFS, proof) as act:
        one = act.matter
        if one.state != ProofState.QUESTIONED or one.questioned_at is None:
            return
        act.step("miss")
        _tell(act, notices.PROOF_MISSED)
        event = ContactUnproven(
            subject=about_proof(one), seller_ref=one.seller_ref, channel=one.channel, since=one.questioned_at
        )
        act.record("miss_proof", event)


def renew_proof(hand: Hand, *, proof: str) -> None:
    """Ask for a proof again that is a year old, or where the operator does not ask for any let it lapse."""
    if terms.setting(DISPLAY_PROOFS, at=hand.at) and _contact(proof):
        ask_proof(hand, proof=proof, why=YEARLY)
    else:
        lapse_proof(hand, proof=proof)


def lapse_proof(hand: Hand, *, proof: str) -> None:
    """Let a proof be of no more use: it is old, or its contact is shown no more."""
    with perform(hand, PROOFS, proof) as act:
        act.step("lapse")
        _end_offer(act)
        act.record("lapse_proof")


def close_proofs(hand: Hand, *, seller_ref: str) -> None:
    """End the proofs of a seller who is gone."""
    for channel, row in queries.proofs_of(seller_ref).items():
        if row.closed_at is None:
            with perform(hand, PROOFS, queries.name_of(channel, seller_ref)) as act:
                act.step("close")
                _end_offer(act)
                act.matter.closed_at = hand.at
                act.save("closed_at")
                act.record("close_proof")


def settle_proof_hindrances(hand: Hand) -> None:
    """Let contacts that were not proved hinder their sellers, or hinder them no more, as the operator says by now."""
    with memory.act():
        rows = ContactProof.objects.select_for_update().filter(state=ProofState.MISSED.value).order_by("pk")
        settle_proofs(rows, at=hand.at, why="settle_hindrances")


def _contact(proof: str) -> str:
    channel, seller_ref = queries.parts_of(proof)
    return queries.contacts(seller_ref).get(channel, "") if queries.can_prove(channel) else ""


def _shown(proof: str) -> str:
    if not (contact := _contact(proof)):
        raise NoContactShown
    return contact


def _ask(act: Performance[ContactProof], target: str, why: Text) -> None:
    """Ask for the proof of a contact; who changes it while it is asked has the time that runs, and no more."""
    if act.matter.state not in ASKED_FOR:
        act.matter.asked_at = act.hand.at
        act.step("ask")
        act.save("asked_at")
        _tell(act, notices.PROOF_ASKED, why=why, due=_due(act.matter))
    _end_offer(act)
    _aim(act, target)
    if act.matter.channel == ProofChannel.MAIL:
        _mail(act)


def _aim(act: Performance[ContactProof], target: str) -> None:
    """Begin a turn with a code of its own about a contact."""
    act.matter.target, act.matter.wrong = target, 0
    act.matter.turn += 1
    act.save("target", "wrong", "turn")


def _mail(act: Performance[ContactProof]) -> None:
    proof, at = act.matter, act.hand.at
    proof.sent_at = at
    act.save("sent_at")
    outbox.notify(
        to=f"seller:{proof.seller_ref}",
        template=notices.PROOF_CODE,
        values={"due": spoken(at + CODE_DAYS)},
        about=about_proof(proof),
        at=at,
        secret=outbox.Secret(name="code", value=queries.code_of(proof), until=at + CODE_DAYS),
    )


def _try(act: Performance[ContactProof], code: str) -> None:
    """Compare a code: the right one proves the contact, if it is still the one that is shown."""
    proof, now = act.matter, queries.digest_of(_shown(f"{act.matter.channel}:{act.matter.seller_ref}"))
    if proof.wrong >= MOST_WRONG or proof.target != now:
        raise CodeNotOpen
    given = re.sub(r"[\s-]", "", spelt_out(code))[:40]
    if not hmac.compare_digest(given.encode(), queries.code_of(proof).encode()):
        act.step("mistake")
        proof.wrong += 1
        act.save("wrong")
        act.record("mistake_code", left=MOST_WRONG - proof.wrong)
        return
    act.step("prove")
    proof.proven_at, proof.sent_at = act.hand.at, None
    act.save("proven_at", "sent_at")
    _end_offer(act)
    event = ContactProven(subject=about_proof(proof), seller_ref=proof.seller_ref, channel=proof.channel)
    act.record("prove", event)


def _owed(act: Performance[ContactProof]) -> None:
    if act.matter.offered_at is None:
        raise NoCallOwed


def _end_offer(act: Performance[ContactProof]) -> None:
    act.matter.offered_at, act.matter.hours = None, ""
    act.save("offered_at", "hours")


def _question(act: Performance[ContactProof]) -> None:
    act.step("question")
    act.matter.questioned_at = act.hand.at
    act.save("questioned_at")
    _tell(act, notices.PROOF_QUESTIONED, due=_due(act.matter))


def _due(proof: ContactProof) -> Text:
    """Return by when a contact has to be proved that is asked for, or questioned."""
    kind, since = (
        (DISPLAY_PROOF, proof.asked_at)
        if proof.state == ProofState.ASKED
        else (DISPLAY_QUESTION, proof.questioned_at)
    )
    assert isinstance(since, datetime)
    return spoken(due(Runs(kind, since=since)))


def _tell(act: Performance[ContactProof], template: Template, **values: Text) -> None:
    outbox.tell(
        to=f"seller:{act.matter.seller_ref}",
        template=template,
        values={"channel": ProofChannel(act.matter.channel).text, **values},
        about=about_proof(act.matter),
        at=act.hand.at,
    )
