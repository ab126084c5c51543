"""How new versions of clauses come about: written, published once another agreed, told to every seller, and accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import day_text
from mamori.grammar.declaration import Clause, Template
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.events import TermsAgreed
from mamori.ground.people.facts import TRUSTED, Profile
from mamori.ground.terms import rules
from mamori.ground.terms.events import TermsAnnounced
from mamori.ground.terms.models import (
    ClauseAcceptance,
    ClausePublished,
    ClauseWording,
    TermsChange,
    TermsTold,
)
from mamori.ground.terms.notices import AT_ONCE, NEW
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import BY_CODE
from mamori.law.grounds import SHORT_NOTICE_GROUNDS

# How an acceptance is written down: as told by the marketplace, or by the seller's own hand.


class AcceptingNotYours(Refusal, code="terms.accepting-not-yours", status=403):
    """Given when somebody else than the seller would accept its terms; a delegate may read them."""

    text = Text(
        "規約に同意できるのは、お店の登録をした方ご本人だけです。ご本人にお伝えください。",
        "Only the registered person of the shop can accept its terms. Please tell them.",
    )


class VersionNotOffered(Refusal, code="terms.version-not-offered", status=409):
    """Given when a seller would accept another version than the newest published: the page was opened before, or it is none."""

    text = Text(
        "この条項の最新の版ではありません。「規約」のページを開き直し、最新の版を読んでから同意してください。",
        "This is not the newest version of the clause. Please open the page “Terms” again and read the newest before you accept.",
    )


def accept(
    *, seller_ref: str, clause: str, version: int, at: datetime, source: str, actor: Actor | None = None
) -> bool:
    """Write down that the seller accepted the clause at `at`, and say whether that was new.

    `source` tells where we know it from; `actor` is whoever tells us, the seller where none is given.
    """
    told = {"seller_ref": seller_ref, "clause": clause, "version": version, "accepted_at": at}
    if ClauseAcceptance.objects.filter(**told).exists():
        return False
    subject = f"seller:{seller_ref}"
    try:
        with memory.attempt():
            act = ledger.record(
                actor or Actor(by=subject, role=Role.SELLER, at=at, via=source),
                kind="terms.accepted",
                subject=subject,
                about=f"terms.clause:{clause}",
                payload={"version": version, "accepted_at": at.isoformat(), "source": source},
            )
            ClauseAcceptance.objects.create(**told, source=source, act=act)
    except IntegrityError:  # told twice at the same moment: the other's act stands
        return False
    return True


def agree(actor: Actor, *, clause: str, version: int) -> int:
    """Accept the newest published version of a clause by the seller's own hand, and return the act of the receipt.

    Agreed to a second time, it is the first act that counts.
    """
    if actor.role is not Role.SELLER:
        raise AcceptingNotYours
    seller_ref = actor.by.removeprefix("seller:")
    with transaction.atomic():
        newest = ClausePublished.objects.filter(clause=clause).order_by("-version").first()
        if newest is None or newest.version != version:
            raise VersionNotOffered
        known = ClauseAcceptance.objects.filter(
            seller_ref=seller_ref, clause=clause, version=version, act__isnull=False
        ).order_by("id")
        if not known.exists():
            accept(
                seller_ref=seller_ref,
                clause=clause,
                version=version,
                at=actor.at,
                source=actor.via,
                actor=actor,
            )
        return known.values_list("act", flat=True)[0]  # type: ignore[return-value]  # act__isnull=False


# How sellers are told of a change of terms: each once, and nobody who accepted all of it already.


MOST_NAMED = 3


def notify_change(*, change: int, sellers: Sequence[str], at: datetime) -> int:
    """Tell these sellers of a published change, those not told yet; joins the caller's transaction.  Return how many were."""
    clauses = list(
        ClausePublished.objects.filter(wording__change=change).select_related("wording").order_by("id")
    )
    told = set(
        TermsTold.objects.filter(change=change, seller_ref__in=sellers).values_list("seller_ref", flat=True)
    )
    fresh = [ref for ref in sellers if ref not in told]
    accepted = _newest(fresh)
    waiting = [
        ref for ref in fresh if any(accepted.get((ref, one.clause), 0) < one.version for one in clauses)
    ]
    if waiting:
        template, values = _notice(TermsChange.objects.get(pk=change), clauses)
        for ref in waiting:
            notice = outbox.notify_numbered(
                to=f"seller:{ref}", template=template, values=values, about=f"terms.change:{change}", at=at
            )
            TermsTold.objects.create(change_id=change, seller_ref=ref, told_at=at, notice=notice)
    return len(waiting)


