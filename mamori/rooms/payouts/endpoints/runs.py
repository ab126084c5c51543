"""Payout runs over JSON: begun, given their lines, closed with their file, read line by line, told what banks returned."""

from __future__ import annotations

import base64
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.grammar.text import Text
from mamori.ground.declared.records import Part, PersonRef, Words, form, says
from mamori.japan.written import ReasonNeeded
from mamori.japan.zengin.returns import read_returns
from mamori.japan.zengin.writing import NotABankDay, NothingToPay
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.actions import Asked
from mamori.rooms.payouts.endpoints.payouts import (
    Amount,
    FileShown,
    LineShown,
    ReportShown,
    RunBegun,
    RunShown,
    Said,
)
from mamori.rooms.payouts.lifecycle import RunState
from mamori.rooms.payouts.models import Run
from mamori.rooms.payouts.refusals import PayeeErased, PayoutRefWrong, RunCalledOff, RunNotFixed
from mamori.rooms.payouts.rules import Verdict
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.runs.actions import (
    DayWrong,
    FileNotGood,
    NoSuchRun,
    PayerNotSet,
    RunClosed,
    RunDiffers,
)

MOST = 1_000
"""Lines that one request may bring, and that one page of a report holds."""
Table = Annotated[
    str,
    Meta(
        max_length=200_000,
        pattern=r"^[^\x00]*\Z",
        extra=form("1行目が ref,outcome,reason の CSV", "CSV whose first line is ref,outcome,reason"),
    ),
]
BEGINNING = (PayoutRefWrong, DayWrong, RunDiffers, NotABankDay, PayerNotSet)
TAKING = (NoSuchRun, RunClosed)
WRITING = (NoSuchRun, NothingToPay, FileNotGood, RunNotFixed, RunCalledOff, PayeeErased)
CALLING_OFF = (NoSuchRun, StepNotOpen, ReasonNeeded)
READING = (NoSuchRun,)


class TableNotGood(Refusal, code="returns-not-good", status=422):
    """Given when a table of returns has faults; nothing of it is taken in."""

    text = Text(
        "銀行の結果の表に誤りがあるので、何も取り込んでいません。{fault}",
        "The table of returns has faults, so nothing of it was taken in. {fault}",
    )


class RunLine(Part, frozen=True, kw_only=True):
    """A payout that a run is to pay."""

    ref: Annotated[
        PersonRef,
        says(
            "支払いの番号。数字だけの20桁は、その行を断る",
            "the payout's reference; a line whose reference is twenty digits alone is refused",
        ),
    ]
    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    amount: Annotated[
        Amount,
        says(
            "支払う金額。差し引いた分（deduct）は引いておく",
            "how much is to be paid, what was taken by `deduct` subtracted already",
        ),
    ]


class RunLines(Part, frozen=True, kw_only=True):
    """Lines of a run."""

    lines: Annotated[
        tuple[RunLine, ...],
        says("支払い", "the payouts"),
        Meta(min_length=1, max_length=MOST, extra=form("1〜1,000行", "1 to 1,000 lines")),
    ]


class Why(Part, frozen=True, kw_only=True):
    """Why a run is called off."""

    reason: Annotated[Words, says("理由。記録に残る", "why; it stays in the record")]


class Returns(Part, frozen=True, kw_only=True):
    """What banks answered."""

    table: Annotated[
        Table,
        says(
            "番号・結果・理由の表。20桁の数字は振込の番号、ほかは支払いの番号",
            "a table of numbers, outcomes and reasons; twenty digits are a transfer's number, anything else a payout's reference",
        ),
    ]


class ReturnsTaken(Schema):
    """What was taken in; `unknown` are lines of the table whose transfer is none of ours."""

    rows: int
    unknown: list[int]


class ReportAsked(Part, frozen=True, kw_only=True):
    """Which part of a report."""

    after: Annotated[
        int,
        says("この行の後から", "after which line"),
        Meta(ge=0, le=10**9, extra=form("0以上の整数", "a whole number from 0")),
    ] = 0


def begin_payout_run(actor: Actor, run: str, body: RunBegun) -> Status[RunShown]:
    """Begin a run for the day on which the bank pays, or go on with the one of that name."""
    runs.begin_run(actor, ref=run, pays_on=body.pays_on)
    return Status(200, _run(facts.run(run)))


def add_payout_lines(actor: Actor, run: str, body: RunLines) -> Status[RunShown]:
    """Ask for more payouts of a run; sent twice, each is taken once."""
    asked = [Asked(one.ref, one.seller, one.amount, by_run=True) for one in body.lines]
    runs.add_lines(actor, run=facts.run(run).pk, asked=asked)
    return Status(200, _run(facts.run(run)))


def write_payout_file(actor: Actor, run: str) -> Status[FileShown]:
    """Fix what a run pays and return its file, verified; asked for again, it is the same file."""
    number = facts.run(run).pk
    runs.order_run(actor, run=number)
    content = runs.write_run(actor, run=number)
    found = facts.run(run)
    return Status(
        200,
        FileShown(
            ref=found.ref,
            name=found.file_name,
            digest=found.digest,
            count=found.count,
            total=found.total,
            content=base64.b64encode(content).decode(),
        ),
    )


def call_off_payout_run(actor: Actor, run: str, body: Why) -> Status[RunShown]:
    """Call off a run that is fixed and has no file; what it would have paid goes with the next run."""
    runs.call_off_run(actor, run=facts.run(run).pk, reason=body.reason)
    return Status(200, _run(facts.run(run)))


def get_payout_run(actor: Actor, run: str, query: ReportAsked) -> Status[ReportShown]:
    """Read how the lines of a run stand, page by page."""
    del actor  # software reads every run
    found = facts.run(run)
    lines = facts.lines(found.pk, after=query.after, limit=MOST)
    return Status(
        200,
        ReportShown(
            run=_run(found),
            items=[
                LineShown(
                    line=one.number,
                    payout=one.payout,
                    seller_ref=one.seller_ref,
                    amount=one.amount,
                    verdict=Verdict(one.verdict) if one.verdict in Verdict else "refused",
                    released=one.released,
                    waits=one.waits,
                    why=Said(ja=one.why.ja, en=one.why.en) if one.why else None,
                    abroad=one.abroad,
                )
                for one in lines
            ],
            next=lines[-1].number if len(lines) == MOST else None,
        ),
    )


def tell_returns(actor: Actor, body: Returns) -> Status[ReturnsTaken]:
    """Tell what banks answered on transfers of our files; told twice, once counts."""
    found = read_returns(body.table.encode())
    if found.faults:
        raise TableNotGood(fault=found.faults[0].sentence)
    unknown = payouts.note_returns(actor, rows=found.rows)
    return Status(200, ReturnsTaken(rows=len(found.rows), unknown=[one.line for one in unknown]))


def _run(found: Run) -> RunShown:
    return RunShown(
        ref=found.ref,
        pays_on=found.pays_on,
        state=RunState(found.state),
        lines=found.lines.count(),
        count=found.count,
        total=found.total,
        digest=found.digest,
    )
