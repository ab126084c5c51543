"""A procedure as the handbook says it: tables from what is declared, to be drawn, searched, compared and printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from mamori.grammar.declaration import NoticeKind, Practice, Template
from mamori.grammar.hand import Role
from mamori.grammar.line import Line, State
from mamori.grammar.procedure import DecisionTold, Procedure, ProcedureTable
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text
from mamori.law.duties import DUTIES
from mamori.law.practices import PRACTICES

LINES: Mapping[str, Line] = {one.code: one for one in (*DUTIES, *PRACTICES)}
"""What the law and practice ask, by code."""
ROOM_TITLES = {
    "contact": Text("連絡・仲介・返金", "Contact, mediation, refunds"),
    "complaints": Text("だれでもできる申し出", "Reports by anybody"),
    "enforcement": Text("違反と措置", "Breaches and measures"),
    "display": Text("出品者の表示", "Sellers' displays"),
    "payouts": Text("売上金", "Proceeds"),
    "identity": Text("出品者の確認", "Who sellers are"),
    "disclosure": Text("開示・照会・公表", "Disclosure, inquiries, publishing"),
    "insight": Text("改善", "Improvements"),
    "outreach": Text("案内とニュース", "Notices and news"),
    "": Text("全体に共通", "For the whole house"),
}
"""What the rooms are called in the handbook, in its order."""
KINDS = {
    NoticeKind.TRANSACTIONAL: Text("用件", "transactional"),
    NoticeKind.SAFETY: Text("安全", "safety"),
    NoticeKind.LEGAL: Text("法にかかわるもの", "legal"),
    NoticeKind.ADVERTISING: Text("広告", "advertising"),
}
NONE = Text("—", "–")
SAME = Text("（変わらない）", "(stays)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookPart:
    """One table of a procedure; `folds` where it is long, or is for whoever looks something up."""

    rows: ProcedureTable
    folds: bool = False


def parts(one: Procedure, spans: Mapping[str, Text], values: Mapping[str, Text]) -> tuple[HandbookPart, ...]:
    """Return the tables of a procedure; `spans` are the times in force by the deadline's code, `values` what settings say."""
    return tuple(_parts(one, spans, values))


def _parts(one: Procedure, spans: Mapping[str, Text], values: Mapping[str, Text]) -> Iterator[HandbookPart]:
    if one.decisions:
        yield HandbookPart(rows=_decisions(one.decisions), folds=True)
    if one.deadlines:
        yield HandbookPart(rows=_clocks(one, spans))
    for table in one.tables:
        yield HandbookPart(rows=table)
    for chart in one.lifecycles:
        yield HandbookPart(rows=_steps(chart), folds=True)
    if one.notices:
        yield HandbookPart(rows=_notices(one.notices), folds=True)
    yield HandbookPart(rows=_basis(one))
    if one.settings:
        rows = tuple((setting.title, values[setting.code]) for setting in one.settings)
        yield HandbookPart(
            rows=ProcedureTable(
                title=Text("運営者が選んだこと", "What the operator chose"),
                heads=(Text("項目", "setting"), Text("今の値", "value now")),
                rows=rows,
            )
        )


def roles_text(roles: Iterable[Role]) -> Text:
    """Name roles in their order."""
    some = frozenset(roles)
    return Text.listed(role.text for role in Role if role in some)


def _steps(chart: Statechart[Any]) -> ProcedureTable:
    return ProcedureTable(
        title=Text(f"{chart.title.ja}の状態", f"States of: {chart.title.en}"),
        lead=Text(
            "「{initial}」で始まり、{ends}で終わる。", "It begins as “{initial}” and ends as {ends}."
        ).fill(
            initial=chart.states[chart.initial],
            ends=Text.listed(
                Text("「{state}」", "“{state}”").fill(state=text)
                for state, text in chart.states.items()
                if state in chart.ends
            ),
        ),
        heads=(Text("手順", "step"), Text("前", "from"), Text("後", "to"), Text("できる人", "who may")),
        rows=tuple(
            (step.text, Text.listed(chart.states[start] for start in starts), to, roles_text(step.roles))
            for step in chart.steps
            for to, starts in _moves(chart, step)
        ),
    )


def _moves(chart: Statechart[Any], step: Step[Any]) -> Iterator[tuple[Text, list[Any]]]:
    """Yield what a step leads to, each with the states from which it does."""
    found: dict[Any, list[Any]] = {}
    for start, end in step.moves.items():
        found.setdefault(None if start is end else end, []).append(start)
    for to, starts in found.items():
        yield (SAME if to is None else chart.states[to]), starts


