"""Telling people about a proposal: those who may agree, the person concerned, the outside reader."""

from __future__ import annotations

from mamori.grammar.businesstime import Due
from mamori.grammar.declaration import Template
from mamori.grammar.hand import Hand
from mamori.ground.clocks import actions as clocks
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import seconds
from mamori.ground.people.models import Account, Proposal
from mamori.ground.people.notices import DONE, OUTSIDE_READER, PROPOSED, WAITS
from mamori.ground.people.rules import Matter, Profile, agreeing
from mamori.japan.spoken import spoken
from mamori.law.deadlines import LONE_DELAY


def let_wait(hand: Hand, found: Proposal, profile: Profile) -> None:
    """Start the clock at whose ring it is carried out, and tell whom it concerns, who else is there, and the outside reader."""
    due: Due = clocks.start(
        kind=LONE_DELAY.code, about=f"people.proposal:{found.pk}", at=hand.at, duration=profile.delay
    )
    found.due_at = due.at
    found.save(update_fields=["due_at"])
    concerned = [found.account.who] if found.account else []
    beside = [one.who for one in _able(found, profile)]
    for to in dict.fromkeys([*concerned, *beside, *([OUTSIDE_READER] if profile.reader else [])]):
        _notify(hand, found, WAITS, to, due=spoken(due.at))


def tell_agreeing(hand: Hand, found: Proposal, profile: Profile) -> None:
    """Tell those whose agreement would count."""
    here = seconds.house(profile)
    for account in _able(found, profile):
        if here.is_another(account.subject, than=found.by):
            _notify(hand, found, PROPOSED, account.who)


def tell_reader(hand: Hand, found: Proposal, profile: Profile) -> None:
    """Tell the outside reader what was carried out at once."""
    if profile.reader:
        _notify(hand, found, DONE, OUTSIDE_READER)


def _able(found: Proposal, profile: Profile) -> list[Account]:
    """Return who besides may agree or decline by their role, at most fifty."""
    roles = sorted(agreeing(Matter(found.matter), size=profile.size))
    rows = Account.objects.filter(is_active=True, role__in=roles).order_by("pk")[:50]
    return [one for one in rows if one.subject not in (found.by, found.about)]


def _notify(hand: Hand, found: Proposal, template: Template, to: str, **more: object) -> None:
    concerned = found.account.who if found.account else found.about
    outbox.notify(
        to=to,
        template=template,
        values={"matter": Matter(found.matter).text, "concerned": concerned, **more},
        about=f"people.proposal:{found.pk}",
        at=hand.at,
    )
