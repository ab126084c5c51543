"""What the index answers: one case, a page of the open ones as they fall due, and what a text finds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mamori.ground.cases import queue, searching
from mamori.ground.cases.assigning import notes as notes
from mamori.ground.cases.models import Case, Entry
from mamori.ground.cases.notices import TEMPLATES as TEMPLATES
from mamori.ground.cases.queue import (
    CaseFact as CaseFact,
    CaseNumberMistyped as CaseNumberMistyped,
    Cursor as Cursor,
    Wish as Wish,
    asked as asked,
    carry as carry,
    case_found,
    fact_of,
    id_of as id_of,
    number_of as number_of,
    row_of,
)
from mamori.ground.cases.searching import (
    CASE,
    WORDS as WORDS,
    Hit as Hit,
    Reader,
    Searched as Searched,
    SearchTooShort as SearchTooShort,
)
from mamori.ground.declared import memory

MOST_COUNTED = 1_000
MOST_FOLLOWED = 500


@dataclass(frozen=True, slots=True)
class Page:
    """Some open cases, and where to go on; None at the end."""

    cases: tuple[CaseFact, ...]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class Load:
    """How many open cases somebody has, and how many of them are over their due moment."""

    open: int
    late: int


NO_LOAD = Load(0, 0)


def case_of(about: str) -> CaseFact:
    """Return the case about that matter."""
    return fact_of(row_of(about))


def by_number(number: str) -> CaseFact | None:
    """Return the case with that number, or None; full-width digits, spaces and hyphens are welcome."""
    case = Case.objects.filter(pk=id_of(number)).first()
    return fact_of(case) if case else None


def by_numbers(numbers: Iterable[str]) -> dict[str, CaseFact]:
    """Return the cases with those numbers, in one look; what is no number is passed over."""
    ids = [found for number in numbers if (found := _id_or_none(number)) is not None]
    return {number_of(row.pk): fact_of(row) for row in Case.objects.filter(pk__in=ids)}


def behind(number: str) -> tuple[str, int]:
    """Return the kind of the matter behind a case number and its own number there, ("contact.trouble", 7); ("", 0) for none.

    What is no number is nobody's, as in `by_numbers`; nor is the number of a matter that has a reference instead.
    """
    case = next(iter(by_numbers([number]).values()), None)
    kind, _, row = case.about.partition(":") if case else ("", "", "0")
    return (kind, int(row)) if row.isdecimal() else ("", 0)


def _id_or_none(number: str) -> int | None:
    try:
        return id_of(number)
    except CaseNumberMistyped:
        return None


def cases_of(*, ids: Sequence[int] = (), abouts: Sequence[str] = ()) -> dict[str, CaseFact]:
    """Return the cases with those ids and about those matters, by matter, in one look each."""
    rows = [*Case.objects.filter(pk__in=ids)] if ids else []
    rows += [*Case.objects.filter(about__in=abouts)] if abouts else []
    return {row.about: fact_of(row) for row in rows}


def is_entered(about: str) -> bool:
    """Say whether there is a case about that matter."""
    return case_found(about) is not None


def numbers_of(abouts: Collection[str]) -> dict[str, str]:
    """Return the numbers of the cases about those matters, by matter."""
    rows = Case.objects.filter(about__in=abouts).values_list("about", "pk") if abouts else ()
    return {about: number_of(pk) for about, pk in rows}


def every_case(*, after: int, limit: int) -> tuple[CaseFact, ...]:
    """Return the next cases by their id, open and closed, for whoever goes through all of them."""
    return tuple(fact_of(case) for case in Case.objects.filter(pk__gt=after).order_by("pk")[:limit])


def entered(keys: Collection[str]) -> set[str]:
    """Return those of the keys of words by which a case can be found."""
    return set(Entry.objects.filter(key__in=keys).values_list("key", flat=True))


def open_cases(
    *,
    after: Cursor | None = None,
    limit: int = 50,
    seller_ref: str | None = None,
    buyer_ref: str | None = None,
    order_ref: str | None = None,
) -> Page:
    """Return the page after `after`: first what falls due, soonest first, then what has no due moment.

    They are those that name a buyer or a seller; reports and consultations, which are no party's, are none of them.
    """
    wish = Wish(seller_ref=seller_ref, buyer_ref=buyer_ref, order_ref=order_ref, of_a_party=True)
    return view(wish, after=after, limit=limit)


def view(wish: Wish, *, after: Cursor | None = None, limit: int = 50) -> Page:
    """Return the page after `after` of the open cases that are wished for, in the same order."""
    rows, more = queue.page(wish, after, limit)
    return Page(tuple(fact_of(case) for case in rows), more)


def next_of(who: str, *, leaving: str = "") -> CaseFact | None:
    """Return the case that asks for somebody next and is theirs or nobody's, behind the matter that is left; it takes none.

    What is urgent comes first; None when none is left.
    """
    left = Case.objects.filter(about=leaving).first() if leaving else None
    found = queue.next_for(who, left)
    return fact_of(found) if found else None


def count_open(
    *, seller_ref: str | None = None, buyer_ref: str | None = None, order_ref: str | None = None
) -> int:
    """Count the open cases, to at most 1,000: that figure means “1,000 or more”."""
    return count(Wish(seller_ref=seller_ref, buyer_ref=buyer_ref, order_ref=order_ref))


def count(wish: Wish) -> int:
    """Count the open cases that are wished for, to at most 1,000: that figure means “1,000 or more”."""
    return len(queue.counted(wish)[:MOST_COUNTED])


def asked_for(whats: Collection[str]) -> dict[str, int]:
    """Count of each of these things the open cases that ask for it, in one look; one that none asks for is left out."""
    return dict(queue.asked_for(whats))


def waiting() -> dict[str, int]:
    """Count of each kind the open cases that ask for somebody, in one look; a kind of which none does is left out."""
    return {kind: count for kind, count in _overview().items() if count}


def begun() -> frozenset[str]:
    """Return each address of the desk at which there is something to read, or was; in the same look."""
    return frozenset(path for path, count in _overview().items() if not count)


def _overview() -> dict[str, int]:
    return memory.of("cases.overview", "", queue.overview)


def late(at: datetime) -> dict[str, int]:
    """Count the open cases that are late and not urgent, by the kind of what they lead with: each once, in one look."""
    return dict(queue.late(at))


def loads(assignees: Collection[str], *, at: datetime) -> dict[str, Load]:
    """Count the open cases of each of these people, to at most 1,000 each, in one look; who has none is left out."""
    found = queue.loads(assignees, at)
    return {who: Load(min(open_, MOST_COUNTED), min(late, MOST_COUNTED)) for who, open_, late in found}


def taken(kind: str, *, by: str) -> tuple[str, ...]:
    """Return what the open cases of a kind are about that somebody has, nobody where `by` is empty: 1,000 at most, due first."""
    return tuple(queue.taken(kind, by).values_list("about", flat=True)[:MOST_COUNTED])


def followed(who: str, *, case: int | None = None) -> dict[str, str]:
    """Return the numbers of somebody's open cases, 500 at most, and of the one case beside, by matter: in one look."""
    rows = queue.followed(who, case).values_list("about", "pk")
    return {about: number_of(pk) for about, pk in rows[:MOST_FOLLOWED]}


def asking_for(what: str, *, limit: int) -> tuple[CaseFact, ...]:
    """Return open cases that ask for that, the first to fall due first, in one look."""
    return tuple(fact_of(ask.case) for ask in queue.asking(what)[:limit])


def oldest(limit: int = 10, *, due_after: datetime | None = None) -> tuple[CaseFact, ...]:
    """Return the cases that have been open the longest, of those that are not urgent and not due until then where it is named."""
    return tuple(fact_of(case) for case in queue.oldest(due_after)[:limit])


def search(
    text: str, *, scope: str = CASE, read: Reader | None = None, before: int | None = None
) -> Searched:
    """Return the newest 20 hits that hold every word of `text`, older than the entry `before`.

    Tokens point at a little too much.  What is found is opened and compared: a case's topic, references and
    shop here, words by the room's `read`, which leaves out what the searcher may not read.
    """
    return searching.search(text, read=read, scope=scope, before=before)
