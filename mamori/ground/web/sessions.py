"""Sessions of which the database keeps no key, and what waits in them, sealed: drafts, and words that outlived a stay."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.signs import Visit

NONCE = 12


def set_session_value(request: Visit, name: str, value: Any) -> None:
    """Keep a JSON-ready value in the session under a name, sealed."""
    request.session[name] = seal(value, about=name)


def session_value(request: Visit, name: str) -> Any:
    """Return what the session keeps under a name, or None when there is nothing that can be opened."""
    text = request.session.get(name)
    return unseal(text, about=name) if isinstance(text, str) else None


def seal(value: Any, *, about: str) -> str:
    """Return a JSON-ready value as sealed text; `about` must be said again to open it."""
    nonce = os.urandom(NONCE)
    text = json.dumps(value, ensure_ascii=False).encode()
    sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text, about.encode())
    return base64.b64encode(nonce + sealed).decode("ascii")


def unseal(text: str, *, about: str) -> Any:
    """Return the value, or None when it was sealed with a secret that is gone, or about something else."""
    try:
        whole = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = AESGCM(_key(secret)).decrypt(whole[:NONCE], whole[NONCE:], about.encode())
        except (InvalidTag, ValueError):
            continue
        return json.loads(opened)
    return None


def _key(secret: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"mamori.web.sealed").derive(secret.encode())


# What somebody has begun and not sent: each draft has a name of its own, so that no two of them ever mix.


KEPT = 5
"""How many drafts of one form a session keeps; the one that was touched longest ago goes first."""
NEW = "new"
"""What an address says instead of a draft's name when it is to begin empty."""


