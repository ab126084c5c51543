"""The verbs of an accident: it is entered or joined, each step is taken or left out, and a head closes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from django.db import IntegrityError

from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import facts as seals
from mamori.japan import written
from mamori.law.accidents import AccidentSource, Hurt, ToldHow, ToldWhom
from mamori.law.breaches import DANGEROUS_GOODS
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.alerts import actions as alerts, facts as alert_facts
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.clarifications import actions as clarifications
from mamori.rooms.enforcement.clarifications.actions import ToClarify
from mamori.rooms.enforcement.measures.actions import hiding
from mamori.rooms.safety.accidents import notices
from mamori.rooms.safety.accidents.acts import (
    GoodsEn,
    GoodsJa,
    NextEn,
    NextJa,
    ToLeave,
    WhatEn,
    WhatIsDangerous,
    WhatJa,
    WhyNot,
    WhyOver,
)
from mamori.rooms.safety.accidents.matter import ACCIDENTS, about, enter, keep_said, said_of
from mamori.rooms.safety.accidents.rules import (
    TOLD_STEPS,
    AccidentInput,
    AccidentStep,
    open_steps,
    worse,
)
from mamori.rooms.safety.models import Accident, AccidentListing, AccidentReport

_APART = regex(r"[\s,、，;；]+")
MOST_GOODS = 200
"""So many listings at most stand in one accident."""

# What is refused, each with what to do next.


class NoSuchGoods(Refusal, code="accident-goods-unknown", status=422):
    """Given when goods of an accident are named that the marketplace has not told us of."""

    text = Text(
        "商品「{refs}」が見つかりません。商品の番号をご確認ください。",
        "The listings “{refs}” are not known. Please check their numbers.",
    )


class GoodsElsewhere(Refusal, code="accident-goods-elsewhere", status=409):
    """Given when a listing is added that has an open accident of its own."""

    text = Text(
        "商品「{ref}」には、対応中の事故（番号 {number}）がすでにあります。その事故で対応してください。",
        "The listing “{ref}” has an open accident already, number {number}. Please deal with it there.",
    )


class TooManyGoods(Refusal, code="accident-goods-too-many", status=422):
    """Given when more listings are added than one accident holds."""

    text = Text(
        "一つの事故に加えられる出品は{most}件までです。残りは別の事故として登録してください。",
        "One accident holds {most} listings at most. Please enter another accident for the rest.",
    )


class ToldInFuture(Refusal, code="accident-told-in-future", status=422):
    """Given when somebody is said to have been told later than now, or before the house knew."""

    text = Text(
        "知らせた日時は、事故を知った時から今までの間にしてください。",
        "Whoever was told was told between the moment at which the house knew and now. Please check it.",
    )


class AlreadyStopped(Refusal, code="accident-already-stopped", status=409):
    """Given when the sale of all its goods is stopped already."""

    text = Text(
        "この事故の商品は、すべて非表示の手続きが済んでいます。表示に戻すかどうかは、違反の疑いの画面で判断します。",
        "All goods of this accident were hidden already. Whether they are shown again is decided on the pages of the findings.",
    )


class AskTheMaker(Refusal, code="accident-ask-the-maker", status=422):
    """Given when the seller or the holder of a right is asked in the maker's place."""

    text = Text(
        "ここで尋ねるのは、メーカー・輸入業者・国内管理人です。出品者には、違反の疑いの画面で意見を求めます。",
        "Here the maker, the importer or the domestic administrator is asked. The seller is heard on the page of the finding.",
    )


class StepTaken(Refusal, code="accident-step-taken", status=409):
    """Given when a step is left out that was taken."""

    text = Text(
        "「{step}」は済んでいるので、しないことにはできません。",
        "“{step}” was done already, so it cannot be left out.",
    )


class NobodyToWarn(Refusal, code="accident-warning-as-it-is", status=409):
    """Given when a warning is begun twice, or widened while it is over or holds all goods already."""

    text = Text(
        "購入者への知らせは、いまの出品についてはすでに始まっているか、終わっています。知らせのページをご確認ください。",
        "The warning to buyers of these listings has begun already, or is over. Please look at its own page.",
    )


