"""The way of one matter as its parties see it in a picture: asked, answered, mediated, refunded or solved, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.web.pictures import Drawing
from mamori.ground.web.steppictures import StepSeen, StepStanding, steps
from mamori.law.deadlines import CONFIRMATION, REMEDY_DECISION, RESOLUTION
from mamori.rooms.contact.beside import agreement_among
from mamori.rooms.contact.keeping import trouble_of
from mamori.rooms.contact.lifecycle import RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.lifecycle.remedy import RETURNING, UNDER_WAY
from mamori.rooms.contact.models import Thread, Trouble
from mamori.rooms.contact.queries.due import ANSWERS, ClockShown
from mamori.rooms.contact.queries.matter import mediation_of, proposals_of
from mamori.rooms.contact.rules.standing import Matter

TITLE = Text("この件の流れ", "The steps of this case")
ASKED, ANSWERED, AGAIN = Text("受付", "Asked"), Text("回答", "Answer"), Text("再回答", "New answer")
QUESTION = Text("質問", "Asked")
MEDIATED, RETURNED = Text("窓口の仲介", "Mediated"), Text("返品", "Return")
REFUND, SOLUTION = Text("返金", "Refund"), Text("解決", "Solved")
KEPT, DECIDED, ENDED = (
    Text("合意の実行", "As agreed"),
    Text("返金の判断", "Decision"),
    Text("終了", "Ended"),
)
ENDS = {
    TroubleState.SOLVED: SOLUTION,
    TroubleState.MADE_GOOD: REFUND,
    TroubleState.WITHDRAWN: Text("取り下げ", "Withdrawn"),
}
IF_NEEDED = Text("必要なとき", "if needed")
UNDER, AFTER_RETURN = Text("手続き中", "under way"), Text("返品のあと", "afterwards")


def way_of(
    thread: Thread, matter: Matter, clocks: Sequence[ClockShown], *, answered_at: datetime | None
) -> Drawing:
    """Return the picture of a thread's steps: what is done in its order, and then what is awaited, by when as far as it is shown.

    `answered_at` is when the seller answered for the first time.  What never came and is awaited no more is left out.
    """
    trouble, due = trouble_of(thread), {clock.kind: clock for clock in clocks}
    found = [
        StepSeen(name=ASKED if trouble else QUESTION, standing=StepStanding.DONE, at=thread.opened_at),
        *_answer(matter, due, answered_at),
        *(_of_trouble(trouble, matter, due) if trouble else _of_question(thread)),
    ]
    done = [step for step in found if step.standing is StepStanding.DONE]
    ahead = [step for step in found if step.standing is not StepStanding.DONE]
    return steps("way", TITLE, [*sorted(done, key=lambda step: step.at or thread.opened_at), *ahead])


def _answer(
    matter: Matter, due: Mapping[str, ClockShown], answered_at: datetime | None
) -> Iterator[StepSeen]:
    is_owed = matter.thread in (ThreadState.WAITING, ThreadState.MISSED) and matter.remedy not in UNDER_WAY
    if is_owed:
        name = ANSWERED if answered_at is None else AGAIN
        yield _awaited(name, due, ANSWERS, is_late=matter.thread is ThreadState.MISSED)
    elif answered_at is not None:
        yield StepSeen(name=ANSWERED, standing=StepStanding.DONE, at=answered_at)


def _of_question(thread: Thread) -> Iterator[StepSeen]:
    if thread.closed_at is not None:
        yield StepSeen(name=ENDED, standing=StepStanding.DONE, at=thread.closed_at)


def _of_trouble(trouble: Trouble, matter: Matter, due: Mapping[str, ClockShown]) -> Iterator[StepSeen]:
    mediation, is_open = mediation_of(trouble), trouble.closed_at is None
    if mediation is not None:
        yield StepSeen(name=MEDIATED, standing=StepStanding.DONE, at=mediation.opened_at)
    elif is_open and matter.remedy not in UNDER_WAY:
        yield StepSeen(name=MEDIATED, standing=StepStanding.LATER, note=IF_NEEDED)
    if trouble.paid_back_at is not None:
        yield StepSeen(name=REFUND, standing=StepStanding.DONE, at=trouble.paid_back_at)
    if not is_open:
        name = ENDS.get(TroubleState(trouble.state), ENDED)
        yield StepSeen(name=name, standing=StepStanding.DONE, at=trouble.closed_at)
    elif matter.remedy in UNDER_WAY:
        yield from _refund(matter, due)
    else:
        yield from _solution(trouble, matter, due)


def _refund(matter: Matter, due: Mapping[str, ClockShown]) -> Iterator[StepSeen]:
    """Yield what is left of a refund that is granted: goods that come back first, where they do."""
    if matter.remedy in RETURNING:
        yield _awaited(RETURNED, due, due, note=UNDER)
        yield StepSeen(name=REFUND, standing=StepStanding.LATER, note=AFTER_RETURN)
    elif matter.remedy is RemedyState.INSTRUCTED:
        yield _awaited(REFUND, due, (CONFIRMATION.code,), note=UNDER)


def _solution(trouble: Trouble, matter: Matter, due: Mapping[str, ClockShown]) -> Iterator[StepSeen]:
    agreement = agreement_among(proposals_of(trouble))
    if matter.offer is not None and not matter.offer.awaits and agreement is not None:
        yield StepSeen(name=KEPT, standing=StepStanding.NEXT, at=agreement.due_at)
        return
    is_late = trouble.state == TroubleState.OVERDUE
    is_next = matter.thread is ThreadState.ANSWERED
    yield _awaited(SOLUTION, due, (RESOLUTION.code,), is_late=is_late, is_next=is_next)
    if REMEDY_DECISION.code in due:
        yield _awaited(DECIDED, due, (REMEDY_DECISION.code,), is_next=is_late)


def _awaited(
    name: Text,
    due: Mapping[str, ClockShown],
    kinds: Iterable[str],
    *,
    is_late: bool = False,
    is_next: bool = True,
    note: Text | None = None,
) -> StepSeen:
    """Return a step that is awaited: by when the first of these clocks that is shown is due.

    That it is late alarms only the reader who owes it, as on the clocks themselves.
    """
    clock = next((due[kind] for kind in kinds if kind in due), None)
    standing = StepStanding.NEXT if is_next else StepStanding.LATER
    return StepSeen(
        name=name,
        standing=standing if not is_late else _late(clock),
        at=clock.due_at if clock else None,
        note=note,
    )


def _late(clock: ClockShown | None) -> StepStanding:
    return StepStanding.LATE if clock is not None and clock.is_yours else StepStanding.PASSED
