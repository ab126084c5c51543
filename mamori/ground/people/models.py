"""The tables of people: accounts of those who sign in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from mamori.grammar.hand import Role


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account of that address."""
        return self.get(email__iexact=username or "")


class Account(AbstractBaseUser):
    """Somebody who signs in: staff of the operator; `role` says as what."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=16)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    objects: ClassVar[Accounts] = Accounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @property
    def who(self) -> str:
        """Return what acts of this account say of who did them."""
        return f"{Role(self.role)}:{self.pk}"
