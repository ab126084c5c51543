"""The verbs of screening: own words drafted, tried, used and retired; lists taken in; listings looked at; candidates decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, BinaryIO

from django.db.models import Count

from mamori.grammar.actor import HEADS, Actor, Role
from mamori.grammar.measure import Reach
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import GoodsCondition, ListingFact, ListingState, heading_folded, open_rows
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.law.breaches import DANGEROUS_GOODS, UNLAWFUL_GOODS
from mamori.law.clarifications import AskedWhat, AskedWhom
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.clarifications import actions as clarifications
from mamori.rooms.enforcement.measures.actions import hiding
from mamori.rooms.safety.events import ScreeningGoesOn
from mamori.rooms.safety.lifecycle import SCREENING, ScreeningState
from mamori.rooms.safety.models import ScreenedListing, Screening
from mamori.rooms.safety.models.screening import WAITS
from mamori.rooms.safety.screening.acts import SCREENING_ACTS, SCREENING_CASE, WhyUsed
from mamori.rooms.safety.screening.notices import SCREENED
from mamori.rooms.safety.screening.rules import DECLARED, LISTS, Hit, Outcome, Screen, Told, fault_of, of_look
from mamori.rooms.safety.watches import actions as watches

WATCH, AGAIN = "safety.screening", "safety.screening.again"
"""Under the first listings are looked at as they are told; the second goes through all of them."""
AT_ONCE = 100
"""So many candidates are decided in one transaction at most."""
MOST_TERMS, MOST_NAMES, LONGEST = 200, 5_000, 100
MONTH = timedelta(days=30)
_NAMED = regex(
    ".*(?:事業者|会社|製造|輸入|販売|メーカー|ブランド|商号|氏名|maker|manufacturer|importer|seller|company|brand).*|名称?|names?"
)
_HEADED_WITHIN = 10


class NoSuchScreening(Refusal, code="no-such-screening", status=404):
    """Given when there is no such rule for this actor."""

    text = Text(
        "この確認の規則は見つかりません。番号をご確認ください。",
        "There is no such rule. Please check its number.",
    )


class TermTooShort(Refusal, code="screening-term-too-short", status=422):
    """Given when a word would be found in nearly everything, or when there is none."""

    text = Text(
        "「{term}」は短すぎて、ほとんどの出品に当たります。かなや漢字は二文字から、英字や数字は三文字からの言葉を、1行に1つずつ書いてください。",
        "“{term}” is too short: it would be found nearly everywhere. Please write words of at least two signs (three in Latin "
        "letters or figures), one on each line.",
    )


class TooManyTerms(Refusal, code="screening-too-many-terms", status=422):
    """Given when a rule has more words, or a list more names, than are looked for."""

    text = Text(
        "多すぎます（{most}件まで）。分けてください。何も変えていません。",
        "These are too many (at most {most}). Please part them. Nothing was changed.",
    )


class NamesUnread(Refusal, code="screening-names-unread", status=422):
    """Given when a list has no column of names, or none in it."""

    text = Text(
        "名前の列が見つかりません。見出しを「事業者名」「ブランド」などとした表（ExcelかCSV）にしてください。何も変えていません。",
        "There is no column of names. Please head it “name”, “company” or “brand” in a table (Excel or CSV). Nothing was changed.",
    )


class ListOlder(Refusal, code="screening-list-older", status=409):
    """Given when a list is of a day to come, or older than the one that is there."""

    text = Text(
        "一覧の日付をご確認ください。今日までで、いま使っている一覧の日付（{as_of}）より前でない日にしてください。",
        "Please check the day of the list: it is today at the latest, and not before that of the list in use ({as_of}).",
    )


class NotTried(Refusal, code="screening-not-tried", status=409):
    """Given when own words are used before it is known what they would find."""

    text = Text(
        "前の月の出品での効き目を、まだ調べています。終わってから、結果を見て決めてください。",
        "What they would find in last month's listings is still being counted. Please look at it first.",
    )


class NothingPicked(Refusal, code="screening-nothing-picked", status=422):
    """Given when no candidate is ticked that still waits."""

    text = Text(
        "決める候補に印を付けてください。ほかの人がすでに決めたものは選べません。",
        "Please tick the candidates that you decide on. What somebody else decided meanwhile cannot be chosen.",
    )


# The kind of matter: a rule, found locked, recorded, and its case settled once it has found something.


def about(rule: int) -> str:
    """Return the name under which acts and notices know a rule."""
    return f"{SCREENING_CASE.code}:{rule}"


SCREENED_LISTING = "safety.screened"
"""Under this name, with the number of a listing that a rule found, its seller is asked and a finding is opened."""


def _find(actor: Actor, number: int, version: int | None) -> Screening:
    row = Screening.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None or not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchScreening
    if version is not None and version != row.version:
        raise changed(about(number), SCREENING_ACTS)
    return row


def _record(act: Performance[Screening], verb: str, reason: str = "", **told: Any) -> int:
    act.matter.version += 1
    act.save("version")
    name, kind = about(act.matter.pk), f"safety.{verb}"
    told |= {"state": act.matter.state}
    return ledger.record(act.actor, kind=kind, subject=ledger.MARKET, about=name, reason=reason, payload=told)


def _settle(act: Performance[Screening]) -> None:
    row = act.matter
    if row.told_at is None:
        return  # it has found nothing yet, and is no case
    owed = ["screened"] if row.found.filter(WAITS).exists() else []
    cases.update(
        about=about(row.pk),
        state=row.state,
        lead=None,
        closed_at=None if owed else case_facts.case_of(about(row.pk)).closed_at or act.actor.at,
        urgent_since=row.unread_at if owed and row.is_danger else None,
        attention=owed[0] if owed else None,
        asks=owed,
    )


SCREENINGS: MatterKind[Screening, int] = MatterKind(
    chart=SCREENING, find=_find, case=lambda row: about(row.pk), record=_record, settle=_settle
)


# Own words: drafted by a head, tried on last month's listings, used, retired; and lists of names.


def add_term(
    actor: Actor, *, title: str, terms: Sequence[str], but: Sequence[str], why: str, ask: str, danger: bool
) -> int:
    """Draft words of the operator's own and return the rule's number; what they would find is counted in the background."""
    if actor.role not in HEADS:
        raise NoSuchScreening
    if not terms or (short := fault_of((*terms, *but))) is not None:
        raise TermTooShort(term=short if terms else "—")
    if len(terms) + len(but) > MOST_TERMS:
        raise TooManyTerms(most=MOST_TERMS)
    kept = {
        "title": title,
        "why": written.reasoned(why),
        "ask": ask,
        "terms": [*terms],
        "but": [*but],
        "danger": danger,
    }
    with memory.act():
        row = Screening.objects.create(entered_by=people.subject_of(actor), entered_at=actor.at, **kept)
        watches.begin_watch(about(row.pk), at=actor.at, reached=market.goods_told_until(actor.at - MONTH))
        _go_on(actor, about(row.pk))
        with entered(actor, SCREENINGS, row) as act:
            act.record("screening_add", why, title=title, terms=[*terms], but=[*but])
    return row.pk


def try_term(actor: Actor, *, screening: int) -> None:
    """Hold a draft against the next listings that were told in the month before it was made."""
    with perform(actor, SCREENINGS, screening) as act:
        row = act.matter
        if row.state != ScreeningState.DRAFT or row.tried_at is not None:
            return
        if watches.look_on(about(row.pk), partial(_look, actor, [row]), at=actor.at):
            _go_on(actor, about(row.pk))
            return
        row.tried_at = actor.at
        act.save("tried_at")
        act.record("screening_try", count=row.found.count())


def use_term(actor: Actor, *, screening: int, reason: WhyUsed, version: int | None = None) -> None:
    """Use a draft, or what was retired: all listings are looked at once more."""
    reason = written.reasoned(reason)
    with perform(actor, SCREENINGS, screening, version=version) as act:
        row = act.matter
        is_draft = row.state == ScreeningState.DRAFT
        act.step("use")
        if is_draft and row.tried_at is None:
            raise NotTried
        row.used_by, row.used_at = people.subject_of(actor), actor.at
        act.save("used_by", "used_at")
        _all_again(actor)
        act.record("screening_use", reason)


def retire_term(actor: Actor, *, screening: int, reason: WhyUsed, version: int | None = None) -> None:
    """Use a rule no more: what it found and nobody decided is asked no longer."""
    _put_by(actor, "retire", screening, reason, version)


def drop_term(actor: Actor, *, screening: int, reason: WhyUsed, version: int | None = None) -> None:
    """Drop a draft."""
    _put_by(actor, "drop", screening, reason, version)


def _put_by(actor: Actor, step: str, screening: int, reason: str, version: int | None) -> None:
    reason = written.reasoned(reason)
    with perform(actor, SCREENINGS, screening, version=version) as act:
        act.step(step)
        row = act.matter
        row.found.filter(outcome="").delete()
        row.closed_at = actor.at if step == "drop" else None
        act.save("closed_at")
        act.record(f"screening_{step}", reason)


def take_list(
    actor: Actor, *, screening: int, as_of: date, sent: BinaryIO, version: int | None = None
) -> None:
    """Take a list of names in, with its day, in the place of the one before; all listings are looked at once more."""
    names = _names(sent)
    with perform(actor, SCREENINGS, screening, version=version) as act:
        row = act.matter
        if not row.is_list:
            raise NoSuchScreening
        act.step("take_list")
        if as_of > actor.at.astimezone(JAPAN).date() or (row.as_of and as_of < row.as_of):
            raise ListOlder(as_of=row.as_of.isoformat() if row.as_of else "—")
        row.terms, row.as_of = names, as_of
        act.save("terms", "as_of")
        _all_again(actor)
        act.record("screening_take_list", as_of=as_of.isoformat(), names=len(names))


def take_list_by_code(actor: Actor, *, code: str, as_of: date, sent: BinaryIO) -> int:
    """Do the same by the list's code, and return how many names it has."""
    with memory.act():
        _ready(actor)
        row = Screening.objects.filter(code=code).first()
        if row is None or not row.is_list:
            raise NoSuchScreening
        take_list(actor, screening=row.pk, as_of=as_of, sent=sent)
    row.refresh_from_db()
    return len(row.terms)