def catch_up(*, seller_ref: str, at: datetime) -> None:
    """Tell a seller of whatever was published in newer versions than it is known to have accepted, if nobody told it yet.

    It joins the caller's transaction: a seller that came while others were told is not left out.
    """
    accepted = _newest([seller_ref])
    clauses = {clause for _, clause in accepted}
    newer = {
        one.wording.change_id
        for one in ClausePublished.objects.filter(clause__in=clauses).select_related("wording")
        if one.version > accepted[seller_ref, one.clause]
    }
    for change in sorted(newer):
        notify_change(change=change, sellers=[seller_ref], at=at)


def _newest(sellers: Iterable[str]) -> dict[tuple[str, str], int]:
    rows = ClauseAcceptance.objects.filter(seller_ref__in=list(sellers)).values_list("seller_ref", "clause")
    return {(ref, clause): newest for ref, clause, newest in rows.annotate(newest=Max("version"))}


def _notice(change: TermsChange, clauses: list[ClausePublished]) -> tuple[Template, dict[str, object]]:
    named = [Text(one.wording.title_ja, one.wording.title_en) for one in clauses[:MOST_NAMED]]
    more = len(clauses) - len(named)
    ja, en = "、".join(one.ja for one in named), ", ".join(one.en for one in named)
    if more:
        ja, en = f"{ja}など{len(clauses)}条項", f"{en} and {more} more"
    values: dict[str, object] = {
        "clauses": Text(ja, en),
        "binds": day_text(min(one.binds_on for one in clauses)),
    }
    if not change.ground:
        return NEW, values
    [ground] = [one for one in SHORT_NOTICE_GROUNDS if one.code == change.ground]
    return AT_ONCE, values | {"ground": ground.title, "reason": change.reason}


# How new versions of clauses come about: written by one person, published once another agreed, told to every seller.


ABOUT = "terms.change:"
LONGEST_TITLE, LONGEST = 100, 4_000


class ChangingNotYours(Refusal, code="terms.changing-not-yours", status=403):
    """Given when somebody else than a lead or counsel would change the terms."""

    text = Text(
        "規約の変更を申請できるのは、相談窓口の責任者と法務担当だけです。どちらかにお伝えください。",
        "Only a lead or counsel can propose a change of the terms. Please tell one of them.",
    )


class NoSuchClause(Refusal, code="terms.no-such-clause", status=422):
    """Given when nothing is to be published, the same clause twice, or one that is not declared."""

    text = Text(
        "公表する条項を一覧から1回ずつ選んでください。",
        "Please choose the clauses to be published from the list, each once.",
    )


class WordingUnfit(Refusal, code="terms.wording-unfit", status=422):
    """Given when a title or text is too long, a title runs over lines, or the version has no number."""

    text = Text(
        "「{clause}」の題（1行、{title}文字まで）と文（{most}文字まで）を、日本語と英語の両方で書き、版を1以上にしてください。",
        "Please write title (one line, at most {title} characters) and text (at most {most}) of “{clause}” in Japanese and "
        "English, and number the version from 1 up.",
    )


class VersionNotNewer(Refusal, code="terms.version-not-newer", status=409):
    """Given when that version, or a newer one, was published already: its words never change."""

    text = Text(
        "「{clause}」は第{version}版まで公表済みです。公表した文は変えられません。次の版として申請してください。",
        "“{clause}” is published up to version {version}. Published words never change: please propose the next version.",
    )


class BindsTooEarly(Refusal, code="terms.binds-too-early", status=422):
    """Given when a change would count before its days of notice are over."""

    text = Text(
        "「{clause}」の変更は、中{days}日以上を置いて知らせる必要があります。始まる日を{day}以後にするか、空欄にしてください。",
        "A change of “{clause}” needs {days} whole days of notice. Please let it begin on {day} or later, or leave it empty.",
    )


