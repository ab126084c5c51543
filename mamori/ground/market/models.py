"""The tables of `market`: the marketplace mirrored by its own references, instructions to it, and imports."""

from __future__ import annotations

from enum import StrEnum
from functools import reduce
from operator import or_

from django.db import connection, models
from django.db.models import BaseConstraint, CheckConstraint, F, Model, Q, Value

from mamori.grammar.clearance import Doing
from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.ground.market.kinds import INSTRUCTIONS, MEASURES, UNDOING, Amount, Target
from mamori.ground.market.lifecycle import INSTRUCTION
from mamori.ground.market.lines import AgeBand, GoodsCondition, ListingState, Nature, ReviewState, SoldAs
from mamori.ground.market.sellerlines import SellerState


def shape_constraints(table: str) -> list[BaseConstraint]:
    """Return the constraints: a kind's target, order and seller, amount, detail, end, and what it undoes."""
    undoing = Q(kind__in=sorted(kind.code for kind in UNDOING.values()))
    measure = Q(kind__in=sorted(MEASURES))
    needed, cap = (_kinds(amount=amount) for amount in (Amount.NEEDED, Amount.CAP))
    detailed = Q(kind__in=sorted(kind.code for kind in INSTRUCTIONS if kind.detail))
    held = {
        "target": reduce(or_, (Q(target=target.value) & _kinds(target=target) for target in Target)),
        "order": Q(target="order", order__isnull=False, target_ref=F("order"))
        | (~Q(target="order") & Q(order__isnull=True)),
        "seller": ~Q(target="seller") | Q(target_ref=F("seller")),
        "number": Q(target="order", number__isnull=True) | (~Q(target="order") & Q(number__isnull=False)),
        "amount": (needed & Q(amount__gt=0)) | cap | (~(needed | cap) & Q(amount=0)),
        "detail": (detailed & ~Q(detail="")) | (~detailed & Q(detail="")),
        "until": Q(until__isnull=True) | (measure & Q(until__gt=F("issued_at"))),
        "undoes": (undoing & Q(undoes__isnull=False)) | (~undoing & Q(undoes__isnull=True)),
        "undone": Q(undone_at__isnull=True) | measure,
    }
    return [CheckConstraint(condition=rule, name=f"{table}_{name}_fits") for name, rule in held.items()]


def _kinds(**wanted: object) -> Q:
    """Return the condition that the kind is one of those declared so."""
    found = (
        kind.code
        for kind in INSTRUCTIONS
        if all(getattr(kind, name) == value for name, value in wanted.items())
    )
    return Q(kind__in=sorted(found))


def _is_one_of(states: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(state__in=sorted(state.value for state in states)), name=name)


IS_UNFINISHED = Q(finished_at__isnull=True)
"""The one condition that resuming an import and its index share."""


class Seller(models.Model):
    """A seller; who it is and how it is reached lies sealed.  `unpaid` yen are its proceeds, None where nobody told.

    `country` is where it is, two letters, "" for Japan.  `undated_at` is when the house began to ask since when a seller is
    private; None of those whom it met later.
    """

    ref = models.CharField(max_length=64, primary_key=True)
    has_contact = models.BooleanField()
    sealed = models.BinaryField()
    state = models.CharField(max_length=16, default="active", db_default="active")
    unpaid = models.PositiveBigIntegerField(null=True)
    country = models.CharField(max_length=2, blank=True, default="", db_default="")
    undated_at = models.DateTimeField(null=True)

    class Meta:
        """How the account stands is one of the words told."""

        constraints = (_is_one_of(SellerState, "market_seller_state"),)


class Buyer(models.Model):
    """A buyer; who it is and how it is reached lies sealed."""

    ref = models.CharField(max_length=64, primary_key=True)
    has_contact = models.BooleanField()
    sealed = models.BinaryField()


