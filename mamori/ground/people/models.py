"""The tables of people: accounts, keys, those who come by link or code, a second pair of eyes, limits."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from mamori.grammar.actor import Role
from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.ground.people.lifecycle import PROPOSAL

# Accounts of those who sign in, and the invitations by which they set up how.


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account of that address."""
        return self.get(email__iexact=username or "")


class Account(AbstractBaseUser):
    """Somebody who signs in; `role` says as what.

    `epoch` is part of what every session is held to: one more, and all sessions of the person have ended.
    `company` is a keyed digest of who somebody is at the company that signs them in, and `vouched_until` until when its word
    holds; both are None for whoever the house alone lets in.
    `places` are those that the person opened and so has in the menu.
    `totp_allowed_at` is set once another person agreed that codes from an app suffice without a passkey, or who owns the
    house allowed it ahead.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=16)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    epoch = models.PositiveIntegerField(default=0)
    totp_allowed_at = models.DateTimeField(null=True)
    places = models.JSONField(default=list)
    company = models.CharField(max_length=64, null=True, unique=True)
    vouched_until = models.DateTimeField(null=True)

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Addresses are kept in small letters, so that one address is one account."""

        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=["agent", "lead", "counsel", "reader", "officer", "holder"]),
                name="people_account_role_known",
            ),
            models.CheckConstraint(
                condition=Q(company__isnull=True, vouched_until__isnull=True)
                | Q(company__isnull=False, vouched_until__isnull=False),
                name="people_account_vouched_by_company",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def who(self) -> str:
        """Return what acts of this account say of who did them."""
        return f"{Role(self.role)}:{self.pk}"

    @property
    def subject(self) -> str:
        """Return whose key seals what is recorded about this account."""
        return f"staff:{self.pk}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Hold sessions to the password, as Django does, and to `epoch` besides."""
        return salted_hmac(
            "mamori.people.session", f"{self.password}/{self.epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Introduction(models.Model):
    """Who added or invited an account, when for the first time: such a pair are not two people where two must agree."""

    append_only = True

    account = models.ForeignKey(Account, models.PROTECT, related_name="introductions")
    by = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        """Once for each pair."""

        constraints = (models.UniqueConstraint(fields=["account", "by"], name="people_introduction_once"),)


class Invitation(models.Model):
    """A link by which one account sets up its sign-in, once; only a digest of it is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


IS_LIVING = Q(revoked_at__isnull=True)
"""Not revoked; it may still have run out."""


class KeyKind(StrEnum):
    """What a key is for."""

    API = "api"  # a machine shows it with each call
    LINK = "link"  # the marketplace signs links with it


class Key(models.Model):
    """One generation of a key.  Of an API key a digest is kept; a link key must be read again, so it lies sealed."""

    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=64)
    generation = models.PositiveIntegerField(default=1)
    prefix = models.CharField(max_length=16, unique=True)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField(null=True)
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """A name belongs to one line of keys for ever: acts that bear it must mean one machine."""

        constraints = (
            models.UniqueConstraint(fields=["name", "generation"], name="people_key_generation"),
            models.CheckConstraint(
                condition=(Q(kind="api", sealed__isnull=True) & ~Q(digest=""))
                | Q(kind="link", sealed__isnull=False, digest=""),
                name="people_key_kept_as_its_kind",
            ),
        )

    def holds(self, at: datetime) -> bool:
        """Say whether it was neither revoked nor has run out."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


class HouseSecret(models.Model):
    """A secret that the house made for itself and keeps sealed, so that a copy of the database does not reveal it."""

    name = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField()


class Tally(models.Model):
    """How often something happened in one window of time; `key` is a digest of who or what it is counted for."""

    name = models.CharField(max_length=32)
    key = models.CharField(max_length=32)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField()
    until = models.DateTimeField()

    class Meta:
        """One row for a thing and a window."""

        constraints = (
            models.UniqueConstraint(fields=["name", "key", "window"], name="people_tally_one_row"),
        )
        indexes = (models.Index(fields=["until"], name="people_tally_until"),)


class Once(models.Model):
    """Something that was used and may not be used again: a link, a code of an app.  Kept until it has run out."""

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()

    class Meta:
        """Found by when it may be forgotten."""

        indexes = (models.Index(fields=["until"], name="people_once_until"),)


IS_HERE = Q(ended_at__isnull=True)
"""A delegate who still acts for the seller."""

TRIES = 5


class SignInCode(models.Model):
    """Somebody asked for a code.  Whether it was anybody we know, the asker is never told.

    `claim` is a keyed digest of the mail address that was given; `mac` one of the code, empty while none was sent;
    `browser` is what the asker's browser kept of whoever came in with it last.
    """

    ticket = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16)
    ref = models.CharField(max_length=64)
    claim = models.BinaryField()
    browser = models.CharField(max_length=32, blank=True)
    who = models.CharField(max_length=128, blank=True)
    mac = models.BinaryField(default=b"")
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """The database itself admits no sixth try."""

        constraints = (models.CheckConstraint(condition=Q(tries__lte=5), name="people_code_five_tries"),)
        indexes = (models.Index(fields=["expires_at"], name="people_code_expiry"),)


class Delegate(models.Model):
    """Somebody who acts for a seller under a name of its own; name and address of the person lie sealed."""

    seller_ref = models.CharField(max_length=64)
    name = models.CharField(max_length=32)
    sealed = models.BinaryField()
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A name means one person for ever, also after the end."""

        constraints = (models.UniqueConstraint(fields=["seller_ref", "name"], name="people_delegate_once"),)


class Proposal(models.Model):
    """Something that one person wishes and that happens when others agreed, or when time has passed in everybody's sight."""

    shown_at = (
        "/desk/lists/looks/ WHERE matter = 'read_afterwards'",
        "/desk/erasing/ WHERE matter = 'erase_person'",
    )

    matter = models.CharField(max_length=32)
    about = models.CharField(max_length=128)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="proposals")
    role = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=128)
    at = models.DateTimeField()
    needs = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(null=True)
    state = StateField(PROPOSAL)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """One open proposal of a matter about one thing."""

        constraints = (
            *state_constraints(PROPOSAL, "people_proposal"),
            models.UniqueConstraint(
                fields=["about", "matter"], condition=IS_OPEN, name="people_proposal_one_open"
            ),
        )
        indexes = (models.Index(fields=["id"], condition=IS_OPEN, name="people_proposal_open"),)


class Approval(models.Model):
    """One person's agreement.  `proposer` is copied from the proposal, so that the table itself refuses one's own."""

    append_only = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="approvals")
    by = models.CharField(max_length=128)
    proposer = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        """Each agrees once, nobody to their own."""

        constraints = (
            models.UniqueConstraint(fields=["proposal", "by"], name="people_approval_once"),
            models.CheckConstraint(condition=~Q(by=F("proposer")), name="people_approval_not_own"),
        )
