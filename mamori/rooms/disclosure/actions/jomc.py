"""The page of JOMC: a text is sent, its listing recorded with its day, its link looked at by a clock."""

from __future__ import annotations

from datetime import date

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance, perform
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.japan.spoken import spoken
from mamori.law.jomc import JOMC_HOSTS
from mamori.rooms.disclosure import notices
from mamori.rooms.disclosure.actions.record import record, record_version
from mamori.rooms.disclosure.acts import MEASURE_ACTS
from mamori.rooms.disclosure.inputs import WhyDropped, WhyUnlisted
from mamori.rooms.disclosure.lifecycle import DECIDERS, JOMC, JomcState
from mamori.rooms.disclosure.models import JomcEntry
from mamori.rooms.disclosure.queries.jomc import NoSuchJomcEntry, about_jomc, text_now
from mamori.rooms.disclosure.rules.jomc import is_dead, of_jomc, stands_there


class JomcTextMoved(Refusal):
    """Given when the text is another than the one that was read and sent."""

    code = "jomc-text-moved"
    status = 409
    text = Text(
        "文が、お読みになったあとで変わりました。前の画面に戻って新しい文を読み、それを送ってから記録してください。",
        "The text has changed since you read it. Please go back, read the new one, send that, and record it then.",
    )


class JomcWaits(Refusal):
    """Given when a text that was sent is not listed yet."""

    code = "jomc-waits"
    status = 409
    text = Text(
        "前に送った文が、まだ掲載を待っています。掲載を記録するか、取りやめてから、新しい文を送ってください。",
        "A text that was sent before is not listed yet. Please record that it is listed, or give it up, and then send a new one.",
    )


class NotAtJomc(Refusal):
    """Given when an address is none at which a page of JOMC may stand."""

    code = "not-at-jomc"
    status = 422
    text = Text(
        "JOMCのページのアドレスとして受け付けられるのは、https:// で始まり、ホストが次のどれかのものだけです：{hosts}。"
        "ほかのホストに移ったときは、設定「{setting}」に加えてください。",
        "A page of JOMC is taken only at an address that starts with https:// on one of these hosts: {hosts}. Where it has moved "
        "to another, add that to the setting “{setting}”.",
    )


class ListedBeforeSent(Refusal):
    """Given when a text is said to be listed on a day before it was sent, or on one that has not come."""

    code = "listed-before-sent"
    status = 422
    text = Text(
        "掲載された日には、送った日（{sent}）から今日までの日を書いてください。",
        "Please write a day from {sent}, when it was sent, until today.",
    )


def send_jomc(hand: Hand, *, digest: str) -> int:
    """Record that the text of now, which was read and has that digest, was sent to JOMC; return the entry's number."""
    if hand.role not in DECIDERS:
        raise NoSuchJomcEntry
    with memory.act():
        found = text_now(hand.at)
        if found.digest != digest:
            raise JomcTextMoved
        if JomcEntry.objects.select_for_update().filter(state=JomcState.SENT).exists():
            raise JomcWaits
        row = JomcEntry.objects.create(
            body_ja=found.ja,
            body_en=found.en,
            digest=found.digest,
            sent_at=hand.at,
            sent_by=people.subject_of(hand),
        )
        record(hand, "jomc_send", about_jomc(row.pk), sha256=row.digest)
    return row.pk


def list_jomc(hand: Hand, *, entry: int, address: str, changed_on: date, version: int | None = None) -> None:
    """Record that a text stands on JOMC's page since a day, or put right where and since when; it replaces the one before."""
    hosts, address = terms.setting(JOMC_HOSTS, at=hand.at), address.strip()
    with perform(hand, ENTRIES, entry, version=version) as act:
        row = act.matter
        JOMC.take("list", JomcState(row.state), hand.role)
        if not stands_there(address, hosts):
            raise NotAtJomc(hosts="、".join(hosts.split()) or "–", setting=JOMC_HOSTS.title)
        if not row.sent_at.astimezone(JAPAN).date() <= changed_on <= hand.at.astimezone(JAPAN).date():
            raise ListedBeforeSent(sent=f"{row.sent_at.astimezone(JAPAN):%Y-%m-%d}")
        if row.state == JomcState.SENT:
            _replace(act)
        act.step("list")
        if row.address != address:  # another one did not fail yet
            row.failures, row.fault, row.looked_at, row.failing_since = 0, "", None, None
        row.address, row.changed_on, row.listed_at = address, changed_on, hand.at
        row.look_at = hand.at
        act.save("address", "changed_on", "listed_at", *LOOKED)
        act.record("jomc_list", address=address, changed_on=f"{changed_on}", sha256=row.digest)


