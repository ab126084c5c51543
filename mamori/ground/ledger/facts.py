"""What others may ask of the record: receipts, timelines, the log's key, and whether all of it is true."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Count, Max, Min

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared import memory
from mamori.ground.ledger import log, rules, verification
from mamori.ground.ledger.log import LogDamaged as LogDamaged, NoSuchAct as NoSuchAct, Receipt as Receipt
from mamori.ground.ledger.models import Act, ActContent, Checkpoint, Pending
from mamori.ground.ledger.verification import Report as Report
from mamori.ground.seal import facts as seals


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFact:
    """One act of a timeline; `content` is None when it was erased, `address` is its receipt's."""

    number: int
    kind: str
    at: datetime
    subject: str
    about: str
    content: dict[str, Any] | None
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedActs:
    """All acts of one kind about a thing, as one: how many, the first and the last."""

    kind: str
    times: int
    first: datetime
    last: datetime


def began_at() -> datetime | None:
    """Return when the first act was done, or nothing while there is none."""
    return Act.objects.order_by("pk").values_list("at", flat=True).first()


def acts_about(about: str, *, kind: str = "", but: frozenset[str] = frozenset()) -> tuple[ActFact, ...]:
    """Return every act about a thing, those of one kind, or all `but` some kinds, oldest first; a page reads them once."""
    if memory.is_carried() or not memory.is_cached():
        return _acts_about(about, kind, but)
    found = memory.of("ledger.acts", (about, but), lambda: _acts_about(about, "", but))
    return tuple(act for act in found if kind in ("", act.kind))


def _acts_about(about: str, kind: str, but: frozenset[str]) -> tuple[ActFact, ...]:
    narrowed = {"kind": kind} if kind else {}
    rows = Act.objects.filter(content__about=about, **narrowed).select_related("content")
    acts = list((rows.exclude(kind__in=but) if but else rows).order_by("pk"))
    opener = seals.Opener().fetch(bytes(act.content.sealed) for act in acts)
    return tuple(_fact(act, opener) for act in acts)


def folded_about(about: str, kinds: frozenset[str]) -> tuple[FoldedActs, ...]:
    """Return of each of these kinds how often it was done about a thing, in one look; nothing sealed is opened for it."""
    rows = Act.objects.filter(content__about=about, kind__in=kinds).order_by().values("kind")
    counted = rows.annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    return tuple(FoldedActs(**one) for one in counted)


def kinds_about(about: str) -> tuple[tuple[str, datetime], ...]:
    """Return of every act about a thing its kind and moment, oldest first; nothing sealed is opened for it."""
    return tuple(Act.objects.filter(content__about=about).order_by("pk").values_list("kind", "at"))


def done_since(abouts: Iterable[str], since: datetime, *, but: Collection[str] = ()) -> set[str]:
    """Return those of these things about which the newest act, `but` of some kinds, was done after `since`, in one look.

    Nothing sealed is opened.
    """
    contents = ActContent.objects.filter(about__in=list(abouts)).exclude(act__kind__in=list(but))
    newest = contents.values("about").annotate(last=Max("act"))
    found = Act.objects.filter(pk__in=newest.values("last"), at__gt=since)
    return set(found.values_list("content__about", flat=True))


def acts_of(abouts: Iterable[str], *, kind: str) -> dict[str, list[ActFact]]:
    """Return the acts of one kind about each of these things, oldest first, in one look."""
    rows = Act.objects.filter(kind=kind, content__about__in=list(abouts)).select_related("content")
    acts = list(rows.order_by("pk"))
    opener = seals.Opener().fetch(bytes(act.content.sealed) for act in acts)
    found: dict[str, list[ActFact]] = {}
    for act in acts:
        fact = _fact(act, opener)
        found.setdefault(fact.about, []).append(fact)
    return found


def last_of(actor: Actor, *abouts: str) -> ActFact | None:
    """Return the newest act of this actor about any of these things: what a page may say that it has just done."""
    acts = (act for about in abouts for act in acts_about(about))
    mine = (act for act in acts if (act.content or {}).get("by") == actor.by)
    return max(mine, key=lambda act: act.number, default=None)


def act(number: int) -> ActFact | None:
    """Return one act, or None."""
    row = Act.objects.filter(pk=number).select_related("content").first()
    return _fact(row, seals.Opener()) if row else None


def _fact(act: Act, opener: seals.Opener) -> ActFact:
    kept = act.content
    return ActFact(
        number=act.pk,
        kind=act.kind,
        at=act.at,
        subject=kept.subject,
        about=kept.about,
        content=log.receipt_opened(kept, opener)[0],
        address=log.address_of(act.pk, bytes(act.commitment)),
    )


def addresses_of(numbers: Iterable[int]) -> dict[int, str]:
    """Return the address of the receipt of each of these acts, in one look."""
    rows = Act.objects.filter(pk__in=list(numbers)).values_list("pk", "commitment")
    return {number: log.address_of(number, bytes(commitment)) for number, commitment in rows}


def number_at(address: str) -> int | None:
    """Return the number of the act whose receipt has this address ("12-k5x7…"), None when no receipt has it."""
    return log.number_at(address)


def receipt(number: int, *, opened: bool = True) -> Receipt | None:
    """Return the receipt of an act, None while its place is not signed yet; `opened` adds what the act says."""
    return log.receipt(number, opened=opened)


def receipt_for(actor: Actor, address: str, *, number: int | None) -> tuple[int, Receipt | None]:
    """Return an act's number and its receipt as this actor may see it, None while its place is not signed yet.

    Its whole address opens it to anybody; `number`, what the address is where it is a number alone, to whom it concerns.
    """
    addressed = number_at(address)
    number = addressed or number
    found = act(number) if number is not None and actor.role is not Role.ANONYMOUS else None
    if number is None or not (addressed or (found and _concerns(actor, found))):
        raise NoSuchAct(number=address[:60])
    is_open = found is not None and found.content is not None and rules.may_open(actor, found.content)
    return number, log.receipt(number, opened=is_open)


def _concerns(actor: Actor, found: ActFact) -> bool:
    return rules.concerns(actor, subject=found.subject, content=found.content)


def key_must_fit() -> None:
    """See that the log's key and name here are those by which its newest checkpoint was signed, where there is one."""
    newest = Checkpoint.objects.order_by("-number").values_list("note", flat=True).first()
    if newest is not None:
        log.must_fit(newest)


def waiting_since() -> datetime | None:
    """Return when the oldest act was done that has no place in the log yet, None when none waits."""
    return Pending.objects.order_by("act").values_list("act__at", flat=True).first()


def has_acts() -> bool:
    """Say whether anything was ever recorded."""
    return Act.objects.exists()


def last_at(subject: str) -> datetime | None:
    """Return when the last act was recorded that concerns the subject, None when there is none."""
    newest = ActContent.objects.filter(subject=subject).order_by("-act").select_related("act").first()
    return newest.act.at if newest else None


def key() -> str:
    """Return the log's public key in the form that verifiers take: name+id+key."""
    return log.the_signer().verifier.vkey


def verify(with_folder: Path | None = None, *, at: datetime | None = None) -> Report:
    """Examine the whole record, and with `with_folder` also against checkpoints and receipts kept elsewhere.

    `at` is now, as far as an act that waits too long is to be named.
    """
    return verification.verify(with_folder, at=at)
