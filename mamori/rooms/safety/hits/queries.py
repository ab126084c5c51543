"""What is read of a request's list: lines and candidates by what was found, a page at a time, and the sender's own table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.market.facts import FoundBy, ListRow, Unfound
from mamori.ground.web.lists import moment_cell
from mamori.rooms.safety.hits import rules
from mamori.rooms.safety.hits.actions import to_act, unjudged
from mamori.rooms.safety.hits.rules import SURE, HitOutcome, HitWay
from mamori.rooms.safety.lifecycle import OPEN_REQUEST, AuthorityState
from mamori.rooms.safety.models import AuthorityRequest, RequestHit, RequestLine
from mamori.rooms.safety.requests.matter import about, number_of, request_by, rows_of

A_PAGE = 100


class HitGroup(StrEnum):
    """The parts of what was found."""

    SURE = "sure"
    NEAR = "near"
    MISSING = "missing"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _GROUPS[self]


_GROUPS = {
    HitGroup.SURE: Text("確かなもの", "sure"),
    HitGroup.NEAR: Text("似ているもの", "near misses"),
    HitGroup.MISSING: Text("見つからないもの", "not found"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HitShown:
    """A candidate as staff see it beside the words of its line."""

    row: RequestHit
    number: int
    words: str
    name: str
    url: str
    why: Text
    is_ticked: bool
    said: Text
    case: str
    case_at: str

    @property
    def is_fixed(self) -> bool:
        """Say whether it was acted upon, so that it stays as it was judged."""
        return self.row.acted_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingShown:
    """A line for which nothing is on offer, why, and the question that a vague one is answered with."""

    number: int
    words: str
    why: Text
    question: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitsPage:
    """A page of one part of what was found, with how many there are of each and what is left to do."""

    row: AuthorityRequest
    number: str
    case_page: str
    group: HitGroup
    at_page: int
    pages: range
    hits: tuple[HitShown, ...]
    missing: tuple[MissingShown, ...]
    counts: dict[HitGroup, int]
    lines: int
    unjudged: int
    sure_unjudged: int
    to_act: int
    undone: int

    @property
    def groups(self) -> tuple[tuple[HitGroup, int], ...]:
        """Return the parts with their counts."""
        return tuple(self.counts.items())

    @property
    def is_open(self) -> bool:
        """Say whether it may still be worked on."""
        return self.row.state in OPEN_REQUEST[:4]

    @property
    def is_verified(self) -> bool:
        """Say whether it waits for what it means to be confirmed."""
        return self.row.state == AuthorityState.VERIFIED

    @property
    def immunity(self) -> bool:
        """Say whether what is done within the request is protected by its law."""
        return self.row.rests_on.immunity


def hits_page(request: int, group: HitGroup, at_page: int, *, case_page: str = "") -> HitsPage:
    """Return a page of what was found for a request's list."""
    row = request_by(request)
    sure, near = row.hits.filter(why__in=SURE), row.hits.exclude(why__in=SURE)
    missing = row.lines.exclude(missing="")
    left = list(unjudged(row).values_list("why", flat=True))
    counts = {
        HitGroup.SURE: sure.count(),
        HitGroup.NEAR: near.count(),
        HitGroup.MISSING: missing.count(),
    }
    pages = range(1, max(1, -(-counts[group] // A_PAGE)) + 1)
    at_page = min(max(at_page, 1), pages[-1])
    some = slice((at_page - 1) * A_PAGE, at_page * A_PAGE)
    rows = rows_of(row)
    return HitsPage(
        row=row,
        number=number_of(row.pk),
        case_page=case_page,
        group=group,
        at_page=at_page,
        pages=pages,
        hits=()
        if group is HitGroup.MISSING
        else _hits(sure if group is HitGroup.SURE else near, some, rows, case_page),
        missing=_missing(missing, some, rows) if group is HitGroup.MISSING else (),
        counts=counts,
        lines=len(rows),
        unjudged=len(left),
        sure_unjudged=sum(why in SURE for why in left),
        to_act=to_act(row).count(),
        undone=row.hits.filter(undone_at__isnull=False, undone_read_at__isnull=True).count(),
    )


def _hits(
    found: QuerySet[RequestHit], some: slice, rows: tuple[ListRow, ...], case_page: str
) -> tuple[HitShown, ...]:
    hits = list(found.select_related("line").order_by("line__number", "pk")[some])
    known = market.listings({one.listing_ref for one in hits})
    numbers = cases.numbers_of({f"enforcement.finding:{one.finding}" for one in hits if one.finding})
    return tuple(
        HitShown(
            row=one,
            number=one.line.number,
            words=words_of(rows, one.line.number),
            name=known[one.listing_ref].name if one.listing_ref in known else "",
            url=known[one.listing_ref].url if one.listing_ref in known else "",
            why=FoundBy(one.why).text,
            is_ticked=one.meant_at is not None or (one.why in SURE and one.not_meant_at is None),
            said=rules.said_of(one)[0],
            case=case,
            case_at=case_page.format(number=case) if case else "",
        )
        for one in hits
        for case in (numbers.get(f"enforcement.finding:{one.finding}", ""),)
    )


def _missing(
    lines: QuerySet[RequestLine], some: slice, rows: tuple[ListRow, ...]
) -> tuple[MissingShown, ...]:
    return tuple(
        MissingShown(
            number=one.number,
            words=words_of(rows, one.number),
            why=Unfound(one.missing).text,
            question=question(rows, one),
        )
        for one in lines.order_by("number")[some]
    )


def words_of(rows: tuple[ListRow, ...], number: int) -> str:
    """Return a line in the sender's own words."""
    return " / ".join(filter(None, rows[number - 1].cells)) if 0 < number <= len(rows) else ""


def question(rows: tuple[ListRow, ...], line: RequestLine) -> Text | None:
    """Return what a vague line is answered with; None for any other."""
    if line.missing != Unfound.VAGUE:
        return None
    return rules.QUESTION.fill(words=words_of(rows, line.number))


# The sender's own table: its headings and cells, and beside each line what was done, when, and why or what is asked.


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A line as it was sent, and for each listing that it means what was done, when, and on what."""

    number: int
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    said: Text
    at: datetime | None
    note: Text | None
    listing_ref: str = ""

    @property
    def ours(self) -> tuple[str, ...]:
        """Return our own cells, in Japanese, which the sender reads; English stands beside for our people."""
        return (
            self.listing_ref,
            self.said.ja,
            moment_cell(self.at),
            self.note.ja if self.note else "",
            self.said.en,
            self.note.en if self.note else "",
        )


OURS = ("当方の商品番号", "対応", "日時", "理由・お尋ね", "What was done", "Why, or what is asked")


def answer_rows(request: AuthorityRequest) -> Iterator[AnswerRow]:
    """Yield what the sender is answered, in the order of its list; a line that means several listings stands once for each."""
    rows, hits = rows_of(request), defaultdict[int, list[RequestHit]](list)
    for hit in request.hits.order_by("pk"):
        hits[hit.line_id].append(hit)
    for line in request.lines.order_by("number"):
        row = rows[line.number - 1]
        meant = [one for one in hits[line.pk] if one.meant_at is not None]
        if not meant:
            yield _row(row, line.number, _unmeant(rows, line, hits[line.pk]))
        for hit in meant:
            said, at = rules.said_of(hit)
            yield _row(row, line.number, (said, at, _by(request, hit)), hit.listing_ref)


type _Done = tuple[Text, datetime | None, Text | None]


def _row(row: ListRow, number: int, done: _Done, ref: str = "") -> AnswerRow:
    said, at, note = done
    return AnswerRow(
        number=number, headings=row.headings, cells=row.cells, said=said, at=at, note=note, listing_ref=ref
    )


def _unmeant(rows: tuple[ListRow, ...], line: RequestLine, hits: list[RequestHit]) -> _Done:
    if line.missing:
        return Text("対応なし", "nothing was done"), None, question(rows, line) or Unfound(line.missing).text
    if any(one.not_meant_at is None for one in hits):
        return rules.NOT_YET, None, None
    return Text("対応なし", "nothing was done"), None, rules.NOT_MEANT


def _by(request: AuthorityRequest, hit: RequestHit) -> Text | None:
    if not hit.way or hit.outcome == HitOutcome.GONE:
        return None
    way, title = HitWay(hit.way).text, request.rests_on.text
    if hit.way == HitWay.OWN:
        return way
    return Text(f"{way.ja}（{title.ja}）", f"{way.en} ({title.en})")


def name_of(request: int) -> str:
    """Return under which name the request's acts stand."""
    return about(request)