class StepsOpen(Refusal, code="accident-steps-open", status=409):
    """Given when an accident is closed of which steps are left."""

    text = Text(
        "まだ終えられません。残っている段階：{steps}。それぞれ進めるか、しない理由を記録してください。",
        "It cannot be closed yet. Steps that are left: {steps}. Please take each, or note why it is left out.",
    )


class NotLookedAt(Refusal, code="accident-not-looked-at", status=409):
    """Given when an accident is closed about which something was told that nobody has looked at."""

    text = Text(
        "届いた知らせを、まだだれも確認していません。先に「届いた知らせを確認した」を記録してください。",
        "Something was told that nobody has looked at. Please note first that you have.",
    )


# It begins: staff enter it, or what was told elsewhere joins the one that is open of these goods.


def enter_accident(actor: Actor, *, listing: str, source: AccidentSource, told: AccidentInput) -> int:
    """Enter an accident that staff heard of and return its number; of goods that have an open one it is written there, too."""
    number = join(actor, source=source, about_report="", listing=listing, hurt=told.hurt, fire=told.fire)
    if number is None:
        raise NoSuchGoods(refs=listing[:64])
    _describe(actor, number, told, adds=True)
    return number


def join(
    actor: Actor,
    *,
    source: AccidentSource,
    about_report: str,
    listing: str,
    hurt: Hurt = Hurt.UNKNOWN,
    fire: bool = False,
    case: str = "",
    again: bool = False,
) -> int | None:
    """Join what was told to the open accident of a listing, or enter one, and return its number; of no listing there is none.

    What was joined already is not joined twice, and is recorded only where it is graver, or is news `again`.  Nobody is told.
    """
    known = market.listing(listing) if listing else None
    if known is None:
        return None
    with memory.act():
        number = _open_of(listing)
        if number is None:
            try:
                with memory.attempt():
                    number = _new(actor, known, hurt, fire=fire)
            except IntegrityError:  # somebody entered it in the same moment
                number = _open_of(listing)
                assert number is not None
        if _is_known(number, about_report, hurt, fire=fire) and not again:
            return number
        name = about_report or f"{about(number)}:{AccidentReport.objects.filter(accident=number).count() + 1}"
        with perform(actor, ACCIDENTS, number) as act:
            _join(act, AccidentReport(source=source.value, about=name, case=case), hurt, fire, again=again)
    return number


def _open_of(listing: str) -> int | None:
    rows = AccidentListing.objects.filter(listing_ref=listing, accident__closed_at=None)
    return rows.order_by("accident").values_list("accident", flat=True).first()


def _is_known(number: int, about_report: str, hurt: Hurt, *, fire: bool) -> bool:
    """Say whether a flood of the same says nothing new of it, so that nothing is locked."""
    if not AccidentReport.objects.filter(accident=number, about=about_report).exists():
        return False
    row = Accident.objects.get(pk=number)
    return not _is_worse(row, hurt, fire=fire)


def _is_worse(row: Accident, hurt: Hurt, *, fire: bool) -> bool:
    return worse(Hurt(row.hurt), hurt) != row.hurt or (fire and not row.fire)


def _new(actor: Actor, listing: market.ListingFact, hurt: Hurt, *, fire: bool) -> int:
    former = Accident.objects.filter(goods__listing_ref=listing.ref).order_by("-pk").first()
    row = Accident.objects.create(
        listing_ref=listing.ref,
        seller_ref=listing.seller_ref,
        former=former,
        hurt=hurt.value,
        fire=fire,
        entered_by=actor.by,
        known_at=actor.at,
        looked_at=actor.at if actor.is_staff else None,
    )
    _add(row, [listing], actor.at)
    enter(row)
    with entered(actor, ACCIDENTS, row) as act:
        act.record("accident_enter", listing=listing.ref, former=former.pk if former else None)
    return row.pk


def _add(row: Accident, listings: Iterable[market.ListingFact], at: datetime) -> None:
    AccidentListing.objects.bulk_create(
        AccidentListing(accident=row, listing_ref=one.ref, seller_ref=one.seller_ref, added_at=at)
        for one in listings
    )


