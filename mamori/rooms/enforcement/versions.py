"""Whether a form still says what stands: what was done to a matter since it was opened, as far as its writer may know."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.japan.spoken import spoken
from mamori.rooms.enforcement.kinds import ACTS


def version_of(about: str) -> int:
    """Return which state of a matter stands: so many acts of this room made it."""
    return len(_acts(about))


def must_be_as_seen(hand: Hand, about: str, version: int | None) -> None:
    """Let a form pass to which nothing was done since, of which its writer may know; None passes.

    A seller is not told of what staff do among themselves: it changes nothing of what was shown to it.
    """
    if version is None:
        return
    acts = _acts(about)
    since = acts[version:] if 0 <= version <= len(acts) else acts
    known = [(kind, at) for kind, at in since if hand.is_staff or ACTS[kind].shown]
    if known:
        kind, at = known[-1]
        raise ChangedMeanwhile(what=ACTS[kind].text, when=spoken(at))


def last_act(about: str) -> tuple[Text, Text] | None:
    """Return what was done to a matter last, and when, in words for staff."""
    acts = _acts(about)
    return (ACTS[acts[-1][0]].text, spoken(acts[-1][1])) if acts else None


def _acts(about: str) -> list[tuple[str, datetime]]:
    """Return what this room did to it, and when; that somebody took the case over is no change of the matter."""
    return [(kind, at) for kind, at in ledger.kinds_about(about) if kind in ACTS]
