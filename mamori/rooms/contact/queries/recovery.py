"""A recovery as its seller sees it: what is considered, on which clause, at most how much, until when to be heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text, yen
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import HEARING
from mamori.rooms.contact import keeping
from mamori.rooms.contact.actions.recovery import view_of
from mamori.rooms.contact.finding import NothingHere, is_party
from mamori.rooms.contact.lifecycle import GIVE_BACK, RECOVERY, TAKEN, GiveBackState, RecoveryState
from mamori.rooms.contact.models import Recovery
from mamori.rooms.contact.money import giveback_of
from mamori.rooms.contact.queries.goods import goods_name, goods_names
from mamori.rooms.contact.rules.reasons import DEDUCT_BECAUSE, DeductBecause

NOW = {
    RecoveryState.HEARING: Text(
        "あなたの意見を待っています。意見を聴いてから、担当者が判断します。",
        "We are waiting for your view. A person decides after hearing you.",
    ),
    RecoveryState.HEARD: Text(
        "担当者が判断しています。結果は理由を添えてお知らせします。",
        "A person is deciding. You will be told the result and the reason.",
    ),
    RecoveryState.CLAIMED: Text(
        "{amount}円を売上金から差し引くことを決めました。通販サイトの手続きを待っています。",
        "A deduction of {amount} yen has been decided. The marketplace is carrying it out.",
    ),
    RecoveryState.SETTLED: Text(
        "{amount}円を売上金から差し引きました。", "{amount} yen have been deducted from your proceeds."
    ),
    RecoveryState.WAIVED: Text(
        "差し引かないと決めました。することはもうありません。",
        "Nothing will be deducted. There is nothing left to do.",
    ),
    RecoveryState.BORNE: Text(
        "運営者が負担しました。あなたの負担はありません。",
        "The operator has borne this. You owe nothing.",
    ),
}


BADGES = {
    RecoveryState.HEARING: Text("あなたの意見待ち", "Waiting for your view"),
    RecoveryState.HEARD: Text("担当者が判断中", "Being decided"),
    RecoveryState.CLAIMED: Text("差し引きの手続き中", "A deduction is under way"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRow:
    """A recovery in the inbox."""

    number: str
    goods: Text
    most: Text
    state: Text
    view_due_at: datetime | None
    every_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPage:
    """Everything that the page of a recovery shows."""

    number: str
    recovery: int
    thread_number: str
    goods: Text
    order_ref: str
    most: Text
    amount: Text | None
    clause_title: Text | None
    clause_text: Text | None
    clause_version: int
    now: Text
    may_state_view: bool
    view_due_at: datetime | None
    every_day: bool
    view: str | None
    back: Text | None
    back_state: Text | None
    why: Text | None
    decided_at: datetime | None
    appeal_until: datetime | None
    may_appeal: bool
    opened_at: datetime
    closed_at: datetime | None


def recovery_of(actor: Actor, number: str) -> Recovery:
    """Return the recovery behind a case number."""
    kind, row = cases.behind(number)
    wanted = Recovery.objects.select_related("remedy__trouble__thread")
    found = wanted.filter(pk=row).first() if kind == "contact.recovery" else None
    if found is None or not is_party(actor, buyer_ref="", seller_ref=found.seller_ref):
        raise NothingHere()
    return found


def page_of(actor: Actor, number: str) -> RecoveryPage:
    """Return the page as the seller sees it now."""
    found = recovery_of(actor, number)
    thread, state = found.remedy.trouble.thread, RecoveryState(found.state)
    clause = terms.wording(found.clause, found.clause_version)
    steps = {step.name for step in RECOVERY.allowed(state, actor.role)}
    giving, clocks = giveback_of(found), clock_facts.open_of([keeping.about(found)], kinds=(HEARING.code,))
    hearing = next(iter(clocks), None)
    until = found.appeal_until if state in TAKEN else None
    return RecoveryPage(
        number=keeping.case_number(keeping.about(found)),
        recovery=found.pk,
        thread_number=keeping.case_number(keeping.about(found.remedy.trouble)),
        goods=goods_name(thread),
        order_ref=thread.order_ref,
        most=yen(found.most),
        amount=yen(found.amount) if found.amount else None,
        clause_title=clause.title if clause else None,
        clause_text=clause.text if clause else None,
        clause_version=found.clause_version,
        now=NOW[state].fill(amount=f"{found.amount:,}"),
        may_state_view="state_view" in steps,
        view_due_at=hearing.due_at if hearing else None,
        every_day=hearing is not None and hearing.every_day,
        view=view_of(found),
        back=yen(giving.amount) if giving and giving.state != GiveBackState.NEEDLESS else None,
        back_state=GIVE_BACK.states[GiveBackState(giving.state)] if giving else None,
        why=DEDUCT_BECAUSE[DeductBecause(found.because)] if found.because else None,
        decided_at=found.decided_at,
        appeal_until=until,
        may_appeal=until is not None and actor.at <= until,
        opened_at=found.opened_at,
        closed_at=found.closed_at,
    )


def rows_of(recoveries: tuple[Recovery, ...]) -> tuple[RecoveryRow, ...]:
    """Return recoveries as the inbox shows them; the number of looks does not grow with theirs."""
    names = [keeping.about(found) for found in recoveries]
    numbers, running = cases.numbers_of(names), clock_facts.open_of(names, kinds=(HEARING.code,))
    hearings = {clock.about: clock for clock in running}
    goods = goods_names([found.remedy.trouble.thread for found in recoveries])
    return tuple(
        RecoveryRow(
            number=numbers[name],
            goods=goods[found.remedy.trouble.thread_id],
            most=yen(found.most),
            state=BADGES[RecoveryState(found.state)],
            view_due_at=hearings[name].due_at if name in hearings else None,
            every_day=name in hearings and hearings[name].every_day,
        )
        for name, found in zip(names, recoveries, strict=True)
    )
