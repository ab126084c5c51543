"""Cases as others see them, by their numbers: what each asks for, and the queue of the open ones as they fall due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases.models import IS_FLAGGED, IS_URGENT, Ask, Case
from mamori.ground.declared import memory, places
from mamori.ground.declared.fields import IS_OPEN
from mamori.japan.written import spelt_out

# Case numbers: a bijection of the row's id that does not run in sequence, with a check digit.


# H. Michael Damm's quasigroup of order 10 (2004): finds every wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_FIRST = 10**7  # numbers of 7 digits and their check digit; then 8, then 9
_STRIDE = (
    618_033_989  # about the golden section of 10⁹, and prime to every range below: neighbours land far apart
)
_JOINTS = str.maketrans("", "", " -‐‑‒–—―−ー－ｰ")


class CaseNumberMistyped(Refusal, code="case-number-mistyped", status=422):
    """Given when a number is too short, holds something else than digits, or fails its check digit."""

    text = Text(
        "「{number}」は受付番号として読み取れません。8桁の数字をもう一度ご確認ください。",
        "“{number}” is not a case number. Please check its 8 digits once more.",
    )


def number_of(id: int) -> str:  # noqa: A002
    """Return the number of the case with this id: 8 digits, and one more beyond every power of ten."""
    low, size = _range(id)
    digits = str(low + (id - low) * _STRIDE % size).zfill(7)
    return digits + str(_check(digits))


def id_of(number: str) -> int:
    """Return the id behind a number as people write it: full-width digits, spaces and hyphens are welcome."""
    digits = "".join(spelt_out(number).translate(_JOINTS).split())
    if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 18) or _check(digits) != 0:
        raise CaseNumberMistyped(number=number[:40])
    value = int(digits[:-1])
    low, size = _range(value)
    if len(digits) != max(7, len(str(value))) + 1:
        raise CaseNumberMistyped(number=number[:40])
    return low + (value - low) * pow(_STRIDE, -1, size) % size


def _range(value: int) -> tuple[int, int]:
    """Return where the range of equally long numbers begins, and how many they are."""
    low, high = 0, _FIRST
    while value >= high:
        low, high = high, high * 10
    return low, high - low


def _check(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim


# A case as others see it.


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A case as others see it; `assignee` is empty while it is nobody's."""

    id: int
    number: str
    kind: str
    about: str
    title: str
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: str
    attention: str | None
    assignee: str
    opened_at: datetime
    next_due_at: datetime | None
    closed_at: datetime | None
    urgent_since: datetime | None = None
    due_kind: str = ""

    def is_late(self, at: datetime) -> bool:
        """Say whether what it leads with is over: a promise that was missed and is not kept, or a clock that is due."""
        return self.closed_at is None and self.next_due_at is not None and self.next_due_at <= at


def case_found(about: str) -> Case | None:
    """Return the row of the case about that matter, which an act reads once; None where there is none.

    None also for what no name can be: NUL, at which a database stumbles.
    """
    return (
        None
        if "\0" in about
        else memory.of("cases.case", about, lambda: Case.objects.filter(about=about).first())
    )


def row_of(about: str) -> Case:
    """Return the row of the case about that matter, as `found` does."""
    case = case_found(about)
    if case is None:
        raise LookupError(about)
    return case


def fact_of(case: Case) -> CaseFact:
    """Return a case's row as others see it."""
    return CaseFact(
        id=case.pk,
        number=number_of(case.pk),
        kind=case.kind,
        about=case.about,
        title=case.title,
        buyer_ref=case.buyer_ref,
        seller_ref=case.seller_ref,
        order_ref=case.order_ref,
        state=case.state,
        attention=case.attention,
        assignee=case.assignee,
        opened_at=case.opened_at,
        next_due_at=case.next_due_at,
        closed_at=case.closed_at,
        urgent_since=case.urgent_since,
        due_kind=case.due_kind,
    )


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


