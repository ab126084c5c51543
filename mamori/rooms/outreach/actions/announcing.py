"""What staff tell everybody: written, each promise grounded, proposed by one and published by another, corrected, withdrawn."""

from __future__ import annotations

from dataclasses import asdict

from mamori.grammar.hand import Hand
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.matters.performance import entered, perform
from mamori.ground.web.signing.seconds import is_second
from mamori.rooms.outreach.actions.announcement import (
    MOST_CLAIMS,
    NEWS,
    WORDS,
    AnnouncementWords,
    CorrectionUnderWay,
    NoSuchAnnouncement,
    NotByItsWriter,
    NotInTheText,
    NotPublished,
    TooManyGrounds,
    digest_of,
    end,
    must_be_grounded,
    must_be_written,
    put,
    texts_of,
    wrote,
)
from mamori.rooms.outreach.inputs import WhyMoved, WhySentBack, WhyWithdrawn
from mamori.rooms.outreach.lifecycle import AnnouncementState
from mamori.rooms.outreach.models import Announcement
from mamori.rooms.outreach.rules.claims import GroundedClaim, stands_in


def write_announcement(
    hand: Hand, *, announcement: int, words: AnnouncementWords, version: int | None = None
) -> int:
    """Write an announcement, a new one where `announcement` is 0, or rewrite one; return its number."""
    if announcement:
        with perform(hand, NEWS, announcement, version=version) as act:
            must_be_written(act)
            put(act, words)
            wrote(act, "write_announcement")
        return announcement
    if not hand.is_staff:
        raise NoSuchAnnouncement
    with memory.act():
        row = Announcement.objects.create(**asdict(words), written_at=hand.at)
        row.series = row.pk
        with entered(hand, NEWS, row) as act:
            act.save("series")
            wrote(act, "write_announcement")
    return row.pk


def ground_claim(hand: Hand, *, announcement: int, claim: GroundedClaim, version: int | None = None) -> None:
    """Say what words of an announcement mean, as of which day, and what proves them; anew where they have a ground."""
    with perform(hand, NEWS, announcement, version=version) as act:
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


def propose_announcement(hand: Hand, *, announcement: int, version: int | None = None) -> None:
    """Ask another person to look at it and publish it; every promise in it has its ground."""
    with perform(hand, NEWS, announcement, version=version) as act:
        act.step("propose")
        row = act.matter
        row.claims = [one for one in row.claims if stands_in(one["said"], *texts_of(row))]
        act.save("claims")
        must_be_grounded(row)
        act.record("propose_announcement")


def send_back_announcement(
    hand: Hand, *, announcement: int, reason: WhySentBack, version: int | None = None
) -> None:
    """Have it written anew."""
    with perform(hand, NEWS, announcement, version=version) as act:
        act.step("send_back")
        act.record("send_back_announcement", reason=reason)


def publish_announcement(hand: Hand, *, announcement: int, version: int | None = None) -> None:
    """Let everybody read it; what it corrects is replaced by it, and stays to be read."""
    with perform(hand, NEWS, announcement, version=version) as act:
        act.step("publish")
        row = act.matter
        if not all(is_second(hand, than=who) for who in row.writers):
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
        row.published_at, row.digest = hand.at, digest_of(row)
        row.act = act.record("publish_announcement", digest=row.digest)
        act.save("published_at", "digest", "act")


def correct_announcement(
    hand: Hand, *, announcement: int, reason: WhyMoved, version: int | None = None
) -> int:
    """Begin a corrected version of what is published, with the same words and grounds; return its number."""
    with perform(hand, NEWS, announcement, version=version) as act:
        row = act.matter
        if row.state != AnnouncementState.PUBLISHED:
            raise NotPublished
        versions = Announcement.objects.filter(series=row.series)
        if versions.filter(IS_OPEN).exclude(pk=row.pk).exists():
            raise CorrectionUnderWay
        kept = {name: getattr(row, name) for name in (*WORDS, "claims", "series")}
        new = Announcement.objects.create(**kept, edition=versions.count() + 1, written_at=hand.at)
        with entered(hand, NEWS, new) as begun:
            wrote(begun, "correct_announcement", reason=reason)
    return new.pk


def withdraw_announcement(
    hand: Hand, *, announcement: int, reason: WhyWithdrawn, version: int | None = None
) -> None:
    """Take it from the public at once; its page says so and why."""
    with perform(hand, NEWS, announcement, version=version) as act:
        end(act, "withdraw")
        act.matter.withdrawn_because = reason
        act.save("withdrawn_because")
        act.record("withdraw_announcement", reason=reason)


def drop_announcement(hand: Hand, *, announcement: int, reason: WhyMoved, version: int | None = None) -> None:
    """Give up what was never published."""
    with perform(hand, NEWS, announcement, version=version) as act:
        end(act, "drop")
        act.record("drop_announcement", reason=reason)
