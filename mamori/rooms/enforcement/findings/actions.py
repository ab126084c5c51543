"""A finding is taken in, put before the seller, answered, and ended without a measure where none is due."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import IntegrityError

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.matters.standing import Runs
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready, Taken
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.breaches import (
    AGREEMENT_BROKEN,
    BREACHES,
    DISPLAY_MISSING,
    RECOVERY_REFUSED,
    UNANSWERED,
    UNREACHABLE,
)
from mamori.law.deadlines import BREACH_HEARING
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import TroubleFact
from mamori.rooms.display.facts import ProofChannel, named
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.appeals import matter as appeal_records
from mamori.rooms.enforcement.appeals.actions import drop_appeal
from mamori.rooms.enforcement.clarifications.actions import clarify
from mamori.rooms.enforcement.clarifications.rules import ToClarify
from mamori.rooms.enforcement.events import FindingEnded, FindingOpened, HearingOpened
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.matter import FINDINGS, NotThere, Subject, subject_of
from mamori.rooms.enforcement.inputs import Kept, WhyNothing
from mamori.rooms.enforcement.lifecycle import APPEAL, FINDING, GATHERING, AppealState, FindingState
from mamori.rooms.enforcement.measures import execution, statements
from mamori.rooms.enforcement.models import AppealFile, Evidence, Finding
from mamori.rooms.enforcement.rules.bounds import (
    DISMISSED_TEXTS,
    HARMS,
    SEVERITIES,
    Dismissed,
    Source,
    is_broken,
    is_refused,
    is_unanswered,
)


def ask_around(actor: Actor, *, finding: int, asked: ToClarify, version: int | None = None) -> None:
    """Ask the seller, the maker, the importer or the holder of a right; what comes later than a decision may show a mistake."""
    with perform(actor, FINDINGS, finding, version=version) as act:
        of = subject_of(act.matter)
        number = clarify(
            actor, about=records.about(act.matter), seller=of.seller, listing=of.listing, asked=asked
        )
        act.record("ask_around", clarification=number, whom=asked.whom.value)


# What a finding is refused for when it is taken in: a breach, moment or subject that is not there, or one found before.


EARLIEST = 2020
"""No finding was noticed before this year."""


class BreachUnknown(Refusal, code="breach-unknown", status=422):
    """Given when a finding names a breach that is not declared."""

    text = Text(
        "「{breach}」という違反の種類はありません。一覧から選んでください：{known}",
        "There is no kind of breach “{breach}”. Please choose one of: {known}",
    )


class SubjectUnknown(Refusal, code="subject-unknown", status=404):
    """Given when a finding is about a seller that nobody has told us of, or names what is not that seller's."""

    text = Text(
        "{what}「{ref}」が見つからないか、この出品者のものではありません。確かめて入れ直すか、通販サイトの記録を取り込んでください。",
        "The {what} “{ref}” is not known, or is not this seller's. Please check it, or import the marketplace's records.",
    )


class FoundInFuture(Refusal, code="found-in-future", status=422):
    """Given when a finding is said to have been made later than now."""

    text = Text(
        "見つけた日時が今より先です。日時をお確かめください。",
        "It cannot have been found later than now. Please check the moment.",
    )


class FoundLongAgo(Refusal, code="found-long-ago", status=422):
    """Given when a finding is said to have been made before the house can reckon."""

    text = Text(
        "気づいた日時が{year}年より前です。年をお確かめください。",
        "It is said to have been found before {year}. Please check the year.",
    )


class AlreadyFound(Refusal, code="already-found", status=409):
    """Given when a form brought a finding before, and is sent again with other words."""

    text = Text(
        "このページからは、受付番号 {number} を記録済みです。いま送った内容はまだ記録していません。"
        "別の件のときだけ、新しく書きはじめてください。",
        "This page has recorded case {number} already. What you sent now is not recorded yet. Only if it is another matter, "
        "please begin anew.",
    )


