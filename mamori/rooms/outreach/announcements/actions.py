"""The kind of matter that an announcement is: found locked and as seen, its words and grounds; and what is refused about one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import msgspec

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.people import facts as people
from mamori.ground.web.signing.here import is_second
from mamori.law.news import Topic
from mamori.rooms.outreach.acts import NEWS_ACTS, WhyMoved, WhySentBack, WhyWithdrawn
from mamori.rooms.outreach.lifecycle import ANNOUNCEMENT, AnnouncementState
from mamori.rooms.outreach.models import Announcement
from mamori.rooms.outreach.rules import GroundedClaim, stands_in, ungrounded

MOST_CLAIMS = 20
WORDS = ("topic", "title", "title_en", "body", "body_en", "note", "note_en")


class NoSuchAnnouncement(Refusal, code="no-such-announcement", status=404):
    """Given when there is no such announcement for this actor."""

    text = Text(
        "このニュース・記事は見つかりません。ニュースやヘルプの一覧から探してください。",
        "There is no such announcement or article. Please look for it in the news or in the help.",
    )


class NotWritable(Refusal, code="announcement-not-writable", status=409):
    """Given when words would change that others have looked at, or that were published."""

    text = Text(
        "確認を待っている文や公開した文は書き換えられません。書き直しに戻すか、公開した文は「訂正する」を使ってください。",
        "What waits to be looked at, or was published, is not rewritten. Please send it back, or correct what was published.",
    )


class Ungrounded(Refusal, code="announcement-ungrounded", status=422):
    """Given when words promise something and have no ground."""

    text = Text(
        "根拠のない言葉があります：{words}。それぞれについて、意味・いつの時点か・根拠を書くか、言葉を改めてください。",
        "Some words have no ground: {words}. Please say of each what it means, as of when and what proves it, or write it "
        "otherwise.",
    )


class NotInTheText(Refusal, code="announcement-not-in-text", status=422):
    """Given when a ground is for words that do not stand in the announcement."""

    text = Text(
        "「{words}」は、題にも本文にもありません。文のとおりに写してください。",
        "“{words}” stands neither in the title nor in the text. Please copy the words as they are.",
    )


class TooManyGrounds(Refusal, code="announcement-too-many-grounds", status=422):
    """Given when an announcement has as many grounds as it may have."""

    text = Text(
        "根拠は{most}件までです。文を分けてください。",
        "There may be {most} grounds at most. Please make two texts of it.",
    )


class NotByItsWriter(Refusal, code="announcement-not-by-its-writer", status=403):
    """Given when who wrote it would publish it, or somebody whom they brought in."""

    text = Text(
        "公開するのは、書いた人とは別の人です。ほかの責任者か法務担当に頼んでください。",
        "Another person than who wrote it publishes it. Please ask another lead or counsel.",
    )


class NotPublished(Refusal, code="announcement-not-published", status=409):
    """Given when something would be corrected that nobody can read."""

    text = Text(
        "公開している文だけを訂正できます。書いている文は、そのまま書き直してください。",
        "Only what is published is corrected. What is being written is just written anew.",
    )


class CorrectionUnderWay(Refusal, code="announcement-correction-under-way", status=409):
    """Given when a correction of the same is being written."""

    text = Text(
        "訂正は、すでに書かれています。そちらを進めてください。",
        "A correction of it is being written already. Please go on with that one.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementWords:
    """What an announcement says, in Markdown; English may be missing.  `note` says what a correction corrects."""

    topic: Topic
    title: str
    title_en: str
    body: str
    body_en: str
    note: str = ""
    note_en: str = ""


def about_news(announcement: int) -> str:
    """Return the name under which acts know a version of an announcement."""
    return f"outreach.announcement:{announcement}"


def texts_of(row: Announcement) -> tuple[str, ...]:
    """Return all that it tells, in both languages."""
    return row.title, row.body, row.title_en, row.body_en


def must_be_written(act: Performance[Announcement]) -> None:
    """Refuse to change words that others have looked at or read."""
    if act.matter.state != AnnouncementState.WRITING:
        raise NotWritable


def must_be_grounded(row: Announcement) -> None:
    """Refuse what promises something without a ground."""
    found = ungrounded(map(GroundedClaim.of, row.claims), *texts_of(row))
    if found:
        each = [Text("「{said}」", "“{said}”").fill(said=one.said) for one in found]
        raise Ungrounded(words=Text.listed(each))


def put(act: Performance[Announcement], words: AnnouncementWords) -> None:
    """Let it say these words."""
    for name, value in asdict(words).items():
        setattr(act.matter, name, value)
        act.save(name)


def wrote(act: Performance[Announcement], verb: str, **told: Any) -> None:
    """Record that the actor wrote on it: somebody else publishes it."""
    row, who = act.matter, people.subject_of(act.actor)
    row.writers = [*(one for one in row.writers if one != who), who]
    act.save("writers")
    act.record(verb, **told)


def end(act: Performance[Announcement], step: str) -> None:
    """Take a step that ends it."""
    act.step(step)
    act.matter.closed_at = act.actor.at
    act.save("closed_at")


def digest_of(row: Announcement) -> str:
    """Return the SHA-256 of what is published: JSON of its words and grounds, keys in order."""
    told = {name: getattr(row, name) for name in (*WORDS, "claims", "series", "edition")}
    return sha256(msgspec.json.encode(told, order="sorted")).hexdigest()


def _record(act: Performance[Announcement], verb: str, *, reason: str = "", **told: Any) -> int:
    row = act.matter
    row.version += 1
    act.save("version")
    return ledger.record(
        act.actor,
        kind=f"outreach.{verb}",
        subject=ledger.MARKET,
        about=about_news(row.pk),
        reason=reason,
        payload={"series": row.series, "edition": row.edition, "state": row.state, **told},
    )


def _find(actor: Actor, number: int, version: int | None) -> Announcement:
    row = Announcement.objects.select_for_update().filter(pk=number).first()
    if row is None or not actor.is_staff:
        raise NoSuchAnnouncement
    if version is not None and version != row.version:
        raise changed(about_news(number), NEWS_ACTS)
    return row


NEWS: MatterKind[Announcement, int] = MatterKind(
    chart=ANNOUNCEMENT,
    find=_find,
    case=lambda one: about_news(one.pk),
    record=_record,
    settle=lambda act: None,
)


# What staff tell everybody: written, each promise grounded, proposed by one and published by another, corrected, withdrawn.


def write_announcement(
    actor: Actor, *, announcement: int, words: AnnouncementWords, version: int | None = None
) -> int:
    """Write an announcement, a new one where `announcement` is 0, or rewrite one; return its number."""
    if announcement:
        with perform(actor, NEWS, announcement, version=version) as act:
            must_be_written(act)
            put(act, words)
            wrote(act, "write_announcement")
        return announcement
    if not actor.is_staff:
        raise NoSuchAnnouncement
    with memory.act():
        row = Announcement.objects.create(**asdict(words), written_at=actor.at)
        row.series = row.pk
        with entered(actor, NEWS, row) as act:
            act.save("series")
            wrote(act, "write_announcement")
    return row.pk


def ground_claim(
    actor: Actor, *, announcement: int, claim: GroundedClaim, version: int | None = None
) -> None:
    """Say what words of an announcement mean, as of which day, and what proves them; anew where they have a ground."""
    with perform(actor, NEWS, announcement, version=version) as act:
        must_be_written(act)
        row = act.matter
        if not stands_in(claim.said, *texts_of(row)):
            raise NotInTheText(words=claim.said)
        others = [one for one in row.claims if one["said"] != claim.said]
        if len(others) >= MOST_CLAIMS:
            raise TooManyGrounds(most=MOST_CLAIMS)
        row.claims = [*others, claim.row]
        act.save("claims")
        wrote(act, "ground_claim", said=claim.said)


def propose_announcement(actor: Actor, *, announcement: int, version: int | None = None) -> None:
    """Ask another person to look at it and publish it; every promise in it has its ground."""
    with perform(actor, NEWS, announcement, version=version) as act:
        act.step("propose")
        row = act.matter
        row.claims = [one for one in row.claims if stands_in(one["said"], *texts_of(row))]
        act.save("claims")
        must_be_grounded(row)
        act.record("propose_announcement")


def send_back_announcement(
    actor: Actor, *, announcement: int, reason: WhySentBack, version: int | None = None
) -> None:
    """Have it written anew."""
    with perform(actor, NEWS, announcement, version=version) as act:
        act.step("send_back")
        act.record("send_back_announcement", reason=reason)


def publish_announcement(actor: Actor, *, announcement: int, version: int | None = None) -> None:
    """Let everybody read it; what it corrects is replaced by it, and stays to be read."""
    with perform(actor, NEWS, announcement, version=version) as act:
        act.step("publish")
        row = act.matter
        if not all(is_second(actor, than=who) for who in row.writers):
            raise NotByItsWriter
        must_be_grounded(row)
        before = (
            Announcement.objects.select_for_update()
            .filter(series=row.series, state=AnnouncementState.PUBLISHED)
            .first()
        )
        if before is not None:
            other = act.also(NEWS, before)
            end(other, "replace")
            other.record("replace_announcement", by=row.pk)
            before.save(
                update_fields=("state", "closed_at")
            )  # of one thing one version is published at a time
        row.published_at, row.digest = actor.at, digest_of(row)
        row.act = act.record("publish_announcement", digest=row.digest)
        act.save("published_at", "digest", "act")


def correct_announcement(
    actor: Actor, *, announcement: int, reason: WhyMoved, version: int | None = None
) -> int:
    """Begin a corrected version of what is published, with the same words and grounds; return its number."""
    with perform(actor, NEWS, announcement, version=version) as act:
        row = act.matter
        if row.state != AnnouncementState.PUBLISHED:
            raise NotPublished
        versions = Announcement.objects.filter(series=row.series)
        if versions.filter(IS_OPEN).exclude(pk=row.pk).exists():
            raise CorrectionUnderWay
        kept = {name: getattr(row, name) for name in (*WORDS, "claims", "series")}
        new = Announcement.objects.create(**kept, edition=versions.count() + 1, written_at=actor.at)
        with entered(actor, NEWS, new) as begun:
            wrote(begun, "correct_announcement", reason=reason)
    return new.pk


def withdraw_announcement(
    actor: Actor, *, announcement: int, reason: WhyWithdrawn, version: int | None = None
) -> None:
    """Take it from the public at once; its page says so and why."""
    with perform(actor, NEWS, announcement, version=version) as act:
        end(act, "withdraw")
        act.matter.withdrawn_because = reason
        act.save("withdrawn_because")
        act.record("withdraw_announcement", reason=reason)


def drop_announcement(
    actor: Actor, *, announcement: int, reason: WhyMoved, version: int | None = None
) -> None:
    """Give up what was never published."""
    with perform(actor, NEWS, announcement, version=version) as act:
        end(act, "drop")
        act.record("drop_announcement", reason=reason)