def _names(sent: BinaryIO) -> list[str]:
    """Return the names of a table, each once, of every column whose heading says that it names somebody."""
    rows, _ = open_rows(sent)
    columns, names, headed = list[int](), dict[str, None](), 0
    for row in rows:
        cells = [" ".join(market.written(one).split())[:LONGEST] for one in row.cells]
        if not columns:
            headed += 1
            columns = [at for at, one in enumerate(cells) if _NAMED.fullmatch(heading_folded(one))]
            if not columns and headed >= _HEADED_WITHIN:
                break
            continue
        names |= dict.fromkeys(
            cells[at] for at in columns if at < len(cells) and not fault_of(cells[at : at + 1])
        )
    if not names:
        raise NamesUnread
    if len(names) > MOST_NAMES:
        raise TooManyTerms(most=MOST_NAMES)
    return [*names]


# Listings are looked at: what was told since, each day and soon after an import; all anew when a rule or a list changes.


def follow_listings(actor: Actor) -> int:
    """Begin in a house that never looked, look at all anew where what is declared has changed, else at what was told since."""
    with memory.act():
        if _ready(actor):
            return 1
        if has_new := watches.has_new(WATCH):
            _go_on(actor, WATCH)
    return int(has_new)


def _ready(actor: Actor) -> bool:
    """Let there be a row for each declared rule and list, as they are declared now, and say whether that was news."""
    there = {row.code: row for row in Screening.objects.filter(code__isnull=False)}
    news = list[Screening]()
    for code in (*DECLARED, *LISTS):
        row = there.get(code) or Screening(
            code=code, state=ScreeningState.USED, entered_by=actor.by, entered_at=actor.at, used_at=actor.at
        )
        if one := DECLARED.get(code):
            now = [*one.terms], [*one.marks, *one.but]
            if (row.terms, row.but) == now:
                continue
            row.terms, row.but = now
        elif row.pk:
            continue
        news.append(row)
    for row in news:
        row.save()
    if not there:
        watches.begin_watch(WATCH, at=actor.at, reached=market.goods_told_last())
        watches.begin_watch(AGAIN, at=actor.at, reached=0)
        _rings(actor)
    if news:
        _all_again(actor)
    return bool(news)


