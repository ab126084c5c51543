"""The draft of the next policy is changed by leads and counsel, approved by another person, published, begun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import IntegrityError
from django.db.models import Max

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import CalendarDays, day_text
from mamori.grammar.declaration import Template
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.ground.web.signing.here import is_second
from mamori.japan.calendar import JAPAN
from mamori.japan.written import reasoned
from mamori.law.deadlines import POLICY_NOTICE
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.events import PolicyPublished, PolicySpread
from mamori.rooms.enforcement.inputs import WhyPolicy
from mamori.rooms.enforcement.lifecycle import POLICY, PolicyState
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.policy.records import POLICIES, PolicyWaits, as_seen, name, take
from mamori.rooms.enforcement.policy.rules import checks, judging, table as rules
from mamori.rooms.enforcement.policy.rules.judging import HASTE_TEXTS, Haste, InForce, ready, said_changes
from mamori.rooms.enforcement.policy.rules.table import MOST_ROWS, Edges, PolicyRow, Table

# A change of policy on its way: proposed, sent back, approved by another person and published, begun, or given up.


AT_ONCE = 25
"""So many sellers are told in one transaction, for others wait for it."""
MOST_TOLD = 5
"""So many changes a notice names; all of them stand on the version's page."""
AT_LEAST = CalendarDays(1)
"""Even in haste a whole day passes between publishing and binding."""
TOP = "0"
"""Below which a row stands above all others; no row is called so."""


class PolicyNotWhole(Refusal, code="policy-not-whole", status=422):
    """Given when a table that is to be proposed or published has faults."""

    text = Text(
        "この表には直すところが{count}件あるため、進めません。はじめの1件：{first} 表の「確かめ」を見て直してください。",
        "This table has {count} fault(s), so it cannot go on. The first: {first} Please put right what the checks name.",
    )


class PolicyUnchanged(Refusal, code="policy-unchanged", status=409):
    """Given when a draft says what binds already."""

    text = Text(
        "いまの基準と同じ内容です。変える行を直してから、承認を求めてください。",
        "It says the same as the policy that is published. Please change a row before you ask for approval.",
    )


class AnotherApproves(Refusal, code="policy-needs-another", status=403):
    """Given when who proposed a change would approve it, too, or somebody who does not count beside them."""

    text = Text(
        "承認を求めた人、その人が登録・招待した人とその逆、登録されて間もない人は、承認できません。"
        "ほかの責任者か法務担当に頼んでください。"
        "いないときは、社外の弁護士などをサーバーの `mamori staff add` で法務担当として加えてください。",
        "Who asked for approval cannot give it, nor whom they added or invited, nor who did so for them, nor who is new here. "
        "Please ask another lead or counsel; where there is none, add somebody from outside, such as your lawyer, as counsel "
        "with `mamori staff add` on the server.",
    )


class AnotherAnnounced(Refusal, code="policy-announced", status=409):
    """Given when a version is published that does not bind yet."""

    text = Text(
        "公表済みの第{number}版がまだ始まっていません。始まるのを待つか、それを取りやめてから公表してください。",
        "Version {number} is published and not in force yet. Please wait until it is, or discard it first.",
    )


class HasteUnfounded(Refusal, code="policy-not-milder", status=422):
    """Given when a change is called milder everywhere and is not."""

    text = Text(
        "この改定には出品者に不利になる場合があるため、この理由では予告を省けません。別の理由を選ぶか、予告期間を置いてください。",
        "Somewhere this change is to a seller's disadvantage, so it cannot do without notice for this reason. Please choose "
        "another reason, or give notice.",
    )


class AnotherDiscards(Refusal, code="policy-discard-needs-another", status=403):
    """Given when who proposed a version that is published would give it up alone."""

    text = Text(
        "公表した版は二人で決めたものなので、提案した人や、その人が登録・招待した人だけでは取りやめられません。"
        "ほかの責任者か法務担当に頼んでください。"
        "いないときは、社外の弁護士などをサーバーの `mamori staff add` で加えてください。",
        "Two people decided on a published version, so who proposed it, or whom they added or invited, cannot give it up "
        "alone. Please ask another lead or counsel; where there is none, add somebody from outside, such as your lawyer, "
        "with `mamori staff add` on the server.",
    )


