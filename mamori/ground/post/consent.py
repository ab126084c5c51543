"""Who asked for advertising, and in which language somebody is written to."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.post.models import IS_IN_FORCE, OptIn, Reader
from mamori.ground.post.recording import record


class NotAskedFor(Refusal, code="post.not-asked-for", status=409):
    """Given when advertising is to go to somebody who did not ask for it."""

    text = Text(
        "{to} は広告の受信に同意していないため送れません。同意の記録を残してから送ってください。",
        "{to} has not asked for advertising, so none is sent. Record the consent first.",
    )


class HowMissing(Refusal, code="post.how-missing", status=422):
    """Given when a consent is recorded without the words that were answered."""

    text = Text(
        "どのような案内に同意したかを500文字までで書いてください。",
        "Please write down, in at most 500 characters, which words were agreed to.",
    )


def opt_in(hand: Hand, *, who: str, how: str) -> bool:
    """Record that somebody asked for advertising, in answer to the words `how`; say whether that was new."""
    if not how.strip() or len(how) > 500:
        raise HowMissing
    try:
        with transaction.atomic():
            OptIn.objects.create(who=who, how=how.strip(), at=hand.at)
            record(hand, "opted_in", who, f"post.ads:{who}", how=how.strip())
    except IntegrityError:
        return False
    return True


def opt_out(hand: Hand, *, who: str) -> bool:
    """Record that somebody wants no advertising any more; say whether any was asked for."""
    with transaction.atomic():
        changed = OptIn.objects.filter(IS_IN_FORCE, who=who).update(withdrawn_at=hand.at)
        if changed:
            record(hand, "opted_out", who, f"post.ads:{who}")
    return bool(changed)


def has_asked(who: str) -> bool:
    """Say whether somebody asked for advertising and did not take it back."""
    return OptIn.objects.filter(IS_IN_FORCE, who=who).exists()


def choose_language(hand: Hand, *, who: str, language: Lang) -> None:
    """Write to somebody in this language from now on."""
    with transaction.atomic():
        _, is_new = Reader.objects.update_or_create(who=who, defaults={"language": language})
        record(hand, "language_chosen", who, f"post.reader:{who}", language=language, first=is_new)
