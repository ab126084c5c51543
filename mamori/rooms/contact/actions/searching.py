"""Staff searching words that are open to the centre, recorded; and what was written before there was a search, entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from mamori.grammar.actor import Actor
from mamori.ground.cases import actions as index, facts as cases
from mamori.ground.cases.facts import CaseFact, Searched
from mamori.ground.declared import memory
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import finding_words, words
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Thread


def search_words(actor: Actor, *, text: str, before: int | None = None) -> Searched:
    """Return the newest messages that hold every word of `text`, of threads that the centre may read now."""
    if not actor.is_staff:
        raise NothingHere()
    with memory.act():
        found = cases.search(text, scope=cases.WORDS, read=finding_words.read, before=before)
        ledger.record(
            actor,
            kind="contact.search_words",
            subject=ledger.MARKET,
            about="contact.words",
            payload={"found": [hit.case.number for hit in found.hits]},
        )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """How far it went: the last case that was looked at, and how many cases and messages were entered."""

    last: int
    cases: int
    messages: int


type FoundBy = Callable[[CaseFact], tuple[str, str] | None]
"""Says of a case of another room under whose key, and by what else, it is found; None for what names its shop itself."""


def enter_missing(*, after: int, limit: int, found_by: FoundBy = lambda case: None) -> Entered | None:
    """Look at the next `limit` cases behind the id `after`, and let be found what cannot be yet; None at the end.

    A case by its topic, references and shop; the words of a thread while they are open to the centre.  What is there
    stays; done again, it does nothing.  Whoever was erased is not called by a name any more.
    """
    with memory.act():
        page = cases.every_case(after=after, limit=limit)
        if not page:
            return None
        entered = index.enter_missing(
            called=_called(page) | {case.id: found for case in page if (found := found_by(case))}
        )
        messages = sum(_enter_words(thread) for thread in _threads(page))
        return Entered(last=page[-1].id, cases=entered, messages=messages)


def _called(page: Sequence[CaseFact]) -> dict[int, tuple[str, str]]:
    """Return under whose key, and by what, each case is found besides its topic and references."""
    subjects = {f"seller:{case.seller_ref}" for case in page if case.seller_ref}
    living, shops = seals.living(subjects), market.shop_names(case.seller_ref for case in page)
    called = {}
    for case in page:
        topic, subject = case_kind(case.kind).topic(case.title).en, f"seller:{case.seller_ref}"
        is_there = subject in living
        called[case.id] = (subject, f"{topic} {shops.get(case.seller_ref, '')}") if is_there else ("", topic)
    return called


def _threads(page: Sequence[CaseFact]) -> list[Thread]:
    """Return, locked, the threads that these cases are about: nobody withdraws a share meanwhile."""
    ids = {"contact.thread": set[int](), "contact.trouble": set[int]()}
    for case in page:
        kind, _, row = case.about.partition(":")
        if kind in ids:
            ids[kind].add(int(row))
    which = Q(pk__in=ids["contact.thread"]) | Q(trouble__pk__in=ids["contact.trouble"])
    threads = Thread.objects.filter(pk__in=Thread.objects.filter(which).values("pk"))
    return list(threads.select_for_update().order_by("pk"))


def _enter_words(thread: Thread) -> int:
    """Enter the words of a thread that is open to the centre, as far as they are not; return how many messages."""
    if not words.is_open(thread):
        return 0
    keys = {f"{words.KEY}{key}" for key in thread.messages.values_list("pk", flat=True)}
    missing = len(keys - cases.entered(keys))
    if missing:
        finding_words.follow(thread)
        missing -= len(keys - cases.entered(keys))  # words of who was erased stay unfound
    return missing