class PolicyBinds(Refusal, code="policy-binds", status=409):
    """Given when a version that binds already would be discarded."""

    text = Text(
        "この版はもう始まっているため、取りやめられません。新しい改定案を作ってください。",
        "This version binds already and cannot be discarded. Please begin a new change.",
    )


def propose_policy(actor: Actor, *, number: int, version: int, reason: WhyPolicy) -> None:
    """Ask another lead or counsel to approve a draft; it is kept as it is until then."""
    reason = reasoned(reason)
    with perform(actor, POLICIES, number) as act:
        row = act.matter
        if PolicyState(row.state) is PolicyState.DRAFT:
            as_seen(row, version)
        take(act, "propose")
        _whole(row)
        if rules.read(row.table) == records.newest(actor.at).table:
            raise PolicyUnchanged()
        row.proposed_by = people.subject_of(actor)
        row.proposed_at = actor.at
        act.save("proposed_by", "proposed_at")
        act.record("propose_policy", reason=reason)
        _notify_deciders(actor, row, notices.PROPOSED)


def send_back_policy(actor: Actor, *, number: int, reason: WhyPolicy) -> None:
    """Make a proposal a draft again, for somebody to change or discard it."""
    reason = reasoned(reason)
    with perform(actor, POLICIES, number) as act:
        _send_back(act, reason)


def lapse_policy(actor: Actor, *, number: int) -> None:
    """Make a proposal that nobody approved in time a draft again, and say so."""
    with perform(actor, POLICIES, number) as act:
        _send_back(act, "")
        _notify_deciders(actor, act.matter, notices.LAPSED)


def publish_policy(
    actor: Actor, *, number: int, version: int, haste: Haste | None = None, reason: str = ""
) -> None:
    """Approve a proposal and publish it; it binds when its notice is over, or after a day where a listed exception holds."""
    reason = reasoned(reason) if haste else ""
    with perform(actor, POLICIES, number) as act:
        row = act.matter
        if PolicyState(row.state) is PolicyState.PROPOSED:
            as_seen(row, version)
        take(act, "publish")
        if not is_second(actor, than=row.proposed_by):
            raise AnotherApproves()
        waiting = Policy.objects.filter(state=PolicyState.ANNOUNCED).first()
        if waiting:
            raise AnotherAnnounced(number=waiting.number)
        new = _whole(row)
        if haste is Haste.MILDER and not judging.is_milder_everywhere(records.in_force(actor.at), new):
            raise HasteUnfounded()
        notice = AT_LEAST if haste else terms.duration(POLICY_NOTICE, at=actor.at)
        row.approved_by, row.published_at = people.subject_of(actor), actor.at
        row.notice = str(notice)
        row.binds_on = clocks.after(actor.at, notice).astimezone(JAPAN).date()
        act.save("approved_by", "published_at", "notice", "binds_on")
        ground = haste.value if haste else ""
        act.record("publish_policy", ground=ground, reason=reason, binds_on=row.binds_on.isoformat())
        told = PolicyPublished(subject=name(number), policy=number, binds_on=row.binds_on.isoformat())
        outbox.publish(told, at=actor.at)
        _spread(actor, number, haste=haste)


def begin_policy(actor: Actor, *, number: int) -> None:
    """Let a published version take the place of the one in force; its day has come."""
    with perform(actor, POLICIES, number) as act:
        for former in Policy.objects.select_for_update().filter(state=PolicyState.IN_FORCE):
            with entered(actor, POLICIES, former) as replaced:  # saved before another one is in force
                take(replaced, "replace")
                replaced.record("replace_policy", by=number)
        take(act, "begin")
        act.record("begin_policy")
        _notify_deciders(actor, act.matter, notices.BEGUN)


