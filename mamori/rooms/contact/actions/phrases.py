"""What somebody sets up for writing: a seller's usual texts, and whether a machine looks at the words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Literal

from django.db.models import F

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.post import facts as post
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.japan.lures.kinds import Lure
from mamori.law.consents import SCANNING
from mamori.rooms.contact import phrases
from mamori.rooms.contact.finding import NothingHere, seller_of, take_turns
from mamori.rooms.contact.models import LureCount, Phrase, ScanningAnswer

# A seller keeps usual texts, and drops them.


LONGEST_NAME = 40


class PhraseAdvertises(Refusal, code="phrase-advertises", status=422):
    """Given when a usual text sells: what goes to every buyer who asks may not be advertising."""

    text = Text(
        "宣伝にあたる言葉が入っています（{word}）。定型文には、お問い合わせへの答えだけをお書きください。",
        "This advertises (“{word}”). Please keep a usual text to answering what buyers ask.",
    )


class PhrasePlaceUnknown(Refusal, code="phrase-place-unknown", status=422):
    """Given when a usual text has a place that nothing fills."""

    text = Text(
        "文章の中の波かっこは、注文番号の入る場所としてだけ使えます。入力欄の説明のとおりに書き、ほかの波かっこは取り除いてください。",
        "Braces mark the place of the order's number alone: please write it as said beside the box, and remove others.",
    )


class PhraseNameless(Refusal, code="phrase-name", status=422):
    """Given when a usual text has no name, too long a one, or one that is taken."""

    text = Text(
        "定型文には、ほかと重ならない{most}文字までの名前を付けてください。",
        "Please give it a name of its own of at most {most} characters.",
    )


class TooManyPhrases(Refusal, code="too-many-phrases", status=409):
    """Given when a seller has as many as there may be."""

    text = Text(
        "定型文は{most}件までです。使わないものを消してください。",
        "There may be {most} usual texts. Please drop one that you no longer use.",
    )


class NoSuchSeller(Refusal, code="no-such-seller", status=404):
    """Given when the marketplace has not told us of the seller yet."""

    text = Text(
        "出品者の登録がまだ届いていません。通販サイトの担当にお問い合わせください。",
        "The marketplace has not told us of you yet. Please ask the marketplace.",
    )


def keep_phrase(actor: Actor, *, name: str, said: str) -> None:
    """Keep a usual text of the seller who acts."""
    seller_ref, name, said = seller_of(actor), written.named(name), written.checked(said)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise PhraseNameless(most=LONGEST_NAME)
    for word in post.promoting(f"{name}\n{said}"):
        raise PhraseAdvertises(word=word)
    if set(said.replace(phrases.ORDER, "")) & {"{", "}"}:
        raise PhrasePlaceUnknown()
    if market.seller(seller_ref) is None:
        raise NoSuchSeller()
    with memory.act():
        take_turns(f"seller:{seller_ref}")
        known = phrases.phrases(seller_ref)
        if len(known) >= phrases.MOST:
            raise TooManyPhrases(most=phrases.MOST)
        if name in {phrase.name for phrase in known}:
            raise PhraseNameless(most=LONGEST_NAME)
        key = uuid.uuid4()
        sealed = phrases.sealed(key, seller_ref=seller_ref, name=name, words=said)
        Phrase.objects.create(id=key, seller_ref=seller_ref, sealed=sealed, at=actor.at)
        _record(actor, "keep_phrase", seller_ref, key)


def drop_phrase(actor: Actor, *, phrase: str) -> None:
    """Drop a usual text; one that is gone already, or another's, is as good as dropped."""
    seller_ref = seller_of(actor)
    try:
        key = uuid.UUID(phrase)
    except ValueError:
        return
    with memory.act():
        if Phrase.objects.filter(pk=key, seller_ref=seller_ref).delete()[0]:
            _record(actor, "drop_phrase", seller_ref, key)


def _record(actor: Actor, verb: str, seller_ref: str, key: uuid.UUID) -> None:
    about = f"contact.phrase:{key}"
    ledger.record(actor, kind=f"contact.{verb}", subject=f"seller:{seller_ref}", about=about)


type Outcome = Literal["shown", "kept"]


def answer_scanning(actor: Actor, *, agrees: bool) -> int:
    """Record a buyer's or seller's answer to the declared text and return the act's number, which is the receipt's."""
    party = actor.whose
    if not party.startswith(_PARTIES.get(actor.role, "?")):
        raise NothingHere()
    with memory.act():
        memory.forget("contact.scanning")
        ScanningAnswer.objects.create(party=party, version=SCANNING.version, agrees=agrees, at=actor.at)
        return ledger.record(
            actor,
            kind="contact.agree_scanning" if agrees else "contact.refuse_scanning",
            subject=party,
            about=f"contact.scanning:{party}",
            payload={"consent": SCANNING.code, "version": SCANNING.version},
        )


_PARTIES = {Role.BUYER: "buyer:", Role.SELLER: "seller:", Role.DELEGATE: "seller:"}


def count_lures(actor: Actor, lures: Iterable[Lure], outcome: Outcome) -> None:
    """Count each kind of find once; who wrote it, where and what it was is kept nowhere."""
    month = actor.at.astimezone(JAPAN).date().replace(day=1)
    side = "seller" if actor.role in SELLERS else "buyer"
    with memory.act():
        for kind in sorted({lure.kind for lure in lures}):
            row, _ = LureCount.objects.get_or_create(month=month, side=side, kind=kind)
            LureCount.objects.filter(pk=row.pk).update(**{outcome: F(outcome) + 1})
