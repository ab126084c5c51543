"""The tables of this room: campaigns, whom each told, its figures day by day; announcements; activities."""

from __future__ import annotations

from django.db import models

from mamori.grammar.helppage import HelpFor
from mamori.grammar.text import Text
from mamori.ground.declared.fields import StateField, state_constraints
from mamori.law.activities import ActivityKind
from mamori.law.outreach import CAMPAIGNS, Audience, DeclaredCampaign
from mamori.rooms.outreach.lifecycle import (
    ACTIVITY,
    ANNOUNCEMENT,
    CAMPAIGN,
    LIVE,
    TOLD,
    ActivityState,
    CampaignState,
)

ENDING = ("stop", "finish")
"""What may be done about a campaign that tells what is declared no more."""
RETIRED = Text("いまは行わない案内（{code}）", "Told no more ({code})")
IS_LIVE = models.Q(state__in=sorted(one.value for one in LIVE))
"""The one condition that the search for what newcomers are told and its index share."""
WAITS = models.Q(state="waiting")
"""The one condition that the list of who has not answered and its index share."""
TO_REMIND = models.Q(state="waiting", reminded_at__isnull=True, passed_at__isnull=True)
"""The one condition that the search for the next reminder and its index share."""


class Campaign(models.Model):
    """Something declared that is told to sellers; whoever writes it locks this row first.

    It goes through the sellers in their order and has `reached` one of them: first to count those it would go to (`found`,
    of `unknown` nobody has said whether they are businesses, `sample` are a few), done at `counted_at`; once started, to tell
    them.  `hour_told` were told since `hour_at`; it rests in the hour since `rests_since`.  `goes_again` says that somebody
    whom it had passed is to be told; `version` is of what staff did.  `remind_since` is when those were told who are reminded
    next.
    """

    shown_at = ("/desk/campaigns/",)

    code = models.CharField(max_length=32)
    audience = models.CharField(max_length=16)
    reached = models.CharField(max_length=64, blank=True, default="")
    found = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    told_before = models.PositiveIntegerField(default=0, db_default=0)
    sample = models.JSONField(default=list)
    drafted_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    hour_at = models.DateTimeField(null=True)
    hour_told = models.PositiveIntegerField(default=0)
    rests_since = models.DateTimeField(null=True)
    goes_again = models.BooleanField(default=False)
    remind_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, db_default=0)
    state = StateField(CAMPAIGN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; the same is told by one campaign at a time."""

        constraints = (
            models.UniqueConstraint(fields=("code",), condition=IS_LIVE, name="outreach_campaign_one_live"),
            *state_constraints(CAMPAIGN, "outreach_campaign"),
        )

    @property
    def declared(self) -> DeclaredCampaign | None:
        """Return what it tells; that may be declared no more."""
        return CAMPAIGNS.get(self.code)

    @property
    def title(self) -> Text:
        """Say what it tells."""
        return self.declared.title if self.declared else RETIRED.fill(code=self.code)

    @property
    def tells_again(self) -> bool:
        """Say whether some would be told the same again."""
        return self.told_before > 0 and self.audience != Audience.UNTOLD

    @property
    def audience_text(self) -> Text:
        """Say to whom."""
        return Audience(self.audience).text

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return CAMPAIGN.states[CampaignState(self.state)]

    @property
    def is_draft(self) -> bool:
        """Say whether nobody was told yet."""
        return self.state == CampaignState.DRAFTED

    def may(self, step: str) -> bool:
        """Say whether the lifecycle has such a step from here, whoever takes it."""
        is_open = any(one.name == step and self.state in one.moves for one in CAMPAIGN.steps)
        return is_open and (self.declared is not None or step in ENDING)


class SellerTold(models.Model):
    """A campaign told a seller, once: the row is written in the transaction in which its notice is handed to the post.

    `passed_at` is when it was passed over as its reminder was due: it is no business any more, gone, or told the same again.
    `act` is the number of the act by which the seller said that it read it, and `by` the role of whoever said so.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    seller_ref = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=16, blank=True, default="")
    act = models.PositiveBigIntegerField(null=True)
    state = StateField(TOLD)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """A seller is told once; who has not answered is found in the order in which it was told."""

        constraints = (
            models.UniqueConstraint(fields=("campaign", "seller_ref"), name="outreach_told_once"),
            *state_constraints(TOLD, "outreach_told"),
        )
        indexes = (
            models.Index(fields=("seller_ref", "id"), name="outreach_told_seller"),
            models.Index(fields=("campaign", "told_at", "id"), condition=WAITS, name="outreach_told_waits"),
            models.Index(
                fields=("campaign", "told_at", "id"), condition=TO_REMIND, name="outreach_told_remind"
            ),
        )


class CampaignDay(models.Model):
    """What happened to a campaign on one day in Japan: so many told, reminded, and heard of."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    on = models.DateField()
    told = models.PositiveIntegerField(default=0)
    reminded = models.PositiveIntegerField(default=0)
    acknowledged = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a day."""

        constraints = (models.UniqueConstraint(fields=("campaign", "on"), name="outreach_day_once"),)