def discard_policy(actor: Actor, *, number: int, reason: WhyPolicy) -> None:
    """Give up a draft, a proposal, or a published version whose day has not come."""
    reason = reasoned(reason)
    with perform(actor, POLICIES, number) as act:
        row = act.matter
        take(act, "discard")
        if row.binds_on and row.binds_on <= actor.at.astimezone(JAPAN).date():
            raise PolicyBinds()
        if row.binds_on and not is_second(actor, than=row.proposed_by):
            raise AnotherDiscards()
        act.record("discard_policy", reason=reason)
        if row.binds_on:
            _spread(actor, number, discarded=True)


def notify_sellers(actor: Actor, *, number: int, after: str, discarded: bool, haste: Haste | None) -> None:
    """Tell the next few sellers of a published version, or that it was given up, and go on until none is left."""
    with memory.act():
        row = Policy.objects.get(number=number)
        if row.binds_on is None or (row.state == PolicyState.DISCARDED) is not discarded:
            return  # given up while sellers were still being told
        template = notices.CALLED_OFF if discarded else notices.TOLD
        values: dict[str, object] = {"number": number, "day": day_text(row.binds_on)}
        if not discarded:
            before = records.in_force(row.published_at or actor.at).table
            values["what"] = said_changes(before, rules.read(row.table), most=MOST_TOLD)
        if haste:
            template, values = notices.TOLD_SOON, values | {"why": HASTE_TEXTS[haste]}
        sellers = market.selling(after=after, limit=AT_ONCE)
        for ref in sellers:
            outbox.notify(
                to=f"seller:{ref}", template=template, values=values, about=name(number), at=actor.at
            )
        if len(sellers) == AT_ONCE:
            _spread(actor, number, after=sellers[-1], discarded=discarded, haste=haste)


def _send_back(act: Performance[Policy], reason: str) -> None:
    take(act, "send_back")
    act.matter.proposed_by = ""
    act.save("proposed_by")
    act.record("send_back_policy", reason=reason)


def _spread(
    actor: Actor, number: int, *, after: str = "", discarded: bool = False, haste: Haste | None = None
) -> None:
    event = PolicySpread(
        subject=name(number),
        policy=number,
        after=after,
        discarded=discarded,
        haste=haste.value if haste else "",
    )
    outbox.publish(event, at=actor.at)


def _whole(row: Policy) -> InForce:
    """Return a table that may be published, ready to be asked."""
    table = rules.read(row.table)
    found = checks.faults(table)
    if found:
        raise PolicyNotWhole(count=len(found), first=found[0].text)
    return ready(table, number=row.number, since=row.drafted_at.astimezone(JAPAN).date())


def _notify_deciders(actor: Actor, row: Policy, template: Template) -> None:
    for to in (Role.LEAD, Role.COUNSEL):
        outbox.notify(
            to=to.value, template=template, values={"number": row.number}, about=name(row.number), at=actor.at
        )


# The draft of the next policy: begun from what binds, and changed row by row by leads and counsel.


class DraftStands(Refusal, code="policy-draft-stands", status=409):
    """Given when there is a draft or a proposal already."""

    text = Text(
        "改定案（第{number}版、{state}）がすでにあります。それを直すか、取りやめてから新しく作ってください。",
        "There is a change already (version {number}, {state}). Please edit it, or discard it before you begin another.",
    )


class RowUnfit(Refusal, code="policy-row-unfit", status=422):
    """Given when a row is out of bounds by itself."""

    text = Text(
        "{row}番の行は保存できません。{why}直してから、もう一度保存してください。",
        "Row {row} cannot be saved. {why} Please put it right and save again.",
    )


class BandsUnfit(Refusal, code="policy-bands-unfit", status=422):
    """Given when edges or expiry of points are out of bounds."""

    text = Text("{why}直してから、もう一度保存してください。", "{why} Please put it right and save again.")