def replace_asks(case: Case, whats: Collection[str | None]) -> None:
    """Let the case ask for these things and no others, in the order in which it falls due."""
    before = {ask.what: ask for ask in _of(case.about)}
    if gone := before.keys() - set(whats):
        case.asks.filter(what__in=gone).delete()
    kept = [ask for what, ask in before.items() if what not in gone and ask.next_due_at != case.next_due_at]
    if kept:
        put_asks_due(case)
    new = sorted(what for what in whats if what and what not in before)
    rows = Ask.objects.bulk_create(Ask(case=case, what=what, next_due_at=case.next_due_at) for what in new)
    memory.put("cases.asks", case.about, [*(ask for what, ask in before.items() if what not in gone), *rows])


def put_asks_due(case: Case) -> None:
    """Let all that the case asks for stand where the case falls due."""
    case.asks.update(next_due_at=case.next_due_at)
    for ask in _of(case.about):
        ask.next_due_at = case.next_due_at


def asked(about: str) -> frozenset[str]:
    """Return all that the case about that matter asks for."""
    return frozenset(ask.what for ask in _of(about))


def _of(about: str) -> list[Ask]:
    return memory.of("cases.asks", about, lambda: list(Ask.objects.filter(case__about=about)))


# The queue: what is urgent first, then open cases as they fall due, and the views of it that an index serves.


OF_A_PARTY = ~Q(buyer_ref="", seller_ref="")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last case of a page: the next page begins after it."""

    next_due_at: datetime | None
    id: int
    urgent_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which open cases are asked for; an empty wish is all of them.

    `of_a_party` leaves out what names neither buyer nor seller; `title` is a topic's; `assignee` "" is nobody's; `flagged` is
    what asks for attention, `attention` what asks for that one, `due_after` and `due_until` what falls due between these moments
    (at the first not, at the last too), `due_kind` what leads with a clock of that kind; `is_urgent` what is urgent, or is not.
    """

    kind: str | None = None
    title: str | None = None
    seller_ref: str | None = None
    buyer_ref: str | None = None
    order_ref: str | None = None
    assignee: str | None = None
    attention: str | None = None
    flagged: bool = False
    of_a_party: bool = False
    due_after: datetime | None = None
    due_until: datetime | None = None
    due_kind: str | None = None
    is_urgent: bool | None = None

    def _wanted(self) -> dict[str, str]:
        names = ("kind", "title", "seller_ref", "buyer_ref", "order_ref", "assignee", "due_kind")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def _due(self) -> dict[str, datetime]:
        bounds = {"next_due_at__gt": self.due_after, "next_due_at__lte": self.due_until}
        return {name: at for name, at in bounds.items() if at}

    def chosen(self) -> QuerySet[Any]:
        """Return the open cases that are asked for, or what they ask for where that was wished, in no order yet."""
        wanted: dict[str, Any] = self._wanted()
        if self.is_urgent is not None:
            wanted["urgent_since__isnull"] = not self.is_urgent
        due = self._due()
        if self.attention:
            of_case = {f"case__{name}": value for name, value in wanted.items()}
            return Ask.objects.filter(what=self.attention, **of_case, **due).select_related("case")
        wanted |= due
        found = Case.objects.filter(IS_FLAGGED if self.flagged else IS_OPEN, **wanted)
        return found.filter(OF_A_PARTY) if self.of_a_party else found

    def urgent(self) -> QuerySet[Case]:
        """Return those of them that are urgent, the longest first: few at any time, along an index of their own."""
        condition = IS_URGENT & IS_FLAGGED if self.flagged and not self.attention else IS_URGENT
        found = Case.objects.filter(condition, *([OF_A_PARTY] if self.of_a_party else []), **self._due())
        if (
            self.attention
        ):  # one value for each case: of a condition PostgreSQL may make a scan of all that is asked
            ask = Ask.objects.filter(case=OuterRef("pk"), what=self.attention).values("pk")[:1]
            found = found.alias(ask=Subquery(ask)).filter(ask__isnull=False)
        # Each value is compared as an expression, or the index of a party is taken and all of its cases are sorted.
        plain = {f"plain_{name}": Coalesce(name, Value("")) for name in self._wanted()}
        wanted = {f"plain_{name}": value for name, value in self._wanted().items()}
        return found.alias(**plain).filter(**wanted).order_by("urgent_since", "id")