def _decisions(some: tuple[DecisionTold, ...]) -> ProcedureTable:
    fresh = Text("要る", "yes")
    return ProcedureTable(
        title=Text("だれが何を決めるか", "Who decides what"),
        heads=(
            Text("決めること", "decision"),
            Text("決める前に読むこと", "to be read first"),
            Text("できる人", "who may"),
            Text("直前の本人確認", "fresh proof of who it is"),
        ),
        rows=tuple(
            (one.title, one.lead or NONE, roles_text(one.roles), fresh if one.step_up else NONE)
            for one in some
        ),
    )


def _clocks(one: Procedure, spans: Mapping[str, Text]) -> ProcedureTable:
    return ProcedureTable(
        title=Text("期限", "Time limits"),
        heads=(
            Text("期限", "time limit"),
            Text("長さ", "how long"),
            Text("強さ", "force"),
            Text("出典", "source"),
        ),
        rows=tuple(
            (clock.title, spans[clock.code], clock.force.text, clock.citation.text) for clock in one.deadlines
        ),
    )


def _notices(some: tuple[Template, ...]) -> ProcedureTable:
    on_paper = Text("手紙でも", "by letter, too")
    return ProcedureTable(
        title=Text("送る文面", "What is told"),
        lead=Text(
            "「…」のところは送るときに埋まります。", "What stands at “…” is filled in when it is sent."
        ),
        heads=(Text("件名", "title"), Text("本文", "body"), Text("種類", "kind"), Text("手紙", "letter")),
        rows=tuple(
            (one.title.blanked, one.body.blanked, KINDS[one.kind], on_paper if one.on_paper else NONE)
            for one in some
        ),
    )


def _asked(line: Line) -> Text:
    """Return what a line asks; of a practice what of it runs here, and that none of it does where that is so."""
    said = line.heading if isinstance(line, Practice) else line.text
    if line.state is State.NOT_BEGUN:
        return Text("{said}（ここではまだ行っていない）", "{said} (not done here yet)").fill(said=said)
    return said


def _basis(one: Procedure) -> ProcedureTable:
    rows = [
        (_asked(line), line.force.text, line.citation.text) for line in (LINES[code] for code in one.serves)
    ]
    rows += [
        (
            Text(f"根拠：{ground.title.ja}", f"ground: {ground.title.en}"),
            ground.text,
            ground.citation.text,
        )
        for ground in one.grounds
    ]
    rows += [
        (
            Text(
                f"規約：{clause.title.ja}（第{clause.version}版）",
                f"clause: {clause.title.en} (version {clause.version})",
            ),
            clause.text,
            Text(f"{clause.first:%Y-%m-%d}から", f"from {clause.first:%Y-%m-%d}"),
        )
        for clause in one.clauses
    ]
    return ProcedureTable(
        title=Text("何にもとづくか", "On what it rests"),
        heads=(
            Text("求め・根拠", "what is asked"),
            Text("強さ・内容", "force, content"),
            Text("出典", "source"),
        ),
        rows=tuple(rows),
    )


def lines(one: Procedure, some: Iterable[HandbookPart], own: Text | None) -> tuple[Text, ...]:
    """Return all that a procedure says, a line for each row: what is compared, searched and numbered."""
    said = [one.title, one.lead, *one.examples]
    if own is not None:
        said.append(Text(f"運営者の書き足し：{own.ja}", f"The operator's own words: {own.en}"))
    for part in some:
        if part.rows.lead is not None:
            said.append(part.rows.lead)
        said += [_line(part.rows, row) for row in part.rows.rows]
    return tuple(said)


def _line(rows: ProcedureTable, row: tuple[Text, ...]) -> Text:
    return Text(
        f"{rows.title.ja}：{'｜'.join(one.ja for one in row)}",
        f"{rows.title.en}: {' | '.join(one.en for one in row)}",
    )


def digest(said: Iterable[Text]) -> str:
    """Return the SHA-256 of what a procedure says: who read it has read this."""
    whole = sha256()
    for one in said:
        whole.update(f"{one.ja}\x00{one.en}\x01".encode())
    return whole.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesMoved:
    """What a version says otherwise than the one before it."""

    gone: tuple[Text, ...]
    new: tuple[Text, ...]


def moved(before: tuple[Text, ...], after: tuple[Text, ...]) -> LinesMoved:
    """Return the lines that went and came, in their order."""
    gone: list[Text] = []
    new: list[Text] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[i1:i2]
            new += after[j1:j2]
    return LinesMoved(gone=tuple(gone), new=tuple(new))