def _all_again(actor: Actor) -> None:
    watches.begin_again(AGAIN)
    _go_on(actor, AGAIN)


def _go_on(actor: Actor, name: str) -> None:
    outbox.publish(ScreeningGoesOn(subject=name, name=name), at=actor.at)


def _rings(actor: Actor) -> None:
    settlement.settle({WATCH: of_look(actor.at)}, at=actor.at, why="look_at_listings")


def go_on(actor: Actor, *, name: str) -> None:
    """Take the next turn of what goes on under this name."""
    if name in (WATCH, AGAIN):
        look_at_listings(actor, name=name)
    else:
        try_term(actor, screening=int(name.rpartition(":")[2]))


def look_at_listings(actor: Actor, *, name: str = WATCH) -> None:
    """Look at the next listings: those that were told since, or of all; at the end staff hear of what was found."""
    look = partial(_look, actor, None)
    with memory.act():
        is_again = name == AGAIN
        if watches.look_again(AGAIN, look) if is_again else watches.look_on(WATCH, look, at=actor.at):
            _go_on(actor, name)
            return
        _tell(actor)
        if not is_again:
            _rings(actor)


def _look(actor: Actor, drafts: Sequence[Screening] | None, refs: Collection[str]) -> None:
    """Add what the rules find among these listings, and take away what was found and nobody decided, and is no longer so."""
    rules = list(Screening.objects.filter(state=ScreeningState.USED)) if drafts is None else drafts
    screen = Screen(row.sought for row in rules)
    found = {(hit.rule, one.ref, told.digest): (one, hit) for one, told, hit in _hits(screen, refs)}
    of_these = ScreenedListing.objects.filter(listing_ref__in=refs, rule__in=[row.pk for row in rules])
    there = {one[1:4]: one for one in of_these.values_list("pk", "rule", "listing_ref", "digest", "outcome")}
    gone = [pk for key, (pk, *_, outcome) in there.items() if not outcome and key not in found]
    ScreenedListing.objects.filter(pk__in=gone).delete()
    once = [rule for rule, sought in screen.rules.items() if sought.once]
    sellers = {one.seller_ref for one, hit in found.values() if hit.rule in once}
    of_sellers = ScreenedListing.objects.filter(rule__in=once, seller_ref__in=sellers)
    asked = set(of_sellers.values_list("rule", "seller_ref"))
    new = []
    for key, (one, hit) in found.items():
        if key in there or (hit.rule, one.seller_ref) in asked:
            continue
        if hit.rule in once:
            asked.add((hit.rule, one.seller_ref))
        new.append(_screened(key, one, hit, actor))
    ScreenedListing.objects.bulk_create(new, batch_size=500)


