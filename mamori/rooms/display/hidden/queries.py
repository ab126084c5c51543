"""Whether an account was concluded to be a business, and how a doubt about it stands, as staff and the seller see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.seal.facts import Place
from mamori.law.hidden import DISPLAY_HIDDEN_QUESTION
from mamori.rooms.display.hidden import rules as standing
from mamori.rooms.display.hidden.rules import (
    EntryKind,
    SignFound,
    StandingAnswer,
    StandingOutcome,
    found_again,
)
from mamori.rooms.display.lifecycle import DOUBT, DoubtState
from mamori.rooms.display.models import BusinessDoubt, DoubtEntry
from mamori.rooms.display.queries import versions

TABLE = "display_doubtentry"
CONCLUSIONS = "display.conclusions"
"""Under this name an act carries what was concluded of sellers."""


def about_doubt(seller_ref: str) -> str:
    """Return the name under which acts and clocks know the doubt about a seller."""
    return f"display.doubt:{seller_ref}"


def place_of(act: int) -> Place:
    """Return where the words of an entry lie: they are known by the act that kept them."""
    return Place(TABLE, str(act), "sealed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludedStanding:
    """A conclusion: what it was, from when that holds, and when a person concluded it."""

    outcome: StandingOutcome
    since: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryShown:
    """What was said or decided of a doubt; `words` is None once its seller was erased."""

    what: EntryKind
    choice: Text | None
    since: datetime | None
    words: str | None
    at: datetime
    receipt: str

    @property
    def is_answer(self) -> bool:
        """Say whether the seller said it."""
        return self.what is EntryKind.ANSWER

    @property
    def is_for_seller(self) -> bool:
        """Say whether the seller reads it: what was let be without a question is nobody's but the staff's."""
        return self.what is not EntryKind.LET_BE


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtShown:
    """A doubt about an account, with the signs that somebody looks at, what was said, and by when it is to be answered."""

    seller_ref: str
    shop: str
    state: DoubtState
    signs: tuple[SignFound, ...]
    score: int
    version: int
    flagged_at: datetime
    asked_at: datetime | None
    due: datetime | None
    entries: tuple[EntryShown, ...] = field(repr=False)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return DOUBT.states[self.state]

    @property
    def is_asked(self) -> bool:
        """Say whether the seller was ever asked: before that it is told nothing."""
        return self.asked_at is not None

    @property
    def tells_signs(self) -> bool:
        """Say whether the seller reads how it stands and why: not of what nobody has asked about yet, or let be."""
        return self.is_asked and self.state not in (DoubtState.FLAGGED, DoubtState.LET_BE)

    @property
    def for_seller(self) -> tuple[EntryShown, ...]:
        """Return what the seller reads of what was said."""
        return tuple(one for one in self.entries if one.is_for_seller)

    def may(self, step: str) -> bool:
        """Say whether the lifecycle has such a step from here, whoever takes it."""
        return any(one.name == step and self.state in one.moves for one in DOUBT.steps)


def conclusions(seller_ref: str) -> tuple[ConcludedStanding, ...]:
    """Return what was concluded of an account, in the order in which it was."""
    return memory.of(CONCLUSIONS, seller_ref, lambda: _conclusions(seller_ref))


def _conclusions(seller_ref: str) -> tuple[ConcludedStanding, ...]:
    rows = DoubtEntry.objects.filter(seller_ref=seller_ref, what=EntryKind.CONCLUSION.value).order_by("id")
    return tuple(
        ConcludedStanding(outcome=StandingOutcome(choice), since=since, at=at)
        for choice, since, at in rows.values_list("choice", "since", "at")
        if since is not None
    )


def conclusions_among(seller_refs: Collection[str]) -> Mapping[str, Sequence[ConcludedStanding]]:
    """Return what was concluded of each of these accounts, in one look."""
    rows = DoubtEntry.objects.filter(seller_ref__in=seller_refs, what=EntryKind.CONCLUSION.value)
    found: dict[str, list[ConcludedStanding]] = defaultdict(list)
    for ref, choice, since, at in rows.order_by("id").values_list("seller_ref", "choice", "since", "at"):
        if since is not None:
            found[ref].append(ConcludedStanding(outcome=StandingOutcome(choice), since=since, at=at))
    return found


def was_business(seller: SellerFact, at: datetime) -> bool | None:
    """Say whether a seller was a business at a moment, by the marketplace's word and what people concluded; None = in doubt."""
    return standing.was_business(seller.contact.statuses, conclusions(seller.ref), at)


def rests_on_conclusion(seller: SellerFact, at: datetime) -> bool:
    """Say whether an account that is told to be private counts as a business at a moment because a person concluded so."""
    found = standing.conclusion_of(seller.contact.statuses, conclusions(seller.ref), at)
    return found is not None and found.outcome is StandingOutcome.BUSINESS


def is_concluded_business(seller: SellerFact) -> bool:
    """Say whether an account that is told to be private counts as a business now."""
    found = standing.conclusion_of(seller.contact.statuses, conclusions(seller.ref), None)
    return found is not None and found.outcome is StandingOutcome.BUSINESS


def doubt_shown(seller_ref: str) -> DoubtShown | None:
    """Return how the doubt about an account stands, nothing where there is none."""
    row = BusinessDoubt.objects.filter(pk=seller_ref).first()
    if row is None:
        return None
    is_asked = row.state == DoubtState.ASKED and row.asked_at is not None
    return DoubtShown(
        seller_ref=seller_ref,
        shop=market.shop_names([seller_ref]).get(seller_ref, ""),
        state=DoubtState(row.state),
        signs=found_again(row.signs),
        score=row.score,
        version=row.entries,
        flagged_at=row.flagged_at,
        asked_at=row.asked_at,
        due=due(Runs(DISPLAY_HIDDEN_QUESTION, since=row.asked_at)) if is_asked and row.asked_at else None,
        entries=_entries(seller_ref),
    )


def _entries(seller_ref: str) -> tuple[EntryShown, ...]:
    rows = list(DoubtEntry.objects.filter(seller_ref=seller_ref).order_by("-id")[:100])
    receipts = ledger.addresses_of([row.act for row in rows]) if rows else {}
    return tuple(
        EntryShown(
            what=EntryKind(row.what),
            choice=_choice(row),
            since=row.since,
            words=_opened(row),
            at=row.at,
            receipt=receipts.get(row.act, ""),
        )
        for row in rows
    )


def _choice(row: DoubtEntry) -> Text | None:
    if not row.choice:
        return None
    kind = StandingAnswer if row.what == EntryKind.ANSWER else StandingOutcome
    return kind(row.choice).text


def _opened(row: DoubtEntry) -> str | None:
    plain = versions.plain(row.seller_ref, place_of(row.act), row.sealed)
    return plain.decode() if plain is not None else None
