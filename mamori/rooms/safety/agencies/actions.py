"""The agencies that the house knows: entered by one from the agency's own page, confirmed there by another, ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import islice
from typing import BinaryIO
from unicodedata import normalize

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.facts import ShopRow, open_rows, written
from mamori.ground.matters.seen import changed
from mamori.ground.people import facts as people
from mamori.ground.web.signing.here import is_second
from mamori.rooms.safety.inputs import HowConfirmed, WhyCorrected, WhyEnded
from mamori.rooms.safety.models import Agency
from mamori.rooms.safety.requests.acts import AGENCY_ACTS

MOST_AGENCIES = 500
"""So many rows are taken of a table at once."""


class NoSuchAgency(Refusal, code="no-such-agency", status=404):
    """Given when there is no such agency for this actor."""

    text = Text(
        "この機関は登録されていません。番号をご確認ください。",
        "There is no such agency. Please check its number.",
    )


class AgencyKnown(Refusal, code="agency-known", status=409):
    """Given when the same office of the same agency was entered before."""

    text = Text(
        "この機関の窓口は、すでに第{number}号として登録されています。番号が変わったときは、そちらを直してください。",
        "This office was entered already, as no. {number}. Where its number has changed, please correct that.",
    )


class AgencyNeedsAnother(Refusal, code="agency-needs-another", status=403):
    """Given when who entered an agency would confirm it, or somebody whom it brought in."""

    text = Text(
        "書き入れた人とは別の人が、機関の公式ページを自分で開いて確かめてください。ほかに人がいないときは、"
        "そのためだけに、外部の人を法務担当として招いてください。",
        "Somebody else than who entered it has to open the agency's own page and confirm it. Where nobody else is here, please "
        "invite somebody from outside who is counsel here for that alone.",
    )


class AgencyRowUnread(Refusal, code="agency-row-unread", status=422):
    """Given when a table of agencies has no headings, too many rows, or a row that lacks something."""

    text = Text(
        "表の{row}行目を読めません。一行目に見出し（機関、部署、電話、メール、住所、ページ）を置き、機関・電話・ページ（https://）を書いてください。"
        "行は{most}行までです。何も登録していません。",
        "Row {row} of the table cannot be read. Please put headings first (agency, office, phone, mail, address, page) and give "
        "agency, phone and page (https://), in {most} rows at most. Nothing was entered.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyTold:
    """What the agency's own page says: who it is, and how it is reached."""

    name: str
    phone: str
    page: str
    office: str = ""
    mail: str = ""
    address: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether all that it takes to call back is there."""
        return bool(self.name and PHONE.fullmatch(self.phone) and PAGE.fullmatch(self.page))


PHONE = regex(r"\+?[0-9][0-9() -]{4,28}[0-9]")
PAGE = regex(r"https://[^\s/]+\.[^\s]+")
_FIELDS = tuple(one.name for one in fields(AgencyTold))
_HEADINGS = {
    "機関": "name",
    "機関名": "name",
    "agency": "name",
    "部署": "office",
    "窓口": "office",
    "office": "office",
    "電話": "phone",
    "電話番号": "phone",
    "phone": "phone",
    "メール": "mail",
    "mail": "mail",
    "住所": "address",
    "address": "address",
    "ページ": "page",
    "url": "page",
    "page": "page",
}


def about_agency(number: int) -> str:
    """Return the name under which acts know an agency."""
    return f"safety.agency:{number}"


def enter_agency(actor: Actor, *, told: AgencyTold) -> int:
    """Enter an agency from its own page, and return its number; nobody is called at it before another person confirmed it."""
    _must_be_staff(actor)
    with memory.act():
        if known := _known(told):
            raise AgencyKnown(number=known)
        return _enter(actor, told)


def enter_agencies(actor: Actor, *, table: BinaryIO) -> int:
    """Enter the agencies of a table that are not known yet, all of them or none, and return how many."""
    _must_be_staff(actor)
    found = list(_read(table))
    with memory.act():
        new = [told for told in dict.fromkeys(found) if not _known(told)]
        for told in new:
            _enter(actor, told)
    return len(new)


def correct_agency(
    actor: Actor, *, agency: int, told: AgencyTold, reason: WhyCorrected, version: int | None = None
) -> None:
    """Correct what was entered: it has to be confirmed anew, by somebody else than who corrected it."""
    with memory.act():
        row = _locked(actor, agency, version)
        for name in _FIELDS:
            setattr(row, name, getattr(told, name))
        row.entered_by, row.entered_at = people.subject_of(actor), actor.at
        row.confirmed_by, row.confirmed_at = "", None
        _keep(
            actor,
            row,
            "correct_agency",
            reason,
            *_FIELDS,
            "entered_by",
            "entered_at",
            "confirmed_by",
            "confirmed_at",
        )


def confirm_agency(actor: Actor, *, agency: int, reason: HowConfirmed, version: int | None = None) -> None:
    """Confirm, as another person, that the agency's own page says so."""
    with memory.act():
        row = _locked(actor, agency, version)
        if not is_second(actor, than=row.entered_by):
            raise AgencyNeedsAnother
        row.confirmed_by, row.confirmed_at = people.subject_of(actor), actor.at
        _keep(actor, row, "confirm_agency", reason, "confirmed_by", "confirmed_at")


