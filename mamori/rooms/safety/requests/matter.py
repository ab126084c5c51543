"""The kind of matter that a request is: found, recorded, its clocks and case settled; its words and its list, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.facts import ListRow
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.rooms.safety.lifecycle import REQUEST
from mamori.rooms.safety.models import AuthorityRequest
from mamori.rooms.safety.requests.acts import HIT_ACTS, REQUEST_ACTS, REQUEST_CASE
from mamori.rooms.safety.requests.rules import of_request, ours

TABLE, HOUSE = "safety_authorityrequest", "market"


class NoSuchAuthorityRequest(Refusal, code="no-such-authority-request", status=404):
    """Given when there is no such request for this actor."""

    text = Text(
        "この要請は見つかりません。番号をご確認ください。",
        "There is no such request. Please check its number.",
    )


class PaperSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed of a request: which agency it says to be and who there, how it says to be reached, its paper, its words.

    Nobody is ever called at `contact`: that is what the request itself says.
    """

    by: str
    officer: str = ""
    contact: str = ""
    paper: str = ""
    words: str = ""


def about(number: int) -> str:
    """Return the name under which cases, clocks, acts and files know a request."""
    return f"{REQUEST_CASE.code}:{number}"


def number_of(number: int) -> str:
    """Return the number of its case, which the agency is told."""
    return case_facts.case_of(about(number)).number


# What lies sealed in it.


def _place(number: int, column: str) -> seals.Place:
    return seals.Place(TABLE, str(number), column)


def _sealed(row: AuthorityRequest, column: str, value: Any) -> bytes:
    plain = msgspec.json.encode(value)
    return sealing.seal(subject=HOUSE, place=_place(row.pk, column), plain=plain)


def seal_said(row: AuthorityRequest, said: PaperSaid) -> bytes:
    """Return its words, sealed with the house's key."""
    return _sealed(row, "said", said)


def said_of(row: AuthorityRequest) -> PaperSaid | None:
    """Return its words; None once they are erased."""
    if row.said is None:
        return None
    plain = seals.unseal(subject=HOUSE, place=_place(row.pk, "said"), sealed=bytes(row.said))
    return msgspec.json.decode(plain, type=PaperSaid)


def keep_rows(act: Performance[AuthorityRequest], rows: Sequence[ListRow]) -> None:
    """Keep the list of a request as it was read, sealed, in place of the one before."""
    act.matter.rows = _sealed(act.matter, "rows", rows)
    act.save("rows")


def rows_of(row: AuthorityRequest) -> tuple[ListRow, ...]:
    """Return the list of a request as it was read; none where it has none."""
    if row.rows is None:
        return ()
    plain = seals.unseal(subject=HOUSE, place=_place(row.pk, "rows"), sealed=bytes(row.rows))
    return msgspec.json.decode(plain, type=tuple[ListRow, ...])


# One is found locked, recorded under the room's name, and its case and clocks follow.


def request_by(number: int) -> AuthorityRequest:
    """Return one that is only read."""
    row = AuthorityRequest.objects.select_related("agency").filter(pk=number).first()
    if row is None:
        raise NoSuchAuthorityRequest
    return row


def _find(actor: Actor, number: int, version: int | None) -> AuthorityRequest:
    if not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchAuthorityRequest
    row = AuthorityRequest.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NoSuchAuthorityRequest
    if version is not None and version != row.version:
        raise changed(about(number), REQUEST_ACTS | HIT_ACTS)
    return row


def _record(
    act: Performance[AuthorityRequest], verb: str, *events: Event, reason: str = "", **told: Any
) -> int:
    act.matter.version += 1
    act.save("version")
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return ledger.record(
        act.actor,
        kind=f"safety.{verb}",
        subject=ledger.MARKET,
        about=about(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def enter_case(row: AuthorityRequest) -> None:
    """Let a new request be found among cases, by its basis; no words of it stand there."""
    cases.open(
        kind=REQUEST_CASE.code,
        about=about(row.pk),
        title=row.rests_on.text.ja,
        buyer_ref="",
        seller_ref="",
        order_ref="",
        at=row.entered_at,
    )


def _settle(act: Performance[AuthorityRequest]) -> None:
    row, name = act.matter, about(act.matter.pk)
    clock = ours(row)
    should = of_request(
        row,
        settlement.due(clock) if clock else None,
        was_acted=row.hits.filter(finding__isnull=False).exists(),
        is_undone=row.hits.filter(undone_at__isnull=False, undone_read_at__isnull=True).exists(),
    )
    settled = settlement.settle({name: should}, at=act.actor.at, why=act.verb)
    asked = [one.what for one in settled.asked[name]]
    cases.update(
        about=name,
        state=row.state,
        lead=settled.lead(),
        closed_at=None if asked else row.closed_at,
        attention=next(iter(asked), None),
        asks=asked,
    )


REQUESTS: MatterKind[AuthorityRequest, int] = MatterKind(
    chart=REQUEST,
    find=_find,
    case=lambda row: about(row.pk),
    record=_record,
    settle=_settle,
)