class NoSuchRow(Refusal, code="no-such-policy-row", status=404):
    """Given when a row is gone."""

    text = Text(
        "その行はもうありません。表に戻って、いまの行を確かめてください。",
        "That row is gone. Please go back to the table and look at its rows now.",
    )


def draft_policy(actor: Actor) -> int:
    """Begin the next version from the newest that is published; return its number."""
    POLICY.take("edit", PolicyState.DRAFT, actor.role)
    with memory.act():
        standing = Policy.objects.filter(state__in=(PolicyState.DRAFT, PolicyState.PROPOSED)).first()
        if standing:
            raise DraftStands(number=standing.number, state=POLICY.states[PolicyState(standing.state)])
        number = (Policy.objects.aggregate(most=Max("number"))["most"] or 0) + 1
        base = records.newest(actor.at)
        row = Policy(
            number=number,
            table=rules.stored(base.table),
            drafted_by=people.subject_of(actor),
            drafted_at=actor.at,
        )
        try:
            with memory.attempt():
                row.save(force_insert=True)
        except IntegrityError:  # somebody else began one at the same moment
            raise DraftStands(number=number, state=POLICY.states[PolicyState.DRAFT]) from None
        with entered(actor, POLICIES, row) as act:
            act.record("draft_policy", base=base.number)
    return number


def put_row(actor: Actor, *, number: int, version: int, row: PolicyRow, after: str = "") -> None:
    """Write a row into the draft, in place of the one of its name: below the row `after`, or above all others below `TOP`.

    Where no such row stands it stays in its place; a new one goes to the end.
    """
    if not row.name:
        raise NoSuchRow()
    for fault in checks.of_row(row):
        raise RowUnfit(row=row.name, why=fault.text)

    def change(table: Table) -> Table:
        names = [one.name for one in table.rows]
        at = names.index(row.name) if row.name in names else len(names)
        if at == len(names) >= MOST_ROWS:
            raise RowUnfit(row=row.name, why=checks.TOO_MANY.text)
        others = [one for one in table.rows if one.name != row.name]
        if after == TOP:
            at = 0
        elif after in names and after != row.name:
            at = 1 + next(n for n, one in enumerate(others) if one.name == after)
        return replace(table, rows=(*others[:at], row, *others[at:]))

    _change(actor, number, version, "put_row", change, row=row.name)


def drop_row(actor: Actor, *, number: int, version: int, row: str) -> None:
    """Delete a row of the draft."""

    def change(table: Table) -> Table:
        if table.row(row) is None:
            raise NoSuchRow()
        return replace(table, rows=tuple(one for one in table.rows if one.name != row))

    _change(actor, number, version, "drop_row", change, row=row)


def set_bands(actor: Actor, *, number: int, version: int, edges: Edges, expires_days: int) -> None:
    """Set from how many points on a history is a few, several, many, and for how many days points count."""
    for fault in checks.of_bands(edges, expires_days):
        raise BandsUnfit(why=fault.text)
    _change(
        actor,
        number,
        version,
        "set_bands",
        lambda table: replace(table, edges=edges, expires_days=expires_days),
    )


def replace_table(actor: Actor, *, number: int, version: int, text: str) -> None:
    """Put the table of a file in place of the draft's."""
    table = rules.load(text)
    for fault in checks.of_bands(table.edges, table.expires_days):
        raise BandsUnfit(why=fault.text)
    for row in table.rows:
        for fault in checks.of_row(row):
            raise RowUnfit(row=row.name, why=fault.text)
    _change(actor, number, version, "replace_table", lambda _: table)


def _change(
    actor: Actor, number: int, version: int, verb: str, change: Callable[[Table], Table], **payload: Any
) -> None:
    with perform(actor, POLICIES, number) as act:
        row = act.matter
        if PolicyState(row.state) is PolicyState.PROPOSED:
            raise PolicyWaits(number=number)
        if PolicyState(row.state) is PolicyState.DRAFT:
            as_seen(row, version)
        take(act, "edit")
        row.table = rules.stored(change(rules.read(row.table)))
        act.save("table")
        act.record(verb, **payload)