def must_be_there(breach: str, found_at: datetime | None, at: datetime) -> None:
    """Let a finding pass whose breach is declared and whose moment has come."""
    if breach not in {one.code for one in BREACHES}:
        raise BreachUnknown(breach=breach[:32], known=", ".join(one.code for one in BREACHES))
    if found_at is not None and found_at.year < EARLIEST:
        raise FoundLongAgo(year=EARLIEST)
    if found_at is not None and found_at > at:
        raise FoundInFuture()


def must_be_sellers(subject: Subject) -> None:
    """Let a subject pass of which everything that it names is the seller's at the marketplace."""
    if market.seller(subject.seller) is None:
        raise SubjectUnknown(what=SELLER, ref=subject.seller[:64])
    named: tuple[tuple[Text, str, Callable[[str], object]], ...] = (
        (LISTING, subject.listing, market.listing),
        (REVIEW, subject.review, market.review),
        (ORDER, subject.order, market.order),
    )
    for what, ref, told in named:
        if ref and getattr(told(ref), "seller_ref", "") != subject.seller:
            raise SubjectUnknown(what=what, ref=ref[:64])
    if subject.category and not market.sells_in(subject.seller, subject.category):
        raise SubjectUnknown(what=CATEGORY, ref=subject.category[:64])


def must_be_same(kept: Finding, told: Finding, facts: tuple[Text, ...], *, is_dated: bool) -> None:
    """Let a form pass that is sent twice as it was; `is_dated` = it says when it was noticed."""
    same = all(getattr(kept, name) == getattr(told, name) for name in ("severity", "harm"))
    same = same and (not is_dated or kept.found_at == told.found_at)
    if not same or subject_of(kept) != subject_of(told) or statements.facts_of(kept) != facts:
        raise AlreadyFound(number=records.number(kept))


SELLER, LISTING, REVIEW = Text("出品者", "seller"), Text("商品", "listing"), Text("レビュー", "review")
ORDER, CATEGORY = Text("注文", "order"), Text("商品の分野", "category")


# A finding is told by whoever looks, put before the seller, answered, and ended without a measure where none is due.


TABLE = "enforcement_finding"


class ViewTooLate(Refusal, code="view-too-late", status=409):
    """Given when a view comes after the decision, and the seller was heard before it or its time is over."""

    text = Text(
        "この件はすでに決まったので、意見を加えられません。決定に納得できないときは、このページから異議を申し出てください。",
        "This was decided, so no view can be added. If you do not agree with it, please appeal on this page.",
    )


def find(
    actor: Actor,
    *,
    breach: str,
    severity: Severity,
    harm: Reach,
    subject: Subject,
    facts: tuple[Text, ...],
    origin: str,
    source: Source,
    automated: bool = False,
    reporter: str = "",
    found_at: datetime | None = None,
    evidence: tuple[tuple[str, str], ...] = (),
) -> int:
    """Take a finding in and return its number; told again from the same origin it is the same one.

    `facts` are the sentences that the seller will read.  `evidence` names kept files, acts and cases by kind and
    number.  `found_at` is when it was noticed: promptness counts from there.

    What a clock finds again was the seller's when it was found first, and may have left the marketplace since.
    """
    if not (actor.is_staff or actor.role is Role.MACHINE):
        raise StepNotYours(step=FINDING.title, roles=Text("窓口の担当", "staff"))
    must_be_there(breach, found_at, actor.at)
    if source is not Source.REPEAT:
        must_be_sellers(subject)
    if not facts:
        raise written.NoWords()
    finding = Finding(
        breach=breach,
        severity=severity.value,
        harm=harm.value,
        seller_ref=subject.seller,
        listing_ref=subject.listing,
        review_ref=subject.review,
        order_ref=subject.order,
        category=subject.category,
        origin=origin,
        source=source.value,
        automated=automated,
        reporter=reporter,
        alleged=b"",
        found_at=found_at or actor.at,
        opened_at=actor.at,
    )
    known = Finding.objects.filter(origin=origin, breach=breach).first()
    if known is not None:
        return _known(actor, known, finding, facts, is_dated=found_at is not None)
    try:
        with memory.attempt():
            return _open(actor, finding, facts, evidence)
    except IntegrityError:  # somebody told the same in the same moment
        kept = Finding.objects.get(origin=origin, breach=breach)
        return _known(actor, kept, finding, facts, is_dated=found_at is not None)


