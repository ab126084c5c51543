"""The forms of signing in: allauth's, with our words, and with wrong passwords and codes counted exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms

from mamori.ground.people import actions as people
from mamori.ground.people.facts import APP_CODES, PASSWORDS, Limit
from mamori.ground.web.signing.adapters import Spoken


def _counted(limit: Limit, key: str) -> None:
    """Count one try before it is looked at."""
    try:
        people.count_exactly(limit, key, at=datetime.now(UTC))
    except people.TooMany:
        raise get_adapter().validation_error("too_many_login_attempts") from None


def _right(limit: Limit, key: str) -> None:
    people.give_back(limit, key, at=datetime.now(UTC))


def _worded(field: forms.Field, label: Any, **attributes: str) -> None:
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class LoginForm(account_forms.LoginForm):  # type: ignore[misc]  # allauth brings no types
    """Mail address and password; ten wrong ones in a quarter of an hour, whoever gives them, and no more is taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self.fields["login"], Spoken("メールアドレス", "Mail address"), autocomplete="username webauthn"
        )
        _worded(self.fields["password"], Spoken("パスワード", "Password"))

    def clean(self) -> Any:
        """Count the try, look at it, and take the count back when it was right."""
        if self._errors:
            return self.cleaned_data
        key = str(self.cleaned_data["login"]).strip().lower()
        _counted(PASSWORDS, key)
        cleaned = super().clean()
        _right(PASSWORDS, key)
        return cleaned


class PasswordAgainForm(account_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth brings no types
    """The password once more, for who has nothing else yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], Spoken("パスワード", "Password"))

    def clean_password(self) -> Any:
        """Count the try, look at it, and take the count back when it was right."""
        _counted(PASSWORDS, self.user.email)
        password = super().clean_password()
        _right(PASSWORDS, self.user.email)
        return password


class _Once:
    """A code of an app or of the recovery codes: counted exactly, and good for one use in whatever process."""

    user: Any
    fields: dict[str, forms.Field]

    def _said(self) -> None:
        _worded(
            self.fields["code"],
            Spoken("確認コード", "Code"),
            inputmode="numeric",
            autocomplete="one-time-code",
        )

    def _checked(self, look: Any) -> str:
        key = str(self.user.pk)
        _counted(APP_CODES, key)
        code: str = look()
        try:
            people.use_once("app-code", key, code, at=datetime.now(UTC))
        except people.UsedBefore:
            raise get_adapter().validation_error("incorrect_code") from None
        _right(APP_CODES, key)
        return code


class AppCodeForm(_Once, mfa_forms.AuthenticateForm):  # type: ignore[misc]  # allauth brings no types
    """The code from the app, or a recovery code, after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._said()

    def clean_code(self) -> str:
        """Look at the code."""
        return self._checked(super().clean_code)


class AppCodeAgainForm(_Once, mfa_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth brings no types
    """The code from the app, or a recovery code, before a sensitive look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._said()

    def clean_code(self) -> str:
        """Look at the code."""
        return self._checked(super().clean_code)


class AddAppForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth brings no types
    """The first code from the app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self.fields["code"],
            Spoken("アプリに出た6桁のコード", "The six digits that the app shows"),
            inputmode="numeric",
        )

    def clean_code(self) -> str:
        """Look at the code."""
        _counted(APP_CODES, str(self.user.pk))
        code: str = super().clean_code()
        _right(APP_CODES, str(self.user.pk))
        return code