def _join(act: Performance[Accident], report: AccidentReport, hurt: Hurt, fire: bool, *, again: bool) -> None:
    row, at = act.matter, act.actor.at
    is_worse = _is_worse(row, hurt, fire=fire)
    is_new = not row.reports.filter(about=report.about).exists()
    if not (is_new or is_worse or again):
        return
    act.step("join")
    row.hurt, row.fire = worse(Hurt(row.hurt), hurt).value, row.fire or fire
    act.save("hurt", "fire")
    if is_new:
        report.accident, report.joined_at = row, at
        report.save(force_insert=True)
        if report.source == AccidentSource.TROUBLE and row.kept_at is not None:
            row.kept_at = None  # whoever told last was not asked to keep it
            act.save("kept_at")
    if not act.actor.is_staff:
        row.unread_at = at
        act.save("unread_at")
    act.record("accident_join" if is_new else "accident_worse", about=report.about, hurt=hurt.value)


# What staff do with it, step by step.


def _done(act: Performance[Accident], step: AccidentStep, at: datetime | None = None) -> None:
    """Note that a step was taken: it is left out no longer, and the next look is days from now."""
    row = act.matter
    setattr(row, step.field, at or act.actor.at)
    row.left_out = [one for one in row.left_out if one != step.value]
    act.save(step.field, "left_out")
    _worked(act)


def _worked(act: Performance[Accident]) -> None:
    act.step("work")
    act.matter.looked_at = act.actor.at
    act.save("looked_at")


def look_at(
    actor: Actor, *, accident: int, version: int | None = None, seen_until: datetime | None = None
) -> None:
    """Note that staff have looked at what was told until then; what came since waits for another look."""
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        _worked(act)
        if act.matter.unread_at and (seen_until is None or act.matter.unread_at <= seen_until):
            act.matter.unread_at = None
            act.save("unread_at")
        act.record("accident_look")


def describe(actor: Actor, *, accident: int, told: AccidentInput, version: int | None = None) -> None:
    """Write what is known of it by now, in the place of what was written before."""
    _describe(actor, accident, told, adds=False, version=version)


def _describe(
    actor: Actor, accident: int, told: AccidentInput, *, adds: bool, version: int | None = None
) -> None:
    for words in (told.what, told.where, told.lot, told.maker, told.bought, told.kept):
        written.optional(words)
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        row, said = act.matter, said_of(act.matter)
        given = msgspec.structs.asdict(told)
        new = {name: given[name] for name in ("what", "where", "lot", "maker", "bought", "kept")}
        if adds:
            new = {name: words or getattr(said, name) for name, words in new.items()}
            new["what"] = "\n".join(one for one in (said.what, told.what) if one)
        else:
            row.hurt, row.fire = told.hurt.value, told.fire
        row.happened_on = date.fromisoformat(told.happened_on) if told.happened_on else row.happened_on
        act.save("hurt", "fire", "happened_on")
        keep_said(act, msgspec.structs.replace(said, **new))
        _worked(act)
        act.record("accident_describe", hurt=row.hurt, fire=row.fire)


def add_goods(actor: Actor, *, accident: int, refs: str, version: int | None = None) -> None:
    """Add listings of the same goods by their numbers: their sale is to be stopped, and their buyers warned, too."""
    wanted = [one for one in dict.fromkeys(_APART.split(refs.strip())) if one]
    found = market.listings(wanted)
    if unknown := [one for one in wanted if one not in found] or ([] if wanted else ["—"]):
        raise NoSuchGoods(refs="、".join(unknown)[:200])
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        row = act.matter
        there = set(row.goods.values_list("listing_ref", flat=True))
        new = [found[one] for one in wanted if one not in there]
        if len(there) + len(new) > MOST_GOODS:
            raise TooManyGoods(most=MOST_GOODS)
        for one in new:
            if number := _open_of(one.ref):
                raise GoodsElsewhere(ref=one.ref, number=number)
        _add(row, new, actor.at)
        _worked(act)
        if new:
            row.stopped_at = None
            act.save("stopped_at")
        act.record("accident_add", listings=[one.ref for one in new])