def _known(actor: Actor, kept: Finding, told: Finding, facts: tuple[Text, ...], *, is_dated: bool) -> int:
    """Return what was told before; a person is told where what it says now would be lost."""
    if actor.is_staff:
        must_be_same(kept, told, facts, is_dated=is_dated)
    return kept.pk


def _open(
    actor: Actor, finding: Finding, facts: tuple[Text, ...], evidence: tuple[tuple[str, str], ...]
) -> int:
    finding.save(force_insert=True)
    finding.alleged = records.seal(TABLE, finding.pk, "alleged", finding.seller_ref, records.pairs(facts))
    finding.save(update_fields=("alleged",))
    for kind, ref in evidence:
        Evidence.objects.create(finding=finding, by_seller=False, kind=kind, ref=ref, at=actor.at)
    records.enter(finding)
    with entered(actor, FINDINGS, finding) as act:
        act.news = "look"
        act.record(
            "find",
            records.news(FindingOpened, finding, breach=finding.breach, severity=finding.severity),
            breach=finding.breach,
            severity=finding.severity,
            harm=finding.harm,
            source=finding.source,
            automated=finding.automated,
            found_at=finding.found_at.isoformat(),
        )
    return finding.pk


def ask_view(actor: Actor, *, finding: int, version: int | None = None) -> datetime:
    """Tell the seller what is alleged and ask for its view; return by when.  The decision waits that long."""
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        act.step("ask")
        due = ask(act)
        records.notify(records.seller(found), notices.HEARING, found, actor.at, due=spoken(due))
        opened = records.news(HearingOpened, found, due_at=due)
        act.record("ask_view", opened)
        return due


def ask(act: Performance[Finding]) -> datetime:
    """Note that the seller is asked now, and return by when."""
    act.matter.asked_at = act.actor.at
    act.save("asked_at")
    return matters.due(Runs(BREACH_HEARING, since=act.actor.at))


def state_view(actor: Actor, *, finding: int, said: str, version: int | None = None) -> None:
    """Take the seller's view, or what it adds until the decision, and after it of who was not heard; it is sealed."""
    said = written.checked(said)
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        before_it, is_after = FindingState(found.state), found.state == FindingState.DECIDED
        act.step("state_view_after" if is_after else "state_view")
        if is_after and not may_speak_after(found, actor.at):
            raise ViewTooLate()
        whole = f"{before}\n\n{said}" if (before := view_of(found)) else said
        written.must_fit(whole)
        found.view = records.seal(TABLE, found.pk, "view", found.seller_ref, whole)
        if is_after and found.view_unread_since is None:
            found.view_unread_since = actor.at
        found.heard_at = found.heard_at or (None if is_after else actor.at)
        act.save("view", "heard_at", "view_unread_since")
        if is_after or found.because_unheard:
            records.notify("lead", notices.VIEW_GIVEN, found, actor.at)
        elif execution.hidings_of(found):
            records.notify("lead", notices.OBJECTED, found, actor.at)
        act.news = {FindingState.PROPOSED: "approve", FindingState.DECIDED: "view"}.get(before_it, "decide")
        act.record("state_view")


def may_speak_after(finding: Finding, at: datetime) -> bool:
    """Say whether who was not heard before the decision can still give its view: until its time to appeal is over."""
    was_unheard = bool(finding.because_unheard) or finding.heard_at is None
    return was_unheard and finding.measures.filter(appeal_until__gte=at).exists()


