"""A procedure as the handbook says it: tables from what is declared, to be drawn, searched, compared and printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from mamori.grammar.actor import Role
from mamori.grammar.declaration import NoticeKind, Practice, Template
from mamori.grammar.line import Line, State
from mamori.grammar.procedure import DecisionText, Procedure, ProcedureTable
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text
from mamori.law.duties import DUTIES
from mamori.law.practices import PRACTICES

LINES: Mapping[str, Line] = {one.code: one for one in (*DUTIES, *PRACTICES)}
"""What the law and practice ask, by code."""
ROOM_TITLES = {
    "contact": Text("連絡・仲介・返金", "Contact, mediation, refunds"),
    "complaints": Text("だれでもできる申し出", "Reports by anybody"),
    "safety": Text("危険な商品", "Dangerous goods"),
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


def _decisions(some: tuple[DecisionText, ...]) -> ProcedureTable:
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


# Who does what, and in which order, from when something arrives until it ends: what a new colleague reads first.


ALONG = Text(
    "途中で（どの状態でできるかは、状態の表のとおり）",
    "Along the way (from which states, the table of states says)",
)
"""What is on from several states and moves nothing on, or would end it from any of them, stands once, under this."""
MANY = 3
"""From so many open states an end would be said too often; of two it is what is decided there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoDoes:
    """Some roles, and what they do, in the order in which it is declared."""

    who: Text
    does: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStage:
    """What may be done in one state, by whom; `when` is None where it does not depend on a state."""

    when: Text | None
    by: tuple[WhoDoes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureCourse:
    """How one kind of thing goes its way, stage by stage; `title` is None where a procedure has no lifecycle."""

    title: Text | None
    stages: tuple[CourseStage, ...]


def courses(one: Procedure) -> tuple[ProcedureCourse, ...]:
    """Return who does what in a procedure: by its lifecycles or, where it has none, by its decisions."""
    if one.lifecycles:
        return tuple(_course(chart) for chart in one.lifecycles)
    if one.decisions:
        by = _by_role((frozenset(each.roles), each.title) for each in one.decisions)
        return (ProcedureCourse(title=None, stages=(CourseStage(when=None, by=by),)),)
    return ()


def _course(chart: Statechart[Any]) -> ProcedureCourse:
    along = [step for step in chart.steps if _is_along(chart, step)]
    stages = [
        CourseStage(
            when=chart.states[state],
            by=_by_role(
                (step.roles, _does(chart, step, state))
                for step in chart.steps
                if state in step.moves and step not in along
            ),
        )
        for state in chart.states
    ]
    by = _by_role((step.roles, _does(chart, step, next(iter(step.moves)))) for step in along)
    stages.append(CourseStage(when=ALONG, by=by))
    return ProcedureCourse(title=chart.title, stages=tuple(stage for stage in stages if stage.by))


def _is_along(chart: Statechart[Any], step: Step[Any]) -> bool:
    """Say whether a step is on from several open states and moves none, or from each of many and ends it in one way."""
    if step.afterwards or len(step.moves) < 2:
        return False
    if all(start is end for start, end in step.moves.items()):
        return True
    leads_to = set(step.moves.values())
    is_everywhere = len(step.moves) >= MANY and set(step.moves) == chart.open_states
    return is_everywhere and len(leads_to) == 1 and leads_to <= chart.ends


def _does(chart: Statechart[Any], step: Step[Any], state: Any) -> Text:
    if step.moves[state] is state:
        return step.text
    return Text("{step} → {to}", "{step} → {to}").fill(step=step.text, to=chart.states[step.moves[state]])


def _by_role(some: Iterable[tuple[frozenset[Role], Text]]) -> tuple[WhoDoes, ...]:
    """Gather what the same roles do, people before the machine."""
    found: dict[frozenset[Role], list[Text]] = {}
    for roles, text in some:
        found.setdefault(roles, []).append(text)
    return tuple(
        WhoDoes(who=roles_text(roles), does=tuple(texts))
        for roles, texts in sorted(found.items(), key=lambda pair: pair[0] == {Role.MACHINE})
    )
