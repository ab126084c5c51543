"""An edition is drafted from what was counted, released by another person, given up, or replaced by a corrected one."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import MatterKind, Performance, perform
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.ground.web.signing.here import is_second
from mamori.japan.calendar import HalfYear, Month, half_named, spoken
from mamori.law.gate import tells_few
from mamori.law.reports import REPORT_TO
from mamori.law.shown import SHOWN_BY_CODE
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.record import record, record_version
from mamori.rooms.disclosure.acts import MEASURE_ACTS
from mamori.rooms.disclosure.editions import queries as editions
from mamori.rooms.disclosure.editions.queries import Drafted, NoSuchEdition, about_edition
from mamori.rooms.disclosure.editions.rules import body_of, digest_of, half_text
from mamori.rooms.disclosure.inputs import WhyDropped
from mamori.rooms.disclosure.lifecycle import DECIDERS, EDITION, EditionState
from mamori.rooms.disclosure.measures import queries as counted
from mamori.rooms.disclosure.measures.rules import settled_at
from mamori.rooms.disclosure.models import Edition, MonthFigure


class HalfNotOver(Refusal, code="half-not-over", status=409):
    """Given when an edition is asked of a half-year that is not over, or not settled."""

    text = Text(
        "{half}の公表版は、最後の月が数え終わる{day}から作れます。",
        "An edition of {half} can be made from {day} on, when its last month is counted.",
    )


class NoHalfYear(Refusal, code="no-half-year", status=422):
    """Given when what was written is no half-year."""

    text = Text(
        "半期は「2026-2」のように、年と1（1〜6月）か2（7〜12月）で書いてください。",
        "Please write a half-year as 2026-2: the year, and 1 for January to June or 2 for July to December.",
    )


class MonthsNotCounted(Refusal, code="months-not-counted", status=409):
    """Given when no month of a half-year was counted: the house was not there, or its worker does not run."""

    text = Text(
        "{half}には、まだ数えていない月があります（{months}）。数えるのは裏で動く処理です。"
        "動いているかを `mamori check` で確かめてください。"
        "この家が動く前の月は公表できません。",
        "Some months of {half} are not counted ({months}). The worker counts them: see with `mamori check` that it runs. A month "
        "before the house was opened cannot be published.",
    )


class DraftWaits(Refusal, code="draft-waits", status=409):
    """Given when a draft of the same half-year waits already."""

    text = Text(
        "{half}には、確認を待つ版がすでにあります。公表するか、取りやめてから作ってください。",
        "A draft of {half} waits already. Please release it or give it up first.",
    )


class FiguresMoved(Refusal, code="figures-moved", status=409):
    """Given when something was counted otherwise than before and nobody said why."""

    text = Text(
        "数え直すと、前に公表した数と違うところがあります：{moved}。調べて、理由を書いてください。理由は公表版に載ります。",
        "Counted anew, these differ from what was published: {moved}. Please look into it and say why; the "
        "reason stands in the edition.",
    )


class NothingMoved(Refusal, code="edition-nothing-to-correct", status=409):
    """Given when a half-year was published and nothing in it is another, and nobody said what is to be corrected."""

    text = Text(
        "{half}は公表済みで、数え直しても同じです。文を直して出し直すときは、理由を書いてください。",
        "{half} was published, and counted anew it is the same. To publish it with words put right, please say why.",
    )


class ReasonTellsFew(Refusal, code="reason-tells-few", status=422):
    """Given when the reason, which is published, names a count that the figures hide."""

    text = Text(
        "理由に、5件に満たない件数が書かれています。理由は公表され、隠している数がわかってしまいます。件数を書かずに書き直してください。",
        "The reason names a count below 5. It is published, and would tell what the figures hide: please say it without.",
    )


class EditionNeedsAnother(Refusal, code="edition-needs-another", status=403):
    """Given when who drafted an edition would release it, or somebody whom it brought in."""

    text = Text(
        "公表には、作った人とは別の責任者か法務担当の確認が要ります。",
        "Another lead or counsel than who drafted it has to release an edition.",
    )


def count_month(actor: Actor, *, month: Month) -> bool:
    """Count a month once it is settled, for good, and of one that was counted what is declared since; return whether it did."""
    _must_be_settled(actor.at, month, Text(f"{month}", f"{month}"))
    day = month.since.date()
    known = set(MonthFigure.objects.filter(month=day, version=1).values_list("code", flat=True))
    if known >= SHOWN_BY_CODE.keys():
        return False
    rows = [
        MonthFigure(month=day, code=one.code, version=1, count=one.count, took=one.took, counted_at=actor.at)
        for one in counted.count(month).values()
        if one.code not in known
    ]
    with memory.act():
        MonthFigure.objects.bulk_create(rows, ignore_conflicts=True)  # another worker counts the same
    return True


def draft_edition(actor: Actor, *, half: str, reason: str = "") -> int:
    """Draft the edition of a half-year, or a corrected one where it was published, and return its number."""
    if actor.role not in DECIDERS:
        raise NoSuchEdition
    found = half_named(half.strip(), None)
    if found is None:
        raise NoHalfYear
    if tells_few(reason):
        raise ReasonTellsFew
    name = half_text(found)
    _must_be_settled(actor.at, found.months[-1], name)
    draft = editions.drafted(found)
    _must_be_counted(found, draft, name)
    _must_be_explained(draft, reason, name)
    with memory.act():
        row = _made(actor, found, draft, reason.strip())
        told = {"half": row.half, "number": row.number, "sha256": row.digest}
        record(actor, "edition_draft", about_edition(row.pk), reason=row.reason, **told)
    return row.pk


def release_edition(actor: Actor, *, edition: int, version: int | None = None) -> None:
    """Publish what another person drafted: from now on everybody reads it, and what it corrects is corrected everywhere."""
    with perform(actor, EDITIONS, edition, version=version) as act:
        row = act.matter
        EDITION.take("release", EditionState(row.state), actor.role)
        if not is_second(actor, than=row.drafted_by):
            raise EditionNeedsAnother
        _replace(act)
        act.step("release")
        row.released_at = actor.at
        row.act = act.record("edition_release", half=row.half, number=row.number, sha256=row.digest)
        act.save("released_at", "act")
        _correct(row, actor.at)
        _notify(row, actor)


def drop_edition(actor: Actor, *, edition: int, reason: WhyDropped, version: int | None = None) -> None:
    """Give a draft up: nothing of it is published."""
    with perform(actor, EDITIONS, edition, version=version) as act:
        act.step("drop")
        act.matter.closed_at = actor.at
        act.save("closed_at")
        act.record("edition_drop", reason=reason)


def _must_be_settled(at: datetime, month: Month, name: Text) -> None:
    if at < settled_at(month):
        raise HalfNotOver(half=name, day=spoken(settled_at(month)))


def _must_be_counted(half: HalfYear, draft: Drafted, name: Text) -> None:
    known = [one.month for one in draft.months]
    missing = [
        str(month) for month in half.months if month not in known and month > min(known, default=Month(1, 1))
    ]
    if missing:
        raise MonthsNotCounted(half=name, months="、".join(missing))


def _must_be_explained(draft: Drafted, reason: str, name: Text) -> None:
    if reason.strip():
        return
    if moved := draft.moved:
        raise FiguresMoved(moved="、".join(f"{month} {code}" for month, code, _, _ in moved[:10]))
    if draft.before is not None:
        raise NothingMoved(half=name)


def _made(actor: Actor, half: HalfYear, draft: Drafted, reason: str) -> Edition:
    if Edition.objects.filter(half=str(half), state=EditionState.DRAFTED).exists():
        raise DraftWaits(half=half_text(half))
    number = draft.before.number + 1 if draft.before else 1
    body = body_of(editions.content_of(half, draft, number=number, reason=reason, at=actor.at))
    return Edition.objects.create(
        half=str(half),
        number=number,
        body=body.decode(),
        digest=digest_of(body),
        reason=reason,
        moved=draft.moved,
        recount=draft.kept | {"told": editions.published_requests(draft)},
        drafted_at=actor.at,
        drafted_by=people.subject_of(actor),
    )


def _replace(act: Performance[Edition]) -> None:
    """Let the edition that stands be replaced by this one."""
    row = act.matter
    stands = Edition.objects.select_for_update().filter(half=row.half, state=EditionState.RELEASED).first()
    if stands is None:
        return
    other = act.also(EDITIONS, stands)
    other.step("replace")
    stands.closed_at = act.actor.at
    other.save("closed_at")


def _notify(row: Edition, actor: Actor) -> None:
    """Tell those whom the operator names that there is a report."""
    half = half_named(row.half, None)
    assert half is not None, row.half
    for who in REPORT_READERS[terms.setting(REPORT_TO, at=actor.at)]:
        outbox.notify(
            to=who,
            template=notices.EDITION_OUT,
            values={"half": half_text(half), "number": f"{row.pk}"},
            about=about_edition(row.pk),
            at=actor.at,
        )


REPORT_READERS = {
    "none": (),
    "lead": (Role.LEAD.value,),
    "counsel": (Role.COUNSEL.value,),
    "both": (Role.LEAD.value, Role.COUNSEL.value),
    "readers": (Role.LEAD.value, Role.COUNSEL.value, people.EVERY_READER),
}


def _correct(row: Edition, at: datetime) -> None:
    """Write what was counted anew beside what was counted before."""
    for name, counts in row.recount["months"].items():
        year, number = map(int, name.split("-"))
        day = Month(year, number).since.date()
        last = MonthFigure.objects.filter(month=day).order_by("-version").values_list("version", flat=True)[0]
        MonthFigure.objects.bulk_create(
            MonthFigure(
                month=day,
                code=code,
                version=last + 1,
                count=count,
                took=None if took is None else Decimal(took),
                counted_at=at,
                edition=row,
            )
            for code, (count, took) in counts.items()
        )


def _find(actor: Actor, number: int, version: int | None) -> Edition:
    row = Edition.objects.select_for_update().filter(pk=number).first()
    if row is None or actor.role not in DECIDERS:
        raise NoSuchEdition
    if version is not None and version != row.version:
        raise changed(about_edition(number), MEASURE_ACTS)
    return row


EDITIONS: MatterKind[Edition, int] = MatterKind(
    chart=EDITION,
    find=_find,
    case=lambda row: about_edition(row.pk),
    record=record_version,
    settle=lambda act: None,
)
