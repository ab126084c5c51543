"""What a case asks for, all of it at once."""

from __future__ import annotations

from collections.abc import Collection

from mamori.ground.cases.models import Ask, Case


def replace(case: Case, whats: Collection[str | None]) -> None:
    """Let the case ask for these things and no others, in the order in which it falls due."""
    before = {ask.what: ask for ask in case.asks.all()}
    if gone := before.keys() - set(whats):
        case.asks.filter(what__in=gone).delete()
    kept = [ask for what, ask in before.items() if what not in gone and ask.next_due_at != case.next_due_at]
    if kept:
        case.asks.update(next_due_at=case.next_due_at)
    new = sorted(what for what in whats if what and what not in before)
    Ask.objects.bulk_create(Ask(case=case, what=what, next_due_at=case.next_due_at) for what in new)


def asked(about: str) -> frozenset[str]:
    """Return all that the case about that matter asks for."""
    return frozenset(Ask.objects.filter(case__about=about).values_list("what", flat=True))