class ShortNoticeUnfounded(Refusal, code="terms.short-notice-unfounded", status=422):
    """Given when a change would not wait without one of the declared grounds and a reason that sellers can be told."""

    text = Text(
        "期間を置かずに変えるときは、根拠を一覧から選び、出品者に知らせる理由を書いてください。",
        "For a change without notice, please choose its ground from the list and write the reason that sellers will be told.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A version of a clause as it is to be published; without `title` and `text` it is the house's pattern as it stands."""

    clause: str
    version: int
    title: Text | None = None
    text: Text | None = None


def propose_change(
    actor: Actor,
    *,
    words: Sequence[Words],
    profile: Profile,
    binds_on: date | None = None,
    ground: str = "",
    reason: str = "",
) -> int:
    """Propose to publish versions of clauses, and return the number of the change; it counts once another person agreed.

    Without `binds_on` each counts as early as it may.  A clause that was never published may count from a day in the past:
    what sellers accepted elsewhere since that day then binds them.
    """
    if actor.role not in TRUSTED:
        raise ChangingNotYours
    if (
        not words
        or len({one.clause for one in words}) < len(words)
        or any(w.clause not in BY_CODE for w in words)
    ):
        raise NoSuchClause
    if ground and (ground not in {one.code for one in SHORT_NOTICE_GROUNDS} or not reason.strip()):
        raise ShortNoticeUnfounded
    with memory.act():
        change = TermsChange.objects.create(
            binds_on=binds_on, ground=ground, reason=reason.strip(), by=actor.by, at=actor.at
        )
        wordings = [ClauseWording.objects.create(change=change, **_written(one)) for one in words]
        for wording in wordings:
            _day(wording, change, actor.at)
        about = f"{ABOUT}{change.pk}"
        people.propose_terms(actor, about=about, profile=profile, reason=reason.strip())
        ledger.record(
            actor,
            kind="terms.change_proposed",
            subject=ledger.MARKET,
            about=about,
            ground=ground,
            reason=reason.strip(),
            payload={"clauses": [f"{one.clause} {one.version}" for one in wordings]},
        )
    return change.pk


def change_agreed(event: TermsAgreed, at: datetime) -> None:
    """Publish a change that another person has agreed to, and let sellers be told."""
    with memory.act():
        change = TermsChange.objects.get(pk=int(event.subject.removeprefix(ABOUT)))
        actor = Actor(by="machine:terms", role=Role.MACHINE, at=at, via="agreement")
        wordings = list(change.wordings.order_by("id"))
        days = [_publish(actor, wording, change, event.proposal) for wording in wordings]
        news = TermsAnnounced(
            subject=event.subject,
            change=change.pk,
            clauses=tuple(one.clause for one in wordings),
            binds_on=min(days).isoformat(),
        )
        outbox.publish(news, at=at)


def _publish(actor: Actor, wording: ClauseWording, change: TermsChange, proposal: int) -> date:
    day = _day(wording, change, actor.at)
    words = {
        "version": wording.version,
        "binds_on": day.isoformat(),
        "title_ja": wording.title_ja,
        "title_en": wording.title_en,
        "text_ja": wording.text_ja,
        "text_en": wording.text_en,
    }
    act = ledger.record(
        actor,
        kind="terms.published",
        subject=ledger.MARKET,
        about=f"terms.clause:{wording.clause}",
        ground=change.ground,
        reason=f"people.proposal:{proposal}",
        payload=words,
    )
    ClausePublished.objects.create(
        wording=wording,
        clause=wording.clause,
        version=wording.version,
        announced_at=actor.at,
        binds_on=day,
        act=act,
    )
    return day


def _day(wording: ClauseWording, change: TermsChange, at: datetime) -> date:
    """Return the first day on which the version counts when it is published at `at`."""
    clause = BY_CODE[wording.clause]
    newest = ClausePublished.objects.filter(clause=clause.code).aggregate(newest=Max("version"))["newest"]
    if newest is not None and wording.version <= newest:
        raise VersionNotNewer(clause=clause.title, version=newest)
    today = at.astimezone(JAPAN).date()
    if newest is None:
        return change.binds_on or today
    least = today if change.ground else rules.earliest(at, clause.notice_days)
    if change.binds_on is not None and change.binds_on < least:
        raise BindsTooEarly(clause=clause.title, days=clause.notice_days, day=day_text(least))
    return change.binds_on or least


def _written(words: Words) -> dict[str, object]:
    clause: Clause = BY_CODE[words.clause]
    title, text = words.title or clause.title, words.text or clause.text
    long = max(len(title.ja), len(title.en)) > LONGEST_TITLE or max(len(text.ja), len(text.en)) > LONGEST
    if long or words.version < 1 or not (title.ja + title.en).isprintable():
        raise WordingUnfit(clause=clause.title, title=LONGEST_TITLE, most=f"{LONGEST:,}")
    return {
        "clause": clause.code,
        "version": words.version,
        "title_ja": title.ja,
        "title_en": title.en,
        "text_ja": text.ja,
        "text_en": text.en,
        "is_own": (title, text) != (clause.title, clause.text),
    }
