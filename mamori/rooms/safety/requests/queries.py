"""A request as staff read it: who is called back at which number, what is next, what came of its list; and the letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.statechart import StepNotOpen
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.market.facts import Unfound
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.terms import facts as terms
from mamori.ground.vault import facts as vault
from mamori.ground.web.forms import FileShown, file_shown
from mamori.ground.web.wording import said, said_text
from mamori.japan.calendar import spoken
from mamori.law.requests import RequestBasis
from mamori.law.settings import OPERATOR_PHONE
from mamori.rooms.safety.hits.actions import to_act, unjudged
from mamori.rooms.safety.hits.queries import AnswerRow, answer_rows
from mamori.rooms.safety.hits.rules import HitWay
from mamori.rooms.safety.lifecycle import REQUEST, AuthorityState
from mamori.rooms.safety.models import Agency, AuthorityRequest
from mamori.rooms.safety.requests import matter
from mamori.rooms.safety.requests.actions import linked
from mamori.rooms.safety.requests.acts import REQUEST_CASE
from mamori.rooms.safety.requests.matter import NoSuchAuthorityRequest, PaperSaid, about, said_of

LINES_IN_LETTER = 200
"""So many lines of each part stand in the letter itself; the table holds all of them."""
ERASED = PaperSaid(by="")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityShown:
    """A request: what is next and by when, what it says, its papers, what is left of its list, others of the same matter."""

    row: AuthorityRequest
    number: str
    said: PaperSaid = field(repr=False)
    asks: list[Text]
    due: ClockFact | None
    files: list[FileShown] = field(repr=False)
    joined: list[tuple[AuthorityRequest, str]]
    unjudged: int
    to_act: int
    was_acted: bool

    @property
    def has_letter(self) -> bool:
        """Say whether it may be answered, or was; never of a forged one."""
        state, was_answered = self.row.state, self.row.answered_at is not None
        return state == AuthorityState.ACTED or (was_answered and state != AuthorityState.FORGED)


def request(actor: Actor, number: int) -> AuthorityShown:
    """Return a request as staff read it."""
    if actor.role not in STAFF:
        raise NoSuchAuthorityRequest
    row, name = matter.request_by(number), about(number)
    asked, kept = cases.asked(name), vault.files_about(name, named=True)
    return AuthorityShown(
        row=row,
        number=matter.number_of(number),
        said=said_of(row) or ERASED,
        asks=[text for code, text in REQUEST_CASE.attentions.items() if code in asked],
        due=next(iter(clocks.open_clocks(name)), None),
        files=[file_shown(at, one) for at, one in enumerate(kept, 1)],
        joined=[(one, matter.number_of(one.pk)) for one in linked(row)],
        unjudged=unjudged(row).count(),
        to_act=to_act(row).count(),
        was_acted=row.hits.filter(finding__isnull=False).exists(),
    )


def agencies() -> Iterator[tuple[object, object]]:
    """Yield none, and the agencies that are in use, each named with its office; of one that nobody confirmed that is said."""
    yield "", said("選ばない", "None")
    for one in Agency.objects.filter(ended_at__isnull=True).order_by("name", "office", "pk"):
        name = f"{one.name} {one.office}".strip()
        yield one.pk, name if one.is_known else said_text(UNCONFIRMED.fill(name=name))


def open_ones() -> Iterator[tuple[object, object]]:
    """Yield the requests that are not closed, the newest first, by number and who asks."""
    for one in _rows(list(AuthorityRequest.objects.filter(closed_at__isnull=True).order_by("-pk")[:100])):
        yield one.row.pk, f"{one.number} {one.by}"


UNCONFIRMED = Text("{name}（番号はまだ確かめられていない）", "{name} (its number is not confirmed)")


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in the list: who asks, or says to, and by when it is due."""

    row: AuthorityRequest
    number: str
    by: str
    due: ClockFact | None


def _rows(rows: Sequence[AuthorityRequest]) -> Iterator[RequestRow]:
    names = [about(row.pk) for row in rows]
    numbers, due = cases.numbers_of(names), clocks.clocks_next(names)
    for row, name in zip(rows, names, strict=True):
        by = row.agency.name if row.agency else (said_of(row) or ERASED).by
        yield RequestRow(row, numbers.get(name, ""), by, due.get(name))


def _column(ja: str, en: str, value: str, written: Written = Written.WORDS, **more: object) -> ListColumn:
    return ListColumn(title=Text(ja, en), value=value, written=written, **more)  # type: ignore[arg-type]


