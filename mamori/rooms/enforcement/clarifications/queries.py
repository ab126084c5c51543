"""A clarification as staff, the seller and whoever else is asked read it, and what lies sealed in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db.models import Max

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared.fields import alike
from mamori.ground.market import facts as market
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.vault import facts as vault
from mamori.ground.web.forms import FileShown, file_shown
from mamori.law.clarifications import CLARIFICATION_CLOCKS, AnsweredBy, AskedWhat, AskedWhom, silence
from mamori.rooms.enforcement.clarifications.rules import Clarified
from mamori.rooms.enforcement.lifecycle import CLARIFICATION, ClarificationState
from mamori.rooms.enforcement.models import Clarification

TABLE = "enforcement_clarification"
ASKED = "clarification:"
"""Before the `ref`: the key that it is sealed with, and of somebody outside whom its mail is for."""
SHOWN_MOST = 100


class NoSuchClarification(Refusal, code="no-such-clarification", status=404):
    """Given when there is no such clarification for this actor, or its time is over."""

    text = Text(
        "この事実確認は見つかりません。アドレスが全部そろっているか、番号をご確認ください。",
        "There is no such clarification. Please see that its address is whole, or check its number.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClarificationShown:
    """A clarification: who is asked what about which goods, until when, how it stands, and what was answered."""

    number: int
    whom: AskedWhom
    what: AskedWhat
    state: ClarificationState
    version: int
    seller_ref: str
    shop: str
    listing_ref: str
    goods: str
    page: str
    asked_at: datetime
    asked_by: str
    due: datetime | None
    channel: AnsweredBy | None
    answered_at: datetime | None
    files: tuple[FileShown, ...] = field(repr=False)
    said: Clarified = field(repr=False)

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return CLARIFICATION.states[self.state]

    @property
    def is_open(self) -> bool:
        """Say whether an answer is awaited."""
        return self.state is ClarificationState.ASKED

    @property
    def takes_answer(self) -> bool:
        """Say whether an answer is taken, late or not."""
        return self.state in (ClarificationState.ASKED, ClarificationState.SILENT) and bool(self.said.words)

    @property
    def silence(self) -> Text:
        """Say what follows where nobody answers."""
        return silence(self.what, self.whom)


def about_clarification(number: int) -> str:
    """Return the name under which acts, clocks and files know it."""
    return f"enforcement.clarification:{number}"


def subject_of(row: Clarification) -> str:
    """Return the name of the key that it is sealed with, which is made for it alone."""
    return f"{ASKED}{row.ref}"


def place_of(ref: str) -> Place:
    """Return where its words lie."""
    return Place(TABLE, ref, "said")


def said_of(row: Clarification) -> Clarified:
    """Return what lies in it, empty once its key was destroyed."""
    plain = seals.opened(subject=subject_of(row), place=place_of(row.ref), sealed=row.said)
    return msgspec.json.decode(plain, type=Clarified) if plain is not None else Clarified()


def mail_of(ref: str) -> tuple[str, str]:
    """Return where mail to whoever is asked goes, and in which language; "" where it goes nowhere."""
    row = Clarification.objects.filter(ref=ref).first()
    return (said_of(row).mail, row.language) if row else ("", "")


def is_for(actor: Actor, row: Clarification) -> bool:
    """Say whether it is for this actor: the seller that is asked, or staff."""
    return actor.role in STAFF or (row.whom == AskedWhom.SELLER and actor.is_sellers(row.seller_ref))


def clarification_of(actor: Actor, number: int) -> ClarificationShown:
    """Return a clarification for the seller that is asked, or for staff."""
    row = Clarification.objects.filter(pk=number).first()
    if row is None or not is_for(actor, row):
        raise NoSuchClarification
    return rows_shown([row])[0]


def key_of(number: int) -> str:
    """Return with whose key the files of its answer are sealed."""
    row = Clarification.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchClarification
    return subject_of(row)


def row_by(secret: str) -> Clarification:
    """Return the clarification that has this page."""
    row = Clarification.objects.filter(digest=seals.digest_of(secret)).first()
    if row is None:
        raise NoSuchClarification
    return row


def clarification_by(secret: str) -> ClarificationShown:
    """Return the same for whoever is asked."""
    return rows_shown([row_by(secret)])[0]


def clarifications_about(actor: Actor, about: str) -> tuple[ClarificationShown, ...]:
    """Return what was asked on account of a matter, the newest first, for staff."""
    if actor.role not in STAFF:
        return ()
    return rows_shown(Clarification.objects.filter(about=about).order_by("-pk")[:SHOWN_MOST])


def clarifications_of_seller(seller_ref: str) -> tuple[ClarificationShown, ...]:
    """Return what a seller was asked: what waits for it first, then the newest."""
    rows = Clarification.objects.filter(seller_ref=seller_ref, whom=AskedWhom.SELLER, said__isnull=False)
    waiting = list(rows.filter(closed_at__isnull=True).order_by("pk")[:SHOWN_MOST])
    over = rows.filter(closed_at__isnull=False).order_by("-pk")[:SHOWN_MOST]
    return rows_shown([*waiting, *over])


def awaited_of(about: str) -> tuple[int, ...]:
    """Return the clarifications about a matter that wait for an answer."""
    rows = Clarification.objects.filter(about=about, closed_at__isnull=True)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


def last_answer(about: str) -> datetime | None:
    """Return when the last of what was asked about a matter was answered, or its time passed; None where none was."""
    rows = Clarification.objects.filter(
        about=about, state__in=(ClarificationState.ANSWERED, ClarificationState.SILENT)
    )
    last: datetime | None = rows.aggregate(last=Max("closed_at"))["last"]
    return last


def file_of(actor: Actor, number: int, file: int) -> uuid.UUID:
    """Return a file that came with an answer, for staff."""
    kept = vault.files_about(about_clarification(number))
    if actor.role not in STAFF or not 1 <= file <= len(kept):
        raise NoSuchClarification
    return kept[file - 1].id


def rows_shown(rows: Iterable[Clarification]) -> tuple[ClarificationShown, ...]:
    """Return these as pages show them, names in one look each."""
    found = list(rows)
    shops = market.shop_names({row.seller_ref for row in found if row.seller_ref})
    goods = market.listings({row.listing_ref for row in found if row.listing_ref})
    names = people.names() if found else {}
    return tuple(
        alike(
            ClarificationShown,
            row,
            number=row.pk,
            whom=AskedWhom(row.whom),
            what=AskedWhat(row.what),
            state=ClarificationState(row.state),
            shop=shops.get(row.seller_ref, ""),
            goods=goods[row.listing_ref].name if row.listing_ref in goods else "",
            page=outbox.page_of("lead", row.about),
            asked_by=people.called(row.asked_by, names),
            due=_due(row),
            channel=AnsweredBy(row.channel) if row.channel else None,
            files=_files(row),
            said=said_of(row),
        )
        for row in found
    )


def _due(row: Clarification) -> datetime | None:
    if row.closed_at is not None:
        return None
    kind, all_clocks = (
        CLARIFICATION_CLOCKS[AskedWhat(row.what)].code,
        clocks.newest([about_clarification(row.pk)]),
    )
    return next((one.due_at for one in all_clocks if one.kind == kind), None)


def _files(row: Clarification) -> tuple[FileShown, ...]:
    if row.answered_at is None:
        return ()
    kept = vault.files_about(about_clarification(row.pk), named=True)
    return tuple(file_shown(number, one) for number, one in enumerate(kept, 1))
