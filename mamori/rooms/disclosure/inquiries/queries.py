"""An inquiry of somebody else as leads and counsel read it, with what was done about it; and how many came."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

import msgspec
from django.db.models import Count

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.web.signing.here import is_second, somebody_else
from mamori.japan.calendar import JAPAN
from mamori.law.inquiries import INQUIRIES, HeldKind, InquiryKind, InquiryRule, beyond, within
from mamori.rooms.disclosure.acts import INQUIRY_ACTS
from mamori.rooms.disclosure.inquiries.rules import InquiryEnd, InquiryPaper, answer, before_giving
from mamori.rooms.disclosure.lifecycle import DECIDERS, INQUIRY, InquiryState
from mamori.rooms.disclosure.models import Inquiry

TABLE, HOUSE = "disclosure_inquiry", "market"
ACT = "disclosure.inquiry"
"""The one kind of every act about inquiries."""


class NoSuchInquiry(Refusal, code="no-such-inquiry", status=404):
    """Given when there is no such inquiry for this actor: agents see none, as some may not be told of."""

    text = Text(
        "この照会は見つかりません。番号をご確認ください。",
        "There is no such inquiry. Please check its number.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryAct:
    """Something that was done about an inquiry: by whom (a name), and why."""

    at: datetime
    verb: str
    actor: str
    by: str
    reason: str = field(repr=False)

    @property
    def text(self) -> Text:
        """Say what was done."""
        return INQUIRY_ACTS[self.verb]


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryShown:
    """An inquiry: on which ground, for what, about whom; what may be given on it and what never; what was done.

    `is_mine`: its reader decides on this kind; `may_agree`: it may agree to what is proposed.
    """

    number: int
    state: InquiryState
    version: int
    given: tuple[HeldKind, ...]
    is_silent: bool
    is_seen: bool
    outcome: InquiryEnd | None
    proposed_by: str
    is_mine: bool
    may_agree: bool
    due: datetime | None
    told: InquiryPaper = field(repr=False)
    past: tuple[InquiryAct, ...] = field(repr=False)

    @property
    def kind(self) -> InquiryKind:
        """Return on which ground it is."""
        return self.told.kind

    @property
    def asked(self) -> tuple[HeldKind, ...]:
        """Return what is asked for."""
        return self.told.asked

    @property
    def rule(self) -> InquiryRule:
        """Return what its ground says."""
        return INQUIRIES[self.kind]

    @property
    def state_text(self) -> Text:
        """Say how it stands, in the words of a kind where something is done and nothing handed out."""
        return state_text(self.kind, self.state)

    @property
    def within(self) -> tuple[HeldKind, ...]:
        """Return what is asked for that may be given."""
        return within(self.kind, self.asked)

    @property
    def beyond(self) -> tuple[HeldKind, ...]:
        """Return what is asked for that may never be given on this ground."""
        return beyond(self.kind, self.asked)

    @property
    def before(self) -> Text | None:
        """Say what stands before giving."""
        return before_giving(self.kind, self.asked, self.told.parties, is_seen=self.is_seen)

    @property
    def hold_links(self) -> list[tuple[str, str]]:
        """Return of each party what the page of holds is opened with, where the ground asks for a hold."""
        return [
            (party, urlencode({"what": party, "ground": self.rule.holds}))
            for party in self.told.parties
            if self.rule.holds
        ]

    @property
    def why(self) -> str:
        """Return why what is proposed or decided is."""
        reasons = [one.reason for one in self.past if one.verb in _PROPOSING and one.reason]
        return reasons[-1] if reasons and self.outcome else ""

    @property
    def answer(self) -> tuple[Text, ...]:
        """Return what is answered: as it is decided, or as it would be if all were given that may be."""
        if self.outcome is InquiryEnd.PASS:
            return ()
        given = self.within if self.outcome is None else self.given
        return answer(self.kind, self.asked, given, self.why)


_PROPOSING = ("offer", "propose_refusal", "propose_passing", "refuse", "pass_on")
_DEEDS = {
    InquiryState.DECIDED: Text("求めに応じると決めた（まだしていない）", "to be done, and not yet done"),
    InquiryState.GIVEN: Text("求めのとおりにした", "done as asked"),
    InquiryState.PARTLY: Text("一部を求めのとおりにした", "done in part"),
    InquiryState.REFUSED: Text("求めに応じなかった", "not done"),
}


def state_text(kind: InquiryKind, state: InquiryState) -> Text:
    """Say how an inquiry of this kind stands."""
    return (_DEEDS.get(state) if INQUIRIES[kind].is_deed else None) or INQUIRY.states[state]


def about_inquiry(number: int) -> str:
    """Return the name under which acts and clocks know an inquiry."""
    return f"disclosure.inquiry:{number}"


def inquiry_of(actor: Actor, number: int) -> InquiryShown:
    """Return an inquiry for a lead or counsel."""
    row = Inquiry.objects.filter(pk=number).first()
    if row is None or actor.role not in DECIDERS:
        raise NoSuchInquiry
    waits = row.state == InquiryState.WAITING
    ended = row.silent_until is not None and row.silent_until < actor.at.astimezone(JAPAN).date()
    return InquiryShown(
        number=row.pk,
        state=InquiryState(row.state),
        version=row.version,
        given=tuple(map(HeldKind, row.given)),
        is_silent=row.silent and not ended,
        is_seen=row.is_seen,
        outcome=InquiryEnd(row.outcome) if row.outcome else None,
        proposed_by=people.called(row.proposed_by, people.names()) if row.outcome else "",
        is_mine=actor.role in INQUIRIES[InquiryKind(row.kind)].deciders,
        may_agree=waits and (is_second(actor, than=row.proposed_by) or may_obey_alone(actor, row)),
        due=clocks.next_due(about_inquiry(row.pk)),
        told=paper_of(row),
        past=past_of(number),
    )


def may_obey_alone(actor: Actor, row: Inquiry) -> bool:
    """Say whether one may obey a compulsory inquiry alone: there is nobody else who could agree."""
    return (
        row.outcome == InquiryEnd.GIVE
        and INQUIRIES[InquiryKind(row.kind)].is_compulsory
        and not somebody_else((people.subject_of(actor), row.proposed_by), roles=DECIDERS, at=actor.at)
    )


def past_of(number: int) -> tuple[InquiryAct, ...]:
    """Return what was done about an inquiry, the oldest first."""
    name, names = about_inquiry(number), people.names()
    acts = ledger.acts_about(name, kind=ACT)
    return tuple(
        InquiryAct(
            at=act.at,
            verb=act.content["payload"]["verb"],
            actor=act.content["by"],
            by=people.called(act.content["by"], names),
            reason=act.content["reason"],
        )
        for act in acts
        if act.content
    )


def place_of(number: int) -> Place:
    """Return where the words of an inquiry lie."""
    return Place(TABLE, str(number), "said")


def paper_of(row: Inquiry) -> InquiryPaper:
    """Return an inquiry as its paper says it."""
    plain = seals.unseal(subject=HOUSE, place=place_of(row.pk), sealed=bytes(row.said or b""))
    return InquiryPaper(
        kind=InquiryKind(row.kind),
        asked=tuple(map(HeldKind, row.asked)),
        parties=tuple(row.parties),
        due_on=row.due_on,
        silent=row.silent,
        silent_until=row.silent_until,
        **msgspec.json.decode(plain, type=dict[str, str]),
    )


SILENT = Text("強制の求めなど、種類を分けないもの", "compulsory and others, not told apart")


def counted(since: datetime, until: datetime) -> list[tuple[Text, Text, int]]:
    """Return how many inquiries came within a time, by kind and how they stand; those to be silent of are not told apart."""
    rows = Inquiry.objects.filter(entered_at__gte=since, entered_at__lt=until)
    grouped = rows.values("silent", "kind", "state").annotate(number=Count("pk"))
    found: dict[tuple[Text, Text], int] = {}
    for one in grouped.order_by("silent", "kind", "state"):
        kind = InquiryKind(one["kind"])
        named = SILENT if one["silent"] else kind.text
        entry = named, state_text(kind, InquiryState(one["state"]))
        found[entry] = found.get(entry, 0) + one["number"]
    return [(kind, state, number) for (kind, state), number in found.items()]