class Listing(models.Model):
    """Goods, a service or a right on offer; `nature` and `condition` are "" where nobody told which.

    `listed_at` is when it was first put on offer, None where nobody told: when we heard of it says nothing of that.
    """

    ref = models.CharField(max_length=64, primary_key=True)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="listings")
    name = models.CharField(max_length=500)
    price = models.PositiveBigIntegerField()
    code = models.CharField(max_length=500, blank=True)
    category = models.CharField(max_length=500, blank=True, default="", db_default="")
    url = models.CharField(max_length=2_000, blank=True, default="", db_default="")
    brand = models.CharField(max_length=500, blank=True, default="", db_default="")
    model = models.CharField(max_length=500, blank=True, default="", db_default="")
    gtin = models.CharField(max_length=14, blank=True, default="", db_default="")
    nature = models.CharField(max_length=16, blank=True, default="", db_default="")
    condition = models.CharField(max_length=8, blank=True, default="", db_default="")
    listed_at = models.DateTimeField(null=True)
    pictures = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    state = models.CharField(max_length=16, default="on_offer", db_default="on_offer")

    class Meta:
        """How it stands and what it offers are words told; a seller's are counted by how they stand."""

        constraints = (
            _is_one_of(ListingState, "market_listing_state"),
            models.CheckConstraint(
                condition=Q(nature__in=sorted(["", *(nature.value for nature in Nature)])),
                name="market_listing_nature",
            ),
            models.CheckConstraint(
                condition=Q(condition__in=sorted(["", *(one.value for one in GoodsCondition)])),
                name="market_listing_condition",
            ),
        )
        indexes = (
            models.Index(fields=["seller", "state"], name="market_listing_sellers"),
            models.Index(
                fields=["seller", "listed_at"],
                condition=Q(listed_at__isnull=False),
                name="market_listing_newest",
            ),
        )


class ListingContent(models.Model):
    """What buyers read of goods, kept once however often it is told; `digest` is the SHA-256 of its canonical JSON."""

    append_only = True

    digest = models.CharField(max_length=64, primary_key=True)
    told = models.JSONField()


class ListingVersion(models.Model):
    """What a listing said from `told_at` on, until its next version."""

    append_only = True

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="versions")
    content = models.ForeignKey(ListingContent, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        """The version of a moment is found at once."""

        indexes = (models.Index(fields=["listing", "told_at", "id"], name="market_listing_moment"),)


class Order(models.Model):
    """An order.  Yen; what is ours is the sum of the instructions counted.

    `sold_as` is what its seller was then, `age` how old its buyer, "" where nobody told.
    What went back on other ways goes down only by what is `refunded_unclear` of it: that may be a refund of ours which was
    declined, and shows to be ours once it is said to be done after all.
    """

    shown_at = ("/desk/callers/",)

    ref = models.CharField(max_length=64, primary_key=True)
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="orders")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="orders")
    items = models.JSONField(default=list)
    amount = models.PositiveBigIntegerField()
    refunded_elsewhere = models.PositiveBigIntegerField(default=0)
    refunded_instructed = models.PositiveBigIntegerField(default=0)
    refunded_unclear = models.PositiveBigIntegerField(default=0)
    charged_back = models.BooleanField(default=False)
    ordered_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    unsent = models.BooleanField(default=False)
    completed_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    as_business = models.BooleanField(null=True)
    sold_as = models.CharField(max_length=16, blank=True, default="", db_default="")
    age = models.CharField(max_length=16, blank=True, default="", db_default="")

    class Meta:
        """On neither way more goes back than was paid; only a cancelled order is `unsent`; they lie by their day."""

        constraints = (
            models.CheckConstraint(
                condition=Q(
                    sold_as__in=sorted(["", *(one.value for one in SoldAs)]),
                    age__in=sorted(["", *(one.value for one in AgeBand)]),
                ),
                name="market_order_words",
            ),
            models.CheckConstraint(
                condition=Q(
                    refunded_elsewhere__lte=F("amount"),
                    refunded_instructed__lte=F("amount"),
                    refunded_unclear__lte=F("refunded_elsewhere"),
                ),
                name="market_order_refunded_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(unsent=False) | Q(cancelled_at__isnull=False),
                name="market_order_unsent_is_cancelled",
            ),
        )
        indexes = (
            models.Index(fields=["buyer", "ordered_at", "ref"], name="market_order_buyers_newest"),
            models.Index(fields=["seller", "ordered_at"], name="market_order_sellers_newest"),
            models.Index(
                fields=["received_on", "ref"],
                condition=Q(received_on__isnull=False),
                name="market_order_received",
            ),
        )

    @property
    def refunded_amount(self) -> int:
        """Return all that went back, as far as we know."""
        return self.refunded_elsewhere + self.refunded_instructed