def _screened(key: tuple[int, str, str], one: ListingFact, hit: Hit, actor: Actor) -> ScreenedListing:
    rule, ref, digest = key
    return ScreenedListing(
        rule_id=rule,
        listing_ref=ref,
        seller_ref=one.seller_ref,
        digest=digest,
        term=hit.term,
        field=hit.field,
        found_at=actor.at,
    )


def _hits(screen: Screen, refs: Collection[str]) -> Iterator[tuple[ListingFact, Told, Hit]]:
    """Yield what the rules find; what is no longer on offer is nobody's danger, and private sellers need no permit."""
    goods = [one for one in market.listings(refs).values() if one.state is not ListingState.GONE]
    called = _called({one.seller_ref for one in goods}) if screen.has_names else {}
    found = [
        (one, told, hit)
        for one in goods
        for told in (told_by(one, called.get(one.seller_ref, "")),)
        for hit in screen.hits(told, is_used=one.condition is GoodsCondition.USED)
    ]
    shops = {rule for rule, sought in screen.rules.items() if sought.of_shops}
    private = market.private_among({one.seller_ref for one, _, hit in found if hit.rule in shops})
    return (each for each in found if each[2].rule not in shops or each[0].seller_ref not in private)


def told_by(one: ListingFact, seller: str = "") -> Told:
    """Return the words of a listing as rules read them."""
    return Told(one.name, one.brand, one.model, one.code, one.category, seller)


def _called(sellers: Collection[str]) -> dict[str, str]:
    return {
        ref: f"{one.contact.name}\n{one.contact.legal_name}" for ref, one in market.sellers(sellers).items()
    }


def _tell(actor: Actor) -> None:
    """Let each rule that found something new be a case that asks for a look, and tell staff once of all."""
    fresh = ScreenedListing.objects.filter(is_told=False, rule__state=ScreeningState.USED)
    counts = dict(fresh.values_list("rule").annotate(Count("pk")).order_by("-pk__count", "rule"))
    for rule, count in counts.items():
        with perform(actor, SCREENINGS, rule) as act:
            row = act.matter
            if row.told_at is None:
                nobody = dict.fromkeys(("buyer_ref", "seller_ref", "order_ref"), "")
                title = row.title_text.ja
                cases.open(kind=SCREENING_CASE.code, about=about(rule), title=title, at=actor.at, **nobody)
                row.told_at = actor.at
            row.unread_at = row.unread_at or actor.at
            act.save("told_at", "unread_at")
            act.record("screening_find", candidates=count)
    fresh.update(is_told=True)
    if counts:
        first = next(iter(counts))
        values = {"number": case_facts.case_of(about(first)).number, "rules": f"{len(counts)}"}
        values["count"] = f"{sum(counts.values())}"
        for role in (Role.AGENT, Role.LEAD):
            outbox.notify(to=role.value, template=SCREENED, values=values, about=about(first), at=actor.at)


