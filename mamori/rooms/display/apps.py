"""The Django application of `rooms/display`."""

from django.apps import AppConfig


class DisplayConfig(AppConfig):
    """Registers the tables of `rooms/display`."""

    name = "mamori.rooms.display"
    label = "display"

    def ready(self) -> None:
        """Declare what this room's acts and clocks are called."""
        from mamori.rooms.display import acts  # noqa: F401