def end_hearing(actor: Actor, *, finding: int) -> None:
    """Go on without the seller's view: it was asked, and its time is over."""
    with perform(actor, FINDINGS, finding) as act:
        act.step("end_hearing")
        act.matter.heard_at = actor.at
        act.save("heard_at")
        act.news = "decide"
        act.record("end_hearing")


def dismiss(
    actor: Actor, *, finding: int, because: WhyNothing, reason: Kept, version: int | None = None
) -> None:
    """End a finding without a measure; the seller hears why where it was asked, the reporter hears the kind of outcome.

    What is provisionally hidden is shown again by that: then it takes a lead or counsel.
    """
    reason = written.reasoned(reason)
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        act.step("dismiss")
        execution.must_be_heads(actor, found)
        found.why_dismissed, found.closed_at = because.value, actor.at
        act.save("why_dismissed", "closed_at")
        execution.end_hidings(actor, found)
        if found.asked_at is not None:
            records.notify(
                records.seller(found), notices.DISMISSED, found, actor.at, because=DISMISSED_TEXTS[because]
            )
        outcome = notices.PUT_RIGHT if because is Dismissed.CURED else notices.NOT_ACTED
        notify_reporter(found, actor.at, outcome)
        ended = records.news(FindingEnded, found, state=found.state)
        act.record("dismiss", ended, reason=reason, because=because.value)


def remind_decision(actor: Actor, *, finding: int) -> None:
    """Note that a finding is not decided upon in time, and tell a lead.

    Nobody is pressed while the seller is heard, nor while a proposal waits for a second person, which has its own clock.
    """
    with perform(actor, FINDINGS, finding) as act:
        found = act.matter
        if found.closed_at is not None or found.state in (FindingState.HEARING, FindingState.PROPOSED):
            return
        records.notify("lead", notices.OVERDUE, found, actor.at)
        act.news = "overdue"
        act.record("remind_decision")


def notify_reporter(finding: Finding, at: datetime, outcome: Text) -> None:
    """Tell whoever reported it the kind of outcome, never what is done about the seller."""
    if finding.reporter:
        records.notify(finding.reporter, notices.REPORTER_TOLD, finding, at, outcome=outcome)


def view_of(finding: Finding) -> str | None:
    """Return what the seller said; None where it said nothing, or its key was destroyed."""
    said: str | None = records.read(TABLE, finding.pk, "view", finding.seller_ref, finding.view)
    return said


def display_missed(actor: Actor, *, seller_ref: str, faults: Collection[str], since: datetime) -> None:
    """Find that what was wrong with a seller's display was not put right in time."""
    items = named(faults)
    told = spoken(since)
    fact = Text(
        f"特定商取引法に基づく表示の不備（{items.ja}）を{told.ja}に知らせたが、期限までに直らなかった。",
        f"The seller was told on {told.en} what is wrong with its display ({items.en}) and did not put it right in time.",
    )
    _find_of_display(actor, seller_ref, fact, origin=f"display.display:{seller_ref}/{since.isoformat()}")


def contact_unproven(actor: Actor, *, seller_ref: str, channel: str, since: datetime) -> None:
    """Find that it was not proved that a contact in a seller's display reaches it, though it was asked and questioned."""
    by, told = ProofChannel(channel).text, spoken(since)
    fact = Text(
        f"表示の連絡先（{by.ja}）に連絡が届くことを確かめるよう求め、{told.ja}にまだ確かめられていないことを知らせたが、期限までに確かめられなかった。",
        f"The seller was asked to prove that the contact it shows ({by.en}) reaches it, was told on {told.en} that it "
        "was not proved yet, and did not prove it in time.",
    )
    _find_of_display(
        actor, seller_ref, fact, origin=f"display.proof:{channel}:{seller_ref}/{since.isoformat()}"
    )