class DraftChanged(Refusal, code="draft-changed", status=409):
    """Given when what is about to be sent is not what the page showed."""

    text = Text(
        "この画面を開いたあとに、内容が変わりました（{what}）。いま表示している内容をご確認のうえ、もう一度送ってください。",
        "This has changed since you opened the page ({what}). Please check what is shown now, and send it again.",
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers as they were posted, by question; a draft that was sent has none left and knows where it led."""

    token: str
    data: dict[str, dict[str, list[str]]]
    led_to: str = ""

    def answered(self, step: str, values: dict[str, list[str]]) -> Draft:
        """Return the draft with one more answer."""
        return replace(self, data=self.data | {step: values})


class Drafts:
    """The drafts of one form in one session, sealed; the newest last."""

    def __init__(self, request: Visit, name: str) -> None:
        self._request, self._name = request, name
        found = session_value(request, name)
        self._all = [Draft(**one) for one in found] if isinstance(found, list) else []

    @property
    def unsent(self) -> list[Draft]:
        """Return what can be gone on with, the newest first."""
        return [draft for draft in reversed(self._all) if not draft.led_to]

    def find(self, token: str) -> Draft | None:
        """Return the draft of that name."""
        return next((draft for draft in self._all if draft.token == token), None)

    def put(self, draft: Draft) -> None:
        """Keep a draft as it is now."""
        others = [one for one in self._all if one.token != draft.token]
        self._all = [*others, draft][-KEPT:]
        set_session_value(self._request, self._name, [asdict(one) for one in self._all])


def draft_named(name: str) -> str:
    """Return a name for a draft that is not kept yet: the one a page gave it, or a new one."""
    try:
        return str(uuid.UUID(name))
    except ValueError:
        return str(uuid.uuid4())


def draft_mark(value: Any) -> str:
    """Return a short digest of what a page shows, to be compared with what would be sent."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def draft_as_field(marks: Mapping[str, str]) -> str:
    """Return marks as a hidden field carries them."""
    return " ".join(f"{name}:{value}" for name, value in marks.items())


def draft_changed(marks: Mapping[str, str], field: str) -> list[str]:
    """Return the names of what is not as the field says; all of them when it says something else altogether."""
    shown = dict(one.partition(":")[::2] for one in field.split())
    found = [name for name, value in marks.items() if shown.get(name) != value]
    return found or ([] if shown.keys() == marks.keys() else list(marks))


OURS = frozenset({"csrfmiddlewaretoken"})
SEALED = "sealed"
"""The field in which a page carries what was answered on the pages before it, for when the stay has ended since."""
UNSEEN = frozenset({SEALED, "shown"})
"""Fields of ours that are as long as words, and are none."""


@dataclass(frozen=True, slots=True)
class Given:
    """One field as it was sent; `is_words` where somebody would be sorry to lose it."""

    name: str
    value: str
    is_words: bool

    @property
    def is_worth(self) -> bool:
        """Say whether it would be lost: words, or answers of the pages before."""
        return self.is_words or (self.name == SEALED and bool(self.value))


def given(request: Visit) -> tuple[Given, ...]:
    """Return the fields of a form that somebody sent; words that were sent twice are shown once."""
    if request.method != "POST" or request.path.startswith("/account/"):
        return ()
    fields: list[Given] = []
    shown: set[str] = set()
    for name, value in ((name, str(one)) for name, values in request.POST.lists() for one in values):
        if name not in OURS:
            is_words = name not in UNSEEN and _is_words(value.strip()) and value not in shown
            fields.append(Given(name, value, is_words))
            shown.add(value)
    return tuple(fields)


def _is_words(value: str) -> bool:
    """Say whether a person wrote it: neither a choice's code nor a token is in letters other than these."""
    return not value.isascii() or len(value) > 40 or any(c.isspace() for c in value)


def is_from_here(request: Visit) -> bool:
    """Say whether a browser itself tells that a page of ours sent the form: nobody else may lay words before a visitor."""
    return request.headers.get("Origin") in settings.CSRF_TRUSTED_ORIGINS


def signed_out(request: Visit, fields: tuple[Given, ...], *, proof: str = "") -> HttpResponse:
    """Show what was written, the way to sign in or to give `proof` beside it where it is needed, and the button to send it."""
    shown = {
        "fields": fields,
        "sign_in": "" if request.presence.who else sign_in(request),
        "proof": proof,
        "had_files": bool(request.FILES),
    }
    response = render(request, "web/signed_out.html", shown, status=403)
    response["Cache-Control"] = "private, no-store"
    return response


def sign_in(request: Visit) -> str:
    """Return where to come in, with the way back and why a stay has ended."""
    door = "/account/login/" if request.path.startswith(("/desk/", "/account/")) else "/in/"
    told = {"next": request.get_full_path()}
    if request.presence.over:
        told["ended"] = request.presence.over.value
    return f"{door}?{urlencode(told)}"


ABOUT = "session"


def name_of(key: str) -> str:
    """Return the name of the row of a session: 160 bits from which nobody finds the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's sessions, with the digest wherever Django has the key; what has ended is deleted when it is met."""

    def _get_session_from_db(self) -> Session | None:
        row: Session | None = Session.objects.filter(pk=name_of(self.session_key or "")).first()
        if row is not None and row.expire_date > timezone.now():
            return row
        if row is not None:
            self.delete()  # no clock that goes back brings it to life again
        self._session_key = None
        return None

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session of this key."""
        return Session.objects.filter(pk=name_of(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row as it is kept."""
        row = super().create_model_instance(data)
        row.session_key = name_of(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End the session of a key, of this one unless another is named, and forget from where it was begun."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(pk=name_of(key)).delete()
            UserSession.objects.filter(session_key=name_of(key)).delete()

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return what a visit remembers, sealed: half of a sign-in, such as an app's new secret, may be in it."""
        return seal(session_dict, about=ABOUT)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what a visit remembers; nothing when it was sealed with a secret that is gone."""
        return unseal(str(session_data), about=ABOUT) or {}

    # Django's own asynchronous ways ask the table by the key itself; these go by the ones above.
    aload, aexists, acreate = SessionBase.aload, SessionBase.aexists, SessionBase.acreate
    asave, adelete = SessionBase.asave, SessionBase.adelete
