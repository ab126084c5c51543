"""The tables of this room: requests for a seller's information, inquiries of others, and what everybody is told of measures."""

from __future__ import annotations

from django.db import models

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.disclosure.lifecycle import ANSWER, EDITION, INQUIRY, REQUEST

IS_DRAFT = models.Q(state="drafted")
"""The one condition by which a half-year has one draft at a time."""
OF_ANSWER = models.Q(state__in=("proposed", "published")) & ~models.Q(practice="")
"""Of a practice one answer waits and one stands; of what else is done there may be several."""


class SellerRequest(models.Model):
    """Somebody who bought asks for a seller's information in order to claim money; whoever writes it locks this row first.

    `said` are the words of who asks, sealed for `sealed_for`: the buyer, or the house while no order shows who that is.  `price`
    is the part of the sum in yen that was paid for the orders, `other` the rest.  From `identity` to `by_operator` stands what
    staff saw.  `weighed` is what a person decided of an element, on which evidence, over which doubt and how many marks of
    doubt ({"need": ["met", "said", "…", 0]}); why, the record says.  `doubts` counts those marks.  `turn_at` is when the present
    state began, `asked_view_at` when the seller was told, `heard` how its hearing ended, `view` its words, and `tries` each try
    to reach it.  `outdated` are items that the seller called so, since `outdated_at`, and `left_out` those that are not given
    with the rest: how it stands or why, and a keyed digest of what was registered ({"address": ["waiting", "9f…"]}); what is
    left out keeps also how it stood then.
    `refused_on` are the elements on which it was refused.  `outcome` and `items` are what `proposed_by` proposes; `letter` is
    what was decided as it went out, `given` what was disclosed, sealed with the seller's key.
    """

    shown_at = ("/desk/disclosure/",)

    channel = models.CharField(max_length=16)
    buyer_ref = models.CharField(max_length=64, blank=True)
    seller_ref = models.CharField(max_length=64, blank=True)
    order_refs = models.JSONField(default=list)
    sealed_for = models.CharField(max_length=80)
    said = models.BinaryField(null=True)
    asking = models.CharField(max_length=16)
    bought_as = models.CharField(max_length=16)
    claim = models.CharField(max_length=16)
    price = models.PositiveBigIntegerField(default=0)
    other = models.PositiveBigIntegerField(default=0)
    need = models.CharField(max_length=16)
    asked = models.JSONField(default=list)
    pledged = models.BooleanField(default=False)
    wrote_seller = models.BooleanField(default=False)
    identity = models.CharField(max_length=16)
    authority = models.BooleanField(default=False)
    is_minor = models.BooleanField(default=False)
    signed = models.BooleanField(default=True)
    searched = models.BooleanField(default=False)
    assigned = models.BooleanField(default=False)
    elsewhere = models.BooleanField(default=False)
    by_operator = models.BooleanField(default=False)
    signals = models.JSONField(default=list)
    weighed = models.JSONField(default=dict)
    doubts = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    turn_at = models.DateTimeField()
    asked_view_at = models.DateTimeField(null=True)
    heard = models.CharField(max_length=16, blank=True, default="")
    view = models.BinaryField(null=True)
    agrees = models.BooleanField(null=True)
    outdated = models.JSONField(default=dict)
    outdated_at = models.DateTimeField(null=True)
    tries = models.JSONField(default=list)
    outcome = models.CharField(max_length=16, blank=True, default="")
    refused_on = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    items = models.JSONField(default=list)
    left_out = models.JSONField(default=dict)
    proposed_by = models.CharField(max_length=80, blank=True, default="")
    letter = models.BinaryField(null=True)
    given = models.BinaryField(null=True)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(REQUEST)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; found by who asked, and by whose information is asked for."""

        constraints = state_constraints(REQUEST, "disclosure_request")
        indexes = (
            models.Index(fields=("buyer_ref", "id"), name="disclosure_request_buyer"),
            models.Index(fields=("seller_ref", "id"), name="disclosure_request_seller"),
        )


class Inquiry(models.Model):
    """Somebody else asks for what is held of people: on which ground (`kind`), for what (`asked`), about whom (`parties`).

    `said` is who asks, its paper and its words, sealed with the house's key; by `mark` the same paper is known again.  `due_on`
    is the paper's own time; `silent` says that it asks to tell nobody, `silent_until` until when, where it names a day.
    `is_seen`: what its ground asks for beforehand was seen to.  `by_two`: its kind is compulsory or was, so that nothing of it
    one decides alone.  `outcome` and `given` are what `proposed_by` proposes and `decided_by` decided.
    """

    shown_at = ("/desk/inquiries/",)

    kind = models.CharField(max_length=16)
    asked = models.JSONField(default=list)
    given = models.JSONField(default=list)
    parties = models.JSONField(default=list)
    said = models.BinaryField(null=True)
    mark = models.BinaryField(max_length=32)
    due_on = models.DateField(null=True)
    silent = models.BooleanField(default=False)
    silent_until = models.DateField(null=True)
    is_seen = models.BooleanField(default=False)
    by_two = models.BooleanField(default=False)
    outcome = models.CharField(max_length=16, blank=True, default="")
    proposed_by = models.CharField(max_length=80, blank=True, default="")
    decided_by = models.CharField(max_length=80, blank=True, default="")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    state = StateField(INQUIRY)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; found by its paper."""

        constraints = state_constraints(INQUIRY, "disclosure_inquiry")
        indexes = (models.Index(fields=("mark",), name="disclosure_inquiry_mark"),)