class HelpfulDay(models.Model):
    """How often one thing was said of a version of a page of help on one day in Japan; nobody is named.

    `page` is the page's slug, or "articles/12" of an article of the operator; `version` its digits, or the article's edition.
    """

    shown_at = ("/desk/help/",)

    page = models.CharField(max_length=64)
    version = models.CharField(max_length=16)
    on = models.DateField()
    said = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One row for what is said of a version on a day; staff read the newest days first."""

        constraints = (
            models.UniqueConstraint(fields=("page", "version", "on", "said"), name="outreach_helpful_once"),
        )
        indexes = (models.Index(fields=("-on", "-id"), name="outreach_helpful_day"),)


IS_PUBLIC = models.Q(state__in=("published", "withdrawn"))
"""The one condition that the page of news and its index share: what was withdrawn stays there, and says so."""


IS_HELP = models.Q(topic__in=sorted(one.value for one in HelpFor))
"""The versions that stand in the help instead of the news."""


class Announcement(models.Model):
    """A version of what the operator tells everybody, in the news or the help; once published its words never change.

    A correction is a new version: all of one thing have the number of the first as their `series`.  Bodies are Markdown.
    `note` says what a correction corrects.  Each of the `claims` has `said`, `means`, `means_en`, `on` and `evidence`.
    `act` is the number of the act by which it was published, `digest` the SHA-256 of its words; `writers` are who wrote this
    version ("staff:7").
    """

    shown_at = ("/desk/announcements/",)

    series = models.PositiveIntegerField(default=0)
    edition = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=0)
    topic = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField()
    body_en = models.TextField(blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")
    note_en = models.CharField(max_length=500, blank=True, default="")
    claims = models.JSONField(default=list)
    writers = models.JSONField(default=list)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True, default="")
    act = models.PositiveBigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    state = StateField(ANNOUNCEMENT)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; of one thing there is one version of a number, and one that is published."""

        constraints = (
            models.UniqueConstraint(
                fields=("series", "edition"), condition=models.Q(series__gt=0), name="outreach_announced_once"
            ),
            models.UniqueConstraint(
                fields=("series",),
                condition=models.Q(state="published"),
                name="outreach_announced_one_public",
            ),
            *state_constraints(ANNOUNCEMENT, "outreach_announcement"),
        )
        indexes = (models.Index(fields=("-published_at", "-id"), condition=IS_PUBLIC, name="outreach_news"),)


IS_TOLD = models.Q(released_at__isnull=False)
"""The one condition that the public lines and their index share."""


class Activity(models.Model):
    """What is done with an authority, a body or the public; whoever writes it locks this row first.

    `said` is with whom, the agenda, the minutes, who was invited, who came and what came of it, sealed with the house's key.
    It is `on` that day, since `dated_at`; a `place` that is empty is online.  `former` is the one of which this is the next;
    one is due every so many months (`every_months`).  `line` is what everybody reads once a second person has released it.
    """

    shown_at = ("/desk/activities/",)

    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True, default="")
    on = models.DateField()
    starts = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True, default="")
    said = models.BinaryField(null=True)
    invited = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)
    every_months = models.PositiveSmallIntegerField(default=0, db_default=0)
    former = models.ForeignKey("self", models.PROTECT, null=True, related_name="next")
    line = models.CharField(max_length=200, blank=True, default="")
    line_en = models.CharField(max_length=400, blank=True, default="")
    line_by = models.CharField(max_length=80, blank=True, default="")
    released_by = models.CharField(max_length=80, blank=True, default="")
    released_at = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=80)
    dated_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, db_default=0)
    state = StateField(ACTIVITY)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states and kinds; a public line was held, and written by somebody; listed by its day."""

        constraints = (
            *state_constraints(ACTIVITY, "outreach_activity"),
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(one.value for one in ActivityKind)),
                name="outreach_activity_kind",
            ),
            models.CheckConstraint(
                condition=~IS_TOLD | (models.Q(held_at__isnull=False) & ~models.Q(line="")),
                name="outreach_activity_told",
            ),
        )
        indexes = (
            models.Index(fields=("-on", "-id"), name="outreach_activity_day"),
            models.Index(fields=("-on", "-id"), condition=IS_TOLD, name="outreach_activity_line"),
        )

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return ACTIVITY.states[ActivityState(self.state)]

    @property
    def kind_text(self) -> Text:
        """Say of what kind it is."""
        return ActivityKind(self.kind).text

    @property
    def title_text(self) -> Text:
        """Return its title; English where there is none is the Japanese."""
        return Text(self.title, self.title_en or self.title)

    @property
    def line_text(self) -> Text | None:
        """Return its public line, released or not."""
        return Text(self.line, self.line_en or self.line) if self.line else None


class ActivityAction(models.Model):
    """What was agreed at an activity: who, as a role or a department, does it by which day."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="actions")
    words = models.CharField(max_length=300)
    owner = models.CharField(max_length=100)
    on = models.DateField()
    added_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