class Screen(models.Model):
    """The final confirmation screen of an order, sealed with the key of the buyer who saw it; known by its content."""

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="screen")
    buyer = models.ForeignKey(Buyer, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()
    told_at = models.DateTimeField()


class Review(models.Model):
    """A review of a listing; its words, where told, lie sealed with the key of its author."""

    ref = models.CharField(max_length=64, primary_key=True)
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="reviews")
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="reviews")
    order = models.ForeignKey(Order, models.PROTECT, related_name="reviews", null=True)
    author = models.ForeignKey(Buyer, models.PROTECT, related_name="reviews", null=True)
    stars = models.PositiveSmallIntegerField()
    posted_at = models.DateTimeField()
    state = models.CharField(max_length=16, default="shown")
    sealed = models.BinaryField(null=True)

    class Meta:
        """How it stands is one of the words told, its stars are one to five, and words have an author."""

        constraints = (
            _is_one_of(ReviewState, "market_review_state"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="market_review_stars"),
            models.CheckConstraint(
                condition=Q(sealed__isnull=True) | Q(author__isnull=False),
                name="market_review_words_have_author",
            ),
        )
        indexes = (models.Index(fields=["seller", "posted_at"], name="market_review_sellers_newest"),)


class ReviewEdit(models.Model):
    """What a review said until it was changed: its stars, and its words sealed with the key of who wrote them."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="edits")
    author = models.ForeignKey(Buyer, models.PROTECT, related_name="+", null=True)
    stars = models.PositiveSmallIntegerField()
    sealed = models.BinaryField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        """They lie in the order in which they stood."""

        indexes = (models.Index(fields=["review", "id"], name="market_reviewedit_review"),)


class Instruction(models.Model):
    """Something that the marketplace is asked to do: with the money or goods of an order, or a measure and its undoing.  Yen.

    `number` and `answered` count what is given and answered about one seller's measures, in the order in which it came;
    `undone_at` is when its matter ceased to want a measure.  A refund is `counted` while the order's refunds hold it: when it
    is done, or the order's total told of it before.  `told_late_at` is when it was said to be done though it had been declined
    and another had taken its place.  `note` is what the marketplace added to its answer, sealed with the key of whom the
    instruction concerns.
    """

    ref = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=32)
    target = models.CharField(max_length=16)
    target_ref = models.CharField(max_length=64)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="instructions")
    order = models.ForeignKey(Order, models.PROTECT, related_name="instructions", null=True)
    number = models.PositiveIntegerField(null=True)
    answered = models.PositiveIntegerField(null=True)
    amount = models.PositiveBigIntegerField(default=0)
    detail = models.CharField(max_length=500, blank=True)
    until = models.DateTimeField(null=True)
    about = models.CharField(max_length=128)
    state = StateField(INSTRUCTION)
    times = models.PositiveIntegerField(default=1)
    tracking = models.CharField(max_length=64, blank=True)
    note = models.BinaryField(null=True)
    counted = models.BooleanField(default=False)
    undoes = models.ForeignKey("self", models.PROTECT, related_name="undoings", null=True)
    issued_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    told_late_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Its shape follows from its kind; one is open of a kind for one matter, of a measure for each target."""

        constraints = (
            *state_constraints(INSTRUCTION, "market_instruction"),
            *shape_constraints("market_instruction"),
            models.UniqueConstraint(
                fields=["about", "kind"],
                condition=IS_OPEN & Q(target="order"),
                name="market_instruction_one_open",
            ),
            models.UniqueConstraint(
                fields=["about", "kind", "target_ref", "detail"],
                condition=IS_OPEN & Q(recalled_at__isnull=True),
                name="market_instruction_one_measure_open",
            ),
            models.UniqueConstraint(fields=["seller", "number"], name="market_instruction_number"),
        )
        indexes = (
            models.Index(fields=["closed_at", "ref"], name="market_instruction_closed"),
            models.Index(fields=["issued_at", "ref"], condition=IS_OPEN, name="market_instruction_out"),
            models.Index(fields=["target_ref", "kind", "number"], name="market_instruction_switch"),
        )