class Edition(models.Model):
    """What was published of a half-year: its exact bytes, and who drafted them; whoever writes it locks this row first.

    `number` is 1 for the first of a half-year, and more for each correction, which says why in `reason`.  `moved` are the figures
    that were counted anew for it otherwise than before (month, code), `recount` what they are now.  `act` is the release.
    """

    shown_at = ("/desk/editions/", "/desk/figures/")

    half = models.CharField(max_length=6)
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True, default="")
    moved = models.JSONField(default=list)
    recount = models.JSONField(default=dict)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=80)
    released_at = models.DateTimeField(null=True)
    act = models.PositiveBigIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(EDITION)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; one draft of a half-year at a time; found by half-year."""

        constraints = (
            *state_constraints(EDITION, "disclosure_edition"),
            models.UniqueConstraint(
                fields=("half",), condition=IS_DRAFT, name="disclosure_edition_one_draft"
            ),
        )
        indexes = (models.Index(fields=("half", "number", "id"), name="disclosure_edition_half"),)


class MonthFigure(models.Model):
    """What was counted of one public figure in one month: once, and again by an edition that corrects it.

    It holds small counts as well: what of them is told is decided anew from them whenever a page is drawn.
    """

    append_only = True

    month = models.DateField()
    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)
    took = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    counted_at = models.DateTimeField()
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")

    class Meta:
        """A figure of a month is counted once in each version, and months are read in their order."""

        constraints = (
            models.UniqueConstraint(fields=("month", "version", "code"), name="disclosure_monthfigure_once"),
        )


class PracticeAnswer(models.Model):
    """What the operator answers of a practice, or says under a title of its own of something else (`practice` is "").

    `says` is here, elsewhere or not done; of what is done elsewhere `words` say what, `since_on` since when and `shown` what
    shows it.  `by_one`: nobody else was there, and who proposed it published it.
    """

    shown_at = ("/desk/kpi/",)

    practice = models.CharField(max_length=8, blank=True, default="")
    says = models.CharField(max_length=16)
    title_ja = models.CharField(max_length=100, blank=True, default="")
    title_en = models.CharField(max_length=100, blank=True, default="")
    words_ja = models.TextField(blank=True, default="")
    words_en = models.TextField(blank=True, default="")
    since_on = models.DateField(null=True)
    shown = models.CharField(max_length=500, blank=True, default="")
    link = models.CharField(max_length=300, blank=True, default="")
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True)
    by_one = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    state = StateField(ANSWER)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; of a practice one answer waits and one stands."""

        constraints = (
            *state_constraints(ANSWER, "disclosure_practiceanswer"),
            models.UniqueConstraint(
                fields=("practice", "state"), condition=OF_ANSWER, name="disclosure_practiceanswer_one"
            ),
        )


class JomcLook(models.Model):
    """Somebody looked at the page of JOMC: what they `found` at an address, compared with the text of `digest`."""

    append_only = True

    address = models.CharField(max_length=300)
    found = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()


class ProcedureVersion(models.Model):
    """What a procedure said from `at` on: its lines in both languages, and their SHA-256; written once it says something else."""

    append_only = True

    code = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    said = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """The newest version of a procedure is found first."""

        indexes = (models.Index(fields=("code", "-id"), name="disclosure_procedure_newest"),)


class ProcedureWords(models.Model):
    """What the operator adds to a procedure, in its own words (Markdown): the newest counts, and "" takes it back."""

    append_only = True

    code = models.CharField(max_length=32)
    ja = models.TextField(blank=True)
    en = models.TextField(blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        """The newest of a procedure is found first."""

        indexes = (models.Index(fields=("code", "-id"), name="disclosure_procedure_words"),)


class ProcedureReading(models.Model):
    """Somebody of the operator read what a procedure says under `digest`."""

    append_only = True

    code = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        """Who read a procedure, and what somebody read, are found by it."""

        indexes = (
            models.Index(fields=("code", "-id"), name="disclosure_reading_code"),
            models.Index(fields=("by", "-id"), name="disclosure_reading_by"),
        )
