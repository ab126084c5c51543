"""The Django application of `rooms/outreach`."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Registers the tables of `rooms/outreach`."""

    name = "mamori.rooms.outreach"
    label = "outreach"

    def ready(self) -> None:
        """Declare what this room's acts and clocks are called."""
        from mamori.rooms.outreach import acts  # noqa: F401
