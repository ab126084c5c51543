"""The forms of signing in: allauth's, with our words, and with wrong passwords and codes counted exactly."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from unicodedata import normalize

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError

from mamori.ground.people import actions as people
from mamori.ground.people.facts import (
    APP_CODES,
    PASSWORDS,
    PASSWORDS_AGAIN,
    PASSWORDS_FOR,
    PASSWORDS_FROM,
    Limit,
)
from mamori.ground.web.forms import DigitsField, HouseForm
from mamori.ground.web.signing.here import neighbourhood
from mamori.ground.web.wording import said


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
    """Mail address and password: wrong ones close the door to who gives them, long before to whom they are meant for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self.fields["login"], said("メールアドレス", "Mail address"), autocomplete="username webauthn"
        )
        _worded(self.fields["password"], said("パスワード", "Password"))

    def clean(self) -> Any:
        """Count the try, look at it, and take the counts back when it was right."""
        if self._errors:
            return self.cleaned_data
        mail, source = str(self.cleaned_data["login"]).strip().lower(), neighbourhood(self.request)
        tries = ((PASSWORDS, f"{source} {mail}"), (PASSWORDS_FROM, source), (PASSWORDS_FOR, mail))
        for limit, key in tries:
            _counted(limit, key)
        cleaned = super().clean()
        for limit, key in tries:
            _right(limit, key)
        return cleaned


class PasswordAgainForm(account_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth brings no types
    """The password once more, for who has nothing else yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], said("パスワード", "Password"))

    def clean_password(self) -> Any:
        """Count the try, look at it, and take the count back when it was right."""
        _counted(PASSWORDS_AGAIN, self.user.email)
        password = super().clean_password()
        _right(PASSWORDS_AGAIN, self.user.email)
        return password


class _Once:
    """A code of an app or of the recovery codes: counted exactly, and good for one use in whatever process."""

    user: Any
    fields: dict[str, forms.Field]

    def _said(self) -> None:
        _worded(
            self.fields["code"],
            said("確認コード", "Code"),
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
            said("アプリに出た6桁のコード", "The six digits that the app shows"),
            inputmode="numeric",
        )

    def clean_code(self) -> str:
        """Look at the code."""
        _counted(APP_CODES, str(self.user.pk))
        code: str = super().clean_code()
        _right(APP_CODES, str(self.user.pk))
        return code


class NewPasswordForm(account_forms.SetPasswordForm):  # type: ignore[misc]  # allauth brings no types
    """A password where there was none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(
            self.fields["password1"],
            said("新しいパスワード（12文字以上）", "New password (12 letters or more)"),
        )
        _worded(self.fields["password2"], said("もう一度", "Once more"))


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth brings no types
    """Another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["oldpassword"], said("今のパスワード", "Present password"))
        _worded(
            self.fields["password1"],
            said("新しいパスワード（12文字以上）", "New password (12 letters or more)"),
        )
        _worded(self.fields["password2"], said("もう一度", "Once more"))

    def clean_oldpassword(self) -> Any:
        """Count the try, look at it, and take the count back when it was right."""
        _counted(PASSWORDS_AGAIN, self.user.email)
        password = super().clean_oldpassword()
        _right(PASSWORDS_AGAIN, self.user.email)
        return password


_NO_CREDENTIAL = (KeyError, TypeError, ValueError, AttributeError, IndexError, struct.error)
"""What the library of passkeys meets in what no browser of good faith sends: it looks at parts before at the whole."""


@contextmanager
def _from_browser() -> Iterator[None]:
    try:
        yield
    except _NO_CREDENTIAL:
        raise get_adapter().validation_error("incorrect_code") from None


class CredentialField(forms.JSONField):
    """What a browser tells of a passkey; what is nested without end is none."""

    def to_python(self, value: Any) -> Any:
        """Return what was told."""
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class _Passkey:
    """A passkey that was shown: whatever comes in its place is answered as a wrong one is."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        """Look at the passkey."""
        with _from_browser():
            return super().clean_credential()  # type: ignore[misc]  # of the form that this is mixed into


class PasskeyForm(_Passkey, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth brings no types
    """A passkey, to sign in."""


class PasskeyAgainForm(_Passkey, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth brings no types
    """A passkey, before a sensitive look."""


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth brings no types
    """A passkey: one that suffices alone, and asks for finger, face or PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)
        _worded(self.fields["name"], said("パスキーの名前", "Name of the passkey"), autocomplete="off")
        self.fields["name"].max_length = 60

    def clean(self) -> Any:
        """Look at the passkey."""
        with _from_browser():
            return super().clean()


class NamePasskeyForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]  # allauth brings no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["name"], said("パスキーの名前", "Name of the passkey"), autocomplete="off")


class AskCodeForm(HouseForm):
    """Who somebody says they are who asks for a code."""

    role = forms.ChoiceField(
        label=said("あなたは", "You are"),
        choices=[
            ("buyer", said("購入者（買った方・これから買う方）", "a buyer")),
            ("seller", said("出品者・その代理担当", "a seller, or acting for one")),
        ],
        widget=forms.RadioSelect,
        initial="buyer",
    )
    ref = forms.CharField(
        label=said("注文番号、または出品者の番号", "Order number, or number of the shop"),
        max_length=64,
        help_text=said(
            "購入者は注文番号、出品者はお店の番号です。",
            "Buyers: the order number.  Sellers: the shop's number.",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    mail = forms.EmailField(
        label=said("通販サイトに登録しているメールアドレス", "Mail address that the marketplace knows"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_ref(self) -> str:
        """Return the number as the marketplace writes it, whatever its width."""
        return normalize("NFKC", self.cleaned_data["ref"]).strip()


class CodeForm(HouseForm):
    """The eight digits."""

    code = DigitsField(
        label=said("メールで届いた8桁のコード", "The eight digits that came by mail"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
