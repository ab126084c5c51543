"""Files that a finding, the seller's view or an appeal rests on; both sides see each of them.

Staff put to a finding only what the seller may see: on what it was never shown, nobody decides.
"""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.matters.performance import perform
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready, Taken
from mamori.rooms.enforcement import appeal_records, notices, records
from mamori.rooms.enforcement.access import NotThere
from mamori.rooms.enforcement.actions.findings import may_speak_after
from mamori.rooms.enforcement.lifecycle import APPEAL, FINDING, GATHERING, AppealState, FindingState
from mamori.rooms.enforcement.matters import FINDINGS
from mamori.rooms.enforcement.models import AppealFile, Evidence

__all__ = ("EvidenceTooLate", "add_evidence", "add_to_appeal")


class EvidenceTooLate(Refusal, code="evidence-too-late", status=409):
    """Given when a file would be put to something that was decided."""

    text = Text(
        "この件は「{state}」なので、もうファイルを加えられません。決定を見直してほしいときは、異議の申出に添えてください。",
        "This is “{state}”, so no file can be added. To have the decision reviewed, please put it to an appeal.",
    )


class EvidenceUnseen(Refusal, code="evidence-unseen", status=409):
    """Given when staff would put a file to what the seller was heard on already: it never saw it."""

    text = Text(
        "出品者の意見はもう聴いてあります。出品者が見ていないファイルは、この件に加えられません。新しい証拠は、新しい件として記録し、"
        "意見を聴いてください。",
        "The seller was heard already, and a file that it has not seen cannot be added here. Please record new evidence as a "
        "finding of its own and hear the seller on it.",
    )


def add_evidence(hand: Hand, *, finding: int, ready: Ready, version: int | None = None) -> None:
    """Put files to a finding: staff what it rests on, until the seller is heard on it; the seller what its view rests on.

    What staff add while the seller is asked is told to it by a notice.  A photograph for which the seller was asked can come
    after the decision, too; then it is awaited no longer.
    """
    if not ready.files:
        return
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        state = FindingState(found.state)
        awaited = hand.role in SELLERS and records.awaits_photo(found)
        is_heard_late = awaited or (not hand.is_staff and may_speak_after(found, hand.at))
        if found.closed_at is not None and not is_heard_late:
            raise EvidenceTooLate(state=FINDING.states[state])
        if not (hand.is_staff or is_heard_late or FINDING.allows("state_view", state, hand.role)):
            raise StepNotYours(step=FINDING.title, roles=Text("窓口の担当", "staff"))
        if hand.is_staff and state not in GATHERING:
            raise EvidenceUnseen()
        about, subject = records.about(found), records.seller(found)
        for taken in _of(subject, ready):
            vault.keep(hand, taken, about=about)
            Evidence.objects.create(
                finding=found, by_seller=not hand.is_staff, kind="file", ref=str(taken.id), at=hand.at
            )
        if hand.is_staff and state == FindingState.HEARING:
            records.tell(subject, notices.EVIDENCE_ADDED, found, hand.at)
        if awaited:
            found.asked_photo_at = None
            act.save("asked_photo_at")
        act.record("add_evidence", files=ready.told)


def add_to_appeal(hand: Hand, *, appeal: int, ready: Ready) -> None:
    """Put a seller's files to its appeal, with the words that it writes."""
    if not ready.files:
        return
    with perform(hand, appeal_records.APPEALS, appeal) as act:
        found = act.matter
        APPEAL.take("write", AppealState(found.state), hand.role)
        about, first = appeal_records.about(found), found.files.count() + 1
        for number, taken in enumerate(_of(records.seller(found), ready), first):
            vault.keep(hand, taken, about=about)
            AppealFile.objects.create(appeal=found, number=number, file=taken.id, at=hand.at)
        act.record("add_to_appeal", files=ready.told)


def _of(subject: str, ready: Ready) -> tuple[Taken, ...]:
    if any(taken.subject != subject for taken in ready.files):
        raise NotThere()
    return ready.files