def end_agency(actor: Actor, *, agency: int, reason: WhyEnded, version: int | None = None) -> None:
    """Use it no more: nothing is verified by it from now on."""
    with memory.act():
        row = _locked(actor, agency, version)
        row.ended_at = actor.at
        _keep(actor, row, "end_agency", reason, "ended_at")


def _must_be_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise NoSuchAgency


def _locked(actor: Actor, number: int, version: int | None) -> Agency:
    _must_be_staff(actor)
    row = Agency.objects.select_for_update().filter(pk=number, ended_at__isnull=True).first()
    if row is None:
        raise NoSuchAgency
    if version is not None and version != row.version:
        raise changed(about_agency(number), AGENCY_ACTS)
    return row


def _known(told: AgencyTold) -> int | None:
    rows = Agency.objects.filter(name=told.name, office=told.office, ended_at__isnull=True)
    return rows.values_list("pk", flat=True).first()


def _enter(actor: Actor, told: AgencyTold) -> int:
    row = Agency.objects.create(entered_by=people.subject_of(actor), entered_at=actor.at, **asdict(told))
    _record(actor, row, "enter_agency")
    return row.pk


def _keep(actor: Actor, row: Agency, verb: str, reason: str, *changed_fields: str) -> None:
    row.version += 1
    row.save(update_fields=(*changed_fields, "version"))
    _record(actor, row, verb, reason)


def _record(actor: Actor, row: Agency, verb: str, reason: str = "") -> None:
    payload = {name: getattr(row, name) for name in _FIELDS}
    about = about_agency(row.pk)
    ledger.record(
        actor, kind=f"safety.{verb}", subject=ledger.MARKET, about=about, reason=reason, payload=payload
    )


def _read(table: BinaryIO) -> Iterator[AgencyTold]:
    """Yield the rows of a table, each whole."""
    rows, _ = open_rows(table)
    some: Sequence[ShopRow] = list(islice(rows, MOST_AGENCIES + 2))
    columns = [_HEADINGS.get(_plain(cell).lower(), "") for cell in _cells(some[0])] if some else []
    if {"name", "phone", "page"} - set(columns) or len(some) > MOST_AGENCIES + 1:
        raise AgencyRowUnread(row=len(some) if len(some) > MOST_AGENCIES else 1, most=MOST_AGENCIES)
    for row in some[1:]:
        cells = dict(zip(columns, _cells(row), strict=False))
        told = AgencyTold(**{name: _plain(cells.get(name, "")) for name in _FIELDS})
        if not told.is_whole:
            raise AgencyRowUnread(row=row.number, most=MOST_AGENCIES)
        yield told


def _cells(row: ShopRow) -> Iterable[str]:
    return map(written, row.cells)


def _plain(cell: str) -> str:
    return " ".join(normalize("NFKC", cell).split())