def request_missed(
    actor: Actor, *, seller_ref: str, version: int, items: Collection[str], since: datetime
) -> None:
    """Find, once for a version of its display, that a seller did not give in time what it gives on request."""
    asked, told = named(items), spoken(since)
    fact = Text(
        f"「請求があれば知らせる」と表示した事項（{asked.ja}）を{told.ja}に購入者が請求したが、期限までに知らせなかった。",
        f"A buyer asked on {told.en} for what the display gives on request ({asked.en}), and it was not given in time.",
    )
    _find_of_display(actor, seller_ref, fact, origin=f"display.requests:{seller_ref}/{version}")


def _find_of_display(actor: Actor, seller_ref: str, fact: Text, *, origin: str) -> None:
    find(
        actor,
        breach=DISPLAY_MISSING.code,
        severity=Severity.MINOR,
        harm=Reach.NONE,
        subject=Subject(seller=seller_ref),
        facts=(fact,),
        origin=origin,
        source=Source.DISPLAY,
        automated=True,
    )


# Files that a finding, the seller's view or an appeal rests on; both sides see each of them.


class EvidenceTooLate(Refusal, code="evidence-too-late", status=409):
    """Given when a file would be put to something that was decided."""

    text = Text(
        "この件は「{state}」なので、もうファイルを加えられません。決定を見直してほしいときは、異議の申出に添えてください。",
        "This is “{state}”, so no file can be added. To have the decision reviewed, please put it to an appeal.",
    )


class EvidenceUnseen(Refusal, code="evidence-unseen", status=409):
    """Given when staff would put a file to what the seller was heard on already: it never saw it."""

    text = Text(
        "出品者の意見はもう聴いてあります。出品者が見ていないファイルは、この件に加えられません。新しい証拠は、新しい件として記録し、"
        "意見を聴いてください。",
        "The seller was heard already, and a file that it has not seen cannot be added here. Please record new evidence as a "
        "finding of its own and hear the seller on it.",
    )


def add_evidence(actor: Actor, *, finding: int, ready: Ready, version: int | None = None) -> None:
    """Put files to a finding: staff what it rests on, until the seller is heard on it; the seller what its view rests on.

    What staff add while the seller is asked is told to it by a notice.  A photograph for which the seller was asked can come
    after the decision, too; then it is awaited no longer.
    """
    if not ready.files:
        return
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        state = FindingState(found.state)
        awaited = actor.role in SELLERS and records.awaits_photo(found)
        is_heard_late = awaited or (not actor.is_staff and may_speak_after(found, actor.at))
        if found.closed_at is not None and not is_heard_late:
            raise EvidenceTooLate(state=FINDING.states[state])
        if not (actor.is_staff or is_heard_late or FINDING.allows("state_view", state, actor.role)):
            raise StepNotYours(step=FINDING.title, roles=Text("窓口の担当", "staff"))
        if actor.is_staff and state not in GATHERING:
            raise EvidenceUnseen()
        about, subject = records.about(found), records.seller(found)
        for taken in _of(subject, ready):
            vault.keep(actor, taken, about=about)
            Evidence.objects.create(
                finding=found, by_seller=not actor.is_staff, kind="file", ref=str(taken.id), at=actor.at
            )
        if actor.is_staff and state == FindingState.HEARING:
            records.notify(subject, notices.EVIDENCE_ADDED, found, actor.at)
        if awaited:
            found.asked_photo_at = None
            act.save("asked_photo_at")
        act.record("add_evidence", files=ready.told)


def add_to_appeal(actor: Actor, *, appeal: int, ready: Ready) -> None:
    """Put a seller's files to its appeal, with the words that it writes."""
    if not ready.files:
        return
    with perform(actor, appeal_records.APPEALS, appeal) as act:
        found = act.matter
        APPEAL.take("write", AppealState(found.state), actor.role)
        about, first = appeal_records.about(found), found.files.count() + 1
        for number, taken in enumerate(_of(records.seller(found), ready), first):
            vault.keep(actor, taken, about=about)
            AppealFile.objects.create(appeal=found, number=number, file=taken.id, at=actor.at)
        act.record("add_to_appeal", files=ready.told)