class ImportRun(models.Model):
    """One reading of one file, known by its content: how far it has come, and what became of its lines."""

    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=16)
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    line = models.PositiveBigIntegerField(default=0)
    added = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    ignored_fields = models.PositiveBigIntegerField(
        default=0
    )  # of readings when unknown fields were passed over
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """One unfinished reading of a content: it is the one that is resumed."""

        constraints = (
            models.UniqueConstraint(
                fields=["sha256", "encoding"], condition=IS_UNFINISHED, name="market_importrun_one_unfinished"
            ),
        )


class ImportWaiting(models.Model):
    """A line that refers to what is not known yet: only where it stands, so nobody's data lies about."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="waiting")
    line = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField()
    length = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    ref = models.CharField(max_length=64)

    class Meta:
        """Read again in the order of the file; dropped when a later line has told the newer."""

        constraints = (models.UniqueConstraint(fields=("run", "line"), name="market_importwaiting_line"),)
        indexes = (models.Index(fields=("kind", "ref"), name="market_importwaiting_ref"),)


class ImportRefusal(models.Model):
    """A line that was not taken in, and why; of its content only what it is about is kept."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="refusals")
    line = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=32, blank=True, default="", db_default="")
    ref = models.CharField(max_length=64, blank=True, default="", db_default="")
    code = models.CharField(max_length=64)
    ja = models.TextField()
    en = models.TextField()

    class Meta:
        """A line is refused once."""

        constraints = (models.UniqueConstraint(fields=("run", "line"), name="market_importrefusal_line"),)


class TableMatching(models.Model):
    """Which columns of a shop's tables tell what, by their headings: kept for the next table with the same `shape`."""

    table = models.CharField(max_length=16)
    shape = models.CharField(max_length=64)
    columns = models.JSONField()
    by = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        """One for each kind of table and its headings."""

        constraints = (models.UniqueConstraint(fields=("table", "shape"), name="market_tablematching_shape"),)


class Impediment(models.Model):
    """What one seller may not do from `since` until `until`, why and what to do about it, as a room's rule says of a matter.

    A category or a listing narrows it, "" for all.  A row that `vouches` hinders nothing: it says that a room answers for this.
    `told_at` is when the marketplace was told that it hinders, None while that is to come.
    """

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="hindrances", db_index=False)
    about = models.CharField(max_length=128)
    what = models.CharField(max_length=16)
    code = models.CharField(max_length=32, blank=True)
    category = models.CharField(max_length=500, blank=True)
    listing = models.CharField(max_length=64, blank=True)
    in_part = models.BooleanField(default=False)
    vouches = models.BooleanField(default=False)
    ja = models.CharField(max_length=500, blank=True)
    en = models.CharField(max_length=500, blank=True)
    todo_ja = models.CharField(max_length=500, blank=True)
    todo_en = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        """Of one matter each is there once; a seller's are read in one look, with those of one listing."""

        constraints = (
            models.CheckConstraint(
                condition=Q(what__in=sorted(one.value for one in Doing)), name="market_impediment_what"
            ),
            models.UniqueConstraint(
                fields=("about", "what", "code", "category", "listing"), name="market_impediment_once"
            ),
        )
        indexes = (models.Index(fields=("seller", "listing"), name="market_impediment_sellers"),)


def find[Kind: Model](kind: type[Kind], ref: str) -> Kind | None:
    """Return the row; None also for what no reference can be, such as NUL, at which a database stumbles."""
    return kind._default_manager.filter(pk=ref).first() if is_sound(ref) else None


def find_locked[Kind: Model](kind: type[Kind], ref: str, *related: str) -> Kind | None:
    """Return the row as `find` does, locked until the transaction ends, with the rows that it leads to.

    The lock comes first: a query that waits for it would see the other rows as they were before.
    """
    rows = kind._default_manager.filter(pk=ref)
    if not is_sound(ref):
        return None
    if connection.features.has_select_for_update and not list(rows.select_for_update().values_list("pk")):
        return None
    return rows.select_related(*related).first()


def is_sound(ref: str) -> bool:
    """Say whether it can be a reference at all."""
    return ref.isascii() and ref.isprintable()