# A person decides on candidates, several at once; nothing here is a sanction.


def judge(
    actor: Actor, *, screening: int, picked: Collection[int], outcome: Outcome, words: str = ""
) -> None:
    """Decide on the candidates that are `picked` and still wait: they are fine, their sellers are asked in these `words`, or a
    finding is opened of each, which where people may come to harm hides the listing provisionally.

    What enforcement refuses is left to wait; where nothing else is done it is refused.
    """
    with perform(actor, SCREENINGS, screening) as act:
        act.step("judge")
        row, done = act.matter, list[ScreenedListing]()
        waiting = list(row.found.select_for_update().filter(WAITS, pk__in=picked).order_by("pk")[:AT_ONCE])
        known = market.listings({one.listing_ref for one in waiting})
        failed: Refusal = NothingPicked()
        for one in waiting:
            try:
                with memory.attempt():
                    one.outcome = _decide(act, one, known.get(one.listing_ref), outcome, words)
            except Refusal as why:
                failed = why
                continue
            one.judged_by, one.judged_at, one.answered_at = people.subject_of(actor), actor.at, None
            done.append(one)
        if not done:
            raise failed
        fields = ("outcome", "judged_by", "judged_at", "answered_at", "clarification", "finding")
        ScreenedListing.objects.bulk_update(done, fields, batch_size=100)
        if not row.found.filter(WAITS).exists():
            row.unread_at = None
            act.save("unread_at")
        act.record("screening_judge", outcome=outcome.value, listings=[one.listing_ref for one in done])


def _decide(
    act: Performance[Screening],
    one: ScreenedListing,
    listing: ListingFact | None,
    outcome: Outcome,
    words: str,
) -> Outcome:
    row = act.matter
    if outcome is Outcome.FINE:
        return Outcome.FINE
    if listing is None or listing.state is ListingState.GONE:
        return Outcome.OVER
    if outcome is Outcome.ASKED:
        what = AskedWhat.UNSAFE if row.is_danger else AskedWhat.OTHER
        asked = clarifications.ToClarify(whom=AskedWhom.SELLER, what=what, words=written.reasoned(words))
        one.clarification = clarifications.clarify(
            act.actor,
            about=f"{SCREENED_LISTING}:{one.pk}",
            seller=listing.seller_ref,
            listing=listing.ref,
            asked=asked,
        )
        return Outcome.ASKED
    if hidden := enforcement.hidden_by(listing.ref):
        one.finding = hidden
        return Outcome.HIDDEN
    said = SAID.fill(title=row.title_text, reason=row.reason_text)
    one.finding = hiding.find_requested(
        act.actor,
        breach=(DANGEROUS_GOODS if row.is_danger else UNLAWFUL_GOODS).code,
        harm=Reach.DANGER if row.is_danger else Reach.NONE,
        seller=listing.seller_ref,
        listing=listing.ref,
        facts=(said,),
        origin=f"{SCREENED_LISTING}:{one.pk}",
        by_authority=False,
    )
    if not row.is_danger:
        return Outcome.FOUND
    hiding.hide_provisionally(act.actor, finding=one.finding, because=said)
    return Outcome.HIDDEN


SAID = Text("この出品を確認しました（{title}）。{reason}", "This listing was looked at ({title}). {reason}")
"""What the seller reads of a finding."""


def hear_answer(actor: Actor, *, found: int) -> None:
    """Put a listing before staff again whose seller has answered, or let the time pass."""
    one = ScreenedListing.objects.filter(pk=found, outcome=Outcome.ASKED, answered_at__isnull=True).first()
    if one is None:
        return
    with perform(actor, SCREENINGS, one.rule_id) as act:
        ScreenedListing.objects.filter(pk=found).update(answered_at=actor.at)
        act.matter.unread_at = act.matter.unread_at or actor.at
        act.save("unread_at")


def erase_screened(*, over: datetime, limit: int) -> int:
    """Forget what was decided longer ago, but for that of which a finding was opened."""
    old = ScreenedListing.objects.filter(judged_at__lt=over, finding__isnull=True).exclude(WAITS)
    gone = list(old.order_by("judged_at").values_list("pk", flat=True)[:limit])
    ScreenedListing.objects.filter(pk__in=gone).delete()
    return len(gone)