def _of(subject: str, ready: Ready) -> tuple[Taken, ...]:
    if any(taken.subject != subject for taken in ready.files):
        raise NotThere()
    return ready.files


# What the room of contact tells becomes a finding where the seller did not do its part; a person decides on it.


def resolution_missed(actor: Actor, *, trouble: int) -> None:
    """Find that a seller left a trouble without an answer until it was to be solved."""
    fact = contact.trouble(trouble)
    if fact is None or not is_unanswered(fact.first_answered_at, closed=fact.closed_at is not None):
        return
    due = spoken(fact.resolution_due_at)
    _find_of_contact(
        actor,
        fact,
        UNANSWERED.code,
        Text(
            f"困りごと {fact.case}（注文 {fact.order_ref}）に、解決の期限 {due.ja} まで回答がなかった。",
            f"Trouble {fact.case} (order {fact.order_ref}) had no answer until it was to be solved, {due.en}.",
        ),
    )


def proposal_ended(actor: Actor, *, trouble: int, proposal: int, state: str) -> None:
    """Find that a seller did not keep what it had agreed with a buyer."""
    fact = contact.trouble(trouble)
    if fact is None or not is_broken(state):
        return
    _find_of_contact(
        actor,
        fact,
        AGREEMENT_BROKEN.code,
        Text(
            f"困りごと {fact.case}（注文 {fact.order_ref}）で合意した解決が、期限までに実行されなかった。",
            f"What was agreed in trouble {fact.case} (order {fact.order_ref}) was not done in time.",
        ),
        origin=f"contact.proposal:{proposal}",
    )


def recovery_ended(actor: Actor, *, recovery: int, state: str) -> None:
    """Find that what was refunded in a seller's place could not be recovered; an appeal against it has no object any more."""
    found = contact.recovery(recovery)
    if found is None:
        return
    if not found.is_taken:
        drop_appeal(actor, recovery=recovery)
    if not is_refused(state, claimed=0 if found.called_back else found.amount):
        return
    fact = contact.trouble(found.trouble)
    assert fact is not None
    _find_of_contact(
        actor,
        fact,
        RECOVERY_REFUSED.code,
        Text(
            f"出品者への請求 {found.case}：差し引きを決めた {found.amount:,}円を受け取れず、運営者が負担した。",
            f"Recovery {found.case}: {found.amount:,} yen that were to be deducted could not be; the operator bore them.",
        ),
        origin=f"contact.recovery:{recovery}",
    )


def seller_not_reached(actor: Actor, *, trouble: int, times: int) -> None:
    """Find that a seller does not answer the telephone number that it shows."""
    fact = contact.trouble(trouble)
    if fact is None:
        return
    _find_of_contact(
        actor,
        fact,
        UNREACHABLE.code,
        Text(
            f"困りごと {fact.case} について、登録された電話に時間帯を変えて{times}回かけたが、つながらなかった。",
            f"About trouble {fact.case} the registered telephone was called {times} times at different hours; nobody answered.",
        ),
    )


def _find_of_contact(actor: Actor, fact: TroubleFact, breach: str, said: Text, *, origin: str = "") -> None:
    find(
        actor,
        breach=breach,
        severity=SEVERITIES[fact.harm],
        harm=HARMS[fact.harm],
        subject=Subject(seller=fact.seller_ref, order=fact.order_ref),
        facts=(said,),
        origin=origin or f"contact.trouble:{fact.id}",
        source=Source.CONTACT,
        automated=True,
        reporter=f"buyer:{fact.buyer_ref}",
        evidence=(("case", fact.case),),
    )