def stop_sale(actor: Actor, *, accident: int, because: WhatIsDangerous, version: int | None = None) -> None:
    """Hide all goods that are not hidden by a finding yet, provisionally; what is hidden already is named by its finding."""
    because = written.reasoned(because)
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        waiting = list(act.matter.goods.filter(hidden_at=None).order_by("pk"))
        if not waiting:
            raise AlreadyStopped
        for one in waiting:
            one.finding = enforcement.hidden_by(one.listing_ref) or _hide(act, one, because)
            one.hidden_at = actor.at
            one.save(update_fields=("finding", "hidden_at"))
        _done(act, AccidentStep.STOP)
        act.record("accident_stop", reason=because, findings=[one.finding for one in waiting])


def _hide(act: Performance[Accident], one: AccidentListing, because: str) -> int:
    finding = hiding.find_reported(
        act.actor,
        breach=DANGEROUS_GOODS.code,
        severity=Severity.GRAVE,
        harm=Reach.DANGER,
        seller=one.seller_ref,
        listing=one.listing_ref,
        review="",
        said=Text(because, because),
        origin=f"{about(act.matter.pk)}:{one.pk}",
    )
    hiding.hide_provisionally(act.actor, finding=finding, because=Text(because, because))
    return finding


def ask_maker(actor: Actor, *, accident: int, asked: ToClarify, version: int | None = None) -> None:
    """Ask the maker, the importer or the domestic administrator what is so."""
    if asked.whom.value not in ("maker", "importer", "representative"):
        raise AskTheMaker
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        row = act.matter
        number = clarifications.clarify(
            actor, about=about(row.pk), seller=row.seller_ref, listing=row.listing_ref, asked=asked
        )
        _done(act, AccidentStep.ASK)
        act.record("accident_ask", clarification=number, whom=asked.whom.value)


def note_told(
    actor: Actor,
    *,
    accident: int,
    whom: ToldWhom,
    how: ToldHow,
    told_at: datetime | None = None,
    version: int | None = None,
) -> None:
    """Note that a person told NITE, the CAA, the maker or its administrator, when and how: the house sends nothing itself."""
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        at = told_at or actor.at
        if not act.matter.known_at.replace(second=0, microsecond=0) <= at <= actor.at:
            raise ToldInFuture
        _done(act, TOLD_STEPS[whom], at)
        act.record("accident_told", whom=whom.value, how=how.value, told_at=at.isoformat())


def ask_to_keep(actor: Actor, *, accident: int, version: int | None = None) -> None:
    """Ask the buyers whose troubles were joined to keep the thing and its box; who told otherwise is asked where they told it."""
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        row = act.matter
        listing = market.listing(row.listing_ref)
        for report in row.reports.filter(source=AccidentSource.TROUBLE.value, kept_at=None).order_by("pk"):
            trouble = contact.trouble(int(report.about.rpartition(":")[2]))
            if trouble is None or seals.erased([f"buyer:{trouble.buyer_ref}"]):
                continue
            outbox.notify(
                to=f"buyer:{trouble.buyer_ref}",
                template=notices.KEEP,
                values={"goods": listing.name if listing else row.listing_ref, "number": report.case},
                about=report.about,
                at=actor.at,
            )
            report.kept_at = actor.at
            report.save(update_fields=("kept_at",))
        _done(act, AccidentStep.KEEP)
        act.record("accident_keep")


def warn_buyers(
    actor: Actor,
    *,
    accident: int,
    goods_ja: GoodsJa,
    what_ja: WhatJa,
    next_ja: NextJa,
    goods_en: GoodsEn,
    what_en: WhatEn,
    next_en: NextEn,
    version: int | None = None,
) -> None:
    """Begin to warn everybody who bought any of its goods: to stop using it, and to keep it."""
    danger = alerts.Danger(
        goods=Text(goods_ja, goods_en), what=Text(what_ja, what_en), next=Text(next_ja, next_en)
    )
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        row = act.matter
        if row.alert is not None:
            raise NobodyToWarn
        refs = tuple(row.goods.values_list("listing_ref", flat=True))
        row.alert = alerts.alert_buyers(
            actor, about=about(row.pk), listings=refs, danger=danger, ask_to_keep=True
        )
        act.save("alert")
        _done(act, AccidentStep.BUYERS)
        act.record("accident_warn", alert=row.alert)


