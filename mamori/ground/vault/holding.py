"""Legal holds as acts: who put what under a hold, on which ground and why, and who lifted it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mamori.grammar.declaration import HoldGround
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import actions as seal
from mamori.ground.seal import facts as seals
from mamori.ground.vault.models import File
from mamori.law.grounds import HOLD_GROUNDS

HOLDERS = frozenset({Role.LEAD, Role.COUNSEL})
FILE = "vault.file:"
LOGS = "log:"


class HoldNotYours(Refusal, code="vault.hold_not_yours", status=403):
    """Somebody else than counsel or a lead would decide about a hold."""

    text = Text(
        "消去の停止は法務担当か窓口の責任者だけが決められます。必要なときは責任者にお知らせください。",
        "Only counsel or a lead can decide about a legal hold. Please tell your lead where one is needed.",
    )


class NothingToHold(Refusal, code="vault.nothing_to_hold", status=404):
    """What is to be held cannot be found."""

    text = Text(
        "「{what}」は見つかりません。buyer:B-1、seller:S-1、案件番号、vault.file:… のどれかで指定してください。",
        "“{what}” was not found. Name buyer:B-1, seller:S-1, a case number, or vault.file:….",
    )


class HoldReasonNeeded(Refusal, code="vault.hold_reason_needed", status=422):
    """A hold is put or lifted without a reason."""

    text = Text(
        "理由を書いてください。記録に残ります。", "Please write the reason; it is kept in the record."
    )


class HoldDaysUnfit(Refusal, code="vault.hold_days_unfit", status=422):
    """A hold would last longer than its ground lets it, or have an end where its ground has none."""

    text = Text(
        "「{ground}」による消去の停止は、{days}日、延ばしても通じて{longest}日までです（0日は、解除するまで）。延ばすときも一度に{days}日までです。",
        "A hold on “{ground}” is for {days} days at most, extended for {longest} in all, and by {days} at a time (0: until it is "
        "lifted).",
    )


class LogsOnly(Refusal, code="vault.logs_only", status=422):
    """More would be held than the ground reaches: it is about communication logs alone."""

    text = Text(
        "「{ground}」が及ぶのは通信履歴だけで、ファイルには及びません。案件番号か、buyer:B-1、seller:S-1 で指定してください。",
        "“{ground}” reaches communication logs and no file. Name a case number, buyer:B-1 or seller:S-1.",
    )


def hold(hand: Hand, *, what: str, ground: HoldGround, reason: str, days: int | None = None) -> int:
    """Put a person, a case or a file under a legal hold and return its number: nothing of it is destroyed until it is lifted.

    A case's hold covers its parties' keys and its files, as its words and records open with those keys only.  On a ground
    that reaches logs alone it covers none of these: who wrote to whom and when stays in any case, and of what was carried
    (notices, mails, webhooks) the rows are kept by it.
    On a ground with an end the hold lapses after `days`, by default the most that it may last.
    """
    _see_to(hand, reason)
    lasts = ground.days if days is None else days
    if not (lasts == ground.days or 0 < lasts <= ground.days):
        raise _unfit(ground)
    with transaction.atomic():
        name, covers = _found(what)
        if ground.of_logs:
            if name.startswith(FILE):
                raise LogsOnly(ground=ground.title)
            name, covers = f"{LOGS}{name}", []
        until = hand.at + timedelta(days=lasts) if lasts else None
        return _put(hand, name, covers, ground=ground, reason=reason, until=until)


def lift(hand: Hand, *, number: int, reason: str) -> None:
    """Lift a hold: timers and shredding reach what it covered again, where no other hold does."""
    _see_to(hand, reason)
    with transaction.atomic():
        _lift(hand, number, reason)


def extend(hand: Hand, *, number: int, days: int, reason: str) -> datetime:
    """Let a hold on a ground with an end last so many days more, within all that its ground lets it; return its new end."""
    _see_to(hand, reason)
    with transaction.atomic():
        found = next((one for one in seals.holds() if one.number == number), None)
        if found is None or (found.until is not None and found.until <= hand.at):
            raise seal.NoSuchHold(number=number)
        [ground] = [one for one in HOLD_GROUNDS if one.code == found.ground]
        until = found.until + timedelta(days=days) if found.until else None
        if (
            until is None
            or not 0 < days <= ground.days
            or until > found.since + timedelta(days=ground.longest)
        ):
            raise _unfit(ground)
        seal.prolong(number=number, until=until)
        _record(hand, "extend_hold", found.what, reason=reason, hold=number, until=until.isoformat())
    return until


def hold_open(hand: Hand, *, what: str, covers: Sequence[str], ground: HoldGround) -> None:
    """Hold what a room's open matter concerns, whoever opened it: the room lets it go with `let_go` when that is over."""
    with transaction.atomic():
        _put(hand, what, covers, ground=ground, reason=ground.text.ja)