def page(wish: Wish, after: Cursor | None, limit: int) -> tuple[list[Case], Cursor | None]:
    """Return the rows after the cursor, and where to go on: what is urgent, what falls due, what has no due moment."""
    chosen, is_bounded = unhurried(wish.chosen()), bool(wish.due_after or wish.due_until)
    rows: list[Case | Ask] = []
    if after is None or after.urgent_since is not None:
        if wish.is_urgent is not False:
            rows += urgent_query(wish, after)[: limit + 1]
        after = None
    goes_on = not wish.is_urgent
    if goes_on and len(rows) <= limit and (after is None or after.next_due_at is not None):
        rows += due_query(chosen, after)[: limit + 1 - len(rows)]
    if goes_on and not is_bounded and len(rows) <= limit:
        undue = after if after is not None and after.next_due_at is None else None
        rows += undue_query(chosen, undue)[: limit + 1 - len(rows)]
    shown, more = [row.case if isinstance(row, Ask) else row for row in rows[:limit]], len(rows) > limit
    return shown, cursor_of(shown[-1]) if more else None


def cursor_of(case: Case) -> Cursor:
    """Return where the page after this case begins."""
    return Cursor(case.next_due_at, case.pk, case.urgent_since)


def urgent_query(wish: Wish, after: Cursor | None) -> QuerySet[Case]:
    """Narrow to the urgent cases from the cursor on, in index order."""
    found = wish.urgent()
    if after is None:
        return found
    # What was seen is dropped, and no bound: of two bounds PostgreSQL makes two walks and sorts what they find.
    since = after.urgent_since
    return found.filter(urgent_since__gte=since).exclude(urgent_since=since, id__lte=after.id)


