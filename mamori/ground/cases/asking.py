"""What a case asks for, all of it at once."""

from __future__ import annotations

from collections.abc import Collection

from mamori.ground.cases.models import Ask, Case
from mamori.ground.declared import memory


def carry(abouts: Collection[str], *, new: Collection[str] = ()) -> None:
    """Let the act under way carry the cases about these matters, and what they ask for: each read in one look.

    About those that are `new` there is none yet.
    """
    unread = [about for about in abouts if about not in memory.all_of("cases.case")]
    old = [about for about in unread if about not in new]
    cases = {case.about: case for case in Case.objects.filter(about__in=old)} if old else {}
    asks: dict[int, list[Ask]] = {case.pk: [] for case in cases.values()}
    for ask in Ask.objects.filter(case__in=asks) if asks else ():
        asks[ask.case_id].append(ask)
    for about in unread:
        memory.put("cases.case", about, cases.get(about))
    for about, case in cases.items():
        memory.put("cases.asks", about, asks[case.pk])


def replace(case: Case, whats: Collection[str | None]) -> None:
    """Let the case ask for these things and no others, in the order in which it falls due."""
    before = {ask.what: ask for ask in _of(case.about)}
    if gone := before.keys() - set(whats):
        case.asks.filter(what__in=gone).delete()
    kept = [ask for what, ask in before.items() if what not in gone and ask.next_due_at != case.next_due_at]
    if kept:
        put_due(case)
    new = sorted(what for what in whats if what and what not in before)
    rows = Ask.objects.bulk_create(Ask(case=case, what=what, next_due_at=case.next_due_at) for what in new)
    memory.put("cases.asks", case.about, [*(ask for what, ask in before.items() if what not in gone), *rows])


def put_due(case: Case) -> None:
    """Let all that the case asks for stand where the case falls due."""
    case.asks.update(next_due_at=case.next_due_at)
    for ask in _of(case.about):
        ask.next_due_at = case.next_due_at


def asked(about: str) -> frozenset[str]:
    """Return all that the case about that matter asks for."""
    return frozenset(ask.what for ask in _of(about))


def _of(about: str) -> list[Ask]:
    return memory.of("cases.asks", about, lambda: list(Ask.objects.filter(case__about=about)))
