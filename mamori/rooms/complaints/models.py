"""The tables of this room: a complaint about one thing on one ground, and each report that was made of it."""

from __future__ import annotations

from django.db import models

from mamori.grammar.text import Text
from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints.lifecycle import CALL_BACK, COMPLAINT, CONSULTATION, ComplaintState

IS_ASKED_AGAIN = models.Q(again_at__isnull=False, again_done_at__isnull=True)
"""The one condition by which another look is asked for and not made."""

IS_DUE = models.Q(due_at__isnull=False)
"""The one condition by which somebody of the operator owes something about a complaint: the list and its index share it."""
IS_WHOLE = models.Q(said__isnull=False, taken_back_at__isnull=True)
"""The one condition by which a report was not erased: what stays of a danger that was taken back is no report any more."""
IS_HARM = models.Q(is_harmed=True) | models.Q(is_raised=True)
"""The one condition by which a report says that somebody was hurt or it burnt, by an answer or by its words."""


class Complaint(models.Model):
    """What was reported of one thing for one reason, dealt with as one matter; whoever writes it locks this row first.

    `thing` names what is reported ("listing:L-1"), the references are those that the marketplace knows;
    `named_by` is who of staff found them, where what was reported did not tell.  `former` is one about
    the same that has ended.  `danger_at` is since when a danger stands, `danger_ended_at` when it was decided or ruled out;
    `alarm_at` since when something about a danger is there that nobody has read, `told_until` the last moment from which anything
    here waited to be read, also once it was: it never falls.  `interim_at` is when who reported was last
    told that it goes on.  `looked_at` is when somebody began to look, `heard_at` when the last answer came that it waited for.
    `because` is the reason that who reported hears; `finding` is what it became.  `again_at` is when another look was asked for,
    `again_done_at` when it was made; `round` counts how often it was decided: each is told once of each.  `due_at` is by when
    somebody of the operator is to do something.
    """

    shown_at = ("/desk/complaints/", "/desk/insight/")

    what = models.CharField(max_length=16)
    reason = models.CharField(max_length=16)
    thing = models.CharField(max_length=160)
    seller_ref = models.CharField(max_length=64, blank=True, default="")
    listing_ref = models.CharField(max_length=64, blank=True, default="")
    review_ref = models.CharField(max_length=64, blank=True, default="")
    named_by = models.CharField(max_length=80, blank=True, default="", db_default="")
    former = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    danger_at = models.DateTimeField(null=True)
    danger_ended_at = models.DateTimeField(null=True)
    alarm_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(null=True)
    interim_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=16, blank=True, default="")
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    finding = models.PositiveBigIntegerField(null=True)
    again_at = models.DateTimeField(null=True)
    again_done_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(COMPLAINT)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; one open at a time about one thing and reason; found by these, and by when it is due."""

        constraints = (
            *state_constraints(COMPLAINT, "complaints_complaint"),
            models.UniqueConstraint(
                fields=("thing", "reason"), condition=IS_OPEN, name="complaints_complaint_one_open"
            ),
        )
        indexes = (
            models.Index(fields=("thing", "reason", "id"), name="complaints_complaint_thing"),
            models.Index(fields=("due_at", "id"), condition=IS_DUE, name="complaints_complaint_due"),
        )

    @property
    def is_dangerous(self) -> bool:
        """Say whether a danger is told of it, whatever the reason is."""
        return self.danger_at is not None

    @property
    def what_text(self) -> Text:
        """Say what kind of thing is reported."""
        return ReportedWhat(self.what).text

    @property
    def reason_text(self) -> Text:
        """Say why."""
        return ComplaintReason(self.reason).text

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return COMPLAINT.states[ComplaintState(self.state)]


class ComplaintReport(models.Model):
    """What one person reported: known to nobody but by the secret of its own page, of which the digest is kept.

    `ref` is cut from that digest, and "report:" with it names the key that `said` and the files are sealed with, and where mail
    goes.  By `mark` the same words from the same source are known again, by `source` what came from one network; both are keyed.
    `channel` and `hears` say how it came and how whoever made it is told; of one that staff took there is no page, and what
    they gave to be told by counts as confirmed.  `is_harmed`: somebody was hurt, or it burnt, as they answered; `is_raised`: as
    their words let fear.  `unread_at` is since when something of it is there that nobody has read; `is_many`: it came among more
    than usual in one hour.  `before` is the matter from whose end a danger told later took it.  `code` is the keyed digest of a
    code under way.  `told_round` is the decision of which it was told, `interim_at` what of before that.  `taken_back_at` is when
    whoever made it had it erased.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="reports")
    ref = models.CharField(max_length=24, unique=True)
    digest = models.CharField(max_length=64, unique=True, null=True)
    said = models.BinaryField(null=True)
    channel = models.CharField(max_length=16, default="page", db_default="page")
    hears = models.CharField(max_length=8, default="page", db_default="page")
    language = models.CharField(max_length=2)
    mark = models.BinaryField(max_length=32)
    source = models.BinaryField(max_length=32)
    is_harmed = models.BooleanField(default=False)
    is_raised = models.BooleanField(default=False)
    is_many = models.BooleanField(default=False)
    unread_at = models.DateTimeField(null=True)
    before = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="moved")
    interim_at = models.DateTimeField(null=True)
    code = models.BinaryField(max_length=32, null=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    told_round = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    wished_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        """Those of one source and those with one mark are found; those whose complaint has ended are walked in order."""

        indexes = (
            models.Index(fields=("source",), name="complaints_report_source"),
            models.Index(fields=("mark",), name="complaints_report_mark"),
        )


class CallSheet(models.Model):
    """A call, a letter or a visit that somebody takes down: opened by hand, or by the telephone system under its `call`.

    `number` is what the telephone showed or the caller gave, sealed with the house's key, and `caller` its keyed mark, the
    `source` of what comes of it: both are erased after a day.  `report` is what it became.
    """

    call = models.CharField(max_length=64, unique=True, null=True)
    number = models.BinaryField(null=True)
    caller = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    opened_by = models.CharField(max_length=80, blank=True, default="")
    opened_at = models.DateTimeField(null=True)
    report = models.ForeignKey(ComplaintReport, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        """Those that wait, and those whose time is over, are found by when they came."""

        indexes = (models.Index(fields=("erased_at", "at"), name="complaints_callsheet_at"),)


class CallBack(models.Model):
    """Whoever made a report by telephone is to be called and told the decision of this `round`; `since` the clock runs."""

    report = models.ForeignKey(ComplaintReport, models.PROTECT, related_name="calls")
    round = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    state = StateField(CALL_BACK)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; one for each decision of a report; open ones are walked the oldest first."""

        constraints = (
            *state_constraints(CALL_BACK, "complaints_callback"),
            models.UniqueConstraint(fields=("report", "round"), name="complaints_callback_one"),
        )
        indexes = (models.Index(fields=("since", "id"), condition=IS_OPEN, name="complaints_callback_due"),)


class CareRecord(models.Model):
    """What a member of staff bore on a call, and what their employer did for them; `about` is the matter, which goes on.

    `ref` names the key that `said` is sealed with.
    """

    ref = models.CharField(max_length=24, unique=True)
    about = models.CharField(max_length=64)
    conduct = models.CharField(max_length=16)
    said = models.BinaryField(null=True)
    staff = models.CharField(max_length=80)
    at = models.DateTimeField()
    warned = models.BooleanField(default=False)
    ended = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Found by who bore it."""

        indexes = (models.Index(fields=("staff", "id"), name="complaints_carerecord_staff"),)


class Counsellor(models.Model):
    """Somebody of a consumer centre whom the operator invited; they come in by a link mailed to them, once each.

    "counsellor:" with `ref` is who they are, where their mail goes and the key that `said` is sealed with: name, centre, address.
    By `mark`, the keyed digest of the address, they are found when they ask for a link.  `invitation` is the digest of the first,
    which no later one replaces, `link` that of one that they asked for.
    """

    shown_at = ("/desk/consultations/",)

    ref = models.CharField(max_length=24, unique=True)
    said = models.BinaryField(null=True)
    mark = models.BinaryField(max_length=32)
    invitation = models.CharField(max_length=64, unique=True, null=True)
    invitation_until = models.DateTimeField(null=True)
    link = models.CharField(max_length=64, unique=True, null=True)
    link_until = models.DateTimeField(null=True)
    invited_by = models.CharField(max_length=80)
    invited_at = models.DateTimeField()
    came_at = models.DateTimeField(null=True)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One who may come in for each address; those whose time is over are found by when that was."""

        constraints = (
            models.UniqueConstraint(
                fields=("mark",), condition=models.Q(ended_at__isnull=True), name="complaints_counsellor_one"
            ),
        )
        indexes = (models.Index(fields=("until",), name="complaints_counsellor_until"),)


class Consultation(models.Model):
    """What a counsellor asks the operator for a consumer, as far and as long as that person allows it.

    `ref` names the key that `said` is sealed with.  `consent` says what may be told, `lasts` for how long and `until` until when;
    `confirmed_at` is when the consumer said that it is so, on their own page or called by staff (`confirmed_by`), before which
    nothing of them is shown.  The references are of the order that was named, where it is one.
    """

    shown_at = ("/desk/consultations/",)

    counsellor = models.ForeignKey(Counsellor, models.PROTECT, related_name="consultations")
    ref = models.CharField(max_length=24, unique=True)
    said = models.BinaryField(null=True)
    order_ref = models.CharField(max_length=64, blank=True, default="")
    buyer_ref = models.CharField(max_length=64, blank=True, default="")
    consent = models.CharField(max_length=16)
    given = models.CharField(max_length=16)
    lasts = models.CharField(max_length=16)
    until = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    received_at = models.DateTimeField()
    waits_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    state = StateField(CONSULTATION)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; found by who asked, by the consumer, and by age."""

        constraints = tuple(state_constraints(CONSULTATION, "complaints_consultation"))
        indexes = (
            models.Index(fields=("buyer_ref", "id"), name="complaints_consult_buyer"),
            models.Index(fields=("closed_at",), name="complaints_consult_closed"),
        )
