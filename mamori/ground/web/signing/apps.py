"""The table of allauth that says where staff are signed in, without allauth's own hands: they would write the keys into it."""

from __future__ import annotations

from allauth.usersessions.apps import UserSessionsConfig


class DevicesConfig(UserSessionsConfig):  # type: ignore[misc]  # allauth brings no types
    """Brings the table; `devices` fills it."""

    def ready(self) -> None:
        """Listen to nothing."""
