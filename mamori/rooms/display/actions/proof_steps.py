"""What the verbs of a proof share: it is asked, aimed at a contact, mailed, tried, questioned, let lapse."""

from __future__ import annotations

import hmac
from datetime import timedelta

from mamori.grammar.declaration import Template
from mamori.grammar.text import Text
from mamori.ground.matters.performance import Performance
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import facts as seals
from mamori.japan.spoken import spoken
from mamori.law.deadlines import DISPLAY_PROOF, DISPLAY_QUESTION
from mamori.rooms.display import notices
from mamori.rooms.display.actions.proof_matter import about_proof
from mamori.rooms.display.actions.proof_refusals import (
    CodeNotOpen,
    NoCallOwed,
    NoContactShown,
)
from mamori.rooms.display.events import ContactProven
from mamori.rooms.display.lifecycle import ASKED_FOR, ProofState
from mamori.rooms.display.models import ContactProof
from mamori.rooms.display.queries import proofs as queries
from mamori.rooms.display.rules.proofs import (
    APART,
    CODE_DAYS,
    MOST_SENT,
    MOST_WRONG,
    WINDOW,
    ProofChannel,
    proof_parts,
)


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
            act.matter.asked_at, act.matter.questioned_at, act.matter.calls = act.hand.at, None, 0
            act.save("asked_at", "questioned_at", "calls")
            act.step("ask")
        if act.matter.state == ProofState.ASKED:
            tell_seller(act, notices.PROOF_ASKED, why=why, due=_spoken_due(act.matter))
    end_offer(act)
    aim(act, target)
    if act.matter.channel == ProofChannel.MAIL:
        mail_code(act)


def _resume(act: Performance[ContactProof]) -> None:
    """Take up what was owed when the contact was left out: the time that ran then goes on, or is over."""
    proof, at = act.matter, act.hand.at
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
    if proof.counted_since is None or act.hand.at - proof.counted_since >= WINDOW:
        proof.counted_since, proof.sent, proof.wrong = act.hand.at, 0, 0
    proof.target = target
    proof.turn += 1
    act.save("target", "turn", "counted_since", "sent", "wrong")


def mail_code(act: Performance[ContactProof]) -> bool:
    """Mail the code of this turn and say so, unless one was mailed just now or often enough: then there is none to enter."""
    proof, at = act.matter, act.hand.at
    if (proof.sent_at is not None and at - proof.sent_at < APART) or proof.sent >= MOST_SENT:
        return False
    act.save("sent_at", "sent")
    proof.sent_at = at
    proof.sent += 1
    outbox.notify(
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
    proof.proven_at, proof.sent_at, proof.calls = act.hand.at, None, 0
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
    waited = act.hand.at - proof.offered_at if proof.offered_at is not None else timedelta(0)
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
        and act.hand.at - proof.counted_since < WINDOW
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
    act.matter.questioned_at = act.hand.at
    act.save("questioned_at")
    tell_seller(act, notices.PROOF_QUESTIONED, due=_spoken_due(act.matter))


def _spoken_due(proof: ContactProof) -> Text:
    at = queries.due_of(proof)
    assert at is not None  # it is asked for, or questioned
    return spoken(at)


def tell_seller(act: Performance[ContactProof], template: Template, **values: Text) -> None:
    """Tell the seller at its registered address."""
    outbox.tell(
        to=f"seller:{act.matter.seller_ref}",
        template=template,
        values={"channel": ProofChannel(act.matter.channel).text, **values},
        about=about_proof(act.matter),
        at=act.hand.at,
    )