def end_jomc(hand: Hand, *, entry: int, reason: WhyUnlisted, version: int | None = None) -> None:
    """Say that a text stands there no more: the link leaves the public page."""
    _close(hand, entry, "end", reason, version)


def drop_jomc(hand: Hand, *, entry: int, reason: WhyDropped, version: int | None = None) -> None:
    """Give up a text that was sent and is not listed."""
    _close(hand, entry, "drop", reason, version)


def _close(hand: Hand, entry: int, step: str, reason: str, version: int | None) -> None:
    with perform(hand, ENTRIES, entry, version=version) as act:
        act.step(step)
        act.matter.closed_at = hand.at
        act.matter.look_at = None
        act.save("closed_at", "look_at")
        act.record(f"jomc_{step}", reason=reason)


def call_look(hand: Hand, *, entry: int) -> None:
    """Let the page be looked at: the look itself is on the network, and in no transaction."""
    with perform(hand, ENTRIES, entry) as act:
        act.matter.look_at = hand.at
        act.save("look_at")


def note_look(hand: Hand, *, entry: int, address: str, fault: str) -> None:
    """Note what a look at an address found: `fault` is what was wrong, "" where the page answered.

    Staff are told once when it has not answered for so many looks in a row.  What was looked at before the address was put
    right says nothing of the new one.
    """
    with perform(hand, ENTRIES, entry) as act:
        row = act.matter
        if row.state != JomcState.LISTED or row.address != address:
            return
        was_dead = is_dead(row.failures)
        row.look_at, row.looked_at, row.fault = None, hand.at, fault[:200]
        row.failures = min(row.failures + 1, 1_000) if fault else 0
        row.failing_since = (row.failing_since or hand.at) if fault else None
        act.save(*LOOKED)
        if is_dead(row.failures) and not was_dead:
            _tell(act)
            act.record("jomc_dead", address=address, fault=row.fault)
        elif was_dead and not fault:
            act.record("jomc_answers", address=address)


LOOKED = ("look_at", "looked_at", "failures", "failing_since", "fault")


def _tell(act: Performance[JomcEntry]) -> None:
    assert act.matter.failing_since is not None
    for role in sorted(DECIDERS):
        outbox.tell(
            to=role.value,
            template=notices.JOMC_DEAD,
            values={"number": f"{act.matter.pk}", "since": spoken(act.matter.failing_since)},
            about=about_jomc(act.matter.pk),
            at=act.hand.at,
        )


def _replace(act: Performance[JomcEntry]) -> None:
    """Let what stood there until now be replaced."""
    stood = JomcEntry.objects.select_for_update().filter(state=JomcState.LISTED).first()
    if stood is None:
        return
    other = act.also(ENTRIES, stood)
    other.step("replace")
    stood.closed_at, stood.look_at = act.hand.at, None
    stood.save(update_fields=["state", "closed_at", "look_at"])  # before the other: one stands at a time
    other.record("jomc_replace")


def _find(hand: Hand, number: int, version: int | None) -> JomcEntry:
    row = JomcEntry.objects.select_for_update().filter(pk=number).first()
    if row is None or hand.role not in DECIDERS | {Role.MACHINE}:
        raise NoSuchJomcEntry
    if version is not None and version != row.version:
        raise changed(about_jomc(number), MEASURE_ACTS)
    return row


def _settle(act: Performance[JomcEntry]) -> None:
    settlement.settle({about_jomc(act.matter.pk): of_jomc(act.matter)}, at=act.hand.at, why=act.verb)


ENTRIES: Kind[JomcEntry, int] = Kind(
    chart=JOMC,
    find=_find,
    case=lambda row: about_jomc(row.pk),
    record=record_version,
    settle=_settle,
)
__all__ = [
    "JomcTextMoved",
    "JomcWaits",
    "ListedBeforeSent",
    "NotAtJomc",
    "call_look",
    "drop_jomc",
    "end_jomc",
    "list_jomc",
    "note_look",
    "send_jomc",
]
