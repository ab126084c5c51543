"""Anybody reports: what was typed is taken as it is, joins what is open about the same, and is sealed with a key of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.matters.performance import Performance, entered
from mamori.ground.matters.seen import after_all
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import HARM_REPORTS, HARM_REPORTS_IN_ALL, Limit
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready
from mamori.japan.spoken import spoken
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.law.settings import OPERATOR_PHONE
from mamori.rooms.complaints import notices
from mamori.rooms.complaints.actions.mailing import leave_at_first
from mamori.rooms.complaints.actions.matter import COMPLAINTS, enter, nobody, sealed
from mamori.rooms.complaints.models import IS_HARM, Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import about_complaint
from mamori.rooms.complaints.queries.sealed import TABLE, about_report, ref_of
from mamori.rooms.complaints.queries.things import ThingReported, thing_of
from mamori.rooms.complaints.rules import ReportSaid, ReportTold, in_danger, is_harm, raises

REPORTS = Limit(name="complaint-reports", most=20, per=timedelta(minutes=15))  # from one network address


class HarmsEnough(people.TooMany, code="harms-enough", status=429):
    """Given when one browser has reported as many harms as it may; by telephone every one is heard."""

    text = Text(
        "けが・火の申し出は、同じ画面からは15分に{most}件までです。急ぎのことは、お電話でお知らせください：{phone}。"
        "ここからは、{when}からまた送れます。書いたものは消えていません。",
        "One browser may report {most} injuries or fires in 15 minutes. Please tell us by telephone what is urgent: {phone}. "
        "From here you can send again from {when}. What you wrote is kept.",
    )


CENTRE = Text("相談窓口", "the customer centre")


def report(
    hand: Hand, *, told: ReportTold, secret: str, source: str, browser: str = "", files: Ready | None = None
) -> int:
    """Take a report of whoever it is and return its number; what is sent again under the same secret is the same report.

    `source` is the network that it came from, of which only a keyed mark is kept, and `browser` what tells it from others there.
    """
    hand, ref, files = nobody(hand), ref_of(secret), files or Ready()
    known = ComplaintReport.objects.filter(ref=ref).first()
    if known is not None:
        return known.pk
    is_many = _count(told, source, browser, hand.at)
    row = new_row(hand, told, ref, source)
    row.digest, row.is_many = seals.digest_of(secret), is_many
    said = ReportSaid(where=told.where, words=told.words, items=told.items, danger=told.danger)
    with kept(hand, told, row, said, files) as act:
        if told.mail:
            leave_at_first(act, row, said, told.mail, secret)
    return row.pk


def _count(told: ReportTold, source: str, browser: str, at: datetime) -> bool:
    """Count it, and say whether it came among more harms than usual: no address is shut out from telling of a harm."""
    if not told.is_harm:
        people.count(REPORTS, source, at=at)
        return False
    if browser and not people.counts(HARM_REPORTS, browser, at=at):
        phone, wait = terms.setting(OPERATOR_PHONE, at=at), HARM_REPORTS.wait(at)
        when = spoken(HARM_REPORTS.ends_at(at))
        raise HarmsEnough(wait=wait, most=HARM_REPORTS.most, phone=phone or CENTRE, when=when)
    return not people.counts(HARM_REPORTS_IN_ALL, "", at=at)


def new_row(hand: Hand, told: ReportTold, ref: str, source: str) -> ComplaintReport:
    """Return a report that is not kept yet; from no source nothing is taken for a repeat of another."""
    words = "\n".join((source, told.where, told.reason, told.words, *sorted(told.items)))
    return ComplaintReport(
        ref=ref,
        language="en" if told.language == "en" else "ja",
        mark=seals.blind(f"{TABLE}.mark", words) if source else b"",
        source=seals.blind(f"{TABLE}.source", source) if source else b"",
        is_harmed=is_harm(told.danger),
        is_raised=raises(told.words),
        received_at=hand.at,
    )


@contextmanager
def kept(
    hand: Hand,
    told: ReportTold,
    row: ComplaintReport,
    said: ReportSaid,
    files: Ready,
    *,
    verb: str = "report",
    **more: Any,
) -> Iterator[Performance[Complaint]]:
    """Keep a report and its files in what is open about the same, and record it; what else it brings is done in the block."""
    with memory.act():
        whole, is_new = _joined(hand, told.what, told.reason, thing_of(told, row.ref))
        row.complaint = whole
        with entered(hand, COMPLAINTS, whole) as act:
            is_first = not row.source or not whole.reports.filter(source=row.source).exists()
            row.said, row.unread_at = sealed(row, said), _unread_from(act)
            row.save(force_insert=True)
            for one in files.files:
                vault.keep(hand, one, about=about_report(row.ref))
            known = {"what": whole.what, "reason_code": whole.reason, "files": len(files.files)}
            act.record(verb, report=row.pk, **known, **more)
            if told.is_harm or is_first:
                is_new_danger = is_new and told.reason is ComplaintReason.DANGEROUS
                alarm(act, row, is_harm=told.is_harm, begins=is_new_danger or told.is_harm)
            yield act


def hear(act: Performance[Complaint], row: ComplaintReport, *, is_harm: bool, is_wish: bool = False) -> None:
    """Let somebody read what was added to a report, which is saved; of a danger everybody is told, whoever has begun.

    After the decision that is a matter of its own, which the report goes on in: in danger by a harm alone, so that a word of
    thanks is read and wakes nobody.  A wish for another look without a harm stays.
    """
    fields = ("said", "is_harmed", "is_raised", "unread_at", "wished_at", "complaint", "before")
    if act.matter.closed_at is not None and (is_harm or (act.matter.is_dangerous and not is_wish)):
        row.before, act = act.matter, _anew(act)
        row.complaint = act.matter
    row.unread_at = _unread_from(act)
    row.save(update_fields=fields)
    alarm(act, row, is_harm=is_harm, begins=is_harm)


def _unread_from(act: Performance[Complaint]) -> datetime:
    """Return since when something of a matter, which is locked, waits to be read: after all that ever waited there.

    Whoever began to write first may come to the lock last, also after the rest was read; no page of before holds it.
    """
    until = act.matter.told_until = after_all(act.hand.at, act.matter.told_until)
    act.save("told_until")
    return until


def alarm(act: Performance[Complaint], row: ComplaintReport, *, is_harm: bool, begins: bool) -> None:
    """Let a danger stand from now on where it `begins`, and tell staff of what is there of one that nobody has read.

    They are told once until somebody reads or begins, and again of the first harm among that: a flood tells nobody off.
    """
    whole, at = act.matter, act.hand.at
    is_new = begins and not in_danger(whole)
    if is_new:
        whole.danger_at, whole.danger_ended_at = at, None
        act.save("danger_at", "danger_ended_at")
    if whole.closed_at is not None or not whole.is_dangerous:
        return
    unread = whole.reports.filter(IS_HARM, unread_at__isnull=False).exclude(pk=row.pk)
    if not is_new and whole.alarm_at is not None and not (is_harm and not unread.exists()):
        return
    whole.alarm_at = whole.alarm_at or at
    act.save("alarm_at")
    for role in sorted(STAFF):
        outbox.tell(
            to=role.value,
            template=notices.DANGER_REPORTED,
            values={"number": f"{whole.pk}"},
            about=about_complaint(whole.pk),
            at=at,
        )
    act.record("alarm", report=row.pk, harm=is_harm)


def _anew(act: Performance[Complaint]) -> Performance[Complaint]:
    """Return what is open about the same as one that was decided: outcomes are counted on, so that each is told once."""
    old = act.matter
    thing = ThingReported(
        name=old.thing, seller=old.seller_ref, listing=old.listing_ref, review=old.review_ref
    )
    whole, is_new = _joined(act.hand, ReportedWhat(old.what), ComplaintReason(old.reason), thing)
    other = act.also(COMPLAINTS, whole)
    whole.round = max(whole.round, old.round)
    whole.named_by = old.named_by if is_new else whole.named_by
    other.save("round", "named_by")
    return other


def _joined(
    hand: Hand, what: ReportedWhat, reason: ComplaintReason, thing: ThingReported
) -> tuple[Complaint, bool]:
    """Return what is open about the same thing and reason, locked, or a new one that names the former."""
    same = Complaint.objects.filter(thing=thing.name, reason=reason.value)
    if (row := _open_one(same)) is not None:
        return row, False
    try:
        with memory.attempt():
            new = Complaint.objects.create(
                what=what.value,
                reason=reason.value,
                thing=thing.name,
                seller_ref=thing.seller,
                listing_ref=thing.listing,
                review_ref=thing.review,
                former=same.order_by("-pk").first(),
                received_at=hand.at,
            )
            enter(new)
            return new, True
    except IntegrityError:  # somebody reported the same in the same moment
        return _joined(hand, what, reason, thing)


def _open_one(same: QuerySet[Complaint]) -> Complaint | None:
    return same.select_for_update().filter(IS_OPEN).first()
