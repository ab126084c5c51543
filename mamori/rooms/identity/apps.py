"""The Django application of `rooms/identity`."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the tables of `rooms/identity`."""

    name = "mamori.rooms.identity"
    label = "identity"

    def ready(self) -> None:
        """Declare what this room's acts and clocks are called."""
        from mamori.rooms.identity import actions  # noqa: F401