def widen_warning(actor: Actor, *, accident: int, version: int | None = None) -> None:
    """Warn the buyers of the goods that were added since as well."""
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        row = act.matter
        alert = alert_facts.alert(row.alert) if row.alert else None
        refs = set(row.goods.values_list("listing_ref", flat=True))
        if alert is None or not alert.is_live or not refs - set(alert.listings):
            raise NobodyToWarn
        alerts.widen(actor, alert.number, refs)
        _worked(act)
        act.record("accident_widen")


def leave_out(
    actor: Actor, *, accident: int, step: ToLeave, reason: WhyNot, version: int | None = None
) -> None:
    """Leave a step out, and keep why."""
    reason = written.reasoned(reason)
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        row, said = act.matter, said_of(act.matter)
        if getattr(row, step.field) is not None:
            raise StepTaken(step=step.text)
        row.left_out = [*(one for one in row.left_out if one != step.value), step.value]
        act.save("left_out")
        keep_said(act, msgspec.structs.replace(said, left=said.left | {step.value: reason}))
        _worked(act)
        act.record("accident_leave", reason=reason, step=step.value)


def close_accident(actor: Actor, *, accident: int, reason: WhyOver, version: int | None = None) -> None:
    """Close it once each step was taken or left out: what is hidden stays hidden, a warning goes on until it is ended itself."""
    reason = written.reasoned(reason)
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        act.step("close")
        if act.matter.unread_at is not None:
            raise NotLookedAt
        if left := open_steps(act.matter):
            raise StepsOpen(steps=Text.listed([step.text for step in left]))
        _end(act, reason)
        act.record("accident_close", reason=reason)


def dismiss_accident(actor: Actor, *, accident: int, reason: WhyOver, version: int | None = None) -> None:
    """Find that there was none: all who were warned hear so; what is hidden is shown again only by a decision on its finding."""
    reason = written.reasoned(reason)
    with perform(actor, ACCIDENTS, accident, version=version) as act:
        act.step("dismiss")
        row = act.matter
        alert = alert_facts.alert(row.alert) if row.alert else None
        if alert is not None and alert.is_live:
            alerts.end_alert(actor, alert.number, outcome=alerts.AlertOutcome.SAFE, reason=reason)
        _end(act, reason)
        act.record("accident_dismiss", reason=reason)


def _end(act: Performance[Accident], reason: str) -> None:
    clarifications.withdraw_all(act.actor, about=about(act.matter.pk), reason=reason)
    act.matter.closed_at, act.matter.unread_at = act.actor.at, None
    act.save("closed_at", "unread_at")


# On a clock, and when its time is over.


def remind_accident(actor: Actor, *, accident: int) -> None:
    """Tell staff that it is open, and which steps are left."""
    with perform(actor, ACCIDENTS, accident) as act:
        row = act.matter
        if row.closed_at is not None:
            return
        steps = Text.listed([step.text for step in open_steps(row)]) if open_steps(row) else notices.NONE_LEFT
        for role in (Role.AGENT, Role.LEAD):
            outbox.notify(
                to=role.value,
                template=notices.WAITS,
                values={"number": f"{row.pk}", "steps": steps},
                about=about(row.pk),
                at=actor.at,
            )
        act.record("accident_remind")


def erase_accidents(actor: Actor, *, over: datetime, limit: int) -> int:
    """Erase what lies sealed in so many that ended before `over`; what is held stays; return how many went."""
    gone = 0
    for row in Accident.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk").iterator():
        if gone == limit:
            break
        if not seals.held((about(row.pk),)):
            gone += Accident.objects.filter(pk=row.pk, said__isnull=False).update(said=None)
    return gone
