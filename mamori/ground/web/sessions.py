"""Sessions of which the database keeps no key: the cookie alone holds it, rows are named by its digest and lie sealed."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from mamori.ground.web.sealed import seal, unseal

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