def let_go(hand: Hand, *, what: str, ground: HoldGround) -> None:
    """Lift the holds of a room's matter that is over; what somebody else held on another ground stays held."""
    with transaction.atomic():
        for number in seals.in_force(what, ground=ground.code):
            _lift(hand, number)


def lapse(hand: Hand) -> int:
    """Let the holds end whose own end is over; return how many did."""
    numbers = seals.ended(hand.at)
    for number in numbers:
        with transaction.atomic():
            _lift(hand, number)
    return len(numbers)


def _put(
    hand: Hand,
    name: str,
    covers: Sequence[str],
    *,
    ground: HoldGround,
    reason: str,
    until: datetime | None = None,
) -> int:
    number = seal.hold(
        what=name,
        covers=covers,
        ground=ground.code,
        title=ground.title,
        reason=reason.strip(),
        by=hand.by,
        at=hand.at,
        until=until,
    )
    _record(hand, "hold", name, ground=ground.code, reason=reason, hold=number, covers=covers)
    return number


def _lift(hand: Hand, number: int, reason: str = "") -> None:
    name = seal.lift(number=number, by=hand.by, at=hand.at)
    _record(hand, "lift_hold", name, reason=reason, hold=number)


def _unfit(ground: HoldGround) -> HoldDaysUnfit:
    return HoldDaysUnfit(ground=ground.title, days=ground.days, longest=ground.longest)


def _see_to(hand: Hand, reason: str) -> None:
    if hand.role not in HOLDERS:
        raise HoldNotYours
    if not reason.strip():
        raise HoldReasonNeeded


def _found(what: str) -> tuple[str, list[str]]:
    """Return the name of what is meant, and what else must stay for its sake."""
    what = what.strip()
    if re.fullmatch(r"(?:buyer|seller):[!-~]{1,64}", what):
        return what, []
    if what.startswith(FILE):
        row = _file(what.removeprefix(FILE))
        if row is None:
            raise NothingToHold(what=what)
        return f"{FILE}{row.pk}", [row.subject]
    is_number = re.fullmatch(r"[0-9０-９\- ]+", what)
    case = cases.by_number(what) if is_number else cases.cases_of(abouts=[what]).get(what)
    if case is None:
        raise NothingToHold(what=what)
    parties = [
        f"{side}:{ref}" for side, ref in (("buyer", case.buyer_ref), ("seller", case.seller_ref)) if ref
    ]
    return case.about, parties


def _file(number: str) -> File | None:
    try:
        return File.objects.filter(pk=uuid.UUID(number)).first()
    except ValueError:
        return None


def _record(hand: Hand, verb: str, name: str, *, reason: str, ground: str = "", **payload: object) -> None:
    ledger.record(
        hand,
        kind=f"vault.{verb}",
        subject=ledger.MARKET,
        about=name,
        ground=ground,
        reason=reason,
        payload=payload,
    )