REQUEST_LIST: ReadingList[RequestRow] = ReadingList(
    slug="requests",
    title=Text("行政機関の要請", "Requests of authorities"),
    lead=Text(
        "行政機関から届いた要請と知らせのすべてです。新しい順です。送り主は、登録された番号に折り返して確かめます。"
        "購入者や出品者の情報の照会は、ここではなく「情報の照会」に記録します。",
        "Every request and word of an authority, the newest first. Who sent it is called back at the number that is registered. "
        "Inquiries for data of buyers or sellers are not entered here but among the inquiries.",
    ),
    empty=Text("要請はありません", "There is no request"),
    roles=STAFF,
    rows=lambda actor: AuthorityRequest.objects.select_related("agency"),
    order=("-id",),
    read=lambda rows, actor: list(_rows(rows)),
    columns=(
        _column("受付番号", "Number", "number", Written.NUMBER, to="row.pk", at="safety_staff:request"),
        _column("根拠", "Basis", "row.rests_on.text"),
        _column("機関（名乗りを含む）", "Agency, or what it says to be", "by", Written.CALLED),
        _column("状態", "State", "row.state_text"),
        _column("期限", "Due", "due", Written.DUE),
        _column("届いた日時", "Arrived", "row.received_at", Written.MOMENT),
    ),
    filters=(
        by_state(REQUEST),
        Filter(
            name="basis",
            title=Text("根拠", "Basis"),
            choices={one.value: one.text for one in RequestBasis},
            narrow=lambda rows, actor, value: rows.filter(basis=value),
        ),
    ),
)


# The letter: what was asked, what was found, what was done when and on what, and what was not and why.  Officers read Japanese.


ANSWER_IT = Text("回答する", "answer it")

type Pairs = tuple[tuple[str, str], ...]


def letter(shown: AuthorityShown, at: datetime) -> Iterator[tuple[str, Pairs]]:
    """Yield the parts of the answer in Japanese, each what it says by name.

    :raises StepNotOpen: before the request was acted upon.
    """
    if not shown.has_letter:
        raise StepNotOpen(title=REQUEST.title, state=shown.row.state_text, step=ANSWER_IT)
    why, rows = dict(shown.row.lines.values_list("number", "missing")), list(answer_rows(shown.row))
    done = [one for one in rows if one.listing_ref]
    left = [one for one in rows if not one.listing_ref]
    asked = [one for one in left if why[one.number] == Unfound.VAGUE]
    missing = [one for one in left if why[one.number] not in ("", Unfound.VAGUE)]
    others = [one for one in left if not why[one.number]]
    yield "要請について", _asked(shown, at)
    yield "結果", _counted(shown, (done, missing, others, asked))
    yield "出品ごとの対応", _lines(done)
    yield "対応しなかった行と理由", _lines([*missing, *others])
    yield "お尋ね", _lines(asked)


def addressed(shown: AuthorityShown) -> str:
    """Return to whom it is written: the agency as the house knows it, and the officer whom the request names."""
    one = shown.row.agency
    whom = f"{one.name} {one.office}".strip() if one else shown.said.by
    return f"{whom} {shown.said.officer}様" if shown.said.officer else f"{whom} 御中"


def _asked(shown: AuthorityShown, at: datetime) -> Pairs:
    row = shown.row
    moments = {
        "届いた日時": row.received_at,
        "送り主を折り返しの電話で確かめた日時": row.verified_at,
        "対象の出品を確かめた日時": row.confirmed_at,
        "対応を終えた日時": row.acted_at,
        "回答の作成": at,
    }
    told = {"あて先": addressed(shown), "文書": shown.said.paper, "根拠": row.rests_on.text.ja}
    told |= {name: spoken(moment).ja for name, moment in moments.items() if moment}
    us = f"{terms.operator_name('ja', at=at)} {terms.setting(OPERATOR_PHONE, at=at)}".strip()
    told |= {"当方の受付番号": shown.number, "回答者": us}
    return tuple((name, words) for name, words in told.items() if words)


def _counted(shown: AuthorityShown, parts: Sequence[Sequence[AnswerRow]]) -> Pairs:
    found, missing, others, asked = (f"{len({one.number for one in part})}行" for part in parts)
    acted = shown.row.hits.filter(finding__isnull=False).values("listing_ref").distinct()
    return (
        ("一覧の行", f"{shown.row.lines.count()}行"),
        ("対象の出品が見つかった行", found),
        ("見つからなかった行", missing),
        ("対象ではないと判断した行", others),
        ("どの商品か決められず、お尋ねする行", asked),
        ("要請の範囲内で対応した出品", f"{acted.filter(way=HitWay.WITHIN).count()}件"),
        ("自社の判断で対応した出品", f"{acted.filter(way=HitWay.OWN).count()}件"),
    )


def _lines(rows: Sequence[AnswerRow]) -> Pairs:
    """Return the lines with the sender's own words; those that are too many stand in the table alone."""
    some = tuple(
        (f"{one.number}行目 {' / '.join(filter(None, one.cells))}", _done(one))
        for one in rows[:LINES_IN_LETTER]
    )
    left = len(rows) - len(some)
    return (*some, ("ほか", f"残り{left}件は、添付の表にあります。")) if left else some


def _done(one: AnswerRow) -> str:
    ref = f"当方の商品番号 {one.listing_ref}" if one.listing_ref else ""
    what = f"{one.said.ja}（{spoken(one.at).ja}）" if one.at else one.said.ja
    return "、".join(filter(None, (ref, what, one.note.ja if one.note else "")))
