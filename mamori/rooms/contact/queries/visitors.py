"""People without an account: how they are known by a secret, what lies sealed of them, and how they are told by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Template
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.rooms.contact import questionnotices
from mamori.rooms.contact.models import Asker
from mamori.rooms.contact.models.thread import ASKER

TABLE = "contact_asker"
PAGE_HOLDS = timedelta(days=90)
"""How long a mail on its way may still carry the address of the question's page."""


class NoQuestionHere(Refusal, code="no-question-here", status=404):
    """Given when no question has this page, or its time is over."""

    text = Text(
        "このページは見つかりません。アドレスが全部そろっているかご確認ください。保存の期間を過ぎた質問は消えています。"
        "もう一度お聞きになるときは、商品ページからお進みください。",
        "There is no such page. Please see that its address is whole. Questions that are over are erased. To ask again, please "
        "begin at the page of the goods.",
    )


class AskerSaid(msgspec.Struct, frozen=True, kw_only=True):
    """The address, where its mails lead, and until it is proven what is asked about what."""

    mail: str = ""
    page: str = ""
    listing: str = ""
    topic: str = ""
    said: str = ""


def secret_of(form: str) -> str:
    """Return the secret of the page that a form leads to: the same form has the same page, and nobody can guess it."""
    return seals.page_secret(f"{TABLE}.ticket", form)


def waiting(ticket: str) -> Asker:
    """Return whose code is typed on this page."""
    row = Asker.objects.select_related("thread").filter(ticket=seals.digest_of(ticket)).first()
    if row is None:
        raise NoQuestionHere
    return row


def by_page(secret: str) -> Asker:
    """Return whose question has this page."""
    row = (
        Asker.objects.select_related("thread")
        .filter(page=seals.digest_of(secret), thread__isnull=False)
        .first()
    )
    if row is None:
        raise NoQuestionHere
    return row


def actor_for(row: Asker, actor: Actor) -> Actor:
    """Return the actor for whoever opened their page: it acts in its one conversation as a buyer does, and for nobody else."""
    return replace(actor, by=f"buyer:{row.buyer_ref}", role=Role.BUYER, request="")


def sealed(row: Asker, said: AskerSaid) -> bytes:
    """Return what is kept of them, sealed with a key of its own."""
    plain = msgspec.json.encode(said, order="sorted")
    return sealing.seal(subject=row.subject, place=_place(row), plain=plain)


def said_of(row: Asker) -> AskerSaid:
    """Return what is kept of them, nothing once the key was destroyed."""
    plain = seals.opened(subject=row.subject, place=_place(row), sealed=row.sealed)
    return msgspec.json.decode(plain, type=AskerSaid) if plain is not None else AskerSaid()


def _place(row: Asker) -> Place:
    return Place(TABLE, row.ref, "sealed")


def mail_of_asker(ref: str) -> tuple[str, str]:
    """Return where mail for somebody goes, and in which language; "" where nothing may be sent there."""
    row = Asker.objects.filter(ref=ref).first()
    if row is None or (row.proven_at is None and row.code is None):
        return "", ""
    return said_of(row).mail, row.language


def is_visitors(to: str) -> bool:
    """Say whether a buyer's name looks like that of somebody without an account."""
    return to.startswith(f"buyer:{ASKER}")


def notify_asker(to: str, template: Template, *, number: str, at: datetime) -> bool:
    """Write by mail what a buyer is told on its pages, with the address of the question's own page and nothing else.

    Say whether it is somebody without an account, who is told nothing once they were erased.
    """
    row = Asker.objects.filter(ref=to.removeprefix(f"buyer:{ASKER}")).first()
    if row is None:
        return False
    page = said_of(row).page
    if not page:
        return True
    outbox.notify_numbered(
        to=row.subject,
        template=questionnotices.VISITOR,
        values={"number": number, "news": template.title},
        about=f"contact.asker:{row.ref}",
        at=at,
        secret=outbox.Secret(name="page", value=page, until=at + PAGE_HOLDS),
    )
    return True
