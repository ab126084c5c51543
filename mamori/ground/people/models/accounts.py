"""Accounts of those who sign in, and the invitations by which they set up how."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from mamori.grammar.hand import Role


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