def unhurried(chosen: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out what is urgent: it stands before."""
    return chosen.filter(**{("case__" if chosen.model is Ask else "") + "urgent_since__isnull": True})


def due_query(chosen: QuerySet[Any], after: Cursor | None) -> QuerySet[Any]:
    """Narrow to the cases that fall due, from the cursor on, in index order."""
    key = _key(chosen)
    query = chosen.filter(next_due_at__isnull=False).order_by("next_due_at", key)
    if after is None:
        return query
    # The first condition alone bounds the walk along the index; the second only drops what was seen.
    behind = Q(next_due_at__gt=after.next_due_at) | Q(**{f"{key}__gt": after.id})
    return query.filter(Q(next_due_at__gte=after.next_due_at), behind)


def undue_query(chosen: QuerySet[Any], after: Cursor | None) -> QuerySet[Any]:
    """Narrow to the cases without a due moment, from the cursor on, in index order."""
    # Ordered by the empty column too, or PostgreSQL walks all closed cases by their id.
    key = _key(chosen)
    query = chosen.filter(next_due_at__isnull=True).order_by("next_due_at", key)
    return query if after is None else query.filter(**{f"{key}__gt": after.id})


def _key(chosen: QuerySet[Any]) -> str:
    return "case_id" if chosen.model is Ask else "id"


def oldest(due_after: datetime | None = None) -> QuerySet[Case]:
    """Return the open cases, the oldest first; only those that are not urgent and not due until then, where that is named."""
    found = Case.objects.filter(IS_OPEN).order_by("opened_at", "id")
    if due_after is None:
        return found
    return unhurried(found).filter(Q(next_due_at=None) | Q(next_due_at__gt=due_after))


def counted(wish: Wish) -> QuerySet[Any, int]:
    """Return the keys of all that is wished for, in no order: whoever counts stops early, on any plan."""
    return wish.chosen().order_by().values_list("pk", flat=True)


def overview() -> dict[str, int]:
    """Return how many open cases of each kind ask for somebody, and with 0 each address of the desk that has rows to show."""
    with connection.cursor() as cursor:
        cursor.execute(_overview())
        return dict(cursor.fetchall())


@cache
def _overview() -> str:
    """Write it out once: every page of the desk asks it."""
    flagged = Case.objects.filter(IS_FLAGGED).order_by().values("kind").annotate(n=Count("pk"))
    return " UNION ALL ".join((str(flagged.values_list("kind", "n").query), *places.looks()))


def late(at: datetime) -> QuerySet[Case, tuple[str, int]]:
    """Count the open cases that are over and not urgent, by what they lead with: each of them once."""
    over = Case.objects.filter(IS_OPEN, next_due_at__lte=at, urgent_since=None).order_by().values("due_kind")
    return over.annotate(n=Count("pk")).values_list("due_kind", "n")


def loads(assignees: Collection[str], at: datetime) -> QuerySet[Case, tuple[str, int, int]]:
    """Return how many open cases each of these people has, and how many are over, along the index of assignees."""
    rows = Case.objects.filter(IS_OPEN, assignee__in=assignees).order_by().values("assignee")
    late = Count("pk", filter=Q(next_due_at__lte=at))
    return rows.annotate(count=Count("pk"), late=late).values_list("assignee", "count", "late")


def followed(who: str, case: int | None) -> QuerySet[Case]:
    """Choose somebody's open cases, and one beside."""
    return Case.objects.filter(Q(pk=case) | (IS_OPEN & Q(assignee=who)))


def taken(kind: str, who: str) -> QuerySet[Case]:
    """Choose the open cases of a kind that somebody has, along the index of assignees and kinds."""
    return Case.objects.filter(IS_OPEN, assignee=who, kind=kind).order_by("next_due_at", "id")


def asking(what: str) -> QuerySet[Ask]:
    """Choose what open cases ask for, the first to fall due first."""
    return Ask.objects.filter(what=what).select_related("case").order_by("next_due_at", "case_id")


def asked_for(whats: Collection[str]) -> QuerySet[Ask, tuple[str, int]]:
    """Count of each of these things the open cases that ask for it; one that none asks for is left out."""
    found = Ask.objects.filter(what__in=whats).order_by().values("what").annotate(n=Count("pk"))
    return found.values_list("what", "n")


def next_for(who: str, left: Case | None) -> Case | None:
    """Return the case that asks for somebody next and is theirs or nobody's: behind `left`, and from the beginning again.

    What is urgent and nobody's comes before all, one after another, wherever the walk stands; what is urgent and theirs at its
    beginning.
    """
    asking = Case.objects.filter(IS_FLAGGED)
    if left is not None:
        asking = asking.exclude(pk=left.pk)
    urgent = asking.filter(IS_URGENT).order_by("urgent_since", "id")
    free, own = urgent.filter(assignee=""), urgent.filter(assignee=who)
    rest = unhurried(asking)
    if left is None or left.urgent_since is not None:
        is_own = left is not None and left.assignee == who
        urgent_next = free.first() or _later(own, left) if is_own else _later(free, left) or own.first()
        return urgent_next or _soonest(rest, who, None) or free.first() or own.first()
    behind = Cursor(left.next_due_at, left.pk)
    return free.first() or _soonest(rest, who, behind) or own.first() or _soonest(rest, who, None)


def _later(urgent: QuerySet[Case], left: Case | None) -> Case | None:
    """Return the first of what is urgent behind the case that was left."""
    if left is not None:
        since = urgent.filter(urgent_since__gte=left.urgent_since)
        urgent = since.exclude(urgent_since=left.urgent_since, pk__lt=left.pk)
    return urgent.first()


def _soonest(asking: QuerySet[Case], who: str, behind: Cursor | None) -> Case | None:
    """Return the first behind the cursor of what is theirs and what is nobody's, each along an index."""
    both = [asking.filter(assignee=one) for one in (who, "")]
    due: list[Case] = []
    if behind is None or behind.next_due_at is not None:
        due = [case for mine in both if (case := due_query(mine, behind).first()) is not None]
    if due:
        return min(due, key=lambda case: (case.next_due_at, case.pk))
    undue_behind = behind if behind is not None and behind.next_due_at is None else None
    rest = [case for mine in both if (case := undue_query(mine, undue_behind).first()) is not None]
    return min(rest, key=lambda case: case.pk, default=None)
